"""Find phrases in text: word by word, whatever the case, with `*` for any ending. Linear in the length of the text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
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
    """Named lists of phrases, ready to be found together in one pass.

    A phrase is words with spaces between; a word that ends in `*` stands for every word that begins so (one that begins
    with `*`, for every word that ends so), and `#` for a number.
    """

    def __init__(self, lists: Mapping[str, Iterable[str]]) -> None:
        self.names = tuple(lists)
        self._by_first: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
        for name, phrases in lists.items():
            for phrase in {" ".join(phrase.split()) for phrase in phrases}:
                first, *rest = (_folded(word) for word in phrase.split())
                self._by_first.setdefault(first, []).append((name, tuple(rest)))
        for entries in self._by_first.values():
            entries.sort(key=lambda entry: len(entry[1]), reverse=True)  # the longest phrase wins
        self._stems = sorted(
            {len(first) - 1 for first in self._by_first if first.endswith("*")}, reverse=True
        )
        self._endings = sorted(
            {len(first) - 1 for first in self._by_first if first.startswith("*")}, reverse=True
        )

    def find(self, words: list[Word]) -> dict[str, list[Match]]:
        """Return the phrases of each list in `words`, in order; of several of a list at one place the longest."""
        found: dict[str, list[Match]] = {name: [] for name in self.names}
        for index in range(len(words)):
            taken = set()
            for name, match in self._at(words, index):
                if name not in taken:
                    taken.add(name)
                    found[name].append(match)
        return found

    def _at(self, words: list[Word], index: int) -> Iterator[tuple[str, Match]]:
        for key in self._keys(words[index].folded):
            for name, rest in self._by_first.get(key, ()):
                last = index + len(rest)
                if last < len(words) and all(
                    _is(words[index + 1 + offset].folded, wanted) for offset, wanted in enumerate(rest)
                ):
                    yield name, Match(" ".join((key, *rest)), index, last)

    def _keys(self, word: str) -> Iterator[str]:
        """Yield what a word may stand under: itself, and its beginnings, the longest first."""
        if len(word) > _LONGEST_WORD:
            return
        yield word
        if word.isdecimal():
            yield "#"
        for length in self._stems:
            if length <= len(word):
                yield word[:length] + "*"
        for length in self._endings:
            if length < len(word):
                yield "*" + word[-length:]


def _folded(word: str) -> str:
    stem = fold(word.strip("*"))
    return f"{'*' * word.startswith('*')}{stem}{'*' * word.endswith('*')}"


def _is(word: str, wanted: str) -> bool:
    if wanted.endswith("*"):
        return word.startswith(wanted[:-1])
    if wanted.startswith("*"):
        return word.endswith(wanted[1:])
    return word == wanted or (wanted == "#" and word.isdecimal())
