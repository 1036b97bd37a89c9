"""Anchors: the fragment identifiers under which single benefits are linked (`/page/#relieve-tension`).

An anchor is made once, from the heading, and then kept: links must survive a better heading. Where it changes all
the same, because an editor typed another one, the old one stays as an alias. Everything here is pure.

A benefit stores `anchor` and `anchor_history`: every anchor it ever had, separated by spaces, the present one
included. Storing the present one is what lets a single saved value show that an anchor was changed by hand.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.text import slugify
from wagtail.blocks import StreamValue

from .stored import walk_stored

MAX_LENGTH = 80
_IS_ANCHOR = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True)
class Anchored:
    """What `assign` needs to know of one benefit: `id` is the block's id, None before the first save."""

    id: str | None
    heading: str
    anchor: str = ""
    history: tuple[str, ...] = ()

    @property
    def aliases(self) -> tuple[str, ...]:
        return tuple(old for old in self.history if old != self.anchor)


def make_anchor(text: str) -> str:
    """Return `text` as a valid HTML id and URL fragment, at most 80 characters, "" if nothing is left of it.

    Latin text becomes plain ASCII ("Détente" -> "detente"); other scripts keep their letters and vowel signs.
    """
    text = str(text or "")
    if _IS_ANCHOR.fullmatch(text) and len(text) <= MAX_LENGTH:
        return text
    own_script = _own_script_slug(text)
    latin = slugify(own_script)
    return latin if len(latin) == len(own_script) else own_script


def _own_script_slug(text: str) -> str:
    """Like Django's Unicode slugify, which loses the combining vowel signs of Hindi, Thai and others."""
    text = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).lower())
    kept = [char if unicodedata.category(char)[0] in "LMN" else " " for char in text if char not in "'’"]
    return "-".join("".join(kept).split())[:MAX_LENGTH].strip("-")


def assign(items: Sequence[Anchored], previous: Mapping[str, Anchored] | None = None) -> list[Anchored]:
    """Return `items` with valid, unique anchors. Running it again changes nothing.

    Anchors that are there come first, then old ones kept as aliases, then new ones made from headings; so a new
    benefit never takes over a link that leads to another. The second of two equal anchors gets "-2": this is also
    how a duplicated benefit comes by an anchor of its own and loses the aliases it was copied with.

    Args:
        items: the benefits of one list, or of a whole page, in order.
        previous: what was published last, by block id. A benefit found there keeps its published anchor against
            a copy that claims it, and keeps it as an alias when an editor has chosen another.
    """
    previous = previous or {}
    restored = [_with_previous(item, previous, items) for item in items]
    used: set[str] = set()
    claimed: dict[int, str] = {}
    for index in sorted(range(len(restored)), key=lambda i: (restored[i].id not in previous, i)):
        anchor = make_anchor(restored[index].anchor)
        if anchor and anchor not in used:
            used.add(anchor)
            claimed[index] = anchor
    histories = _share_out(restored, claimed, used)
    result = []
    for index, item in enumerate(restored):
        anchor = claimed.get(index) or _free(_wanted(item, index), used)
        used.add(anchor)
        history = tuple(dict.fromkeys((*histories[index], anchor)))
        result.append(replace(item, anchor=anchor, history=history))
    return result


def _with_previous(item: Anchored, previous: Mapping[str, Anchored], items: Sequence[Anchored]) -> Anchored:
    """Remember what `item` was published as; give the published anchor back if a copy has pushed it aside."""
    before = previous.get(item.id or "")
    if before is None:
        return item
    history = tuple(dict.fromkeys((*before.history, before.anchor, *item.history)))
    pushed_aside = any(
        other.anchor == before.anchor and other.id != item.id and other.id not in previous for other in items
    )
    anchor = before.anchor if pushed_aside or not item.anchor else item.anchor
    return replace(item, anchor=anchor, history=history)


def _share_out(items: Sequence[Anchored], claimed: Mapping[int, str], used: set[str]) -> list[list[str]]:
    """Return each item's own history: every old anchor belongs to the first item that holds it."""
    histories: list[list[str]] = [[] for _ in items]
    for index in sorted(range(len(items)), key=lambda i: (i not in claimed, i)):
        for old in map(make_anchor, items[index].history):
            if old and old not in used:
                used.add(old)
                histories[index].append(old)
    return histories


def _wanted(item: Anchored, index: int) -> str:
    typed = make_anchor(item.anchor)
    if typed and typed not in item.history:
        return typed
    return make_anchor(item.heading) or f"item-{(item.id or str(index + 1))[:8]}"


def _free(wanted: str, used: set[str]) -> str:
    candidate, number = wanted, 1
    while candidate in used:
        number += 1
        candidate = f"{wanted}-{number}"
    return candidate


def read_benefit(id: str | None, value: Mapping[str, Any]) -> Anchored:
    """Return the anchor data of one benefit's value, native or raw, with whatever keys it has."""
    return Anchored(
        id=id,
        heading=str(value.get("heading") or ""),
        anchor=str(value.get("anchor") or ""),
        history=tuple(str(value.get("anchor_history") or "").split()),
    )


def write_benefit(value: Any, anchored: Anchored) -> None:
    """Store what `assign` has decided in one benefit's value."""
    value["anchor"] = anchored.anchor
    value["anchor_history"] = " ".join(anchored.history)


def assign_anchors(stream: StreamValue, previous: StreamValue | None = None) -> StreamValue:
    """Return `stream` with anchors that are unique over all its benefit lists.

    Call it from a page's `save()`, with the published stream as `previous`. It works on the stored form and asks
    the database nothing. The argument itself is returned when nothing has to change.
    """
    block, raw = stream.stream_block, stream.get_prep_value()
    before: dict[str, Anchored] = {}
    if previous is not None:
        published = _stored_benefits(block, previous.get_prep_value())
        before = {id: read_benefit(id, value) for id, value in published if id}
    values = _stored_benefits(block, raw)
    found = [read_benefit(id, value) for id, value in values]
    assigned = assign(found, before)
    if assigned == found:
        return stream
    for (_, value), item in zip(values, assigned, strict=True):
        write_benefit(value, item)
    return block.to_python(raw)


def _stored_benefits(block: Any, raw: Any) -> list[tuple[str | None, dict[str, Any]]]:
    nodes = walk_stored(block, raw)
    return [
        (id, value) for child, id, value in nodes if getattr(child, "is_benefit", False) and value is not None
    ]
