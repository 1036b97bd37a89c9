"""Pages in the search index."""

import pytest

from wagtail_massage.testing.treatments import BodyAreaFactory
from wagtail_massage.treatments.abstract import BenefitListMixin, TreatmentMixin
from wagtail_massage.treatments.discovery import page_models


@pytest.mark.contract
class TestSearch:
    def test_finds_a_tag_right_after_publishing(self, spa):
        [model] = page_models(TreatmentMixin)
        page = spa.treatment(title="Legs")
        page.tags.add("fellwalkers")
        page.save_revision().publish()

        assert list(model.objects.search("fellwalkers")) == [page]

    def test_finds_a_tag_of_an_article_right_after_publishing(self, spa):
        [model] = page_models(BenefitListMixin)
        page = spa.article()
        page.tags.add("hedgerows")
        page.save_revision().publish()

        assert list(model.objects.search("hedgerows")) == [page]

    def test_finds_a_body_area_and_a_heading(self, spa):
        page = spa.treatment()
        page.body_areas.add(BodyAreaFactory(name="Shoulders", slug="shoulders"))
        page.save_revision().publish()
        article = spa.article()
        article.save_revision().publish()

        assert list(page_models(TreatmentMixin)[0].objects.search("shoulders")) == [page]
        assert list(page_models(BenefitListMixin)[0].objects.search("telephone")) == [article]
