"""The one picture of a benefit list, from which HTML, JSON and schema.org are drawn."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from wagtail.blocks import StructValue

from .anchors import Anchored, assign, read_benefit
from .choices import HeadingLevel, Numbering

# Django makes the list anew each time that it is asked for.
_NUMBERINGS, _LEVELS = tuple(Numbering.values), tuple(HeadingLevel.values)


@dataclass(frozen=True)
class NumberedBenefit:
    """One benefit where it stands in its list.

    `number` is None in a list without numbers. `anchor` is unique in the list even when the stored data never went
    through a form. `value` is the block's own value, for whatever a site's subclass has added.
    """

    number: int | None
    id: str | None
    anchor: str
    aliases: tuple[str, ...]
    heading: str
    summary: str
    image: Any
    body: Any
    value: Mapping[str, Any]

    @classmethod
    def of(cls, value: Mapping[str, Any], anchored: Anchored, *, number: int | None) -> NumberedBenefit:
        """Return the benefit that `value`, a BenefitBlock's, describes."""
        return cls(
            number=number,
            id=anchored.id,
            anchor=anchored.anchor,
            aliases=anchored.aliases,
            heading=value.get("heading") or "",
            summary=value.get("summary") or "",
            image=value.get("image"),
            body=value.get("body") or (),
            value=value,
        )


class BenefitListValue(StructValue):
    """The value of a BenefitListBlock. Every property survives missing and empty parts, as drafts have them.

    No property is named like a child block: a template would find the stored value instead.
    """

    @property
    def stream(self) -> Any:
        """The benefits as a StreamValue, or () when there are none."""
        return self.get("benefits") or ()

    @property
    def count(self) -> int:
        return len(self.stream)

    @property
    def order(self) -> str:
        """One of `Numbering`."""
        numbering = self.get("numbering")
        return numbering if numbering in _NUMBERINGS else Numbering.ASCENDING.value

    @property
    def is_numbered(self) -> bool:
        return self.order != Numbering.NONE

    @property
    def is_countdown(self) -> bool:
        return self.order == Numbering.COUNTDOWN

    @property
    def lowest_number(self) -> int:
        """The lowest number in the list."""
        start = self.get("start")
        return 1 if start is None else start

    @property
    def first_number(self) -> int:
        """The number that is printed first."""
        return self.lowest_number + (max(0, self.count - 1) if self.is_countdown else 0)

    @property
    def level(self) -> int:
        """The level of the list's own heading, or of its entries' where it has none: 2 to 4."""
        level = self.get("heading_level")
        return int(level[1]) if level in _LEVELS else 2

    @property
    def benefit_heading_level(self) -> int:
        """One deeper than the list's own heading, where it has one."""
        return self.level + bool(self.get("heading"))

    @property
    def body_heading_level(self) -> int:
        return self.benefit_heading_level + 1

    @property
    def benefits_numbered(self) -> tuple[NumberedBenefit, ...]:
        children = list(self.stream)
        anchored = assign([read_benefit(child.id, child.value) for child in children])
        return tuple(
            NumberedBenefit.of(child.value, item, number=number)
            for child, item, number in zip(children, anchored, self._numbers(), strict=True)
        )

    def _numbers(self) -> Iterable[int | None]:
        if not self.is_numbered:
            return [None] * self.count
        step = -1 if self.is_countdown else 1
        return range(self.first_number, self.first_number + step * self.count, step)
