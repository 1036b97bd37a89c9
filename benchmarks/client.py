"""A client that asks one thing after the other over one connection that is kept."""

from __future__ import annotations

import http.client
import json
import socket
import time
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Ask:
    """One request, and what a right answer to it is.

    Attributes:
        body: what is sent as JSON, if anything.
        status: the only good answers.
        items: where the entries of the answer lie, to be counted; () to count nothing.
        expected: how many there must be.
    """

    path: str
    body: Any = None
    status: tuple[int, ...] = (200,)
    items: tuple[str, ...] = ()
    expected: int = 0


@dataclass
class Answer:
    """What came back, and after how many seconds."""

    status: int
    body: bytes
    seconds: float

    @property
    def document(self) -> Any:
        return json.loads(self.body)


@dataclass
class Client:
    port: int
    connection: http.client.HTTPConnection | None = field(default=None, repr=False)

    def do(self, ask: Ask) -> Answer:
        """Send one request.

        Raises:
            SystemExit: if the answer is not the one that it should be: a wrong answer has no speed.
        """
        sent = None if ask.body is None else json.dumps(ask.body).encode()
        headers = {"Accept": "application/json"} | ({"Content-Type": "application/json"} if sent else {})
        connection = self._connected()
        started = time.perf_counter()
        connection.request("POST" if sent else "GET", ask.path, sent, headers)
        response = connection.getresponse()
        body = response.read()
        answer = Answer(response.status, body, time.perf_counter() - started)
        if response.will_close:
            connection.close()
            self.connection = None
        if answer.status not in ask.status:
            raise SystemExit(f"{ask.path} answered {answer.status}: {answer.body[:300]!r}")
        return answer

    def check(self, ask: Ask) -> Answer:
        """Send a request and count what is in the answer.

        Raises:
            SystemExit: if it is not what is expected.
        """
        answer = self.do(ask)
        if ask.expected:
            found = answer.document
            for name in ask.items:
                found = found[name]
            if len(found) != ask.expected:
                raise SystemExit(f"{ask.path} holds {len(found)} entries instead of {ask.expected}.")
        return answer

    def _connected(self) -> http.client.HTTPConnection:
        if self.connection is None:
            self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=600)
            self.connection.connect()
            self.connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return self.connection
