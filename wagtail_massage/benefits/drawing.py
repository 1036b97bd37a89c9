"""Values of blocks as our own JSON has them: whole objects for images, links and texts, never bare ids.

A block that overrides `get_api_representation` answers for itself, whoever wrote it. All others are drawn by their
kind, so that a site's own blocks come out like ours.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from typing_extensions import TypedDict
from wagtail.blocks import (
    Block,
    ChooserBlock,
    ListBlock,
    PageChooserBlock,
    RichTextBlock,
    StreamBlock,
    StructBlock,
)
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock, ImageChooserBlock

from .expansion import CONTEXT_KEY, Expansion, source_of
from .rich_text import html_to_text


class MassageLink(TypedDict):
    """A link that an editor has chosen. `path` is the address within its site, null for what lies elsewhere."""

    kind: str
    id: int | None
    title: str
    href: str | None
    path: str | None


def draw_json(block: Block, value: Any, context: dict[str, Any]) -> Any:
    """Return the JSON of `value`, a native value of `block`. The context holds an `Expansion`."""
    expansion: Expansion = context[CONTEXT_KEY]
    if answers_itself(block):
        return block.get_api_representation(value, context=context)
    if isinstance(block, RichTextBlock):
        html = expansion.html(source_of(value))
        return {"html": html, "text": html_to_text(html)}
    if isinstance(block, ImageBlock | ImageChooserBlock):
        return expansion.image(value)
    if isinstance(block, ChooserBlock):
        return value and _link(block, value, context)
    if isinstance(block, StreamBlock):
        return draw_stream(value, context)
    if isinstance(block, ListBlock):
        return [draw_json(block.child_block, item, context) for item in value or ()]
    if isinstance(block, StructBlock):
        return {
            name: draw_json(child, (value or {}).get(name), context)
            for name, child in block.child_blocks.items()
        }
    return block.get_api_representation(value, context=context)


def draw_stream(value: Any, context: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the JSON of a StreamValue: every child with its type and its id."""
    return [
        {"type": child.block_type, "id": child.id, "value": draw_json(child.block, child.value, context)}
        for child in value or ()
    ]


_DRAWN_BY_KIND = frozenset(
    kind.get_api_representation
    for kind in (RichTextBlock, ImageBlock, ChooserBlock, StreamBlock, ListBlock, StructBlock, Block)
)


def answers_itself(block: Block) -> bool:
    """Whether the class of `block` makes its JSON itself, rather than leaving it to its kind."""
    return type(block).get_api_representation not in _DRAWN_BY_KIND


def _link(block: ChooserBlock, value: Any, context: dict[str, Any]) -> MassageLink:
    if isinstance(block, PageChooserBlock):
        href = value.get_full_url(context.get("request"))
        return MassageLink(
            kind="page", id=value.pk, title=value.title, href=href, path=urlsplit(href).path if href else None
        )
    if isinstance(block, DocumentChooserBlock):
        href = context[CONTEXT_KEY].absolute(value.url)
        return MassageLink(kind="document", id=value.pk, title=value.title, href=href, path=None)
    return MassageLink(kind=value._meta.label_lower, id=value.pk, title=str(value), href=None, path=None)
