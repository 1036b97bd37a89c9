"""A small spa to test with, built from whatever page types the install shape has."""

from __future__ import annotations

import functools
from typing import Any

import wagtail_factories
from wagtail.models import Site

from wagtail_massage.testing.treatments import BenefitListFactoryMixin, TreatmentFactoryMixin
from wagtail_massage.treatments.abstract import (
    BenefitListIndexMixin,
    BenefitListMixin,
    TreatmentIndexMixin,
    TreatmentMixin,
)
from wagtail_massage.treatments.discovery import page_models


@functools.cache  # its sequence of slugs has to go on
def factory_for(mixin: type, *bases: type) -> Any:
    """Return a page factory for the only page type of the installed shape that is made with `mixin`."""
    [model] = page_models(mixin)
    meta = type("Meta", (), {"model": model})
    return type(f"{model.__name__}Factory", (*bases, wagtail_factories.PageFactory), {"Meta": meta})


class Spa:
    """The default site with an index of treatments and a journal."""

    def __init__(self) -> None:
        self.site = Site.objects.select_related("root_page").get(is_default_site=True)
        self.home = self.site.root_page
        self.treatments = factory_for(TreatmentIndexMixin)(
            parent=self.home, title="Treatments", slug="treatments"
        )
        self.journal = factory_for(BenefitListIndexMixin)(parent=self.home, title="Journal", slug="journal")

    def treatment(self, **kwargs: Any) -> Any:
        return factory_for(TreatmentMixin, TreatmentFactoryMixin)(**{"parent": self.treatments, **kwargs})

    def article(self, **kwargs: Any) -> Any:
        return factory_for(BenefitListMixin, BenefitListFactoryMixin)(**{"parent": self.journal, **kwargs})
