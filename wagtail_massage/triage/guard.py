"""What a reply to a health question had better not say. It warns the person who answers; it forbids nothing.

It looks for plain phrases in the languages that triage has packs for, in all of them at once: a reply is short, and a
phrase of another language seldom stands in it. It knows nothing of what is said around them or in other words.

RELATIONSHIP   the words make the reader a patient ("as your therapist")
CURE           they promise what nobody can promise ("this will cure")
DOSE           they say how much of a medicine to take, or to leave one off
"""

from __future__ import annotations

import enum
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from .matching import Phrases, words_of


class Concern(enum.StrEnum):
    RELATIONSHIP = "RELATIONSHIP"
    CURE = "CURE"
    DOSE = "DOSE"


@dataclass(frozen=True, kw_only=True)
class Caution:
    """A concern and the words that raise it: `text[start:end]` (code points)."""

    concern: Concern
    start: int
    end: int


def read_reply(text: str) -> list[Caution]:
    """Return what in the draft of a reply should be thought over again, in the order of the text."""
    words = words_of(text[:20_000])
    found = _phrases().find(words)
    cautions = [
        Caution(concern=concern, start=words[match.first].start, end=words[match.last].end)
        for concern in Concern
        for match in found[concern.lower()]
    ]
    return sorted(cautions, key=lambda caution: (caution.start, caution.concern))


@cache
def _phrases() -> Phrases:
    """Put the lists of all languages together."""
    languages = tomllib.loads(files(__package__).joinpath("guard.toml").read_text(encoding="utf-8"))
    names = [concern.lower() for concern in Concern]
    return Phrases({name: ",".join(lists[name] for lists in languages.values()).split(",") for name in names})
