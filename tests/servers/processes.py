"""Processes of a site that the tests start and stop: two web servers, a worker, Redis."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import redis

from tests.mail_sink import free_port

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 120


def wait_until(is_so: Any, what: str) -> None:
    """Wait until `is_so()` is true; a slow machine is no failure, a process that never comes is."""
    end = time.monotonic() + PATIENCE_SECONDS
    while not is_so():
        if time.monotonic() > end:
            raise TimeoutError(f"Waited {PATIENCE_SECONDS} seconds for {what}.")
        time.sleep(0.05)


class Processes:
    """Every process started here is ended by `stop`. What they say lies in `folder`."""

    def __init__(self, folder: Path, *, database: str, smtp_port: int) -> None:
        self.folder, self.redis_port = folder, free_port()
        self.started: list[subprocess.Popen[bytes]] = []
        self.environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "tests.servers.site_settings",
            "PYTHONPATH": str(ROOT),
            "MASSAGE_TEST_DATABASE": database,
            "MASSAGE_TEST_REDIS_PORT": str(self.redis_port),
            "MASSAGE_TEST_SMTP_PORT": str(smtp_port),
        }

    def start_redis(self) -> None:
        program = shutil.which("redis-server")
        assert program is not None
        options = ["--port", str(self.redis_port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        self._start([program, *options], "redis")
        wait_until(self._redis_answers, "Redis")

    def empty_redis(self) -> None:
        redis.Redis(port=self.redis_port).flushall()

    def _redis_answers(self) -> bool:
        try:
            return bool(redis.Redis(port=self.redis_port).ping())
        except redis.ConnectionError:
            return False

    def start_web(self) -> Web:
        """Start a web process; `Web.wait` waits until it answers."""
        port = free_port()
        self.manage("runserver", "--noreload", "--insecure", f"127.0.0.1:{port}", name=f"web-{port}")
        return Web(port)

    def start_worker(self) -> subprocess.Popen[bytes]:
        return self.manage("db_worker", "--interval", "0.1", "--no-startup-delay", name="worker")

    def manage(self, *command: str, name: str) -> subprocess.Popen[bytes]:
        return self._start([sys.executable, "-m", "django", *command], name)

    def _start(self, command: list[str], name: str) -> subprocess.Popen[bytes]:
        with (self.folder / f"{name}.log").open("ab") as log:
            process = subprocess.Popen(
                command, cwd=ROOT, env=self.environment, stdout=log, stderr=log, stdin=subprocess.DEVNULL
            )
        self.started.append(process)
        return process

    def stop(self) -> None:
        for process in self.started:
            if process.poll() is None:
                process.kill()
            process.wait()

    def logs(self) -> str:
        """Return what the processes have said, for a failure."""
        return "\n".join(f"== {path.name}\n{path.read_text()}" for path in sorted(self.folder.glob("*.log")))


class Web:
    """One web process, spoken to over HTTP as a visitor's browser would."""

    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}"

    def wait(self) -> None:
        wait_until(self._answers, self.url)

    def _answers(self) -> bool:
        try:
            return self.get("/api/massage/v1/comment-counts/?page=1")[0] > 0
        except OSError:
            return False

    def get(self, path: str) -> tuple[int, Any]:
        return self._ask(urllib.request.Request(self.url + path))

    def post(self, path: str, values: dict[str, Any]) -> tuple[int, Any]:
        body = json.dumps(values).encode()
        headers = {"Content-Type": "application/json"}
        return self._ask(urllib.request.Request(self.url + path, data=body, headers=headers))

    def _ask(self, request: urllib.request.Request) -> tuple[int, Any]:
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE_SECONDS) as response:
                return response.status, json.load(response)
        except urllib.error.HTTPError as error:
            with error:
                return error.code, json.load(error)
