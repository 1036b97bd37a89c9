"""Finding many phrases in one text at once, in a time that depends on the text only.

The algorithm is Aho and Corasick's (Communications of the ACM 18, 1975): all phrases make one tree, and every node
knows where to go on when the next unit does not fit, so that nothing is read twice.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple


class Match(NamedTuple):
    """Where a phrase with this label stands: a range of the units of the text."""

    start: int
    end: int
    label: str


class PhraseFinder:
    """Finds phrases in texts. Both are sequences of units: of words, or of characters (then a `str` will do).

    Made once and never changed afterwards, so threads may share it. At each end the longest phrase of each label is
    found; shorter ones within it say nothing more.
    """

    def __init__(self, phrases: Iterable[tuple[Sequence[str], str]]) -> None:
        """Take pairs of a phrase and its label."""
        # One table of (node, unit) -> node: a table for each node would take several times the memory.
        self._edges: dict[tuple[int, str], int] = {}
        self._failures = array("l", [0])
        self._found: dict[int, dict[str, int]] = {}
        levels: list[list[tuple[int, str, int]]] = []
        for phrase, label in phrases:
            if phrase:
                self._found.setdefault(self._add(phrase, levels), {})[label] = len(phrase)
        for level in levels:  # shorter ones first, for the longer ones fall back on them
            for parent, unit, node in level:
                self._join(parent, unit, node)

    def __bool__(self) -> bool:
        return bool(self._edges)

    def search(self, text: Sequence[str]) -> Iterator[Match]:
        """Yield where phrases stand in `text`, in the order of their ends."""
        edges, failures, found = self._edges, self._failures, self._found
        node = 0
        for end, unit in enumerate(text, 1):
            following = edges.get((node, unit))
            while following is None and node:
                node = failures[node]
                following = edges.get((node, unit))
            node = following or 0
            if node in found:
                for label, length in found[node].items():
                    yield Match(end - length, end, label)

    def _add(self, phrase: Sequence[str], levels: list[list[tuple[int, str, int]]]) -> int:
        node = 0
        for depth, unit in enumerate(phrase):
            following = self._edges.get((node, unit))
            if following is None:
                following = self._edges[node, unit] = len(self._failures)
                self._failures.append(0)
                if depth == len(levels):
                    levels.append([])
                levels[depth].append((node, unit, following))
            node = following
        return node

    def _join(self, parent: int, unit: str, node: int) -> None:
        """Note where to go on from `node` when nothing fits, and that what ends there ends here too."""
        if not parent:
            return
        fallback = self._failures[parent]
        while (following := self._edges.get((fallback, unit))) is None and fallback:
            fallback = self._failures[fallback]
        failure = self._failures[node] = following or 0
        if failure in self._found:
            self._found[node] = self._found[failure] | self._found.get(node, {})
