"""Walking the stored (JSON) form of a StreamField: cheap, because nothing is looked up in the database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from wagtail.blocks import ListBlock, StreamBlock, StructBlock

Node = tuple[Any, str | None, Any]
"""(block definition, block id or None, stored value)."""


def walk_stored(block: Any, raw: Any) -> list[Node]:
    """Return everything inside `raw`, the stored value of `block`, however deep, in order of appearance."""
    found: list[Node] = []
    _gather(block, raw, found)
    return found


def _gather(block: Any, raw: Any, found: list[Node]) -> None:
    # Into one list, because generators within generators take three times as long.
    if not raw or isinstance(raw, str | int):
        return
    for child in _children(block, raw):
        found.append(child)
        _gather(child[0], child[2], found)


def _children(block: Any, raw: Any) -> Iterable[Node]:
    if isinstance(block, StreamBlock):
        blocks = block.child_blocks
        return [
            (blocks[child["type"]], child.get("id"), child.get("value"))
            for child in raw
            if child.get("type") in blocks
        ]
    if isinstance(block, ListBlock):
        # Lists that have never been saved since Wagtail 2.16 hold bare values.
        wrapped = [
            child if isinstance(child, Mapping) and "value" in child else {"value": child} for child in raw
        ]
        return [(block.child_block, child.get("id"), child["value"]) for child in wrapped]
    # A dict is quickly found to be one; that others are mappings takes longer.
    if isinstance(block, StructBlock) and isinstance(raw, dict | Mapping):
        return [(child, None, raw.get(name)) for name, child in block.child_blocks.items()]
    return []
