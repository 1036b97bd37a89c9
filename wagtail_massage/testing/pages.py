"""Factories for the concrete page types of `wagtail_massage.pages`. Give each a `parent`."""

from __future__ import annotations

import wagtail_factories

from wagtail_massage.pages.models import (
    BenefitListIndexPage,
    BenefitListPage,
    TreatmentIndexPage,
    TreatmentPage,
)

from .treatments import BenefitListFactoryMixin, TreatmentFactoryMixin


class TreatmentIndexPageFactory(wagtail_factories.PageFactory):
    """The list of treatments."""

    class Meta:
        model = TreatmentIndexPage

    title = "Treatments"


class TreatmentPageFactory(TreatmentFactoryMixin, wagtail_factories.PageFactory):
    """One treatment."""

    class Meta:
        model = TreatmentPage


class BenefitListIndexPageFactory(wagtail_factories.PageFactory):
    """The list of articles."""

    class Meta:
        model = BenefitListIndexPage

    title = "Journal"


class BenefitListPageFactory(BenefitListFactoryMixin, wagtail_factories.PageFactory):
    """One article."""

    class Meta:
        model = BenefitListPage
