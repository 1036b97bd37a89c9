"""Whether the number in a title fits the lists under it, and the title that would."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext, ngettext
from wagtail.fields import StreamField

from .stored import walk_stored
from .title_count import find_title_count, replace_title_count
from .values import BenefitListValue


@dataclass(frozen=True)
class TitleMismatch:
    """The title promises `promised` entries, the list has `counted`; `mended` is the title that fits."""

    promised: int
    counted: int
    mended: str

    @property
    def message(self) -> str:
        return ngettext(
            "The title says %(promised)d, but the list has %(counted)d entry.",
            "The title says %(promised)d, but the list has %(counted)d entries.",
            self.counted,
        ) % {"promised": self.promised, "counted": self.counted}

    @property
    def button(self) -> str:
        return gettext("Change the title to “%(title)s”") % {"title": self.mended}


def find_mismatch(title: str, counts: Sequence[int]) -> TitleMismatch | None:
    """Compare the number in `title` with the lengths of the page's lists, in order of appearance.

    It fits if it is the length of the first list, or of all lists together: some articles cut one list in two.
    A title without a number, or a list without entries, is never wrong.
    """
    found = find_title_count(title)
    if found is None or not counts or not counts[0] or found.value in {counts[0], sum(counts)}:
        return None
    return TitleMismatch(found.value, counts[0], replace_title_count(title, counts[0]))


def mismatch_of(page: Any) -> TitleMismatch | None:
    """Compare the title of `page` with the benefit lists in all of its StreamFields. Asks the database nothing."""
    fields = [field for field in page._meta.get_fields() if isinstance(field, StreamField)]
    counts = [count for field in fields for count in count_entries(getattr(page, field.name))]
    return find_mismatch(page.title or "", counts)


def count_entries(stream: Any) -> list[int]:
    """Return the length of every benefit list in a StreamValue, without asking the database."""
    nodes = walk_stored(stream.stream_block, stream.get_prep_value())
    lists = [value for block, _, value in nodes if _is_list(block) and isinstance(value, dict)]
    return [len(value.get("benefits") or ()) for value in lists]


def _is_list(block: Any) -> bool:
    return issubclass(getattr(block.meta, "value_class", object), BenefitListValue)
