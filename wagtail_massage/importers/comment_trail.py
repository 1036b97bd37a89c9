"""Visitors' comments that were copied together with the article they stand under."""

import re
import textwrap
from collections.abc import Sequence
from typing import NamedTuple

from .article import ArticleComment
from .comment_dates import DATE_PATTERN, TIME_PATTERN, parse_comment_date
from .notes import Note, counted, note
from .paragraphs import Paragraph, SourceText

_LONGEST_HEAD = 200  # characters
_SHORTEST_DATED = len("A on 1/1/20")
_YEAR_OR_SIGN = re.compile(r"\d{4}|\d[/.]\d")
_MOST_NAME_WORDS = 6

_NUMBER = r"(?P<number>\d{1,4}[.)]\ +)?"
_AUTHOR = r"(?:(?:posted|written|comment(?:ed)?)?\ ?by\ +)?(?P<author>\S(?:.{0,78}\S)??)"
_SAYS = r"(?:says|said|wrote|writes|commented|replied)"
_DATED_HEAD = re.compile(
    rf"""{_NUMBER}{_AUTHOR}
    (?:\ +{_SAYS})?(?:(?P<on>,?\ +on\ +)|\ *[,|·•]\ *|\ +[-–—]\ +|\ *\()
    (?P<date>{DATE_PATTERN}(?P<time>{TIME_PATTERN})?)\)?(?:\ +{_SAYS})?\ *:?""",
    re.VERBOSE | re.IGNORECASE,
)
_SAYS_HEAD = re.compile(rf"{_NUMBER}{_AUTHOR}\ +{_SAYS}\ *:", re.VERBOSE | re.IGNORECASE)
_DATE_LINE = re.compile(rf"(?:on\ +)?(?P<date>{DATE_PATTERN}{TIME_PATTERN}?)", re.VERBOSE | re.IGNORECASE)
_SECTION = re.compile(
    r"(?:\d{1,4}\s+)?(?:(?:visitor|reader)s?['’]?\s+)?(?:comments?|responses?|replies|thoughts?\s+on\s.{1,150}|"
    r"kommentare?|commentaires?|comentarios?|comentários?|commenti|komentarze|reacties)(?:\s*\(\d{1,4}\))?\s*:?",
    re.IGNORECASE,
)
_FORM = re.compile(r"(?:leave|post|write|add)\s+a\s+(?:reply|comment)(?:\s.{0,80})?", re.IGNORECASE)
_REPLY = re.compile(r"(?:reply|log\s+in\s+to\s+reply|edit|like|share)", re.IGNORECASE)


class Head(NamedTuple):
    """The line that names a comment's author. ``is_sure``: it can be nothing else."""

    author: str
    date_text: str
    has_number: bool
    is_sure: bool
    last: int  # index of the last paragraph that belongs to the head


class Trail(NamedTuple):
    """The comments, where they begin among the paragraphs, and what was changed or is doubtful."""

    start: int
    comments: tuple[ArticleComment, ...]
    changes: list[Note]
    warnings: list[Note]


def find_heads(paragraphs: Sequence[Paragraph]) -> dict[int, Head]:
    """Return the possible heads of comments by their index."""
    found = {}
    for index, paragraph in enumerate(paragraphs):
        text = paragraph.text
        if index and len(text) <= _LONGEST_HEAD and (head := _head(paragraphs, index, text)):
            found[index] = head
    return found


def _head(paragraphs: Sequence[Paragraph], index: int, text: str) -> Head | None:
    if text[-1] != ":" and (len(text) < _SHORTEST_DATED or not _YEAR_OR_SIGN.search(text)):
        return None
    if match := _DATED_HEAD.fullmatch(text):
        is_sure = bool(match["time"] and (match["on"] or match["number"]))
        return _named(match, match["date"], is_sure, index)
    match = _SAYS_HEAD.fullmatch(text)
    if match is None:
        return None
    following = paragraphs[index + 1].text if index + 1 < len(paragraphs) else ""
    date = _DATE_LINE.fullmatch(following) if len(following) <= _LONGEST_HEAD else None
    if date:
        return _named(match, date["date"], True, index + 1)
    return _named(match, "", False, index)


def _named(match: re.Match[str], date_text: str, is_sure: bool, last: int) -> Head | None:
    author = match["author"].strip()
    if len(author.split()) > _MOST_NAME_WORDS or not any(character.isalnum() for character in author):
        return None
    return Head(author, date_text, bool(match["number"]), is_sure, last)


def find_trail_start(paragraphs: Sequence[Paragraph], heads: dict[int, Head], after: int) -> int | None:
    """Return the index at which the comments begin, after the last heading of the list at ``after``.

    The first head must be a sure one with text below it, or stand under a heading such as "Comments".
    """
    for index, head in heads.items():
        if index <= after:
            continue
        if index - 1 > after and _SECTION.fullmatch(paragraphs[index - 1].text[:_LONGEST_HEAD]):
            return index - 1
        if head.is_sure and head.last + 1 < len(paragraphs) and head.last + 1 not in heads:
            return index
    return None


def read_trail(source: SourceText, heads: dict[int, Head], start: int) -> Trail:
    """Read the comments from paragraph ``start`` to the end; their text keeps its lines and its slips."""
    paragraphs = source.paragraphs
    end, dropped_form = _end(paragraphs, start)
    own = [index for index in heads if start <= index < end]
    comments: list[ArticleComment] = []
    warnings: list[Note] = []
    labels = own[0] - start
    indented = 0
    for place, index in enumerate(own):
        head = heads[index]
        stop = own[place + 1] if place + 1 < len(own) else end
        body = list(paragraphs[head.last + 1 : stop])
        while body and (
            _REPLY.fullmatch(body[-1].text[:40]) or _SECTION.fullmatch(body[-1].text[:_LONGEST_HEAD])
        ):
            body.pop()
            labels += 1
        text, was_indented = _text(source.lines, body)
        indented += was_indented
        date = parse_comment_date(head.date_text) if head.date_text else None
        comments.append(ArticleComment(head.author, date.iso if date else None, text, head.date_text))
        if date and date.problem:
            warnings.append(note(date.problem, date=head.date_text, author=head.author))
        if not text:
            warnings.append(note("comment_empty", author=head.author))
    changes = counted(
        comment_numbers_dropped=sum(heads[index].has_number for index in own),
        comment_indent_removed=indented,
        comment_labels_dropped=labels,
        comment_form_dropped=dropped_form,
    )
    return Trail(start, tuple(comments), changes, warnings)


def _end(paragraphs: Sequence[Paragraph], start: int) -> tuple[int, int]:
    """Return where the comments end and how many lines of the form below them are left out."""
    for index in range(start + 1, len(paragraphs)):
        if _FORM.fullmatch(paragraphs[index].text[:_LONGEST_HEAD]):
            return index, len(paragraphs) - index
    return len(paragraphs), 0


def _text(lines: Sequence[str], body: Sequence[Paragraph]) -> tuple[str, bool]:
    if not body:
        return "", False
    raw = "\n".join(lines[body[0].first : body[-1].last + 1])
    text = textwrap.dedent(raw).strip()
    return text, raw[0].isspace()
