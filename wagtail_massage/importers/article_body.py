"""An article's parts as the stored form of a page's body: text, benefit list, text."""

from __future__ import annotations

import html
import re
import uuid
from collections.abc import Sequence
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from ..benefits.blocks import MAX_BENEFITS, BenefitBlock, BenefitListBlock
from ..benefits.choices import Kind, Numbering
from ..benefits.title_count import find_title_count
from .article import Article, ArticleItem

LONGEST_HEADING: int = BenefitBlock.base_blocks["heading"].field.max_length
LONGEST_LEAD_IN: int = BenefitListBlock.base_blocks["lead_in"].field.max_length

_KINDS = {
    "reason": Kind.REASONS,
    "benefit": Kind.BENEFITS,
    "advantage": Kind.BENEFITS,
    "tip": Kind.TIPS,
    "sign": Kind.SIGNS,
    "symptom": Kind.SIGNS,
    "myth": Kind.MYTHS,
    "step": Kind.STEPS,
}
_KIND_WORD = re.compile(rf"\b({'|'.join(_KINDS)})s?\b", re.IGNORECASE)


class Body(NamedTuple):
    """The raw blocks of a body, and a sentence for everything that did not fit as it was."""

    blocks: list[dict[str, Any]]
    notes: list[str]


def make_body(article: Article) -> Body:
    """Turn an article into raw blocks. Every paragraph is kept to the letter; nothing is left out."""
    intro, lead_in, notes = list(article.intro_paragraphs), article.lead_in or "", []
    if lead_in and len(lead_in) <= LONGEST_LEAD_IN and article.items:
        intro.pop()
    elif lead_in:
        lead_in = ""
        notes.append(
            _("The lead-in is longer than %(limit)d characters, so it stays in the introduction.")
            % {"limit": LONGEST_LEAD_IN}
        )
    blocks = _text(intro)
    if article.items:
        blocks.append(_benefit_list(article, lead_in, notes))
    return Body(blocks + _text(article.outro_paragraphs), notes)


def find_gaps(article: Article) -> list[str]:
    """Say what an editor has to complete before the page can be published, in sentences; empty when nothing."""
    gaps = [] if article.items else [_("The article has no list.")]
    for position, item in enumerate(article.items, 1):
        if not item.heading:
            gaps.append(_("Entry %(position)d has no heading.") % {"position": position})
        if not item.paragraphs:
            gaps.append(_("Entry %(position)d has no text.") % {"position": position})
    if len(article.items) > MAX_BENEFITS:
        gaps.append(
            _("The list has %(count)d entries and %(limit)d is the most one holds.")
            % {"count": len(article.items), "limit": MAX_BENEFITS}
        )
    return gaps


def guess_kind(title: str) -> Kind:
    """Return the kind of list that the title's noun names, the noun after its number first; OTHER without one."""
    count = find_title_count(title)
    match = (count and _KIND_WORD.search(title, count.end)) or _KIND_WORD.search(title)
    return _KINDS[match[1].lower()] if match else Kind.OTHER


def _benefit_list(article: Article, lead_in: str, notes: list[str]) -> dict[str, Any]:
    numbers = [item.number for item in article.items]
    numbering, start = _numbering(numbers)
    if numbering != Numbering.NONE and _is_uneven(numbers):
        notes.append(_("The entries are numbered by their position, from %(start)d.") % {"start": start})
    return _block(
        "benefit_list",
        {
            "lead_in": lead_in,
            "kind": guess_kind(article.title),
            "numbering": numbering,
            "start": start,
            "benefits": [_benefit(position, item, notes) for position, item in enumerate(article.items, 1)],
        },
    )


def _numbering(numbers: Sequence[int | None]) -> tuple[Numbering, int]:
    known = [number for number in numbers if number is not None]
    if not known:
        return Numbering.NONE, 1
    if len(known) == len(numbers) > 1 and known == list(range(known[0], known[0] - len(known), -1)):
        return Numbering.COUNTDOWN, known[-1]
    return Numbering.ASCENDING, known[0] if known[0] == numbers[0] else 1


def _is_uneven(numbers: Sequence[int | None]) -> bool:
    first = numbers[0]
    if first is None:
        return True
    return list(numbers) not in [list(range(first, first + step * len(numbers), step)) for step in (1, -1)]


def _benefit(position: int, item: ArticleItem, notes: list[str]) -> dict[str, Any]:
    heading, paragraphs = item.heading, list(item.paragraphs)
    if len(heading) > LONGEST_HEADING:
        paragraphs.insert(0, heading)
        heading = _shortened(heading)
        notes.append(
            _(
                "The heading of entry %(position)d is longer than %(limit)d characters: it was shortened, and stands "
                "in full above the entry's text."
            )
            % {"position": position, "limit": LONGEST_HEADING}
        )
    return _block("benefit", {"heading": heading, "body": _text(paragraphs)})


def _shortened(heading: str) -> str:
    start = heading[: LONGEST_HEADING - 1]
    return (start.rsplit(None, 1)[0] if " " in start else start) + "…"


def _text(paragraphs: Sequence[str]) -> list[dict[str, Any]]:
    """Return one text block with all `paragraphs`, none when there are none."""
    rich_text = "".join(f"<p>{html.escape(paragraph, quote=False)}</p>" for paragraph in paragraphs)
    return [_block("text", {"rich_text": rich_text})] if rich_text else []


def _block(kind: str, value: dict[str, Any]) -> dict[str, Any]:
    return {"type": kind, "value": value, "id": str(uuid.uuid4())}
