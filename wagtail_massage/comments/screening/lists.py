"""Who is not welcome: e-mail addresses and networks. (Blocked web domains are the business of `links`.)"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Iterator
from datetime import timedelta
from functools import lru_cache

from .. import text
from ..conf import comments_settings
from ..networks import Address, network_of, parse_address
from ..states import EntryKind
from . import entries
from .addresses import fold_email, is_below
from .base import Candidate, Check, Finding, Outcome

_WEEK = timedelta(days=7)


class ListsCheck(Check):
    """Spam from a blocked e-mail address, from any address at a blocked domain, or from a blocked network.

    A network is listed as it is written, or as the key that a comment keeps of it. The keys change every week, so
    those of as many weeks are compared as keys are kept (WAGTAIL_MASSAGE_COMMENTS_KEEP_NETWORK_DAYS); an older key
    blocks nobody.
    """

    name = "lists"

    def examine(self, candidate: Candidate) -> Iterable[Finding]:
        if email := candidate.draft.author_email:
            blocked = frozenset(entries.values_of(EntryKind.BLOCKED_EMAIL))
            if blocked and _is_blocked_email(fold_email(email), blocked):
                yield Finding(outcome=Outcome.SPAM, reason="blocked_email")
        if listed := entries.values_of(EntryKind.BLOCKED_NETWORK):
            blocked_networks = _networks(listed)
            address = parse_address(candidate.origin.address)
            if (address and blocked_networks.holds(address)) or any(
                key in blocked_networks.keys for key in _keys(candidate)
            ):
                yield Finding(outcome=Outcome.SPAM, reason="blocked_network")


def _is_blocked_email(email: str, blocked: frozenset[str]) -> bool:
    domains = {value[1:] for value in blocked if value.startswith("@")}
    return email in blocked or is_below(email.rpartition("@")[2], domains)


def _keys(candidate: Candidate) -> Iterator[str]:
    """Yield the keys that the visitor's network has and had, and the one that a stored comment has kept."""
    if candidate.comment is not None:
        yield candidate.comment.network_key
    network = network_of(candidate.origin.address)
    weeks = -(-comments_settings.keep_network_days // 7) + 1
    for back in range(weeks if network else 0):
        yield text.network_key(network, candidate.now - back * _WEEK)


class _Networks:
    """Networks by the length of their prefix: a look-up costs as many steps as there are different lengths."""

    def __init__(self, listed: Iterable[str]) -> None:
        self.keys: set[str] = set()
        self._prefixes: dict[tuple[int, int], set[int]] = {}
        for value in listed:
            if entries.NETWORK_KEY.fullmatch(value):
                self.keys.add(value)
                continue
            network = ipaddress.ip_network(value, strict=False)
            shift = network.max_prefixlen - network.prefixlen
            prefixes = self._prefixes.setdefault((network.version, shift), set())
            prefixes.add(int(network.network_address) >> shift)

    def holds(self, address: Address) -> bool:
        number = int(address)
        return any(
            version == address.version and number >> shift in prefixes
            for (version, shift), prefixes in self._prefixes.items()
        )


@lru_cache(maxsize=2)
def _networks(listed: tuple[str, ...]) -> _Networks:
    return _Networks(listed)
