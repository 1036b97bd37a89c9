"""What the tests of the front end in Node share: where it is, and what it answers who comes without a browser."""

from __future__ import annotations

import socket
import urllib.error
import urllib.request
from pathlib import Path

FRONTEND = Path(__file__).resolve().parents[2] / "example_project" / "frontend"
ELEMENT = "wagtail_massage_comments/element/massage-comments.min.js"
SIZES = [(1280, 800), (320, 640)]


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def read(address: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(address, timeout=10) as response:
            return response.status, response.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
