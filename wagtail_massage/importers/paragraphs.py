"""Plain text into paragraphs: line ends, indents, wrapped lines, separator lines."""

import re
from itertools import pairwise
from typing import NamedTuple

from .notes import Note, counted

NARROWEST_WRAP, WIDEST_WRAP = 40, 120  # characters; longer lines are paragraphs of their own
_LINE_END = re.compile(r"\r\n?|[\u2028\u2029]")
_STARTS_PARAGRAPH = re.compile(r"[-*•·▪◦–—]\s|\(?\#?\d{1,3}[.):]|[^\W\d_]{1,20}\.? \#?\d{1,3}\s*[:.)–—-]|\#")
_RULE = re.compile(r"(?:[-–—=_*~•]\s*){3,}")
_HEADING_MARK = re.compile(r"#{1,6}[ \t]+(?=\S)")


class Paragraph(NamedTuple):
    """A paragraph and the lines of the source that it came from, ``lines[first : last + 1]``."""

    text: str
    first: int
    last: int
    is_marked_heading: bool = False  # "## Like this"
    is_rule: bool = False


class SourceText(NamedTuple):
    """A text as lines (their trailing spaces trimmed) and as paragraphs; separator lines above the first are gone."""

    lines: list[str]
    paragraphs: list[Paragraph]
    changes: list[Note]
    leading_rules: int


def split_text(text: str) -> SourceText:
    """Divide a text at its blank lines; where it is not wrapped, every line is a paragraph."""
    has_mark = text.startswith("\ufeff")
    if has_mark:
        text = text[1:]
    text, line_ends = _LINE_END.subn("\n", text)
    raw = text.split("\n")
    lines = [line.rstrip() for line in raw]
    nbsp, spaces = _count_trimmed(raw, lines)
    width = _wrap_width(lines)
    paragraphs = _paragraphs(lines, width)
    joined = sum(paragraph.last - paragraph.first for paragraph in paragraphs)
    changes = counted(
        line_endings_normalised=line_ends,
        lines_joined=joined,
        trailing_nbsp_trimmed=nbsp,
        trailing_spaces_trimmed=spaces,
        heading_marks_dropped=sum(paragraph.is_marked_heading for paragraph in paragraphs),
    )
    if has_mark:
        changes.insert(0, Note("bom_removed", {}))
    start = next(
        (index for index, paragraph in enumerate(paragraphs) if not paragraph.is_rule), len(paragraphs)
    )
    return SourceText(lines, paragraphs[start:], changes, start)


def _count_trimmed(raw: list[str], lines: list[str]) -> tuple[int, int]:
    """Count the lines with text that lost a no-break space, and those that lost only other spaces."""
    nbsp = spaces = 0
    for before, after in zip(raw, lines, strict=True):
        if after and len(before) != len(after):
            if "\xa0" in before[len(after) :]:
                nbsp += 1
            else:
                spaces += 1
    return nbsp, spaces


def _wrap_width(lines: list[str]) -> int | None:
    """Return the width in characters at which the text is wrapped, None when it is not.

    In a wrapped text nearly all lines that another line follows are nearly as long as the longest.
    """
    lengths = sorted(len(line) for line, following in pairwise(lines) if line and following)
    if len(lengths) < 3:
        return None
    width = lengths[len(lengths) * 95 // 100]
    full = sum(length >= width * 0.75 for length in lengths)
    if NARROWEST_WRAP <= width <= WIDEST_WRAP and full >= len(lengths) * 0.6:
        return width
    return None


def _paragraphs(lines: list[str], width: int | None) -> list[Paragraph]:
    found: list[Paragraph] = []
    first = 0
    parts: list[str] = []
    for index, line in enumerate(lines):
        text = line.lstrip()
        if parts and text and width and _continues(lines[index - 1], text, width):
            parts.append(text)
            continue
        if parts:
            found.append(_paragraph(" ".join(parts), first, index - 1))
            parts = []
        if text:
            first, parts = index, [text]
            if not width:
                found.append(_paragraph(text, index, index))
                parts = []
    if parts:
        found.append(_paragraph(" ".join(parts), first, len(lines) - 1))
    return found


def _continues(previous: str, text: str, width: int) -> bool:
    """Say whether a line was broken only because its next word had no room."""
    room = width - len(previous)
    return len(text.split(None, 1)[0]) + 1 > room and not _STARTS_PARAGRAPH.match(text)


def _paragraph(text: str, first: int, last: int) -> Paragraph:
    if text[0] == "#":
        mark = _HEADING_MARK.match(text)
        if mark:
            return Paragraph(text[mark.end() :], first, last, is_marked_heading=True)
    if text[0] in "-–—=_*~•" and _RULE.fullmatch(text):
        return Paragraph(text, first, last, is_rule=True)
    return Paragraph(text, first, last)
