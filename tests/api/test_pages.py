"""Treatments and articles as a front end reads them."""

import datetime

import pytest
import wagtail_factories
from django.apps import apps
from django.utils import timezone
from wagtail.models import Locale, PageViewRestriction, Site

from wagtail_massage.testing.treatments import BodyAreaFactory, ContraindicationFactory, article_body

API = "/api/massage/v1"


def link_to(page) -> dict:
    address = {"html_url": page.get_full_url(), "href": page.get_full_url(), "path": page.get_url()}
    return {"kind": "page", "id": page.pk, "title": page.title, **address}


def count_queries(django_assert_max_num_queries, client, url: str) -> int:
    client.get(url)  # makes renditions, and lets Wagtail remember where its sites are rooted
    with django_assert_max_num_queries(1000) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


class TestTreatmentList:
    url = f"{API}/treatments/"

    @pytest.mark.contract
    def test_answers_cards_with_all_that_a_card_needs(self, spa, client):
        legs = spa.treatment(
            title="Leg massage",
            slug="legs",
            hero_image=wagtail_factories.ImageFactory(),
            hero_alt="Two towels",
            tags=["walkers", "legs"],
            relations={"body_areas": [BodyAreaFactory(name="Legs", slug="legs")]},
        )

        answer = client.get(self.url).json()

        assert answer["count"] == 1
        [card] = answer["items"]
        assert card["id"] == legs.pk
        assert card["title"] == "Leg massage"
        assert card["html_url"] == legs.get_full_url()
        assert card["tags"] == ["legs", "walkers"]
        assert card["body_areas"] == [{"name": "Legs", "slug": "legs"}]
        assert card["hero"]["alt"] == "Two towels"
        assert card["hero"]["sources"]
        assert card["options"][0] == {
            "label": "Half an hour",
            "minutes": 30,
            "price": "36.00",
            "price_from": False,
            "currency": "EUR",
            "booking_url": "https://example.com/book/30",
        }

    @pytest.mark.contract
    def test_costs_the_same_for_five_and_for_twenty_pages(self, spa, client, django_assert_max_num_queries):
        areas = [BodyAreaFactory(name="Legs", slug="legs"), BodyAreaFactory(name="Feet", slug="feet")]
        for _ in range(5):
            spa.treatment(
                tags=["a", "b"], relations={"body_areas": areas}, hero_image=wagtail_factories.ImageFactory()
            )
        five = count_queries(django_assert_max_num_queries, client, f"{self.url}?limit=100")
        for _ in range(15):
            spa.treatment(
                tags=["c"], relations={"body_areas": areas}, hero_image=wagtail_factories.ImageFactory()
            )
        twenty = count_queries(django_assert_max_num_queries, client, f"{self.url}?limit=100")

        assert five == twenty <= 9

    def test_orders_by_title_and_by_nothing_that_it_does_not_name(self, spa, client):
        for title in ("Back", "Arms", "Chest"):
            spa.treatment(title=title)

        assert [card["title"] for card in client.get(self.url).json()["items"]] == ["Arms", "Back", "Chest"]
        assert client.get(f"{self.url}?order=-title").json()["items"][0]["title"] == "Chest"
        refused = client.get(f"{self.url}?order=owner__password")
        assert refused.status_code == 400
        assert refused.json()["type"] == "urn:wagtail-massage:problem:invalid-parameter"

    def test_pages_through_with_limit_and_offset(self, spa, client):
        for number in range(5):
            spa.treatment(title=f"T{number}")

        answer = client.get(f"{self.url}?limit=2&offset=3").json()

        assert [card["title"] for card in answer["items"]] == ["T3", "T4"]
        assert answer["count"] == 5

    @pytest.mark.parametrize(
        "query", ["limit=0", "limit=101", "limit=x", "offset=-1", "offset=99999999999999999999"]
    )
    def test_refuses_numbers_out_of_range(self, spa, client, query):
        response = client.get(f"{self.url}?{query}")

        assert response.status_code == 400
        assert response["Content-Type"] == "application/problem+json"
        assert query.split("=")[0] in response.json()["detail"]

    def test_keeps_to_the_locale_asked_for(self, spa, client, settings):
        french = Locale.objects.create(language_code="fr")
        spa.treatment(title="English")
        spa.treatment(title="Français", locale=french)

        assert [card["title"] for card in client.get(f"{self.url}?locale=fr").json()["items"]] == ["Français"]
        assert client.get(f"{self.url}?locale=xx").status_code == 400

    def test_keeps_to_the_site_asked_for(self, spa, client):
        spa.treatment(title="Here")
        other_home = type(spa.home)(title="Other", slug="other-home")
        spa.home.get_parent().add_child(instance=other_home)
        Site.objects.create(hostname="other.example", port=8080, root_page=other_home)
        elsewhere = spa.treatment(title="Elsewhere", parent=other_home)

        assert [card["title"] for card in client.get(self.url).json()["items"]] == ["Here"]
        there = client.get(f"{self.url}?site=other.example:8080").json()
        assert [card["title"] for card in there["items"]] == ["Elsewhere"]
        assert client.get(f"{self.url}{elsewhere.pk}/").status_code == 404
        assert client.get(f"{self.url}{elsewhere.pk}/?site=other.example").status_code == 200
        assert client.get(f"{self.url}?site=nowhere.example").status_code == 404


class TestTreatmentDetail:
    @pytest.mark.contract
    def test_answers_the_whole_treatment(self, spa, client):
        avoid = ContraindicationFactory(name="a blood clot", slug="clot", level="AVOID")
        adapt = ContraindicationFactory(name="pregnancy", slug="pregnancy", level="ADAPT")
        legs = spa.treatment(
            title="Leg massage",
            relations={"contraindications": [adapt, avoid]},
            body=[{"type": "text", "value": {"rich_text": "<p>Unhurried.</p>"}}],
        )
        article = spa.article(title="3 reasons", treatments=[legs])

        answer = client.get(f"{API}/treatments/{legs.pk}/").json()

        [text] = answer["body"]
        assert (text["type"], text["value"]) == ("text", {"html": "<p>Unhurried.</p>", "text": "Unhurried."})
        assert answer["guidance"]["prepare"] == {"html": "<p>Eat lightly.</p>", "text": "Eat lightly."}
        assert [item["slug"] for item in answer["contraindications"]] == ["clot", "pregnancy"]
        assert answer["contraindications"][0]["instruction"].startswith("Do not have this treatment")
        assert answer["contraindications"][0]["clinically_reviewed_date"] is None
        assert answer["articles"] == [link_to(article)]
        assert answer["reading"] == {"word_count": 1, "minutes": 1}

    def test_costs_the_same_however_many_articles_there_are(self, spa, client, django_assert_max_num_queries):
        legs = spa.treatment()
        url = f"{API}/treatments/{legs.pk}/"
        spa.article(treatments=[legs])
        one = count_queries(django_assert_max_num_queries, client, url)
        for _ in range(9):
            spa.article(treatments=[legs])

        assert one == count_queries(django_assert_max_num_queries, client, url) <= 12


class TestBenefitListList:
    url = f"{API}/benefit-lists/"

    @pytest.mark.contract
    def test_answers_the_newest_first(self, spa, client):
        now = timezone.now()
        spa.article(title="Old", first_published_at=now - datetime.timedelta(days=2))
        spa.article(title="New", first_published_at=now)

        first, second = client.get(self.url).json()["items"]

        assert (first["title"], second["title"]) == ("New", "Old")
        assert first["benefit_count"] == 3
        assert first["headings"] == ["Your shoulders", "Your feet", "Your telephone is outside"]
        assert first["reading"] == {"word_count": 43, "minutes": 1}

    @pytest.mark.contract
    def test_costs_the_same_for_five_and_for_twenty_pages(self, spa, client, django_assert_max_num_queries):
        treatments = [spa.treatment(), spa.treatment()]
        for _ in range(5):
            spa.article(treatments=treatments, tags=["a"], hero_image=wagtail_factories.ImageFactory())
        five = count_queries(django_assert_max_num_queries, client, f"{self.url}?limit=100")
        for _ in range(15):
            spa.article(treatments=treatments, tags=["b"], hero_image=wagtail_factories.ImageFactory())
        twenty = count_queries(django_assert_max_num_queries, client, f"{self.url}?limit=100")

        assert five == twenty <= 9


class TestBenefitListDetail:
    @pytest.mark.contract
    def test_answers_the_whole_article(self, spa, client):
        legs = spa.treatment(title="Leg massage")
        article = spa.article(title="3 reasons to lie down", treatments=[legs])

        answer = client.get(f"{API}/benefit-lists/{article.pk}/").json()

        assert [block["type"] for block in answer["body"]] == ["text", "benefit_list", "text"]
        ids = [block["id"] for block in answer["body"]]
        assert all(ids)
        assert answer["parts"] == {"intro": ids[:1], "outro": ids[2:]}
        assert answer["list"] == {"count": 3, "title_count": 3, "count_ok": True}
        assert answer["contents"][0] == {"number": 1, "heading": "Your shoulders", "anchor": "your-shoulders"}
        assert answer["body"][1]["value"]["benefits"][0]["value"]["anchor"] == "your-shoulders"
        assert answer["treatments"] == [link_to(legs)]
        assert answer["author"]["role"] == "Massage therapist"

    def test_names_its_treatments_in_the_order_of_entry_where_nobody_has_set_one(self, spa, client):
        treatments = [spa.treatment(title=title) for title in ("Zest", "Mud", "Amber")]
        article = spa.article(treatments=treatments)
        article.subjects.model.objects.update(sort_order=None)

        answer = client.get(f"{API}/benefit-lists/{article.pk}/").json()

        assert [link["title"] for link in answer["treatments"]] == ["Zest", "Mud", "Amber"]

    @pytest.mark.parametrize("number", [0, 2**62, 2**63, 10**25])
    def test_leaves_out_links_to_pages_that_cannot_be(self, spa, client, number):
        text = f'<p><a linktype="page" id="{number}">x</a></p>'
        article = spa.article(body=[{"type": "text", "value": {"rich_text": text}}])

        [block] = client.get(f"{API}/benefit-lists/{article.pk}/").json()["body"]

        assert block["value"]["html"] == "<p><a>x</a></p>"

    def test_reads_the_bare_id_that_an_image_chooser_has_stored(self, spa, client):
        picture = wagtail_factories.ImageFactory()
        article = spa.article(body=[{"type": "image", "value": {"image": picture.pk, "caption": "c"}}])

        assert client.get(f"{API}/benefit-lists/{article.pk}/").status_code == 200

    def test_says_when_title_and_list_differ(self, spa, client):
        article = spa.article(title="Five reasons to lie down")

        answer = client.get(f"{API}/benefit-lists/{article.pk}/").json()

        assert answer["list"] == {"count": 3, "title_count": 5, "count_ok": False}

    def test_is_content_with_the_number_of_the_first_of_two_lists_as_the_editor_is(self, spa, client):
        body = [*article_body(["One", "Two"]), *article_body(["Three"])]
        article = spa.article(title="Two reasons to lie down", body=body)

        answer = client.get(f"{API}/benefit-lists/{article.pk}/").json()

        assert answer["list"] == {"count": 3, "title_count": 2, "count_ok": True}

    def test_costs_the_same_however_long_the_list_is(self, spa, client, django_assert_max_num_queries):
        short = spa.article(body=article_body(["One"]))
        long = spa.article(body=article_body([f"Reason {number}" for number in range(60)]))
        costs = [
            count_queries(django_assert_max_num_queries, client, f"{API}/benefit-lists/{page.pk}/")
            for page in (short, long)
        ]

        assert costs[0] == costs[1] <= 9


@pytest.mark.contract
@pytest.mark.parametrize("room", ["treatments", "benefit-lists"])
class TestHiddenPages:
    def make(self, spa, room, **kwargs):
        return (spa.treatment if room == "treatments" else spa.article)(**kwargs)

    def assert_hidden(self, client, room, page):
        response = client.get(f"{API}/{room}/{page.pk}/")
        assert response.status_code == 404
        assert response["Content-Type"] == "application/problem+json"
        assert client.get(f"{API}/{room}/").json() == {"items": [], "count": 0}

    def test_drafts_are_not_there(self, spa, client, room):
        self.assert_hidden(client, room, self.make(spa, room, live=False))

    def test_expired_pages_are_not_there(self, spa, client, room):
        yesterday = timezone.now() - datetime.timedelta(days=1)
        self.assert_hidden(client, room, self.make(spa, room, expire_at=yesterday))

    def test_pages_below_a_password_are_not_there(self, spa, client, room):
        page = self.make(spa, room)
        PageViewRestriction.objects.create(page=page.get_parent(), restriction_type="password", password="x")
        self.assert_hidden(client, room, page)

    def test_pages_of_another_type_are_not_there(self, spa, client, room):
        self.assert_hidden(client, room, spa.journal)

    def test_numbers_that_no_database_holds_are_not_there(self, spa, client, room):
        assert client.get(f"{API}/{room}/{10**30}/").status_code == 404


@pytest.mark.skipif(not apps.is_installed("wagtail_massage.comments"), reason="this shape has no comments")
class TestCommentsLink:
    def test_says_how_many_comments_there_are_and_where(self, spa, client):
        from wagtail_massage.testing.comments import VisitorCommentFactory

        article = spa.article(title="Three comforts")
        VisitorCommentFactory.create_batch(2, page=article, status="APPROVED")
        VisitorCommentFactory(page=article, status="PENDING")

        link = client.get(f"{API}/benefit-lists/{article.pk}/").json()["comments"]

        assert link == {"count": 2, "url": f"{API}/pages/{article.pk}/comments/"}
        assert client.get(link["url"]).json()["count"] == 2

    def test_is_null_where_comments_are_off(self, spa, client, settings):
        settings.WAGTAIL_MASSAGE_COMMENTS_POLICY = "OFF"
        treatment = spa.treatment()

        assert client.get(f"{API}/treatments/{treatment.pk}/").json()["comments"] is None
