"""Find phrases in text: word by word, whatever the case, with `*` for any ending. Linear in the length of the text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import NamedTuple

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_LONGEST_ENDING = 24  # letters that `*` may stand for
_LONGEST_WORD = 60  # longer "words" are not looked up


class Word(NamedTuple):
    """A word of a text: folded, and where it stands (code points)."""

    folded: str
    start: int
    end: int


class Match(NamedTuple):
    """A phrase that was found: which, and its first and last word (index) in the list of words."""

    phrase: str
    first: int
    last: int


def fold(text: str) -> str:
    """Return `text` without case, accents and typographic apostrophes."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().replace("’", "'"))
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def words_of(text: str) -> list[Word]:
    """Return the words of `text` in order."""
    return [Word(fold(found[0]), found.start(), found.end()) for found in _WORD.finditer(text)]


class Phrases:
    """A set of phrases, ready to be found.

    A phrase is words with spaces between; a word that ends in `*` stands for every word that begins so, and `#` for
    a number.
    """

    def __init__(self, phrases: Iterable[str]) -> None:
        self._by_first: dict[str, list[tuple[str, ...]]] = {}
        for phrase in {" ".join(phrase.split()) for phrase in phrases}:
            first, *rest = (
                fold(word.removesuffix("*")) + ("*" if word.endswith("*") else "") for word in phrase.split()
            )
            self._by_first.setdefault(first, []).append(tuple(rest))
        for rests in self._by_first.values():
            rests.sort(key=len, reverse=True)  # the longest phrase wins

    def find(self, words: list[Word]) -> Iterator[Match]:
        """Yield the phrases in `words`; of several at one place the longest."""
        for index in range(len(words)):
            if match := self._at(words, index):
                yield match

    def _at(self, words: list[Word], index: int) -> Match | None:
        for key in _keys(words[index].folded):
            for rest in self._by_first.get(key, ()):
                last = index + len(rest)
                if last < len(words) and all(
                    _is(words[index + 1 + offset].folded, wanted) for offset, wanted in enumerate(rest)
                ):
                    return Match(" ".join((key, *rest)), index, last)
        return None


def _keys(word: str) -> Iterator[str]:
    """Yield what a word may stand under: itself, and its beginnings, the longest first."""
    if len(word) > _LONGEST_WORD:
        return
    yield word
    if word.isdecimal():
        yield "#"
    for end in range(len(word), max(1, len(word) - _LONGEST_ENDING), -1):
        yield word[:end] + "*"


def _is(word: str, wanted: str) -> bool:
    if wanted.endswith("*"):
        return word.startswith(wanted[:-1])
    return word == wanted or (wanted == "#" and word.isdecimal())
