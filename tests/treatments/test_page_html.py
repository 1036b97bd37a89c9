"""What a visitor's browser gets from the page types of the installed shape."""

import datetime
import re

import pytest
import wagtail_factories
from django.test import override_settings

from wagtail_massage.testing.treatments import ContraindicationFactory, article_body
from wagtail_massage.treatments.abstract import (
    BenefitListIndexMixin,
    BenefitListMixin,
    TreatmentIndexMixin,
    TreatmentMixin,
)
from wagtail_massage.treatments.discovery import page_models

MIXINS = (TreatmentIndexMixin, TreatmentMixin, BenefitListIndexMixin, BenefitListMixin)


def html_of(client, page) -> str:
    response = client.get(page.get_url())
    assert response.status_code == 200
    return response.content.decode()


class TestHead:
    @pytest.mark.contract
    def test_holds_title_description_canonical_and_image(self, spa, client):
        page = spa.treatment(
            title="Leg massage",
            standfirst="For “tired” legs.",
            hero_image=wagtail_factories.ImageFactory(),
            hero_alt="Towels",
        )

        html = html_of(client, page)

        assert "<title>Leg massage</title>" in html
        assert html.count("<title>") == 1
        assert '<meta name="description" content="For “tired” legs.">' in html
        assert f'<link rel="canonical" href="{page.full_url}">' in html
        assert re.search(r'<meta property="og:image" content="http[^"]+\.fill-1200x630[^"]*\.jpg">', html)
        assert '<meta property="og:image:alt" content="Towels">' in html

    def test_is_left_to_the_base_template_where_the_site_says_so(self, spa, client):
        page = spa.treatment(title="Leg massage")

        with override_settings(WAGTAIL_MASSAGE_TREATMENTS_EMIT_HEAD=False):
            html = html_of(client, page)

        assert html.count("<title>Leg massage</title>") == 1
        assert "og:title" not in html


class TestTreatmentHtml:
    @pytest.mark.contract
    def test_shows_every_safety_note_before_the_first_booking_link(self, spa, client):
        page = spa.treatment(
            relations={
                "contraindications": [
                    ContraindicationFactory(name="pregnancy", level="ADAPT"),
                    ContraindicationFactory(name="a blood clot", level="AVOID"),
                    ContraindicationFactory(name="varicose veins", level="AVOID_AREA"),
                    ContraindicationFactory(name="recent surgery", level="ASK_DOCTOR"),
                ]
            }
        )

        html = html_of(client, page)

        order = [
            "Do not have this treatment if this applies to you: a blood clot.",
            "Do not have the affected area treated if this applies to you: varicose veins.",
            "Ask your doctor before you book if this applies to you: recent surgery.",
            "Ask us to adapt the treatment if this applies to you: pregnancy.",
            "https://example.com/book/30",
        ]
        positions = [html.index(text) for text in order]
        assert positions == sorted(positions)
        assert html.count("These notes have not been clinically reviewed.") == 1
        assert "<details" not in html

    def test_marks_single_notes_where_others_are_reviewed(self, spa, client):
        reviewed = ContraindicationFactory(clinically_reviewed_date=datetime.date(2026, 3, 1))
        all_reviewed = spa.treatment(relations={"contraindications": [reviewed]})
        one_reviewed = spa.treatment(relations={"contraindications": [reviewed, ContraindicationFactory()]})

        assert "clinically reviewed" not in html_of(client, all_reviewed)
        html = html_of(client, one_reviewed)
        assert html.count("Not clinically reviewed") == 1
        assert "These notes" not in html

    @pytest.mark.parametrize(
        ("row", "currency", "shown"),
        [
            ({"price": "36.00"}, "GBP", "£36.00"),
            ({"price": "36.00", "price_from": True}, "EUR", "from €36.00"),
            ({"price": "360.00"}, "SEK", "360.00\N{NO-BREAK SPACE}SEK"),
            ({"price": "0.00"}, "GBP", "£0.00"),
            ({"price": None}, "GBP", "Price on request"),
        ],
    )
    def test_prints_prices_in_the_currency_of_the_site(self, spa, client, settings, row, currency, shown):
        settings.WAGTAIL_MASSAGE_TREATMENTS_CURRENCY = {spa.site.hostname: currency, "": "JPY"}
        page = spa.treatment(options=[{"label": "Whole legs", "minutes": 45, **row}])

        assert shown in " ".join(html_of(client, page).split(" "))

    def test_leaves_out_options_that_are_not_offered(self, spa, client):
        page = spa.treatment(options=[{"label": "Moon bath", "minutes": 45, "active": False}])

        assert "Moon bath" not in html_of(client, page)


class TestBenefitListHtml:
    @pytest.mark.contract
    def test_shows_author_date_reading_time_and_the_list(self, spa, client):
        page = spa.article(title="3 reasons", display_date=datetime.date(2026, 4, 17), tags=["legs"])

        html = html_of(client, page)

        assert f"By {page.author.name}" in html
        assert '<time datetime="2026-04-17">' in html
        assert "1 minute to read" in html
        assert 'id="your-shoulders"' in html
        assert "<li>legs</li>" in html

    def test_survives_a_stored_null_among_images(self, spa, client):
        body = article_body(["With an image", "Without"])
        first, second = body[1]["value"]["benefits"]
        first["value"]["image"] = {
            "image": wagtail_factories.ImageFactory().pk,
            "alt_text": "A towel",
            "decorative": False,
        }
        second["value"]["image"] = None

        html = html_of(client, spa.article(body=body))

        assert 'alt="A towel"' in html and "Without" in html

    def test_costs_the_same_however_long_it_is(self, spa, client, django_assert_max_num_queries):
        costs = []
        for number in (1, 60):
            page = spa.article(body=article_body([f"Reason {n}" for n in range(number)]))
            html_of(client, page)
            with django_assert_max_num_queries(1000) as captured:
                html_of(client, page)
            costs.append(len(captured))

        assert costs[0] == costs[1]


class TestIndexHtml:
    @pytest.mark.contract
    def test_costs_the_same_for_five_and_for_twenty_children(
        self, spa, client, django_assert_max_num_queries
    ):
        costs = []
        for number in (5, 15):
            for _ in range(number):
                spa.treatment(hero_image=wagtail_factories.ImageFactory())
            html_of(client, spa.treatments)
            with django_assert_max_num_queries(1000) as captured:
                html_of(client, spa.treatments)
            costs.append(len(captured))

        assert costs[0] == costs[1]

    def test_is_divided_into_pages(self, spa, client, settings):
        settings.WAGTAIL_MASSAGE_TREATMENTS_CARDS_PER_PAGE = 2
        for number in range(3):
            spa.treatment(title=f"T{number}")

        first = html_of(client, spa.treatments)
        last = client.get(f"{spa.treatments.get_url()}?page=nonsense99").content.decode()

        assert "T0" in first and "T2" not in first
        assert 'href="?page=2"' in first
        assert last == first

    def test_shows_no_drafts(self, spa, client):
        spa.article(title="Secret plan", live=False)

        html = html_of(client, spa.journal)

        assert "Secret plan" not in html
        assert "There is nothing here yet." in html


@pytest.mark.contract
@pytest.mark.parametrize("mixin", MIXINS)
class TestPreview:
    def test_of_an_empty_draft_works(self, spa, mixin):
        [model] = page_models(mixin)
        draft = model(title="", slug="")

        response = draft.make_preview_request()

        assert response.status_code == 200

    def test_of_a_saved_draft_works(self, spa, mixin):
        [model] = page_models(mixin)
        draft = spa.home.add_child(instance=model(title="A draft", slug="a-draft", live=False))

        response = draft.get_latest_revision_as_object().make_preview_request()

        assert response.status_code == 200
        assert "A draft" in response.content.decode()
