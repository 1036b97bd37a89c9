"""Headings without numbers, taken only where the promised count proves them."""

import re
from collections.abc import Sequence

from wagtail_massage.benefits.title_count import find_title_count

from .closing import is_closing_heading, is_plain_heading
from .paragraphs import Paragraph

BULLET = re.compile(r"[-*•·▪◦–—]\s+(?=\S)")
_INTRODUCTIONS = frozenset(
    ("introduction", "intro", "einleitung", "introducción", "introdução", "introduzione")
)


def find_unnumbered(paragraphs: Sequence[Paragraph], *, declared: int | None) -> list[int]:
    """Return the indices of headings or of bulleted entries; empty unless there are as many as promised.

    The promise stands in the title (``declared``) or in one of the three paragraphs above the first heading.
    """
    headings = _headings(paragraphs)
    bullets = [index for index, paragraph in enumerate(paragraphs) if BULLET.match(paragraph.text)]
    for indices in (headings, bullets):
        if len(indices) >= 2 and len(indices) in _promises(paragraphs, indices[0], declared):
            return indices
    return []


def _headings(paragraphs: Sequence[Paragraph]) -> list[int]:
    found = [index for index in range(len(paragraphs)) if is_plain_heading(paragraphs, index)]
    marked = [index for index in found if paragraphs[index].is_marked_heading]
    found = marked or found
    while found and is_closing_heading(paragraphs[found[-1]]):
        found.pop()
    if found and paragraphs[found[0]].text.rstrip(" .:!").casefold() in _INTRODUCTIONS:
        found = found[1:]
    return found


def _promises(paragraphs: Sequence[Paragraph], first: int, declared: int | None) -> set[int]:
    if declared is not None:
        return {declared}
    counts = [find_title_count(paragraph.text) for paragraph in paragraphs[max(0, first - 3) : first]]
    return {count.value for count in counts if count}
