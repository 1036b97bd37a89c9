"""The demo site's own models: its front page, and what header and footer say on every page."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.api import APIField
from wagtail.blocks import RichTextBlock
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import StreamField
from wagtail.models import Page, Site

from wagtail_massage.benefits.blocks import BenefitListBlock
from wagtail_massage.benefits.images import image_objects
from wagtail_massage.benefits.streams import render_stream
from wagtail_massage.treatments.abstract import IndexMixin
from wagtail_massage.treatments.presentation import index_context
from wagtail_massage.visibility import public_pages


class HomePage(Page):
    """The front page: a picture, a few words made of the package's blocks and the site's, and a card of each page
    that the indexes below it list."""

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

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the hero image, the body as HTML and the cards of each index page."""
        context = super().get_context(request, *args, **kwargs)
        return {
            **context,
            "hero": image_objects([self.hero_image])[0] if self.hero_image else None,
            "body": render_stream(self.body, context),
            "sections": [(index, index_context(index, request)["cards"]) for index in self._indexes(request)],
        }

    def _indexes(self, request: HttpRequest) -> list[Any]:
        site = Site.find_for_request(request)
        if site is None or self.pk is None:
            return []
        children = public_pages(site).child_of(self).order_by("path").specific()
        return [page for page in children if isinstance(page, IndexMixin)]


@register_setting(icon="home")
class SiteDetails(BaseSiteSetting):
    """What a guest needs to find the house."""

    strapline = models.CharField(_("strapline"), max_length=120, blank=True)
    telephone = models.CharField(_("telephone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    address = models.TextField(_("address"), blank=True)
    opening_hours = models.TextField(_("opening hours"), blank=True, help_text=_("One line for each day."))

    class Meta:
        verbose_name = _("site details")
        verbose_name_plural = _("site details")
