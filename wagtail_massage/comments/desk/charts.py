"""Charts as shapes: where each box, line and label of an SVG stands. The templates only draw them.

Nothing scales: along the time axis everything is in per cent of the width, upwards in pixels, so a chart fits into 300
or 1,300 pixels with letters of one size and strokes of one width. Right to left runs the other way round. Positions are
strings, for a number in a template would be written as the reader's language writes numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from django.utils.functional import Promise

_TOP, _PLOT = 8, 168  # pixels above the plot, and its height
HEIGHT = _TOP + _PLOT + 28  # with a line of labels below
_GAP = 0.2  # of a slot, beside each column
_LABELS = 5  # along the time axis at most, so that they fit on a phone
_STEPS = 4  # of the scale at most


@dataclass(frozen=True, kw_only=True)
class Box:
    """A rectangle. `kind` is the name of what it counts, and gives it its colour; `title` is what a pointer reads."""

    x: str
    y: str
    width: str
    height: str
    kind: str
    title: str = ""


@dataclass(frozen=True, kw_only=True)
class Segment:
    """A straight line between two points of one row of numbers."""

    x1: str
    y1: str
    x2: str
    y2: str
    kind: str


@dataclass(frozen=True, kw_only=True)
class Dot:
    x: str
    y: str
    kind: str
    title: str


@dataclass(frozen=True, kw_only=True)
class Label:
    """Words along an axis, where they begin."""

    x: str
    y: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Chart:
    """All shapes of a chart, and its scale: lines across, with what they stand for.

    `edge` is where the words of the scale end, beside the plot."""

    scale: list[Label]
    labels: list[Label]
    edge: str
    boxes: list[Box] = field(default_factory=list)
    segments: list[Segment] = field(default_factory=list)
    dots: list[Dot] = field(default_factory=list)
    height: int = HEIGHT


@dataclass(frozen=True, kw_only=True)
class Axis:
    """The time axis: so many slots beside each other, from left to right or the other way round."""

    names: Sequence[str]
    is_rtl: bool

    @property
    def slot(self) -> float:
        return 100 / len(self.names)

    def at(self, position: float, width: float = 0) -> str:
        """Return where something begins that is `width` wide and whose start stands `position` slots along."""
        x = position * self.slot
        return _percent(100 - x - width if self.is_rtl else x)

    @property
    def edge(self) -> str:
        """Return where what stands before the axis ends."""
        return "0" if self.is_rtl else "100%"

    def labels(self) -> list[Label]:
        """Return some of the names, evenly, none that would stick out at the end."""
        every = -(-len(self.names) // _LABELS)
        shown = range(0, len(self.names), every)
        y = str(HEIGHT - 8)
        return [
            Label(x=self.at(number + _GAP / 2), y=y, text=self.names[number])
            for number in shown
            if number + every <= len(self.names)
        ]


def columns(
    rows: Sequence[Mapping[str, int]],
    kinds: Mapping[str, str | Promise],
    axis: Axis,
) -> Chart:
    """Return columns of stacked boxes.

    Args:
        rows: for each slot, how many there are of each kind.
        kinds: the kinds with their names, the lowest of the stack first.
    """
    step = step_for(max((sum(row.values()) for row in rows), default=0), _WHOLE)
    top = step * _STEPS
    boxes = [box for slot, row in enumerate(rows) for box in _stack(slot, row, kinds, axis, top)]
    return Chart(scale=_scale(step, str), labels=axis.labels(), edge=axis.edge, boxes=boxes)


def _stack(
    slot: int, row: Mapping[str, int], kinds: Mapping[str, str | Promise], axis: Axis, top: float
) -> Iterator[Box]:
    below = 0
    width = axis.slot * (1 - _GAP)
    for kind, name in kinds.items():
        if count := row.get(kind, 0):
            below += count
            yield Box(
                x=axis.at(slot + _GAP / 2, width),
                y=_y(below, top),
                width=_percent(width),
                height=f"{count / top * _PLOT:.2f}",
                kind=kind,
                title=f"{axis.names[slot]} · {name}: {count}",
            )


def curves(
    rows: Mapping[str, Sequence[float | None]],
    kinds: Mapping[str, str | Promise],
    axis: Axis,
    *,
    unit: Callable[[float], str],
    steps: Sequence[float],
) -> Chart:
    """Return a line for each row of numbers, with a gap where there is none.

    Args:
        rows: the numbers by kind, one for each slot.
        kinds: the kinds with their names.
        unit: writes a number for people.
        steps: what the scale may count by, ascending.
    """
    highest = max((number for row in rows.values() for number in row if number is not None), default=0)
    step = step_for(highest, steps)
    top = step * _STEPS
    segments, dots = [], []
    for kind, numbers in rows.items():
        points = [(axis.at(slot + 0.5), number) for slot, number in enumerate(numbers)]
        for (x1, one), (x2, other) in pairwise(points):
            if one is not None and other is not None:
                segments.append(Segment(x1=x1, y1=_y(one, top), x2=x2, y2=_y(other, top), kind=kind))
        for slot, (x, number) in enumerate(points):
            if number is not None:
                title = f"{axis.names[slot]} · {kinds[kind]}: {unit(number)}"
                dots.append(Dot(x=x, y=_y(number, top), kind=kind, title=title))
    return Chart(scale=_scale(step, unit), labels=axis.labels(), edge=axis.edge, segments=segments, dots=dots)


def bar(parts: Mapping[str, int], *, of: int, is_rtl: bool) -> list[Box]:
    """Return the boxes of one bar, side by side; `of` is the number that fills the whole width."""
    boxes, behind = [], 0.0
    for kind, count in parts.items():
        width = 100 * count / of if of else 0
        if width:
            x = 100 - behind - width if is_rtl else behind
            boxes.append(Box(x=_percent(x), y="0", width=_percent(width), height="100%", kind=kind))
        behind += width
    return boxes


_WHOLE = (1, 2, 5)


def step_for(highest: float, steps: Sequence[float]) -> float:
    """Return the smallest step of which four reach `highest`; after the last of `steps` they go on tenfold."""
    factor = 1
    while True:
        for step in steps:
            if step * factor * _STEPS >= highest:
                return step * factor
        factor *= 10


def _scale(step: float, unit: Callable[[float], str]) -> list[Label]:
    top = step * _STEPS
    return [Label(x="", y=_y(step * number, top), text=unit(step * number)) for number in range(_STEPS + 1)]


def _y(number: float, top: float) -> str:
    return f"{_TOP + _PLOT * (1 - number / top):.2f}"


def _percent(number: float) -> str:
    return f"{number:.3f}%"
