"""Everything that a value needs from the database to be drawn, fetched together.

Rich text and renditions cost queries each. Whoever draws a value first (a list, a stream, a lone text block) gathers
all of it that lies inside, expands it in a constant number of queries and hands the result down in the context.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from wagtail.blocks import ListBlock, RichTextBlock, StreamBlock, StructBlock
from wagtail.images.blocks import ImageBlock, ImageChooserBlock
from wagtail.images.models import AbstractImage

from .images import FetchedImage, ImageObject, absolute, alt_text, image_objects
from .rich_text import expand_html

CONTEXT_KEY = "massage_expansion"


@dataclass
class Expansion:
    """Display HTML by source, image objects by image id.

    `native` tells blocks which JSON to draw: Wagtail's own keys with ours added (True), or ours alone (False).
    """

    native: bool = True
    base_url: str = ""
    page_urls: Mapping[int, str | None] = field(default_factory=dict)
    _html: dict[str, str] = field(default_factory=dict)
    _images: dict[int, ImageObject] = field(default_factory=dict)

    @classmethod
    def of(cls, block: Any, value: Any, *, native: bool = True) -> Expansion:
        """Return the expansion of everything inside `value`, a native value of `block`."""
        return cls.of_all([(block, value)], native=native)

    @classmethod
    def of_all(
        cls,
        values: Iterable[tuple[Any, Any]],
        *,
        native: bool = True,
        images: Mapping[int, FetchedImage] | None = None,
        base_url: str = "",
        page_urls: Mapping[int, str | None] | None = None,
    ) -> Expansion:
        """Return the expansion of everything inside pairs of a block and a native value of it."""
        leaves: list[str | AbstractImage] = []
        for block, value in values:
            _gather(block, value, leaves)
        expansion = cls(native=native, base_url=base_url, page_urls=page_urls or {})
        expansion._images = {pk: found.described for pk, found in (images or {}).items()}
        missing = {
            leaf.pk: leaf
            for leaf in leaves
            if isinstance(leaf, AbstractImage) and leaf.pk not in expansion._images
        }
        described = image_objects(list(missing.values()), base_url=base_url)
        expansion._images |= dict(zip(missing, described, strict=True))
        expansion._add_html(leaf for leaf in leaves if isinstance(leaf, str))
        return expansion

    def _add_html(self, sources: Iterable[str]) -> None:
        missing = [source for source in dict.fromkeys(sources) if source not in self._html]
        if missing:
            expanded = expand_html(missing, base_url=self.base_url, page_urls=self.page_urls)
            self._html.update(zip(missing, expanded, strict=True))

    def html(self, source: str) -> str:
        """Return display HTML. A source that was not gathered is expanded now."""
        if source not in self._html:
            self._add_html([source])
        return self._html[source]

    def image(self, image: AbstractImage | None) -> ImageObject | None:
        """Return the image object with the alt text of this use of the image."""
        if image is None:
            return None
        if image.pk not in self._images:
            self._images[image.pk] = image_objects([image], base_url=self.base_url)[0]
        return {**self._images[image.pk], "alt": alt_text(image)}

    def absolute(self, url: str) -> str:
        """Return the address of a file as a reader on another origin needs it."""
        return absolute(url, self.base_url)


def expanding(block: Any, value: Any, context: dict[str, Any] | None) -> dict[str, Any]:
    """Return `context` with an expansion that covers `value`: the one it already carries, or a new one."""
    context = dict(context or {})
    if CONTEXT_KEY not in context:
        context[CONTEXT_KEY] = Expansion.of(block, value)
    return context


def source_of(value: Any) -> str:
    """Return the stored HTML of a rich text value, "" for None."""
    return getattr(value, "source", None) or ""


def _gather(block: Any, value: Any, found: list[str | AbstractImage]) -> None:
    """Put the rich text sources and images in a value into `found`, however deep. Missing parts are none."""
    if value is None:
        return
    if isinstance(block, StreamBlock | ListBlock):
        for child in value if isinstance(block, StreamBlock) else value.bound_blocks:
            _gather(child.block, child.value, found)
    elif isinstance(block, ImageBlock | ImageChooserBlock):  # before structs, which image blocks are
        found.append(value)
    elif isinstance(block, StructBlock):
        for name, child_block in block.child_blocks.items():
            _gather(child_block, value.get(name), found)
    elif isinstance(block, RichTextBlock):
        found.append(source_of(value))
