"""The same deterministic content for every contender: invented words, no text from anywhere.

Threads are named: `flat-N` holds N comments that answer nothing; `tree-N` holds, in every ten comments, five roots,
three replies to the first, a reply to a reply, and one below that; `small-1` to `small-20` hold fifty each;
`pending` waits for a moderator; `posting` starts empty.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

SMALL = [f"small-{number}" for number in range(1, 21)]
PART = 50
"""Comments in one answer."""
BATCH = 1000
"""Comments that are approved at once."""
QUEUE = 100_000
"""Comments that wait."""

_START = datetime(2021, 3, 1, tzinfo=UTC)
_WORDS = [
    "stone",
    "oil",
    "palm",
    "shoulder",
    "neck",
    "calm",
    "slow",
    "warm",
    "breath",
    "towel",
    "lamp",
    "linen",
    "hour",
    "week",
    "quiet",
    "deep",
    "light",
    "muscle",
    "knot",
    "ease",
    "sleep",
    "walk",
    "desk",
    "chair",
    "spine",
    "hip",
    "heel",
    "wrist",
    "tea",
    "rain",
    "window",
    "therapist",
    "patient",
    "gentle",
    "firm",
    "pressure",
    "rhythm",
    "after",
    "before",
    "during",
    "again",
    "never",
    "often",
    "always",
    "the",
    "a",
    "my",
    "her",
    "our",
    "and",
    "but",
    "so",
    "then",
    "with",
    "without",
    "into",
    "from",
    "was",
    "felt",
    "became",
]
_SHAPE = [(0, None), (0, None), (0, None), (0, None), (0, None), (1, 0), (1, 0), (1, 0), (2, 5), (3, 8)]
"""Depth and parent within ten comments of a tree."""


class Item(NamedTuple):
    """A comment: `number` counts from 1 within its thread, `parent` and `root` are such numbers (0: none)."""

    number: int
    parent: int
    root: int
    depth: int
    uuid: UUID
    author: str
    email: str
    text: str
    created_at: datetime


def plan(sizes: list[int], rounds: int) -> dict[str, tuple[int, bool]]:
    """Return how many comments each thread holds, and whether they are approved."""
    threads = dict.fromkeys(SMALL, (50, True))
    threads |= {f"flat-{size}": (size, True) for size in sizes}
    threads |= {f"tree-{size}": (size, True) for size in sizes}
    return threads | {"pending": (max(QUEUE, BATCH * (rounds + 2)), False), "posting": (0, True)}


def written_at(number: int) -> datetime:
    """Return when the comment with this number was written."""
    return _START + timedelta(seconds=5 * number)


def starts(size: int) -> list[int]:
    """Return the comments of a flat thread that a part of fifty follows: some all over it, and the last such."""
    return [*range(PART, size - PART, max(1, (size - 2 * PART) // 200)), size - PART]


def items(thread: str, size: int) -> Iterator[Item]:
    """Yield the comments of a thread in the order in which they were written."""
    chance = random.Random(thread)
    texts = [text(chance) for _number in range(400)]
    is_tree = thread.startswith("tree")
    for number in range(1, size + 1):
        place = (number - 1) % 10
        first = number - place
        depth, above = _SHAPE[place] if is_tree else (0, None)
        author = (number * 7919) % 5000
        yield Item(
            number=number,
            parent=0 if above is None else first + above,
            root=number if depth == 0 else first,
            depth=depth,
            uuid=UUID(int=chance.getrandbits(128), version=4),
            author=f"Visitor {author}",
            email=f"visitor{author}@example.org",
            text=texts[(number * 31) % 400],
            created_at=written_at(number),
        )


def text(chance: random.Random) -> str:
    """Return two to four sentences, some 35 words."""
    sentences = []
    for _sentence in range(chance.randint(2, 4)):
        words = " ".join(chance.choice(_WORDS) for _word in range(chance.randint(7, 16)))
        sentences.append(f"{words[0].upper()}{words[1:]}.")
    return " ".join(sentences)
