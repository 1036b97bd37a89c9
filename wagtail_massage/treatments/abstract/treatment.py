"""`TreatmentMixin`: one treatment, with its options, its advice and who should not have it."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Orderable
from wagtail.search import index

from wagtail_massage.benefits.blocks import TextBodyBlock

from ..relations import rows
from ..serializers import (
    BodyAreasField,
    ContraindicationsField,
    GuidanceField,
    OptionsField,
    RelatedArticlesField,
    api_field,
)
from .lead import BodyMixin, LeadMixin

GUIDANCE_FEATURES = ["bold", "italic", "link", "document-link", "ol", "ul"]
GUIDANCE_FIELDS = ("what_to_expect", "prepare", "aftercare")


class AbstractTreatmentOption(Orderable):
    """One way to have a treatment: how long, for how much, where to book.

    A concrete subclass adds `page = ParentalKey(TreatmentPage, related_name="options", ...)`.
    """

    label = models.CharField(_("label"), max_length=120, help_text=_("For example “Whole legs”."))
    minutes = models.PositiveSmallIntegerField(
        _("minutes"), validators=[MinValueValidator(1), MaxValueValidator(1440)]
    )
    price = models.DecimalField(
        _("price"),
        max_digits=10,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
        help_text=_("In the currency of the site. Left empty, guests are asked to enquire."),
    )
    price_from = models.BooleanField(
        _("“from” price"), default=False, help_text=_("The price is the lowest one: “from …”.")
    )
    booking_url = models.URLField(_("booking address"), max_length=500, blank=True)
    active = models.BooleanField(
        _("offered"), default=True, help_text=_("Untick to take the option off the page for a while.")
    )

    panels: ClassVar[list[Any]] = [
        FieldPanel("label"),
        FieldRowPanel([FieldPanel("minutes"), FieldPanel("price"), FieldPanel("price_from")]),
        FieldPanel("booking_url"),
        FieldPanel("active"),
    ]

    class Meta(Orderable.Meta):
        abstract = True

    def __str__(self) -> str:
        return self.label


class TreatmentMixin(BodyMixin, LeadMixin):
    """Everything of a treatment page but `options` and `tags`, whose rows need the concrete class."""

    massage_template = "wagtail_massage_treatments/treatment_page.html"

    body = StreamField(
        TextBodyBlock(), verbose_name=_("body"), blank=True, help_text=_("What the treatment is like.")
    )
    what_to_expect = RichTextField(
        _("what to expect"),
        features=GUIDANCE_FEATURES,
        blank=True,
        help_text=_("What happens, from arriving to leaving."),
    )
    prepare = RichTextField(_("how to prepare"), features=GUIDANCE_FEATURES, blank=True)
    aftercare = RichTextField(_("aftercare"), features=GUIDANCE_FEATURES, blank=True)
    contraindications = ParentalManyToManyField(
        "wagtail_massage_treatments.Contraindication",
        verbose_name=_("contraindications"),
        blank=True,
        related_name="+",
        help_text=_("Who should not have this treatment, or only with care. Shown before the booking links."),
    )
    body_areas = ParentalManyToManyField(
        "wagtail_massage_treatments.BodyArea", verbose_name=_("body areas"), blank=True, related_name="+"
    )
    is_clinical = models.BooleanField(
        _("clinical treatment"),
        default=False,
        help_text=_("Tick only if it is given as therapy by a qualified clinician, not for relaxation."),
    )

    class Meta:
        abstract = True

    treatment_panels: ClassVar[list[Any]] = [
        *LeadMixin.lead_panels,
        FieldPanel("body"),
        InlinePanel("options", heading=_("Options and prices"), label=_("Option")),
        MultiFieldPanel([FieldPanel(name) for name in GUIDANCE_FIELDS], heading=_("Before and after")),
        MultiFieldPanel(
            [
                FieldPanel("contraindications", widget=forms.CheckboxSelectMultiple),
                FieldPanel("is_clinical"),
            ],
            heading=_("Safety"),
        ),
        FieldPanel("body_areas", widget=forms.CheckboxSelectMultiple),
    ]
    promote_tag_panels: ClassVar[list[Any]] = [FieldPanel("tags")]
    treatment_search_fields: ClassVar[list[Any]] = [
        *LeadMixin.lead_search_fields,
        index.SearchField("body"),
        *[index.SearchField(name) for name in GUIDANCE_FIELDS],
        index.RelatedFields("tags", [index.SearchField("name")]),
        index.RelatedFields("body_areas", [index.SearchField("name")]),
        index.FilterField("is_clinical"),
    ]
    treatment_api_fields: ClassVar[list[Any]] = [
        *LeadMixin.lead_api_fields,
        *BodyMixin.body_api_fields,
        *[api_field(name, writable=True) for name in GUIDANCE_FIELDS],
        api_field("guidance", serializer=GuidanceField()),
        api_field("options", serializer=OptionsField()),
        api_field("contraindications", serializer=ContraindicationsField()),
        api_field("body_areas", serializer=BodyAreasField()),
        api_field("tags", writable=True),
        api_field("is_clinical", writable=True),
        api_field("articles", serializer=RelatedArticlesField()),
    ]

    card_select: ClassVar[tuple[str, ...]] = ("hero_image", "locale")
    card_prefetch: ClassVar[tuple[str, ...]] = ("options", "body_areas", "tags")

    @staticmethod
    def make_cards(
        pages: list[Any], site: Any, request: HttpRequest | None = None, images: Any = None
    ) -> list[Any]:
        """Return the cards of pages, see `cards`."""
        from ..cards import treatment_cards

        return treatment_cards(pages, site, request, images)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add options, safety notes and the articles about this treatment."""
        from ..presentation import treatment_context

        context = super().get_context(request, *args, **kwargs)
        return {**context, **treatment_context(self, request, context["massage_fetched"].page_urls)}

    def get_options(self) -> list[Any]:
        """Return the options that are offered, in the editors' order."""
        return [option for option in rows(self, "options") if option.active]

    def get_contraindications(self) -> list[Any]:
        """Return the contraindications, the gravest first."""
        return sorted(rows(self, "contraindications"), key=lambda item: item.gravity)
