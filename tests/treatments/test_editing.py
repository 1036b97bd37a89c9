"""Pages as editors make them, through the admin."""

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from wagtail_massage.testing.treatments import ContraindicationFactory, PersonFactory
from wagtail_massage.treatments.abstract import (
    BenefitListIndexMixin,
    BenefitListMixin,
    TreatmentIndexMixin,
    TreatmentMixin,
)
from wagtail_massage.treatments.discovery import page_models

MIXINS = (TreatmentIndexMixin, TreatmentMixin, BenefitListIndexMixin, BenefitListMixin)


def add_url(mixin, parent) -> str:
    [model] = page_models(mixin)
    return reverse("wagtailadmin_pages:add", args=(model._meta.app_label, model._meta.model_name, parent.pk))


def benefit(heading: str) -> dict:
    text = {"rich_text": rich_text("<p>Because.</p>")}
    return {
        "heading": heading,
        "body": streamfield([("text", text)]),
        "summary": "",
        "anchor": "",
        "anchor_history": "",
        "image": {"image": "", "alt_text": ""},
    }


@pytest.mark.contract
class TestEditor:
    @pytest.mark.parametrize("mixin", MIXINS)
    def test_opens_for_a_new_page(self, spa, admin_client, mixin):
        index = spa.treatments if "Treatment" in mixin.__name__ else spa.journal
        parent = spa.home if "Index" in mixin.__name__ else index

        response = admin_client.get(add_url(mixin, parent))

        assert response.status_code == 200
        assert "standfirst" in response.content.decode()

    def test_makes_a_treatment(self, spa, admin_client):
        clot = ContraindicationFactory(name="a blood clot")
        option = {"label": "Whole legs", "minutes": "45", "price": "49.00", "booking_url": "", "active": "on"}
        data = nested_form_data(
            {
                "title": "Leg massage",
                "slug": "leg-massage",
                "standfirst": "",
                "hero_image": "",
                "hero_alt": "",
                "body": streamfield([("text", {"rich_text": rich_text("<p>Slow.</p>")})]),
                "options": inline_formset([option]),
                "what_to_expect": rich_text(""),
                "prepare": rich_text(""),
                "aftercare": rich_text("<p>Sit down first.</p>"),
                "tags": "legs, walkers",
                "comments": inline_formset([]),
                "action-publish": "publish",
            }
        )

        data["contraindications"] = [str(clot.pk)]

        response = admin_client.post(add_url(TreatmentMixin, spa.treatments), data)

        assert response.status_code == 302, response.context["form"].errors
        [page] = page_models(TreatmentMixin)[0].objects.live()
        assert [str(option.price) for option in page.get_options()] == ["49.00"]
        assert page.get_contraindications() == [clot]
        assert sorted(tag.name for tag in page.tags.all()) == ["legs", "walkers"]

    def test_makes_an_article_about_a_treatment(self, spa, admin_client):
        legs, author = spa.treatment(), PersonFactory()
        benefit_list = {
            "lead_in": "Namely:",
            "heading": "",
            "kind": "REASONS",
            "numbering": "ASCENDING",
            "start": "1",
            "heading_level": "H2",
            "benefits": streamfield([("benefit", benefit("Rest")), ("benefit", benefit("Rest"))]),
        }
        data = nested_form_data(
            {
                "title": "2 reasons",
                "slug": "two-reasons",
                "standfirst": "",
                "hero_image": "",
                "hero_alt": "",
                "body": streamfield([("benefit_list", benefit_list), ("benefit_list", benefit_list)]),
                "subjects": inline_formset([{"treatment": str(legs.pk)}]),
                "author": str(author.pk),
                "display_date": "",
                "tags": "",
                "comments": inline_formset([]),
                "action-publish": "publish",
            }
        )

        response = admin_client.post(add_url(BenefitListMixin, spa.journal), data)

        assert response.status_code == 302, response.context["form"].errors
        [page] = page_models(BenefitListMixin)[0].objects.live()
        anchors = [entry.anchor for block in page.body for entry in block.value.benefits_numbered]
        assert anchors == ["rest", "rest-2", "rest-3", "rest-4"]
        assert [subject.treatment_id for subject in page.subjects.all()] == [legs.pk]
        assert page.author == author

    def test_offers_treatments_alone_as_subjects(self, spa, admin_client):
        html = admin_client.get(add_url(BenefitListMixin, spa.journal)).content.decode()

        assert page_models(TreatmentMixin)[0]._meta.label_lower in html


class TestAnchors:
    @pytest.mark.contract
    def test_of_the_published_page_survive_a_better_heading(self, spa):
        page = spa.article()
        page.body[1].value["benefits"][0].value["heading"] = "Shoulders, at last"
        page.save_revision().publish()

        page = page.get_latest_revision_as_object()
        first = page.body[1].value.benefits_numbered[0]

        assert (first.heading, first.anchor) == ("Shoulders, at last", "your-shoulders")

    def test_are_there_in_a_draft_before_it_is_published(self, spa):
        page = spa.article(live=False)
        raw = page.body.get_prep_value()
        raw[1]["value"]["benefits"].append({"type": "benefit", "value": {"heading": "New one", "body": []}})
        page.body = page.body.stream_block.to_python(raw)

        draft = page.save_revision().as_object()

        assert draft.body[1].value["benefits"][3].value["anchor"] == "new-one"

    def test_that_a_draft_has_changed_by_hand_still_lead_to_it(self, spa):
        page = spa.article()
        page.body[1].value["benefits"][0].value["anchor"] = "shoulders"

        published = page.save_revision()
        published.publish()

        first = published.as_object().body[1].value.benefits_numbered[0]
        assert (first.anchor, first.aliases) == ("shoulders", ("your-shoulders",))
