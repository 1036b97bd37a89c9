"""The substance of our page types, as abstract mixins.

A site that builds its own page types (Wagtail 8's custom base page) writes:

    class TreatmentPage(TreatmentMixin, BasePage):
        tags = ClusterTaggableManager(through="spa.TreatmentTag", blank=True)
        content_panels = [*BasePage.content_panels, *TreatmentMixin.treatment_panels]
        promote_panels = [*BasePage.promote_panels, *TreatmentMixin.promote_tag_panels]
        search_fields = [*BasePage.search_fields, *TreatmentMixin.treatment_search_fields]
        api_fields = [*TreatmentMixin.treatment_api_fields]

    class TreatmentOption(AbstractTreatmentOption):
        page = ParentalKey(TreatmentPage, related_name="options", on_delete=models.CASCADE)

`wagtail_massage.pages.models` does exactly that for Wagtail's own base page; docs/pages.md shows a whole site.
Importing this package needs no installed app; the snippets that the mixins point at need `wagtail_massage.treatments`.
"""

from .benefit_list import AbstractSubject, BenefitListMixin
from .index import BenefitListIndexMixin, IndexMixin, TreatmentIndexMixin
from .lead import BodyMixin, LeadMixin
from .treatment import AbstractTreatmentOption, TreatmentMixin

__all__ = [
    "AbstractSubject",
    "AbstractTreatmentOption",
    "BenefitListIndexMixin",
    "BenefitListMixin",
    "BodyMixin",
    "IndexMixin",
    "LeadMixin",
    "TreatmentIndexMixin",
    "TreatmentMixin",
]
