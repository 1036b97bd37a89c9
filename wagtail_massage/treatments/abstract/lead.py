"""What every page type of ours opens with (standfirst, hero image), and what those with a body share."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.images import get_image_model_string
from wagtail.search import index

from wagtail_massage.benefits.anchors import assign_anchors
from wagtail_massage.benefits.streams import render_stream

from .. import reading
from ..serializers import HeroField, ReadingField, api_field

STANDFIRST_LENGTH = 300


class LeadMixin(models.Model):
    """Standfirst, hero image, templates and what the <head> says. Base of the other mixins."""

    massage_template: ClassVar[str] = ""

    standfirst = models.CharField(
        _("standfirst"),
        max_length=STANDFIRST_LENGTH,
        blank=True,
        help_text=_("One or two sentences under the title. They also introduce the page on cards."),
    )
    hero_image = models.ForeignKey(
        get_image_model_string(),
        verbose_name=_("hero image"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    hero_alt = models.CharField(
        _("image description"),
        max_length=255,
        blank=True,
        help_text=_(
            "What the image shows, for people who cannot see it. Left empty, the description that is stored with "
            "the image is used."
        ),
    )

    class Meta:
        abstract = True

    lead_panels: ClassVar[list[Any]] = [
        FieldPanel("standfirst"),
        MultiFieldPanel([FieldPanel("hero_image"), FieldPanel("hero_alt")], heading=_("Hero image")),
    ]
    lead_search_fields: ClassVar[list[Any]] = [index.SearchField("standfirst")]
    lead_api_fields: ClassVar[list[Any]] = [
        api_field("standfirst", writable=True),
        api_field("hero", serializer=HeroField()),
    ]

    def get_template(self, request: HttpRequest, *args: Any, **kwargs: Any) -> list[str]:
        """Prefer the template a site has made for its own page type; ours is the fallback."""
        own = super().get_template(request, *args, **kwargs)  # type: ignore[misc]
        return [*([own] if isinstance(own, str) else own), self.massage_template]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add what the templates of the treatments room print."""
        from ..presentation import lead_context

        context = super().get_context(request, *args, **kwargs)  # type: ignore[misc]
        return {**context, **lead_context(self, request)}

    def serve_preview(self, request: HttpRequest, mode_name: str) -> Any:
        """Show the draft in the front end where the site names its address (WAGTAIL_MASSAGE_API_PREVIEW_URL)."""
        from ..previewing import front_end_url

        address = front_end_url(self, getattr(request, "user", None))
        if address:
            return HttpResponseRedirect(address)
        return super().serve_preview(request, mode_name)  # type: ignore[misc]

    def get_hero_alt(self) -> str:
        """Return the text alternative of the hero image; "" makes it a decoration."""
        return self.hero_alt or getattr(self.hero_image, "description", "") or ""


class BodyMixin(models.Model):
    """A `body` stream whose anchors are unique on the page, with its length in words and minutes."""

    body: Any

    class Meta:
        abstract = True

    body_api_fields: ClassVar[list[Any]] = [
        api_field("body", writable=True),
        api_field("reading", serializer=ReadingField()),
    ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Give every benefit its anchor, then save."""
        fields = kwargs.get("update_fields")
        if fields is None or "body" in fields:
            self._assign_anchors()
        super().save(*args, **kwargs)

    @property
    def word_count(self) -> int:
        """Number of words in the body."""
        return reading.count_words(self.body)

    @property
    def reading_minutes(self) -> int:
        """Minutes a reader needs, rounded up; 0 for an empty body."""
        return reading.minutes(self.word_count)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the body as HTML, drawn whole: its texts and images are fetched together."""
        context = super().get_context(request, *args, **kwargs)  # type: ignore[misc]
        images, page_urls = context.get(
            "massage_fetched", (None, None)
        )  # LeadMixin's, which a page may do without
        body = render_stream(self.body, context, images=images, page_urls=page_urls)
        return {**context, "massage_body": body}

    def save_revision(self, *args: Any, **kwargs: Any) -> Any:
        """Give every benefit its anchor before the revision is written, so that previews and drafts have them."""
        self._assign_anchors()
        return super().save_revision(*args, **kwargs)  # type: ignore[misc]

    def _assign_anchors(self) -> None:
        """Assign anchors page-wide. The published body is what readers have linked to, so it has the first say."""
        pages: Any = type(self)._default_manager
        live = pages.filter(pk=self.pk, live=True).first() if self.pk else None
        self.body = assign_anchors(self.body, live.body if live else None)
