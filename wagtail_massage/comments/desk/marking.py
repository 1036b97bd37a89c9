"""Which parts of a comment's text the checks pointed at."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Segment(NamedTuple):
    """A piece of plain text, as it was written."""

    text: str
    is_marked: bool


def segments(body: str, spans: Iterable[tuple[int, int]]) -> list[Segment]:
    """Cut `body` at the edges of `spans` (ranges of code points; they may overlap and lie outside).

    Joined again, the pieces are `body`: marking changes no character of what was written.
    """
    pieces: list[Segment] = []
    position = 0
    for start, end in _joined(spans, len(body)):
        if start > position:
            pieces.append(Segment(body[position:start], False))
        pieces.append(Segment(body[start:end], True))
        position = end
    if position < len(body) or not pieces:
        pieces.append(Segment(body[position:], False))
    return pieces


def _joined(spans: Iterable[tuple[int, int]], length: int) -> list[tuple[int, int]]:
    """Make one span of those that overlap, so that one mark is drawn around them."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        start, end = max(start, 0), min(end, length)
        if start >= end:
            continue
        if joined and start < joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined
