"""The reader of plain text.

Order of work: lines and paragraphs, heads of comments, the numbered run, the comments behind it, title,
introduction, entries, closing part. No text is corrected; whatever is left out or moved is reported. The work grows
with the length of the text and with nothing else.
"""

from collections.abc import Sequence
from typing import NamedTuple

from wagtail_massage.benefits.title_count import find_title_count

from .article import Article, ArticleItem
from .closing import find_closing
from .comment_trail import Head, Trail, find_heads, find_trail_start, read_trail
from .notes import Note, counted, note
from .numbering import Run, find_run
from .ordinals import reads_as_sentence, split_heading
from .paragraphs import Paragraph, SourceText, split_text
from .source import UnreadableSource, check_text, decode_text
from .unnumbered import BULLET, find_unnumbered

LONGEST_TITLE = 255  # characters, the length of a page's title
_LEAD_IN_ENDS = (":", ";", "：")


class _Entry(NamedTuple):
    number: int | None
    title: str
    body: list[Paragraph]
    is_bullet: bool = False


def read_plain_text_bytes(data: bytes, *, name: str) -> Article:
    """Read a file's content; ``name`` is for error messages. Raises UnreadableSource."""
    return _read(decode_text(data, name=name), name)


def read_plain_text(text: str) -> Article:
    """Read an article from text. Raises UnreadableSource when there is no text in it or no plain text."""
    name = "The text"
    check_text(text, name=name)
    return _read(text, name)


def _read(text: str, name: str) -> Article:
    source = split_text(text)
    paragraphs = source.paragraphs
    if not paragraphs:
        raise UnreadableSource(
            f"{name} contains no text but separator lines. Choose a file with an article in it."
        )
    heads = find_heads(paragraphs)
    declared = _declared(paragraphs[0].text)
    run, start = _run_and_trail(paragraphs, heads, declared)
    trail = read_trail(source, heads, start) if start is not None else None
    body = paragraphs[:start]
    has_title = not (run and run.candidates[0].position == 0) and _is_title(body)
    first = 1 if has_title else 0
    intro, entries = _entries(body, first, run, declared if has_title else None)
    return _assemble(source, trail, body[0].text if has_title else "", intro, entries, run)


def _declared(title: str) -> int | None:
    count = find_title_count(title) if len(title) <= LONGEST_TITLE else None
    return count.value if count else None


def _is_title(paragraphs: Sequence[Paragraph]) -> bool:
    """Say whether the first paragraph is a title: short, and no sentence above nothing."""
    text = paragraphs[0].text
    return len(text) <= LONGEST_TITLE and not (len(text) > 120 and text[-1] in ".;,")


def _run_and_trail(
    paragraphs: Sequence[Paragraph], heads: dict[int, Head], declared: int | None
) -> tuple[Run | None, int | None]:
    """Find the run and where the comments begin.

    Comments are cut off before the run is weighed, for visitors number their lines too; unless the run goes on
    below the first of them (an entry may quote a dated line) and keeps the title's promise only so.
    """
    skip = frozenset(heads)
    whole = find_run(paragraphs, skip=skip, declared=declared)
    start = find_trail_start(paragraphs, heads, 0)
    if start is None:
        return whole, None
    before = find_run(paragraphs[:start], skip=skip, declared=declared)
    if before is None:
        spans = whole is not None and whole.candidates[0].position < start
    else:
        spans = len(before.candidates) != declared and whole is not None and len(whole.candidates) == declared
    if spans and whole:
        return whole, find_trail_start(paragraphs, heads, whole.candidates[-1].position)
    return before, start


def _entries(
    paragraphs: Sequence[Paragraph], first: int, run: Run | None, declared: int | None
) -> tuple[list[Paragraph], list[_Entry]]:
    """Divide what follows the title into introduction and entries."""
    heads: list[tuple[int, int | None, int]]
    if run:
        heads = [
            (candidate.position, candidate.ordinal.number, candidate.ordinal.length)
            for candidate in run.candidates
        ]
    else:
        found = find_unnumbered(paragraphs[first:], declared=declared)
        heads = [(first + index, None, 0) for index in found]
    ends = [*(index for index, _, _ in heads[1:]), len(paragraphs)][: len(heads)]
    entries = []
    for (index, number, length), end in zip(heads, ends, strict=True):
        text = paragraphs[index].text
        bullet = BULLET.match(text) if number is None else None
        title = text[bullet.end() if bullet else length :]
        entries.append(_Entry(number, title, list(paragraphs[index + 1 : end]), bool(bullet)))
    return list(paragraphs[first : heads[0][0] if heads else len(paragraphs)]), entries


def _assemble(
    source: SourceText,
    trail: Trail | None,
    title: str,
    intro: list[Paragraph],
    entries: list[_Entry],
    run: Run | None,
) -> Article:
    bodies = [entry.body for entry in entries]
    closing = find_closing(bodies) if entries else None
    outro: list[Paragraph] = []
    if closing:
        outro = bodies[-1][closing.start :]
        bodies[-1] = bodies[-1][: closing.start]
    items, split = _items(entries, bodies)
    declared = _declared(title)
    intro_texts, outro_texts = _texts(intro), _texts(outro)
    warnings = _warnings(title, declared, items, run)
    if closing and closing.is_guess:
        warnings.append(note("outro_guessed", count=len(outro_texts)))
    elif not closing and items and len(items[-1].paragraphs) > 1:
        warnings.append(note("outro_unclear", count=len(items[-1].paragraphs)))
    changes = source.changes + _changes(source, trail, entries, split)
    if trail:
        changes += trail.changes
        warnings += trail.warnings
    return Article(
        title=title,
        declared_count=declared,
        intro_paragraphs=intro_texts,
        has_lead_in=bool(items and intro_texts and intro_texts[-1].endswith(_LEAD_IN_ENDS)),
        items=items,
        outro_paragraphs=outro_texts,
        comments=trail.comments if trail else (),
        changes=tuple(changes),
        warnings=tuple(warnings),
    )


def _texts(paragraphs: Sequence[Paragraph]) -> tuple[str, ...]:
    return tuple(paragraph.text for paragraph in paragraphs if not paragraph.is_rule)


def _items(entries: list[_Entry], bodies: list[list[Paragraph]]) -> tuple[tuple[ArticleItem, ...], int]:
    """Make the items; a heading that has its text on the same line is divided. Also returns how many were."""
    divided = _divided(entries, bodies)
    all_equal = len(entries) > 1 and len({entry.number for entry in entries}) == 1
    items = []
    for position, (entry, (heading, rest), body) in enumerate(zip(entries, divided, bodies, strict=True), 1):
        number = position if all_equal and entry.number is not None else entry.number
        items.append(ArticleItem(number, heading, ((rest,) if rest else ()) + _texts(body)))
    return tuple(items), sum(bool(heading and rest) for heading, rest in divided)


def _divided(entries: list[_Entry], bodies: list[list[Paragraph]]) -> list[tuple[str, str]]:
    """Divide every entry's line into heading and text.

    Running text is always divided, a short line only in a list where most lines have no paragraph below them and can
    be divided: "Calm: it stays" among its like, but "No: never" among one-liners stays whole.
    """
    parts = [split_heading(entry.title) for entry in entries]
    is_text = [reads_as_sentence(entry.title) for entry in entries]
    inline = [text or not body for text, body in zip(is_text, bodies, strict=True)]
    most = len(entries) / 2
    divides_short = sum(inline) > most and sum(bool(rest) for _, rest in parts) > most
    divided = []
    for entry, part, text, body in zip(entries, parts, is_text, bodies, strict=True):
        heading, rest = part if text or (divides_short and not body) else (entry.title, "")
        # Where no place to cut was found, all of it is text.
        divided.append((heading, rest) if len(heading) <= LONGEST_TITLE else ("", heading))
    return divided


def _warnings(title: str, declared: int | None, items: Sequence[ArticleItem], run: Run | None) -> list[Note]:
    warnings = [] if title else [note("title_missing")]
    if not items:
        warnings.append(note("no_items"))
    elif declared is not None and declared != len(items):
        warnings.append(note("count_differs", declared=declared, found=len(items)))
    if run:
        warnings += _number_warnings(run.numbers)
    have_text = sum(bool(item.paragraphs) for item in items) * 2 > len(items)
    for position, item in enumerate(items, 1):
        if not item.heading:
            warnings.append(note("heading_missing", position=position, beginning=item.paragraphs[0][:60]))
        elif have_text and not item.paragraphs:
            warnings.append(note("item_empty", number=item.number or position, heading=item.heading))
    return warnings


def _number_warnings(numbers: list[int]) -> list[Note]:
    if len(set(numbers)) == 1:
        return [note("numbers_all_equal", count=len(numbers), number=numbers[0])]
    if abs(numbers[-1] - numbers[0]) != len(numbers) - 1:
        return [note("numbers_skip", numbers=", ".join(map(str, numbers)))]
    return []


def _changes(source: SourceText, trail: Trail | None, entries: list[_Entry], split: int) -> list[Note]:
    paragraphs = source.paragraphs[: trail.start] if trail else source.paragraphs
    return counted(
        indent_removed=sum(source.lines[paragraph.first][0].isspace() for paragraph in paragraphs),
        separators_dropped=source.leading_rules + sum(paragraph.is_rule for paragraph in paragraphs),
        numbers_dropped=sum(entry.number is not None for entry in entries),
        bullets_dropped=sum(entry.is_bullet for entry in entries),
        headings_split=split,
    )
