"""One call of a webhook: to an address that was checked, without redirects, proxies or cookies, and not for long.

`http.client` is given a connection that was opened here, so nothing resolves the name a second time and no proxy of the
environment is asked. A timer ends whatever is still going on when time is up, however slowly a target drips.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field

import certifi

from .events import Trouble
from .targets import Address, Refused, Target, addresses_of, parse

SECONDS = 5.0
"""All that a call may take: finding the address, connecting, encryption, sending, the whole answer."""
LIMIT = 64 * 1024
"""So much of an answer is read, in bytes; the rest is not asked for."""

_METADATA = {"User-Agent": "wagtail-massage-webhooks", "Accept": "*/*", "Connection": "close"}


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What came of a call.

    Attributes:
        trouble: why it failed; None if the answer was 2xx.
        detail: more about it, in English, for the log: never part of the answer.
        status: the status code, None without an answer.
        headers: the answer's headers as text.
        body: the first `LIMIT` bytes of the answer as text.
        milliseconds: how long it took.
        address: what was called, "" if nothing was.
    """

    trouble: Trouble | None = None
    detail: str = ""
    status: int | None = None
    headers: str = ""
    body: str = ""
    milliseconds: int = 0
    address: str = ""


@dataclass
class _Call:
    """A call on its way. `connection` is whatever is open now, so that the timer can end it."""

    target: Target
    ends_at: float
    connection: socket.socket | None = None
    address: str = ""
    is_over: threading.Event = field(default_factory=threading.Event)

    def left(self) -> float:
        seconds = self.ends_at - time.monotonic()
        if seconds <= 0:
            raise TimeoutError
        return seconds

    def end(self) -> None:
        self.is_over.set()
        if self.connection is not None:
            with suppress(OSError):
                # The class's own: an SSL socket's would first talk to the peer.
                socket.socket.shutdown(self.connection, socket.SHUT_RDWR)


def post(url: str, *, headers: dict[str, str], body: bytes) -> Answer:
    """Send `body` to `url`. Never raises for what a target or a network does."""
    started = time.monotonic()
    try:
        call = _Call(target=parse(url), ends_at=started + SECONDS)
    except Refused as refusal:
        return Answer(trouble=refusal.trouble, detail=refusal.detail)
    except ValueError as error:
        return Answer(trouble=Trouble.BROKEN, detail=str(error))
    timer = threading.Timer(SECONDS, call.end)
    timer.daemon = True
    timer.start()
    try:
        values = _exchange(call, headers, body)
    except Exception as error:  # a target may do anything to a connection
        values = _trouble_of(error, call)
    finally:
        timer.cancel()
        if call.connection is not None:
            call.connection.close()
    milliseconds = round((time.monotonic() - started) * 1000)
    return Answer(milliseconds=milliseconds, address=call.address, **values)


def _exchange(call: _Call, headers: dict[str, str], body: bytes) -> dict:
    addresses = addresses_of(call.target, seconds=call.left())
    _connect(call, addresses)
    client = http.client.HTTPConnection(call.target.host, call.target.port)
    client.sock = call.connection
    sent = {"Host": call.target.authority, "Content-Type": "application/json", **_METADATA, **headers}
    client.request("POST", call.target.path, body=body, headers=sent)
    with client.getresponse() as response:
        raw = response.read(LIMIT)
        if call.is_over.is_set():  # a connection that was ended looks like a short answer
            raise TimeoutError
        return {
            "trouble": _judge(response.status),
            "status": response.status,
            "headers": _clean(str(response.headers)).strip()[:LIMIT],
            "body": _clean(raw.decode(errors="replace")),
        }


def _connect(call: _Call, addresses: list[Address]) -> None:
    call.connection = connection = _first_of(call, addresses)
    connection.settimeout(call.left())
    if call.target.scheme == "https":
        wrapped = _tls().wrap_socket(
            connection, server_hostname=call.target.host, do_handshake_on_connect=False
        )
        call.connection = wrapped  # at once, so that the timer can end the handshake too
        wrapped.do_handshake()


def _first_of(call: _Call, addresses: list[Address]) -> socket.socket:
    """Connect to the first of the checked addresses that takes it; while there is another, half of the time is kept."""
    *firsts, last = addresses
    for address in firsts:
        call.address = str(address)
        with suppress(OSError):
            return _open(address, call.target.port, seconds=call.left() / 2)
    call.address = str(last)
    return _open(last, call.target.port, seconds=call.left())


def _open(address: Address, port: int, *, seconds: float) -> socket.socket:
    """Connect to an address, not to a name: there is nothing left that could be resolved."""
    family = socket.AF_INET6 if address.version == 6 else socket.AF_INET
    connection = socket.socket(family, socket.SOCK_STREAM)
    try:
        connection.settimeout(seconds)
        connection.connect((str(address), port))
    except BaseException:
        connection.close()
        raise
    return connection


def _tls() -> ssl.SSLContext:
    """Trust what the system trusts, and what `requests` would: small systems have no certificates of their own."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context


def _judge(status: int) -> Trouble | None:
    if 200 <= status < 300:
        return None
    return Trouble.REDIRECT if 300 <= status < 400 else Trouble.STATUS


def _trouble_of(error: Exception, call: _Call) -> dict:
    if isinstance(error, Refused):
        return {"trouble": error.trouble, "detail": error.detail}
    if call.is_over.is_set() or isinstance(error, TimeoutError):
        return {"trouble": Trouble.TIMEOUT}
    detail = f"{type(error).__name__}: {error}"[:500]
    if isinstance(error, ssl.SSLError):
        return {"trouble": Trouble.TLS, "detail": _clean(detail)}
    if isinstance(error, http.client.HTTPException) and not isinstance(error, http.client.RemoteDisconnected):
        return {"trouble": Trouble.BROKEN, "detail": type(error).__name__}
    if isinstance(error, OSError):
        return {"trouble": Trouble.UNREACHABLE, "detail": _clean(detail)}
    return {"trouble": Trouble.INTERNAL, "detail": type(error).__name__}


def _clean(text: str) -> str:
    """Leave out what neither a database nor a terminal should be given: controls, and halves of characters."""
    kept = (sign if sign.isprintable() or sign in "\n\t" else "�" for sign in text.replace("\r\n", "\n"))
    return "".join(kept)
