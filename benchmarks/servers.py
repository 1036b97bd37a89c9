"""Contenders as they are served: gunicorn, two workers with two threads each, and what they cost the processor."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from .database import ROOT, backends

OPTIONS = [
    "--workers",
    "2",
    "--threads",
    "2",
    "--keep-alive",
    "30",
    "--timeout",
    "600",
    "--log-level",
    "warning",
]
PATIENCE = 60


class Server:
    """A contender's gunicorn on a free port of this machine; ended by `stop`.

    Attributes:
        name: the contender, and its database.
        port: where it listens.
    """

    def __init__(self, name: str, application: str, log: Path) -> None:
        self.name, self.port = name, _free_port()
        command = [sys.executable, "-m", "gunicorn", *OPTIONS, "-b", f"127.0.0.1:{self.port}", application]
        with log.open("w") as output:
            self.process = subprocess.Popen(command, cwd=ROOT, stdout=output, stderr=output)
        deadline = time.monotonic() + PATIENCE
        while not _listens(self.port):
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise SystemExit(f"{name} did not come up:\n{log.read_text()}")
            time.sleep(0.1)

    def memory_mb(self) -> float:
        """Return what a worker holds of the machine's memory (PSS), in megabytes; the mean of the workers."""
        workers = [pid for pid in _tree(self.process.pid) if pid != self.process.pid]
        return round(sum(map(_pss_kb, workers)) / len(workers) / 1024, 1)

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait()

    def __enter__(self) -> Server:
        return self

    def __exit__(self, *error: Any) -> None:
        self.stop()


class Meter:
    """On-CPU milliseconds of a contender's processes and of the database servers that work for it, within a `with`.

    This is what the work costs whatever else the machine is doing; time on the clock is not.
    """

    application = 0.0
    database = 0.0

    def __init__(self, server: Server) -> None:
        self.server = server

    def __enter__(self) -> Meter:
        self.before = self._read()
        return self

    def __exit__(self, *error: Any) -> None:
        after = self._read()
        self.application, self.database = (_spent(*pair) for pair in zip(self.before, after, strict=True))

    def _read(self) -> tuple[dict[int, int], dict[int, int]]:
        return _times(_tree(self.server.process.pid)), _times(backends(self.server.name))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _tree(pid: int) -> list[int]:
    """Return a process and all below it."""
    below: dict[int, list[int]] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
        except OSError:  # it has just ended
            continue
        below.setdefault(parent, []).append(int(folder.name))
    found = [pid]
    for process in found:
        found += below.get(process, [])
    return found


def _pss_kb(pid: int) -> int:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


def _times(pids: Iterable[int]) -> dict[int, int]:
    """Return the nanoseconds that each process has run so far, all its threads together."""
    times = {}
    for pid in pids:
        try:
            tasks = Path(f"/proc/{pid}/task").iterdir()
            times[pid] = sum(int((task / "schedstat").read_text().split()[0]) for task in tasks)
        except OSError:
            continue
    return times


def _spent(before: dict[int, int], after: dict[int, int]) -> float:
    return sum(max(0, time - before.get(pid, 0)) for pid, time in after.items()) / 1e6
