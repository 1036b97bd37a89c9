"""The blocks from which a benefit's body, and the text around a list, are made."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.template.loader import render_to_string
from django.utils.functional import lazy
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import (
    BlockGroup,
    CharBlock,
    ChoiceBlock,
    RichTextBlock,
    StructBlock,
)
from wagtail.blocks import (
    TextBlock as PlainTextBlock,
)
from wagtail.images.blocks import ImageBlock

from .choices import CalloutKind
from .drawing import draw_json
from .expansion import CONTEXT_KEY, Expansion, expanding, source_of
from .images import offered
from .opaque import Opaque
from .rich_text import TEXT_FEATURES, demote_headings, html_to_text

PREVIEW_TEMPLATE = "wagtail_massage/blocks/preview.html"

paragraph = lazy(lambda text: f"<p>{escape(text)}</p>", str)
"""A translatable text as rich text, translated when it is shown."""


class Described:
    """A block that adds keys of its own to its JSON and draws its HTML from one expansion.

    Wagtail's keys stay as they are, so that what an API has given can be written back to it. `native_only` names
    those of no use to a front end: our own endpoints leave them out.
    """

    native_only: tuple[str, ...] = ()

    def describe(self, value: Any, data: dict[str, Any], expansion: Expansion) -> dict[str, Any]:
        """Return the keys to add to `data`, the JSON of `value` so far."""
        return {}

    def get_api_representation(self, value: Any, context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = expanding(self, value, context)
        expansion: Expansion = context[CONTEXT_KEY]
        if expansion.native:
            data = super().get_api_representation(value, context=context)  # type: ignore[misc]
        else:
            data = {
                name: draw_json(
                    child, child.get_default() if value.get(name) is None else value[name], context
                )
                for name, child in self.child_blocks.items()  # type: ignore[attr-defined]
                if name not in self.native_only
            }
        return {**data, **self.describe(value, data, expansion)}

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = expanding(self, value, parent_context)
        return super().get_context(value, parent_context=context)  # type: ignore[misc]


class RichTextStructBlock(Described, StructBlock):
    """A struct with one rich text child named `rich_text`: adds `html` and `text`."""

    native_only = ("rich_text",)

    def describe(self, value: Any, data: dict[str, Any], expansion: Expansion) -> dict[str, Any]:
        html = expansion.html(source_of(value.get("rich_text")))
        return {"html": html, "text": html_to_text(html)}

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        html = context[CONTEXT_KEY].html(source_of(value.get("rich_text")))
        html = demote_headings(html, below=(context.get("heading_level") or 2) - 1)
        return {**context, "rich_text": _wrapped(html)}


def _wrapped(html: str) -> SafeString:
    """Put rich text through Wagtail's own template, which sites override to wrap all their rich text."""
    return mark_safe(
        render_to_string("wagtailcore/shared/richtext.html", {"html": html})
    )  # rich text is safe


class TextBlock(Opaque, RichTextStructBlock):
    """Paragraphs and simple lists."""

    opaque_path = "wagtail_massage.benefits.blocks.TextBlock"

    rich_text = RichTextBlock(label=_("Text"), features=TEXT_FEATURES)

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        label_format = "{rich_text}"
        description = _("Paragraphs, with bold, italics, links and simple lists.")
        template = "wagtail_massage/blocks/text.html"
        preview_template = PREVIEW_TEMPLATE
        preview_value = {"rich_text": paragraph(_("Ten quiet minutes are enough to notice a difference."))}


class DescribedImageBlock(ImageBlock):
    """Wagtail's image with alt text; its JSON also holds everything that a browser needs.

    In our own JSON it is that alone, and null where there is no image.
    """

    def bulk_to_python(self, values: Iterable[Any]) -> list[Any]:
        values = list(values)
        if all(value is None or isinstance(value, dict) for value in values):
            images = offered((value or {}).get("image") for value in values)
            if images is not None:
                uses = (
                    {**(value or {}), "image": image} for value, image in zip(values, images, strict=True)
                )
                return [self._struct_value_to_image(use) for use in uses]
        # Wagtail reads a stored null only where all values of a stream are null; one among images is an error.
        return super().bulk_to_python([{} if value is None else value for value in values])

    def get_api_representation(self, value: Any, context: dict[str, Any] | None = None) -> Any:
        context = expanding(self, value, context)
        expansion: Expansion = context[CONTEXT_KEY]
        described = expansion.image(value)
        if not expansion.native:
            return described
        return {**ImageBlock.get_api_representation(self, value, context=context), **(described or {})}


class ImageWithCaptionBlock(Opaque, Described, StructBlock):
    """An image with alt text, caption and credit."""

    opaque_path = "wagtail_massage.benefits.blocks.ImageWithCaptionBlock"

    image = DescribedImageBlock(label=_("Image"))
    caption = CharBlock(default="", label=_("Caption"), required=False, max_length=250)
    credit = CharBlock(default="", label=_("Credit"), required=False, max_length=120)

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        return {**context, "image": context[CONTEXT_KEY].image(value.get("image"))}

    class Meta:
        icon = "image"
        label = _("Image")
        label_format = "{caption}"
        form_layout = BlockGroup(children=["image", "caption"], settings=["credit"])
        description = _("An image with a text alternative, and a caption if you like.")
        template = "wagtail_massage/blocks/image.html"
        preview_template = PREVIEW_TEMPLATE
        preview_value = {"image": None, "caption": _("Warm towels, folded and ready"), "credit": ""}


class QuoteBlock(Opaque, Described, StructBlock):
    """Somebody's words."""

    opaque_path = "wagtail_massage.benefits.blocks.QuoteBlock"

    quote = PlainTextBlock(default="", label=_("Quote"), max_length=600, rows=2)
    attribution = CharBlock(default="", label=_("Who said it"), required=False, max_length=120)

    class Meta:
        icon = "openquote"
        label = _("Quote")
        label_format = "{quote}"
        description = _("The words of a guest, a therapist or a book, set apart from the text.")
        template = "wagtail_massage/blocks/quote.html"
        preview_template = PREVIEW_TEMPLATE
        preview_value = {
            "quote": _("I came in with two shoulders and left with one long breath."),
            "attribution": _("A guest"),
        }


class CalloutBlock(Opaque, RichTextStructBlock):
    """A tip, a note or a warning that must be seen."""

    opaque_path = "wagtail_massage.benefits.blocks.CalloutBlock"

    title = CharBlock(default="", label=_("Title"), required=False, max_length=120)
    rich_text = RichTextBlock(label=_("Text"), features=TEXT_FEATURES)
    kind = ChoiceBlock(label=_("Kind"), choices=CalloutKind.choices, default=CalloutKind.TIP)

    def describe(self, value: Any, data: dict[str, Any], expansion: Expansion) -> dict[str, Any]:
        return {**super().describe(value, data, expansion), "kind": callout_kind(value)}

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        kind = callout_kind(value)
        return {**context, "kind": kind, "kind_label": CalloutKind(kind).label}

    class Meta:
        icon = "warning"
        label = _("Callout")
        label_format = "{title}"
        form_layout = BlockGroup(children=["title", "rich_text"], settings=["kind"])
        description = _("A tip, a note or something important, in a box of its own.")
        template = "wagtail_massage/blocks/callout.html"
        preview_template = PREVIEW_TEMPLATE
        preview_value = {
            "kind": CalloutKind.TIP,
            "title": _("Before you come"),
            "rich_text": paragraph(_("Drink a glass of water and leave your watch at home.")),
        }


def callout_kind(value: Any) -> str:
    """Return the kind of a callout, TIP where a draft has none."""
    kind = value.get("kind")
    return str(kind) if kind in CalloutKind.values else CalloutKind.TIP.value
