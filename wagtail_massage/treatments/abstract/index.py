"""The index pages: an introduction and a card for each child."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import HttpRequest

from .lead import LeadMixin


class IndexMixin(LeadMixin):
    """Lists its public children of one kind as cards, divided into pages, in a constant number of queries."""

    massage_template = "wagtail_massage_treatments/index_page.html"
    index_order: ClassVar[tuple[str, ...]] = ("path",)

    class Meta:
        abstract = True

    index_panels: ClassVar[list[Any]] = LeadMixin.lead_panels
    index_search_fields: ClassVar[list[Any]] = LeadMixin.lead_search_fields
    index_api_fields: ClassVar[list[Any]] = LeadMixin.lead_api_fields

    @classmethod
    def get_card_mixin(cls) -> type:
        """Return the mixin whose page types this index lists."""
        raise NotImplementedError

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the page of cards that `?page=` asks for."""
        from ..presentation import index_context

        return {**super().get_context(request, *args, **kwargs), **index_context(self, request)}


class TreatmentIndexMixin(IndexMixin):
    """Lists treatments in the order in which editors have arranged them."""

    class Meta:
        abstract = True

    @classmethod
    def get_card_mixin(cls) -> type:
        from .treatment import TreatmentMixin

        return TreatmentMixin


class BenefitListIndexMixin(IndexMixin):
    """Lists articles, the newest first."""

    index_order = ("-first_published_at", "-pk")

    class Meta:
        abstract = True

    @classmethod
    def get_card_mixin(cls) -> type:
        from .benefit_list import BenefitListMixin

        return BenefitListMixin
