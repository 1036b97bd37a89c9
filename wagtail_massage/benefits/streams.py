"""A whole StreamField as JSON or HTML, in a constant number of queries whatever it holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from wagtail.images.blocks import ImageBlock, ImageChooserBlock

from .drawing import draw_stream
from .expansion import CONTEXT_KEY, Expansion
from .images import FetchedImage, fetch_images, offering
from .stored import walk_stored


def stream_json(stream_value: Any, *, request: Any = None, base_url: str = "") -> list[dict[str, Any]]:
    """Return the stream as `[{"type", "id", "value"}]` with full objects inside, never bare ids.

    This is the form of our own endpoints. Wagtail's API gets the same keys beside its own.
    """
    return streams_json([stream_value], request=request, base_url=base_url)[0]


def streams_json(
    streams: Sequence[Any],
    *,
    images: Mapping[int, FetchedImage] | None = None,
    page_urls: Mapping[int, str | None] | None = None,
    request: Any = None,
    base_url: str = "",
) -> list[list[dict[str, Any]]]:
    """Return many streams as JSON, in as many queries as one.

    Args:
        images: those of all the streams, where the caller has fetched them with others (see `image_ids`).
        page_urls: addresses of pages that rich text links to, where the caller has fetched them (see `page_links`).
        request: what remembers the site's root paths, for links to pages.
        base_url: what stands before addresses of files that name no host.
    """
    if images is None:
        images = fetch_images(image_ids(streams), base_url=base_url)
    with offering(images):
        values = [(stream.stream_block, stream) for stream in streams if stream]
        expansion = Expansion.of_all(
            values, native=False, images=images, base_url=base_url, page_urls=page_urls
        )
        context = {"request": request, CONTEXT_KEY: expansion}
        return [draw_stream(stream, context) if stream else [] for stream in streams]


def image_ids(streams: Iterable[Any]) -> set[int]:
    """Return the ids of all images in streams, however deep. No query."""
    found: set[int] = set()
    for stream in streams:
        if stream:
            for block, _id, raw in walk_stored(stream.stream_block, list(stream.raw_data)):
                if isinstance(block, ImageBlock | ImageChooserBlock) and isinstance(raw, int):
                    found.add(raw)
    return found


def render_stream(
    stream_value: Any,
    context: dict[str, Any] | None = None,
    *,
    images: Mapping[int, FetchedImage] | None = None,
    page_urls: Mapping[int, str | None] | None = None,
) -> SafeString:
    """Return the stream as HTML, as `{% include_block %}` would, but expanding all its text and images at once.

    `images` and `page_urls` are those that the caller has fetched with others, as in `streams_json`.
    """
    if not stream_value:
        return SafeString("")
    with offering(images or {}):
        expansion = Expansion.of_all(
            [(stream_value.stream_block, stream_value)], images=images, page_urls=page_urls
        )
        context = {**(context or {}), CONTEXT_KEY: expansion}
        return format_html_join("\n", "{}", ((child.render(context=context),) for child in stream_value))
