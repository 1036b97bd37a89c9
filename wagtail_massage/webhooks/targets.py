"""Where webhooks may go: a public address on the internet, found once and then called, never looked up again.

A host name is resolved here, every address that it has must be allowed, and `sending` connects to one of exactly
these. So a name that changes its address between check and call (DNS rebinding) gains nothing.
"""

from __future__ import annotations

import queue
import socket
import threading
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import SplitResult, urlsplit

from .conf import webhooks_settings
from .events import Trouble

Address = IPv4Address | IPv6Address

_PORTS = {"http": 80, "https": 443}
_NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052: an IPv4 address in the last 32 bits
_RESERVED = tuple(
    ip_network(block)
    for block in ("192.0.0.0/24", "168.63.129.16/32", "fec0::/10", "64:ff9b:1::/48", "2001::/23", "2002::/16")
)
"""What not every Python calls private: reserved for protocols (with the metadata address of one cloud in it), the
control address of another, site-local addresses, local NAT64, and tunnels that nobody runs any more."""


class Refused(Exception):
    """This target is not called; `trouble` says why."""

    def __init__(self, trouble: Trouble, detail: str = "") -> None:
        super().__init__(detail or str(trouble.label))
        self.trouble, self.detail = trouble, detail


@dataclass(frozen=True, kw_only=True)
class Target:
    """A parsed address: `host` in ASCII without brackets, `path` with its query."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def authority(self) -> str:
        """What the Host header says."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"


def parse(url: str) -> Target:
    """Take an endpoint's URL apart.

    Raises:
        Refused: if it is not http or https, plain http without leave, or holds a name and password.
        ValueError: if it is no URL, or one with spaces, control characters or a fragment.
    """
    if not url.isascii() or not url.isprintable() or " " in url or "\\" in url:
        url = _ascii(url)
    parts = urlsplit(url)
    if parts.scheme not in _PORTS or not parts.hostname:
        raise ValueError(f"{url!r} is no http or https address.")
    if parts.username is not None or parts.fragment:
        raise ValueError(
            f"{parts.scheme}://{parts.hostname} must come without a user, a password and a #fragment."
        )
    if parts.scheme == "http" and not webhooks_settings.allow_http:
        raise Refused(Trouble.INSECURE)
    path = parts.path or "/"
    return Target(
        scheme=parts.scheme,
        host=parts.hostname,
        port=parts.port or _PORTS[parts.scheme],
        path=f"{path}?{parts.query}" if parts.query else path,
    )


def _ascii(url: str) -> str:
    """Write an international host name in ASCII. Anything else outside of ASCII must be quoted by who enters it."""
    parts = urlsplit(url)
    host = (parts.hostname or "").encode("idna").decode()  # UnicodeError is a ValueError
    port = f":{parts.port}" if parts.port else ""
    user = "@" if parts.username is not None else ""
    written = SplitResult(
        parts.scheme, f"{user}{host}{port}", parts.path, parts.query, parts.fragment
    ).geturl()
    if not written.isascii() or not written.isprintable() or " " in written or "\\" in written:
        raise ValueError("Write spaces and letters outside of ASCII as %XX in the path.")
    return written


def addresses_of(target: Target, *, seconds: float) -> list[Address]:
    """Resolve the host, and return its addresses if all of them may be called.

    Raises:
        Refused: if there is none, the answer takes too long, or one of them is private, loopback, link-local,
            multicast or reserved.
    """
    found = _resolve(target.host, target.port, seconds=seconds)
    if not found:
        raise Refused(Trouble.UNKNOWN_HOST)
    for address in found:
        if not is_allowed(address):
            raise Refused(Trouble.FORBIDDEN, f"{target.host} is {address}")
    return found


def is_allowed(address: Address) -> bool:
    """Tell whether an address may be called: it is public, whichever way it is written."""
    if webhooks_settings.allow_private:
        return not (address.is_multicast or address.is_unspecified)
    if isinstance(address, IPv6Address):
        address = _carried(address) or address
    is_odd = address.is_multicast or address.is_reserved or address.is_link_local or address.is_loopback
    return address.is_global and not is_odd and not any(address in block for block in _RESERVED)


def _carried(address: IPv6Address) -> IPv4Address | None:
    """Return the IPv4 address that is really called: mapped, or behind a NAT64."""
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped


def _resolve(host: str, port: int, *, seconds: float) -> list[Address]:
    """Ask the system's resolver, which knows no time limit of its own."""
    answers: queue.Queue[list[Address]] = queue.Queue()
    threading.Thread(target=lambda: answers.put(_look_up(host, port)), daemon=True).start()
    try:
        return answers.get(timeout=max(seconds, 0.001))
    except queue.Empty:
        raise Refused(Trouble.TIMEOUT) from None


def _look_up(host: str, port: int) -> list[Address]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return []
    return list(dict.fromkeys(ip_address(entry[4][0]) for entry in found))
