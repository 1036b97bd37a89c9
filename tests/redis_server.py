"""A private Redis: started on a free port for a test, stopped after it."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

PATIENCE = 20  # seconds for it to start, on a busy machine


class RedisServer:
    """A running server. `caches` is what Django's CACHES has to be to use it."""

    def __init__(self, port: int, process: subprocess.Popen[bytes]) -> None:
        self.port, self._process = port, process

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    @property
    def caches(self) -> dict[str, Any]:
        backend = "django.core.cache.backends.redis.RedisCache"
        options = {"socket_timeout": 5, "socket_connect_timeout": 5}
        return {"default": {"BACKEND": backend, "LOCATION": self.url, "OPTIONS": options}}

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()


@contextmanager
def running_redis(folder: Path) -> Iterator[RedisServer]:
    """Run a Redis that keeps nothing, with its working files in `folder`; skip the test where it is not installed."""
    program = shutil.which("redis-server")
    pytest.importorskip("redis")
    if program is None:
        pytest.skip("needs redis-server (Debian: apt install redis-server)")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    arguments = [
        "--port",
        str(port),
        "--bind",
        "127.0.0.1",
        "--save",
        "",
        "--appendonly",
        "no",
        "--dir",
        str(folder),
    ]
    process = subprocess.Popen([program, *arguments], stdout=subprocess.DEVNULL)
    server = RedisServer(port, process)
    try:
        _wait_for(port, process)
        yield server
    finally:
        server.kill()


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError(f"Redis did not start on port {port} within {PATIENCE} seconds.")
