"""`BenefitListMixin`: an article with one or more benefit lists, about some treatments."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.fields import StreamField
from wagtail.models import Orderable
from wagtail.search import index

from wagtail_massage.base_page import PAGE_MODEL
from wagtail_massage.benefits.blocks import ArticleBodyBlock
from wagtail_massage.benefits.panels import TitleCountPanel

from .. import reading
from ..panels import TreatmentChooserPanel
from ..serializers import AuthorField, PartsField, RelatedTreatmentsField, api_field
from .lead import BodyMixin, LeadMixin


class AbstractSubject(Orderable):
    """One treatment that an article is about.

    A concrete subclass adds `page = ParentalKey(BenefitListPage, related_name="subjects", ...)`. The treatment is a
    base page, because only the site knows which of its page types are treatments.
    """

    treatment = models.ForeignKey(
        PAGE_MODEL, verbose_name=_("treatment"), on_delete=models.CASCADE, related_name="+"
    )

    panels: ClassVar[list[Any]] = [TreatmentChooserPanel("treatment")]

    class Meta(Orderable.Meta):
        abstract = True


class BenefitListMixin(BodyMixin, LeadMixin):
    """Everything of an article but `subjects` and `tags`, whose rows need the concrete class."""

    massage_template = "wagtail_massage_treatments/benefit_list_page.html"

    body = StreamField(
        ArticleBodyBlock(),
        verbose_name=_("body"),
        blank=True,
        help_text=_("An introduction, the benefit list, and a closing thought."),
    )
    author = models.ForeignKey(
        "wagtail_massage_treatments.Person",
        verbose_name=_("author"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    display_date = models.DateField(
        _("date shown"),
        null=True,
        blank=True,
        help_text=_("Left empty, the day of first publication is shown."),
    )

    class Meta:
        abstract = True

    benefit_list_panels: ClassVar[list[Any]] = [
        TitleCountPanel(),
        *LeadMixin.lead_panels,
        FieldPanel("body"),
        InlinePanel("subjects", heading=_("Treatments this is about"), label=_("Treatment")),
        FieldRowPanel([FieldPanel("author"), FieldPanel("display_date")]),
    ]
    promote_tag_panels: ClassVar[list[Any]] = [FieldPanel("tags")]
    benefit_list_search_fields: ClassVar[list[Any]] = [
        *LeadMixin.lead_search_fields,
        index.SearchField("body"),
        index.RelatedFields("tags", [index.SearchField("name")]),
        index.RelatedFields("author", [index.SearchField("name")]),
        index.FilterField("display_date"),
    ]
    benefit_list_api_fields: ClassVar[list[Any]] = [
        *LeadMixin.lead_api_fields,
        *BodyMixin.body_api_fields,
        api_field("parts", serializer=PartsField()),
        api_field("author", serializer=AuthorField()),
        api_field("display_date", writable=True),
        api_field("tags", writable=True),
        api_field("treatments", serializer=RelatedTreatmentsField()),
    ]

    card_select: ClassVar[tuple[str, ...]] = ("hero_image", "locale", "author")
    card_prefetch: ClassVar[tuple[str, ...]] = ("subjects", "tags")

    @staticmethod
    def make_cards(
        pages: list[Any], site: Any, request: HttpRequest | None = None, images: Any = None
    ) -> list[Any]:
        """Return the cards of pages, see `cards`."""
        from ..cards import benefit_list_cards

        return benefit_list_cards(pages, site, request, images)

    @property
    def parts(self) -> reading.Parts:
        """The blocks before the first benefit list and after the last one."""
        return reading.find_parts(self.body)

    @property
    def shown_date(self) -> Any:
        """The date readers see: the one an editor has set, else the day of first publication, else None."""
        published = self.first_published_at  # type: ignore[attr-defined]
        return self.display_date or (published.date() if published else None)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the treatments that the article is about."""
        from ..presentation import benefit_list_context

        return {**super().get_context(request, *args, **kwargs), **benefit_list_context(self, request)}
