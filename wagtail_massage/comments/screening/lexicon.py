"""A lexicon: lists of words and phrases, ready to be found in a text.

An entry is a word or a phrase, compared as `folding.fold` says, never a pattern of any other kind. It matches whole
words; a star at its beginning or end lets the first or last word go on. In scripts without spaces it matches
anywhere, for nothing there shows where a word begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from .folding import Folded, fold, is_spaceless
from .matching import PhraseFinder

_WORD = re.compile("[^ ]+")
_DIGITS_IN_WORD = re.compile("(?<=[a-z])[013-578]+(?=[a-z])")
_DIGITS_AT_EDGE = re.compile("(?<=[a-z]{3})[013-578]+(?![a-z0-9])|(?<![a-z0-9])[013-578]+(?=[a-z]{3})")
_LOOK = str.maketrans("0134578", "oieastb")
_LOOK_WITH_L = str.maketrans("0134578", "oleastb")


class Hit(NamedTuple):
    """Where an entry of the list `label` stands in the original text, in code points."""

    start: int
    end: int
    label: str


def phrase_of(entry: str) -> str:
    """Return the folded form of an entry, with a space wherever a word has to begin or end there. " " for none."""
    folded = fold(entry).text
    words = folded.strip(" ")
    if not words:
        return " "
    is_open_before = entry.lstrip().startswith("*") or is_spaceless(words[0])
    is_open_after = entry.rstrip().endswith("*") or is_spaceless(words[-1])
    return f"{'' if is_open_before else ' '}{words}{'' if is_open_after else ' '}"


class Lexicon:
    """Lists of entries by label. Made once, never changed, so threads may share it.

    Entries of whole words are found word by word; the others, mostly few, character by character.
    """

    def __init__(self, **lists: Iterable[str]) -> None:
        words, pieces = [], []
        for label, entries in lists.items():
            for phrase in map(phrase_of, entries):
                if phrase.startswith(" ") and phrase.endswith(" "):
                    words.append((phrase.split(), label))
                else:
                    pieces.append((phrase, label))
        self._words, self._pieces = PhraseFinder(words), PhraseFinder(pieces)

    def __bool__(self) -> bool:
        return bool(self._words) or bool(self._pieces)

    def search(self, text: str) -> list[Hit]:
        """Return where entries stand in `text`, from left to right; what lies within another hit of the same label
        is left out."""
        folded = fold(text)
        hits = {hit for reading in _readings(folded.text) for hit in self._hits(reading, folded)}
        return list(_outermost(sorted(hits, key=lambda hit: (hit.start, -hit.end, hit.label))))

    def _hits(self, reading: str, folded: Folded) -> Iterator[Hit]:
        if self._words:
            spans: list[tuple[int, int]] = []
            for start, end, label in self._words.search(reading.split()):
                spans = spans or [word.span() for word in _WORD.finditer(reading)]
                yield Hit(folded.starts[spans[start][0]], folded.ends[spans[end - 1][1] - 1], label)
        if self._pieces:
            for start, end, label in self._pieces.search(reading):
                begin = start + (reading[start] == " ")
                last = end - 1 - (reading[end - 1] == " ")
                yield Hit(folded.starts[begin], folded.ends[last], label)


def _readings(text: str) -> Iterator[str]:
    """Yield the text; and, where digits stand in words, the text with the letters that they look like."""
    yield text
    if _DIGITS_IN_WORD.search(text) or _DIGITS_AT_EDGE.search(text):
        yield _spelt_out(text, _LOOK)
        if "1" in text:
            yield _spelt_out(text, _LOOK_WITH_L)


def _spelt_out(text: str, look: dict[int, int]) -> str:
    """Digits at the edge of a word count as letters only beside three others: "mp3" is no word of letters."""
    for digits in (_DIGITS_IN_WORD, _DIGITS_AT_EDGE):
        text = digits.sub(lambda found: found[0].translate(look), text)
    return text


def _outermost(hits: Iterable[Hit]) -> Iterator[Hit]:
    furthest: dict[str, int] = {}
    for hit in hits:
        if hit.end > furthest.get(hit.label, 0):
            furthest[hit.label] = hit.end
            yield hit
