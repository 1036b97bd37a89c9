"""A site's own page types: one that uses our blocks and accepts comments, one that does neither."""

import wagtail
from wagtail.admin.panels import FieldPanel
from wagtail.api import APIField
from wagtail.blocks import RichTextBlock
from wagtail.fields import StreamField
from wagtail.models import Page

from wagtail_massage.benefits.blocks import BenefitListBlock

WRITABLE = {"writable": True} if wagtail.VERSION >= (8, 0) else {}


class BlogPage(Page):
    massage_comments = True

    body = StreamField([("paragraph", RichTextBlock()), ("benefit_list", BenefitListBlock())], blank=True)

    content_panels = [*Page.content_panels, FieldPanel("body")]
    api_fields = [APIField("body", **WRITABLE)]


class PlainPage(Page):
    """Knows nothing of us: it must never accept a comment."""
