"""A service that speaks like Akismet, on a port of this machine: right, wrong, slow or worse."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs


class Service(ThreadingHTTPServer):
    """Answers every POST as `behave` does, and remembers what it was sent.

    `done` is set at the end of a test: whoever dawdles waits for it, and no test waits for a clock.
    """

    daemon_threads = True

    def __init__(self, behave: Callable[[Any], None]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.behave = behave
        self.requests: list[tuple[str, dict[str, str]]] = []
        self.done = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/1.1/"

    @property
    def fields(self) -> dict[str, str]:
        """What the only request said."""
        [(_path, fields)] = self.requests
        return fields

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is what some tests are about."""


class _Handler(BaseHTTPRequestHandler):
    server: Service

    def do_POST(self) -> None:
        content = self.rfile.read(int(self.headers["Content-Length"])).decode()
        fields = {name: values[0] for name, values in parse_qs(content).items()}
        self.server.requests.append((self.path, fields))
        self.server.behave(self)

    def do_GET(self) -> None:
        self.server.requests.append((self.path, {}))
        self.say(b"false")

    def say(self, body: bytes, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: Any) -> None:
        pass


@contextmanager
def serving(behave: Callable[[Any], None]) -> Iterator[Service]:
    service = Service(behave)
    thread = threading.Thread(target=service.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield service
    finally:
        service.done.set()
        service.shutdown()
        service.server_close()
        thread.join()


def says(body: bytes, status: int = 200, **headers: str) -> Callable[[Any], None]:
    return lambda handler: handler.say(body, status, **headers)


def sleeps(handler: Any) -> None:
    handler.server.done.wait(60)


def drips_the_body(handler: Any) -> None:
    handler.send_response(200)
    handler.end_headers()
    while not handler.server.done.wait(0.02):
        handler.wfile.write(b" ")


def drips_the_headers(handler: Any) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
    while not handler.server.done.wait(0.02):
        handler.wfile.write(b"x")


def speaks_no_http(handler: Any) -> None:
    handler.wfile.write(b"220 mail.example ESMTP\r\n")


def hangs_up(handler: Any) -> None:
    handler.connection.close()


def talks_without_end(handler: Any) -> None:
    handler.send_response(200)
    handler.end_headers()
    while not handler.server.done.is_set():
        handler.wfile.write(b"true" * 4096)
