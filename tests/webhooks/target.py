"""A target that keeps what it is sent: HTTP over a real socket, on a free port, in a thread."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Received:
    """One request as it came in; header names in lower case."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def message(self) -> dict[str, Any]:
        return json.loads(self.body)

    @property
    def id(self) -> str:
        return self.headers["webhook-id"]


class Target:
    """Answers with `status` (or what stands in `statuses`), or as `answer(handler)` does. While `gate` is cleared it
    takes requests in, and lets their senders wait."""

    def __init__(self) -> None:
        self.received: list[Received] = []
        self.status, self.statuses = 200, []
        self.body, self.headers = b"thanks", {}
        self.answer: Callable[[BaseHTTPRequestHandler], None] | None = None
        self.gate = threading.Event()
        self.gate.set()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler_for(self))
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}/hook"

    def start(self) -> None:
        threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True
        ).start()

    def stop(self) -> None:
        self.gate.set()
        self._server.shutdown()
        self._server.server_close()

    def take(self, request: Received) -> int:
        self.received.append(request)
        self.gate.wait()
        return self.statuses.pop(0) if self.statuses else self.status

    @property
    def messages(self) -> list[dict[str, Any]]:
        return [request.message for request in self.received]

    @property
    def types(self) -> list[str]:
        return [message["type"] for message in self.messages]


def _handler_for(target: Target) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            headers = {name.lower(): value for name, value in self.headers.items()}
            body = self.rfile.read(int(headers.get("content-length", 0)))
            status = target.take(Received(self.path, headers, body))
            if target.answer is not None:
                target.answer(self)
                return
            self.send_response(status)
            for name, value in target.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(target.body)

        def handle(self) -> None:
            try:
                super().handle()
            except (BrokenPipeError, ConnectionResetError):
                return  # the sender had enough

        def log_message(self, *args: Any) -> None:
            return

    return Handler
