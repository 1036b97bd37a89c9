"""The concrete page types, as Wagtail's explorer offers them."""

import pytest
from django.apps import apps

if not apps.is_installed("wagtail_massage.pages"):
    pytest.skip("this shape builds its own page types", allow_module_level=True)

from wagtail_massage.pages.models import (
    BenefitListIndexPage,
    BenefitListPage,
    TreatmentIndexPage,
    TreatmentPage,
)
from wagtail_massage.testing import pages as factories
from wagtail_massage.treatments.abstract import BenefitListMixin, TreatmentMixin
from wagtail_massage.treatments.discovery import page_models

TYPES = (BenefitListIndexPage, BenefitListPage, TreatmentIndexPage, TreatmentPage)


class TestPageTypes:
    @pytest.mark.parametrize("page_type", TYPES)
    def test_say_what_they_are_for(self, page_type):
        assert page_type.get_page_description()

    def test_stand_where_they_belong(self):
        assert TreatmentPage.allowed_parent_page_models() == [TreatmentIndexPage]
        assert set(TreatmentIndexPage.allowed_subpage_models()) == {TreatmentIndexPage, TreatmentPage}
        assert BenefitListPage.allowed_parent_page_models() == [BenefitListIndexPage]
        assert BenefitListIndexPage.allowed_subpage_models() == [BenefitListPage]

    def test_take_comments_on_treatments_and_articles_alone(self):
        assert [page_type for page_type in TYPES if getattr(page_type, "massage_comments", False)] == [
            BenefitListPage,
            TreatmentPage,
        ]

    def test_are_found_by_their_mixins(self):
        assert page_models(TreatmentMixin) == [TreatmentPage]
        assert page_models(BenefitListMixin) == [BenefitListPage]


@pytest.mark.contract
class TestFactories:
    def test_build_a_site_for_downstream_tests(self, db, client):
        from wagtail.models import Site

        home = Site.objects.get(is_default_site=True).root_page
        index = factories.TreatmentIndexPageFactory(parent=home)
        journal = factories.BenefitListIndexPageFactory(parent=home)
        legs = factories.TreatmentPageFactory(parent=index, title="Legs", tags=["legs"])
        article = factories.BenefitListPageFactory(parent=journal, treatments=[legs])

        for page in (index, journal, legs, article):
            assert client.get(page.url).status_code == 200
