"""What the tests of the front end in Node share: asking it without a browser."""

from __future__ import annotations

import socket
import urllib.error
import urllib.request

SIZES = [(1280, 800), (320, 640)]


def read(address: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(address, timeout=10) as response:
            return response.status, response.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
