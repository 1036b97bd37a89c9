"""A whole StreamField as JSON or HTML, in a constant number of queries whatever it holds."""

from __future__ import annotations

from typing import Any

from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from wagtail.blocks import PageChooserBlock, RichTextBlock
from wagtail.images.blocks import ImageBlock, ImageChooserBlock

from .expansion import CONTEXT_KEY, Expansion, source_of
from .rich_text import html_to_text


def stream_json(stream_value: Any, *, request: Any = None) -> list[dict[str, Any]]:
    """Return the stream as `[{"type", "id", "value"}]` with full objects inside, never bare ids.

    This is the form of our own endpoints. Wagtail's API gets the same keys beside its own.
    """
    if not stream_value:
        return []
    expansion = Expansion.of(stream_value.stream_block, stream_value, native=False)
    context = {"request": request, CONTEXT_KEY: expansion}
    return [
        {"type": child.block_type, "id": child.id, "value": _full(child.block, child.value, context)}
        for child in stream_value
    ]


def _full(block: Any, value: Any, context: dict[str, Any]) -> Any:
    """Return what a reader needs of one child; a site's own blocks answer for themselves."""
    expansion: Expansion = context[CONTEXT_KEY]
    if isinstance(block, RichTextBlock):
        html = expansion.html(source_of(value))
        return {"html": html, "text": html_to_text(html)}
    if isinstance(block, ImageBlock | ImageChooserBlock):
        return expansion.image(value)
    if isinstance(block, PageChooserBlock):
        return value and {"id": value.pk, "title": value.title, "url": value.get_full_url(context["request"])}
    return block.get_api_representation(value, context=context)


def render_stream(stream_value: Any, context: dict[str, Any] | None = None) -> SafeString:
    """Return the stream as HTML, as `{% include_block %}` would, but expanding all its text and images at once."""
    if not stream_value:
        return SafeString("")
    context = dict(context or {})
    context[CONTEXT_KEY] = Expansion.of(stream_value.stream_block, stream_value)
    return format_html_join("\n", "{}", ((child.render(context=context),) for child in stream_value))
