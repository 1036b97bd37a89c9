"""A client that asks one thing after the other over one connection that is kept."""

from __future__ import annotations

import http.client
import json
import socket
import time
import urllib.parse
from dataclasses import dataclass, field, replace
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Ask:
    """One request, and what a right answer to it is.

    Attributes:
        body: what is sent as JSON, if anything.
        form: what is sent as a form, pairs of name and value.
        cookie: who is signed in.
        status: the only good answers.
        items: where the entries of the answer lie, to be counted; () to count nothing.
        mark: what each entry of an HTML page holds once, in place of `items`.
        expected: how many there must be.
        is_conditional: whether the version that came last is named, so that it can be said to be unchanged.
        etag: that version.
    """

    path: str
    body: Any = None
    form: list[tuple[str, str]] | None = None
    cookie: str = ""
    status: tuple[int, ...] = (200,)
    items: tuple[str | int, ...] = ()
    mark: str = ""
    expected: int = 0
    is_conditional: bool = False
    etag: str = ""

    @property
    def sent(self) -> tuple[bytes | None, str]:
        """The body, and what kind of text it is."""
        if self.form is not None:
            return urllib.parse.urlencode(
                list(map(tuple, self.form))
            ).encode(), "application/x-www-form-urlencoded"
        return (None, "") if self.body is None else (json.dumps(self.body).encode(), "application/json")

    @property
    def headers(self) -> dict[str, str]:
        _sent, kind = self.sent
        headers = {"Accept": "text/html" if self.mark else "application/json"}
        headers |= {"Content-Type": kind} if kind else {}
        headers |= {"If-None-Match": self.etag} if self.etag else {}
        return headers | ({"Cookie": self.cookie} if self.cookie else {})

    def knowing(self, etags: dict[str, str]) -> Ask:
        """Return the request with the version that came last, by path, where it names one."""
        return replace(self, etag=etags.get(self.path, "")) if self.is_conditional else self

    def count(self, body: bytes) -> int:
        """Return how many entries an answer holds."""
        if self.mark:
            return body.count(self.mark.encode())
        found = json.loads(body)
        for name in self.items:
            found = found[name]
        return len(found)


@dataclass
class Answer:
    """What came back, and after how many seconds."""

    status: int
    body: bytes
    seconds: float
    etag: str = ""

    @property
    def document(self) -> Any:
        return json.loads(self.body)


@dataclass
class Client:
    port: int
    connection: http.client.HTTPConnection | None = field(default=None, repr=False)
    etags: dict[str, str] = field(default_factory=dict, repr=False)

    def do(self, ask: Ask) -> Answer:
        """Send one request.

        Raises:
            SystemExit: if the answer is not the one that it should be: a wrong answer has no speed.
        """
        ask = ask.knowing(self.etags)
        (sent, _kind), headers = ask.sent, ask.headers
        connection = self._connected()
        started = time.perf_counter()
        connection.request("POST" if sent else "GET", ask.path, sent, headers)
        response = connection.getresponse()
        body = response.read()
        etag = response.headers.get("ETag", "")
        answer = Answer(response.status, body, time.perf_counter() - started, etag)
        if ask.is_conditional:
            self.etags[ask.path] = etag
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
        if answer.status != 304 and ask.expected and (found := ask.count(answer.body)) != ask.expected:
            raise SystemExit(f"{ask.path} holds {found} entries instead of {ask.expected}.")
        return answer

    def _connected(self) -> http.client.HTTPConnection:
        if self.connection is None:
            self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=600)
            self.connection.connect()
            self.connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return self.connection
