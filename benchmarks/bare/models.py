"""One page type, as a tutorial of Wagtail would make it, and one that shows nothing."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from wagtail.api import APIField
from wagtail.blocks import CharBlock, RichTextBlock, StructBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.images.blocks import ImageChooserBlock
from wagtail.models import Page


class ItemBlock(StructBlock):
    """One entry."""

    heading = CharBlock()
    body = RichTextBlock()
    image = ImageChooserBlock(required=False)

    class Meta:
        template = "bare/item.html"


class ArticlePage(Page):
    """An article."""

    introduction = RichTextField(blank=True)
    body = StreamField([("item", ItemBlock())], blank=True)

    api_fields = [APIField("introduction"), APIField("body")]
    template = "bare/article.html"


class EmptyPage(Page):
    """Nothing: what it costs is what Wagtail takes to find a page and to see that it may be shown."""

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return HttpResponse("<p>Nothing.</p>")
