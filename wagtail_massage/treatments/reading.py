"""What can be derived from a body stream without a query: words, minutes, parts, the outline of its lists.

Everything here reads the stored form of the stream beside its block definitions, so that a list of a hundred cards
fetches no image and no linked page.
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

from wagtail.blocks import (
    Block,
    CharBlock,
    ListBlock,
    RichTextBlock,
    StreamBlock,
    StreamValue,
    StructBlock,
    TextBlock,
)

from wagtail_massage.benefits import rich_text

WORDS_PER_MINUTE = 238
"""Silent reading of English non-fiction by adults: Brysbaert, 2019, doi:10.1016/j.jml.2019.104047."""

PROSE = {"attribution", "caption", "heading", "lead_in", "quote", "summary", "title"}
"""The names of plain-text children that a reader reads; the others hold anchors, addresses and the like."""

BENEFIT_LIST = "benefit_list"


class Parts(NamedTuple):
    """Ids of the blocks before the first benefit list and after the last one."""

    intro: list[str]
    outro: list[str]


class Outline(NamedTuple):
    """The benefit lists of an article: how many benefits in all, and their headings in order."""

    benefit_count: int
    headings: list[str]


def count_words(stream: StreamValue) -> int:
    """Return the number of words that a reader of `stream` reads."""
    return _count(stream.stream_block, list(stream.raw_data))


def minutes(words: int) -> int:
    """Return the minutes that `words` take, rounded up."""
    return math.ceil(words / WORDS_PER_MINUTE)


def find_parts(stream: StreamValue) -> Parts:
    """Return the introduction and the closing of an article; without a benefit list all of it is introduction."""
    children = list(stream.raw_data)
    ids = [child.get("id") or "" for child in children]
    lists = [position for position, child in enumerate(children) if child["type"] == BENEFIT_LIST]
    if not lists:
        return Parts(ids, [])
    return Parts(ids[: lists[0]], ids[lists[-1] + 1 :])


def find_outline(stream: StreamValue) -> Outline:
    """Return the outline of all benefit lists in `stream`; a benefit without a heading yet still counts."""
    benefits = [
        benefit["value"]
        for child in stream.raw_data
        if child["type"] == BENEFIT_LIST
        for benefit in child["value"].get("benefits") or []
    ]
    headings = [benefit.get("heading") or "" for benefit in benefits]
    return Outline(len(benefits), [heading for heading in headings if heading])


def _count(block: Block, raw: Any, name: str = "") -> int:
    """Return the number of readable words in `raw`, the stored form of a value of `block`."""
    if not raw:
        return 0
    if isinstance(block, StructBlock) and not isinstance(raw, dict):
        return 0  # the bare id of an image, stored by the block that was there before
    if isinstance(block, StreamBlock):
        blocks = block.child_blocks
        return sum(
            _count(blocks[child["type"]], child["value"], child["type"])
            for child in raw
            if child["type"] in blocks
        )
    if isinstance(block, StructBlock):
        return sum(_count(child, raw.get(key), key) for key, child in block.child_blocks.items())
    if isinstance(block, ListBlock):
        return sum(_count(block.child_block, child["value"], name) for child in raw)
    if isinstance(block, RichTextBlock):
        return rich_text.count_words(raw)
    if isinstance(block, CharBlock | TextBlock) and name in PROSE:
        return len(raw.split())
    return 0
