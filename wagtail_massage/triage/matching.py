"""Find phrases in text: word by word, whatever the case, with `*` for any ending. Linear in the length of the text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
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
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold().replace("’", "'"))
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def words_of(text: str) -> list[Word]:
    """Return the words of `text` in order."""
    return [Word(fold(found[0]), found.start(), found.end()) for found in _WORD.finditer(text)]


class Phrases:
    """Named lists of phrases, ready to be found together in one pass.

    A phrase is words with spaces between; a word that ends in `*` stands for every word that begins so (one that begins
    with `*`, for every word that ends so; `*` alone for any), and `#` for a number.
    """

    def __init__(self, lists: Mapping[str, Iterable[str]]) -> None:
        self.names = tuple(lists)
        self._root = _Node("")
        for name, phrases in lists.items():
            for phrase in phrases:
                self._add(name, [_folded(word) for word in phrase.split()])

    def _add(self, name: str, words: list[str]) -> None:
        if not words or set(words) == {"*"}:
            return  # would be found everywhere
        node = self._root
        for word in words:
            node = node.following.setdefault(word, _Node(f"{node.phrase} {word}".lstrip()))
        if name not in node.names:
            node.names.append(name)

    @cached_property
    def _lengths(self) -> tuple[list[int], list[int]]:
        """The lengths of the beginnings and of the endings that stand for many words, the longest first."""
        words = self._root.words()
        stems = {len(word) - 1 for word in words if word.endswith("*")}
        endings = {len(word) - 1 for word in words if word.startswith("*") and word != "*"}
        return sorted(stems, reverse=True), sorted(endings, reverse=True)

    def find(self, words: list[Word]) -> dict[str, list[Match]]:
        """Return the phrases of each list in `words`, in order; of several of a list at one place the longest."""
        found: dict[str, list[Match]] = {name: [] for name in self.names}
        keys = [tuple(self._keys(word.folded)) for word in words]
        for index in range(len(words)):
            longest: dict[str, Match] = {}
            for node, last in self._from(index, keys):
                for name in node.names:
                    if name not in longest or longest[name].last < last:
                        longest[name] = Match(node.phrase, index, last)
            for name, match in longest.items():
                found[name].append(match)
        return found

    def _from(self, index: int, keys: list[tuple[str, ...]]) -> Iterator[tuple[_Node, int]]:
        """Yield the phrases that begin at a word, each with its last word, the short ones first."""
        reached = [self._root]
        for last in range(index, len(keys)):
            reached = [node.following[key] for node in reached for key in keys[last] if key in node.following]
            if not reached:
                return
            for node in reached:
                if node.names:
                    yield node, last

    def _keys(self, word: str) -> Iterator[str]:
        """Yield what a word may stand under: itself, and its beginnings and endings, the longest first."""
        if len(word) > _LONGEST_WORD:
            return
        yield word
        if word.isdecimal():
            yield "#"
        stems, endings = self._lengths
        for length in stems:
            if length <= len(word):
                yield word[:length] + "*"
        for length in endings:
            if length < len(word):
                yield "*" + word[-length:]


@dataclass(slots=True)
class _Node:
    """Where the words of a phrase so far lead: to longer phrases, and to the lists in which it stands as it is."""

    phrase: str
    names: list[str] = field(default_factory=list)
    following: dict[str, _Node] = field(default_factory=dict)

    def words(self) -> set[str]:
        """Return the words of every phrase from here on."""
        return set(self.following).union(*(node.words() for node in self.following.values()))


def _folded(word: str) -> str:
    if set(word) == {"*"}:
        return "*"
    return f"{'*' * word.startswith('*')}{fold(word.strip('*'))}{'*' * word.endswith('*')}"
