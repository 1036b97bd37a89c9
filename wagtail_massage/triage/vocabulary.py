"""What a site adds to the words that triage knows. Rooms register a provider; it is asked at each examination."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Vocabulary:
    """Words of a site's own, in whatever languages it speaks; phrases as `matching.Phrases` reads them.

    Attributes:
        complaints: conditions and symptoms.
        alarms: those that are red flags; they need not be repeated among the complaints.
    """

    complaints: frozenset[str] = frozenset()
    alarms: frozenset[str] = frozenset()

    def __or__(self, other: Vocabulary) -> Vocabulary:
        return Vocabulary(complaints=self.complaints | other.complaints, alarms=self.alarms | other.alarms)


_providers: dict[str, Callable[[], Vocabulary]] = {}


def register_vocabulary(key: str, provider: Callable[[], Vocabulary]) -> None:
    """Have `provider` asked for a site's words. `key` names the room; registering again replaces."""
    _providers[key] = provider


def site_vocabulary() -> Vocabulary:
    """Return all that has been registered, together."""
    known = Vocabulary()
    for provider in _providers.values():
        known |= provider()
    return known
