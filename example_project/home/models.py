"""The demo site's own page type: its front page, with a body made of the package's blocks and the site's."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.api import APIField
from wagtail.blocks import RichTextBlock
from wagtail.fields import StreamField
from wagtail.models import Page

from wagtail_massage.benefits.blocks import BenefitListBlock


class HomePage(Page):
    standfirst = models.CharField(
        _("standfirst"), max_length=300, blank=True, help_text=_("One or two sentences below the title.")
    )
    hero_image = models.ForeignKey(
        "wagtailimages.Image",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("hero image"),
    )
    body = StreamField([("paragraph", RichTextBlock()), ("benefit_list", BenefitListBlock())], blank=True)

    content_panels = [
        *Page.content_panels,
        FieldPanel("standfirst"),
        FieldPanel("hero_image"),
        FieldPanel("body"),
    ]
    api_fields = [APIField("standfirst"), APIField("body")]
    max_count = 1
    template = "home/home_page.html"
