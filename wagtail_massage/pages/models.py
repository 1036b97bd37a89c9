"""Concrete page types for sites that use Wagtail's own base page. All substance is in `treatments.abstract`.

A site with its own base page leaves this app out and writes classes like these.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import TaggedItemBase
from wagtail.models import Page

from wagtail_massage.installed import require_installed
from wagtail_massage.treatments.abstract import (
    AbstractSubject,
    AbstractTreatmentOption,
    BenefitListIndexMixin,
    BenefitListMixin,
    TreatmentIndexMixin,
    TreatmentMixin,
)

require_installed("wagtail_massage.pages")


class TreatmentIndexPage(TreatmentIndexMixin, Page):
    """The list of treatments; indexes within it are its sections."""

    page_description = _("Lists treatments with their options and prices.")
    subpage_types = ["wagtail_massage_pages.TreatmentIndexPage", "wagtail_massage_pages.TreatmentPage"]
    content_panels = [*Page.content_panels, *TreatmentIndexMixin.index_panels]
    search_fields = [*Page.search_fields, *TreatmentIndexMixin.index_search_fields]
    api_fields = [*TreatmentIndexMixin.index_api_fields]

    class Meta:
        verbose_name = _("treatment index page")
        verbose_name_plural = _("treatment index pages")


class TreatmentPageTag(TaggedItemBase):
    """One tag on one treatment."""

    content_object = ParentalKey("TreatmentPage", related_name="tagged_items", on_delete=models.CASCADE)


class TreatmentOption(AbstractTreatmentOption):
    """One way to have a treatment."""

    page = ParentalKey("TreatmentPage", related_name="options", on_delete=models.CASCADE)


class TreatmentPage(TreatmentMixin, Page):
    """One treatment."""

    massage_comments = True

    tags = ClusterTaggableManager(through=TreatmentPageTag, blank=True, verbose_name=_("tags"))

    page_description = _("One treatment: what it is like, options and prices, who should not have it.")
    parent_page_types = ["wagtail_massage_pages.TreatmentIndexPage"]
    subpage_types: list[str] = []
    content_panels = [*Page.content_panels, *TreatmentMixin.treatment_panels]
    promote_panels = [*Page.promote_panels, *TreatmentMixin.promote_tag_panels]
    search_fields = [*Page.search_fields, *TreatmentMixin.treatment_search_fields]
    api_fields = [*TreatmentMixin.treatment_api_fields]

    class Meta:
        verbose_name = _("treatment page")
        verbose_name_plural = _("treatment pages")


class BenefitListIndexPage(BenefitListIndexMixin, Page):
    """The list of articles."""

    page_description = _("Lists articles, the newest first.")
    subpage_types = ["wagtail_massage_pages.BenefitListPage"]
    content_panels = [*Page.content_panels, *BenefitListIndexMixin.index_panels]
    search_fields = [*Page.search_fields, *BenefitListIndexMixin.index_search_fields]
    api_fields = [*BenefitListIndexMixin.index_api_fields]

    class Meta:
        verbose_name = _("benefit list index page")
        verbose_name_plural = _("benefit list index pages")


class BenefitListPageTag(TaggedItemBase):
    """One tag on one article."""

    content_object = ParentalKey("BenefitListPage", related_name="tagged_items", on_delete=models.CASCADE)


class BenefitListSubject(AbstractSubject):
    """One treatment that an article is about."""

    page = ParentalKey("BenefitListPage", related_name="subjects", on_delete=models.CASCADE)


class BenefitListPage(BenefitListMixin, Page):
    """One article."""

    massage_comments = True

    tags = ClusterTaggableManager(through=BenefitListPageTag, blank=True, verbose_name=_("tags"))

    page_description = _("An article with a list: six reasons, five tips, four signs.")
    parent_page_types = ["wagtail_massage_pages.BenefitListIndexPage"]
    subpage_types: list[str] = []
    content_panels = [*Page.content_panels, *BenefitListMixin.benefit_list_panels]
    promote_panels = [*Page.promote_panels, *BenefitListMixin.promote_tag_panels]
    search_fields = [*Page.search_fields, *BenefitListMixin.benefit_list_search_fields]
    api_fields = [*BenefitListMixin.benefit_list_api_fields]

    class Meta:
        verbose_name = _("benefit list page")
        verbose_name_plural = _("benefit list pages")
