"""Which of the numbered paragraphs are the headings of the list.

An article may hold several numbered runs: its entries, lists inside an entry, a visitor's own list. Every run is
weighed in one pass over the candidates: entries have text below them and look like headings.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from .ordinals import Ordinal, parse_ordinal, reads_as_sentence
from .paragraphs import Paragraph

_BASE, _WITH_TEXT, _LIKE_HEADING = 2, 6, 1
_GAP_COST, _START_COST = 3, 6
_YEAR_COST = 1000  # a run never begins at 100 or later: those are years and prices
_EQUAL_NUMBERS_FACTOR = 0.9


class Candidate(NamedTuple):
    """A paragraph that may be a numbered heading; ``position`` is its index among the paragraphs."""

    position: int
    ordinal: Ordinal
    has_text: bool
    weight: int


class Run(NamedTuple):
    """Candidates that count up, down or are all equal."""

    candidates: list[Candidate]
    weight: float

    @property
    def numbers(self) -> list[int]:
        """The printed numbers."""
        return [candidate.ordinal.number for candidate in self.candidates]


def find_run(paragraphs: Sequence[Paragraph], *, skip: frozenset[int], declared: int | None) -> Run | None:
    """Return the run that makes the list, None when there is none of two or more.

    ``skip`` holds indices that are no candidates (heads of comments), ``declared`` the count that the title promises:
    a run of that length wins.
    """
    candidates = _candidates(paragraphs, skip)
    runs = [
        run
        for group in _groups(candidates)
        for run in _runs(group, declared)
        if len(run.candidates) >= 2 and run.weight > 0
    ]
    if not runs:
        return None
    heaviest = max(runs, key=lambda run: (len(run.candidates) == declared, run.weight))
    if len(heaviest.candidates) == declared:
        return heaviest
    around = [run for run in runs if _surrounds(run, heaviest)]
    return max(around, key=lambda run: run.weight) if around else heaviest


def _candidates(paragraphs: Sequence[Paragraph], skip: frozenset[int]) -> list[Candidate]:
    parsed = [
        (index, ordinal)
        for index, paragraph in enumerate(paragraphs)
        if (ordinal := parse_ordinal(paragraph.text)) and index not in skip
    ]
    found = []
    for place, (index, ordinal) in enumerate(parsed):
        text = paragraphs[index].text
        following = parsed[place + 1][0] if place + 1 < len(parsed) else len(paragraphs)
        has_text = following > index + 1 and index + 1 not in skip
        is_heading = not reads_as_sentence(text[ordinal.length :])
        weight = _BASE + _WITH_TEXT * has_text + _LIKE_HEADING * is_heading
        found.append(Candidate(index, ordinal, has_text, weight))
    return found


def _groups(candidates: list[Candidate]) -> Iterable[list[Candidate]]:
    """Group candidates whose numbers are written alike, then those with one label and several signs."""
    by_shape: dict[tuple[str, str], list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        by_shape[candidate.ordinal.shape].append(candidate)
    shapes_of_label = Counter(label for label, _ in by_shape)
    by_label: dict[str, list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        label = candidate.ordinal.shape[0]
        if shapes_of_label[label] > 1:
            by_label[label].append(candidate)
    return [*by_shape.values(), *by_label.values()]


def _runs(group: list[Candidate], declared: int | None) -> Iterable[Run]:
    """Yield the best run counting up, the best counting down, and the run of equal numbers."""
    with_text = [candidate for candidate in group if candidate.has_text]
    selections = [group, with_text] if declared and len(with_text) < len(group) else [group]
    for selection in selections:
        if len({candidate.ordinal.number for candidate in selection}) > 1:
            yield _best_ascending(selection)
            down = _best_ascending(selection[::-1])
            yield Run(down.candidates[::-1], down.weight)
        ones = [candidate for candidate in selection if candidate.ordinal.number == 1]
        if len(ones) >= 2 and sum(one.has_text for one in ones) * 2 >= len(ones):
            yield Run(ones, sum(one.weight for one in ones) * _EQUAL_NUMBERS_FACTOR)


def _best_ascending(candidates: list[Candidate]) -> Run:
    """Return the heaviest chain in which every number is one more than the last; one may be missing at a time.

    One pass: the heaviest chain so far is kept for every number that a chain can end with.
    """
    best: dict[int, tuple[int, int]] = {}  # last number -> weight, place
    parents: list[int] = []
    weights: list[int] = []
    for place, candidate in enumerate(candidates):
        number = candidate.ordinal.number
        weight, parent = -_start_cost(number), -1
        if number - 1 in best and best[number - 1][0] > weight:
            weight, parent = best[number - 1]
        if number > 2 and number - 2 in best and best[number - 2][0] - _GAP_COST > weight:
            weight, parent = best[number - 2][0] - _GAP_COST, best[number - 2][1]
        weight += candidate.weight
        parents.append(parent)
        weights.append(weight)
        if number not in best or weight > best[number][0]:
            best[number] = (weight, place)
    heaviest = max(weights)
    place, chain = weights.index(heaviest), []
    while place >= 0:
        chain.append(candidates[place])
        place = parents[place]
    return Run(chain[::-1], heaviest)


def _start_cost(number: int) -> int:
    if number <= 1:
        return 0
    return _START_COST if number < 100 else _YEAR_COST


def _surrounds(outer: Run, inner: Run) -> bool:
    """Say whether a whole run stands between two neighbours of another one, as a list inside an entry does."""
    start, end = inner.candidates[0].position, inner.candidates[-1].position
    before = sum(candidate.position < start for candidate in outer.candidates)
    within = sum(start <= candidate.position <= end for candidate in outer.candidates)
    return before > 0 and within == 0 and before < len(outer.candidates)
