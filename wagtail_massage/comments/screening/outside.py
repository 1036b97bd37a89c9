"""How an outside check speaks to the network: one POST, in a bounded time, with an answer of a bounded size."""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit


class NoAnswer(Exception):
    """Nothing usable came back. The message names no value that was sent, for it ends up in a log."""


@dataclass(kw_only=True)
class Answer:
    """What a server said. Header names are in lower case."""

    status: int
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""


def post_form(url: str, fields: dict[str, str], *, seconds: float, limit: int) -> Answer:
    """POST `fields` as a form and return the answer, whatever its status; redirects are not followed.

    Args:
        seconds: for everything together, name resolution and a server that sends byte by byte included.
        limit: the most bytes of a body that are read.

    Raises:
        NoAnswer: refused, broken off, too slow, too large, no HTTP.
        ValueError: if `url` is no http or https address.
    """
    exchange = _Exchange(url, urlencode(fields).encode(), seconds=seconds, limit=limit)
    # A time-out of sockets begins anew with each byte, and none covers the resolver: hence a thread that can be left.
    worker = threading.Thread(target=exchange.run, daemon=True)
    worker.start()
    worker.join(seconds)
    if worker.is_alive():
        exchange.break_off()
        raise NoAnswer(f"No answer within {seconds:g} seconds.")
    if exchange.answer is None:
        raise NoAnswer(f"No answer: {type(exchange.error).__name__}.") from None
    if len(exchange.answer.body) > limit:
        raise NoAnswer(f"The answer has more than {limit} bytes.")
    return exchange.answer


class _Exchange:
    """One request and its answer, made in a thread of its own."""

    def __init__(self, url: str, content: bytes, *, seconds: float, limit: int) -> None:
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ValueError(f"{url!r} is no http or https address.")
        self.path = parts.path or "/"
        self.content = content
        self.limit = limit
        self.answer: Answer | None = None
        self.error: Exception | None = None
        if parts.scheme == "https":
            context = ssl.create_default_context()
            self.connection: http.client.HTTPConnection = http.client.HTTPSConnection(
                parts.hostname, parts.port, timeout=seconds, context=context
            )
        else:
            self.connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=seconds)

    def run(self) -> None:
        headers = {
            "Content-Type": "application/x-www-form-urlencoded; charset=utf-8",
            "User-Agent": "wagtail-massage",
            "Connection": "close",
        }
        try:
            self.connection.request("POST", self.path, body=self.content, headers=headers)
            response = self.connection.getresponse()
            said = {name.lower(): value for name, value in response.getheaders()}
            self.answer = Answer(status=response.status, headers=said, body=response.read(self.limit + 1))
        except Exception as error:  # whatever happens, the thread that waits has to hear of it
            self.error = error
        finally:
            self.connection.close()

    def break_off(self) -> None:
        """Wake the thread from its reading, so that it ends."""
        with suppress(OSError, AttributeError):
            self.connection.sock.shutdown(socket.SHUT_RDWR)
