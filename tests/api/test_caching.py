"""What an answer costs, how it is kept, and that nobody is told that an old one is still good."""

from __future__ import annotations

from typing import Any

import pytest
import wagtail_factories
from django.apps import apps
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, PageViewRestriction

from wagtail_massage.testing.treatments import BodyAreaFactory, ContraindicationFactory, article_body
from wagtail_massage.treatments.api import views

API = "/api/massage/v1"
pytestmark = pytest.mark.django_db


QUERIES: list[str] = []
"""What the last request asked, for a failure."""


def cost(client: Any, url: str, **headers: str) -> tuple[int, Any]:
    """Return how many queries a request makes, and its answer."""
    with CaptureQueriesContext(
        connection,
    ) as queries:
        response = client.get(url, headers=headers)
    QUERIES[:] = [query["sql"][:300] for query in queries]
    return len(queries), response


def forget_answers() -> None:
    """Empty the cache but for what Wagtail and we know of sites and languages, which one request in a minute reads."""
    names = ("wagtail_massage:sites", "wagtail_massage:locales", "wagtail_site_root_paths")
    kept = {key: cache.get(key) for key in names}
    version = cache.get("wagtail_site_root_paths", version=2)
    cache.clear()
    for key, value in kept.items():
        if value is not None:
            cache.set(key, value)
    if version is not None:
        cache.set("wagtail_site_root_paths", version, version=2)


def full_article(spa: Any, number: int, *, benefits: int = 5) -> Any:
    body = article_body([f"Reason {n} of {number}" for n in range(benefits)])
    others = [spa.treatment().pk, spa.journal.pk, 10**6]
    links = " ".join(f'<a linktype="page" id="{pk}">there</a>' for pk in others)
    body.append({"type": "text", "value": {"rich_text": f"<p>{links}</p>"}})
    picture = wagtail_factories.ImageFactory()
    body.append(
        {"type": "image", "value": {"image": {"image": picture.pk, "alt_text": "x", "decorative": False}}}
    )
    treatments = [spa.treatment(title=f"Treatment {number}-{n}") for n in range(2)]
    hero = wagtail_factories.ImageFactory()
    return spa.article(body=body, treatments=treatments, tags=["a", "b"], hero_image=hero)


class TestCost:
    @pytest.mark.contract
    def test_of_an_article_is_three_queries_however_long_it_is(self, spa, client):
        for benefits in (3, 60):
            url = f"{API}/benefit-lists/{full_article(spa, benefits, benefits=benefits).pk}/"
            client.get(url)  # makes the renditions
            forget_answers()
            assert cost(client, url)[0] == 3, QUERIES

    @pytest.mark.contract
    def test_of_an_article_that_was_made_before_is_one_query(self, spa, client):
        url = f"{API}/benefit-lists/{full_article(spa, 1).pk}/"
        first = client.get(url)
        queries, again = cost(client, url)
        assert (queries, again.content) == (1, first.content)

        queries, unchanged = cost(client, url, if_none_match=first["ETag"])
        assert (queries, unchanged.status_code, unchanged.content) == (1, 304, b"")
        for name in ("ETag", "Cache-Control", "Vary", "Cache-Tag"):
            assert unchanged[name] == first[name]

    @pytest.mark.contract
    def test_of_a_treatment_is_three_queries(self, spa, client):
        relations = {"contraindications": [ContraindicationFactory()], "body_areas": [BodyAreaFactory()]}
        legs = spa.treatment(tags=["a"], relations=relations, hero_image=wagtail_factories.ImageFactory())
        for _ in range(3):
            spa.article(treatments=[legs])
        url = f"{API}/treatments/{legs.pk}/"
        client.get(url)
        forget_answers()
        assert cost(client, url)[0] == 3
        assert cost(client, url)[0] == 1

    @pytest.mark.contract
    @pytest.mark.parametrize("query", ["", "&include=body"])
    def test_of_a_list_does_not_grow(self, spa, client, query):
        for number in range(4):
            full_article(spa, number)
        client.get(f"{API}/benefit-lists/?limit=100{query}")
        counted = []
        for limit in (2, 4):
            forget_answers()
            counted.append(cost(client, f"{API}/benefit-lists/?limit={limit}{query}")[0])
        assert counted[0] == counted[1] <= 4
        queries, answer = cost(client, f"{API}/benefit-lists/?limit=4{query}")
        assert (queries, len(answer.json()["items"])) == (1, 4)

    def test_of_links_in_texts_is_nothing_and_they_are_those_that_wagtail_writes(self, spa, client):
        from wagtail.rich_text import expand_db_html

        page = full_article(spa, 1)
        stored = page.body[-2].value["rich_text"].source
        shown = client.get(f"{API}/benefit-lists/{page.pk}/").json()["body"][-2]["value"]["html"]
        assert shown == expand_db_html(stored)
        assert shown.count('<a href="/') == 2

    def test_of_what_hangs_on_a_page_is_the_same_as_asking_the_page(self, spa, client):
        """The rows of the one UNION say what the page's own relations say."""
        from wagtail_massage.treatments import relations

        areas = [BodyAreaFactory(), BodyAreaFactory()]
        notes = [ContraindicationFactory(slug="a"), ContraindicationFactory(slug="b", level="AVOID")]
        legs = spa.treatment(tags=["y", "x"], relations={"body_areas": areas, "contraindications": notes})
        fetched = type(legs).objects.get(pk=legs.pk)
        relations.fetch([fetched], spa.site, whole=True)

        assert {tag.name for tag in relations.rows(fetched, "tags")} == {"x", "y"}
        assert {area.slug for area in relations.rows(fetched, "body_areas")} == {area.slug for area in areas}
        shown = ("label", "minutes", "price", "price_from", "booking_url", "active")
        assert [[getattr(row, name) for name in shown] for row in relations.rows(fetched, "options")] == [
            [getattr(row, name) for name in shown] for row in legs.options.filter(active=True)
        ]
        assert [note.instruction for note in fetched.get_contraindications()] == [
            note.instruction for note in legs.get_contraindications()
        ]


class TestAVersion:
    def tag(self, client: Any, url: str) -> str:
        return client.get(url)["ETag"]

    @pytest.fixture
    def article(self, spa):
        return full_article(spa, 1)

    @pytest.fixture
    def url(self, article):
        return f"{API}/benefit-lists/{article.pk}/"

    def test_is_strong(self, client, url):
        assert self.tag(client, url).startswith('"')

    def test_changes_with_a_publication(self, client, article, url):
        before = self.tag(client, url)
        article.title = "7 reasons"
        article.save_revision().publish()
        answer = client.get(url, headers={"if-none-match": before})
        assert (answer.status_code, answer.json()["title"]) == (200, "7 reasons")

    def test_does_not_change_with_a_draft(self, client, article, url):
        before = self.tag(client, url)
        article.title = "Not yet"
        article.save_revision()
        assert client.get(url, headers={"if-none-match": before}).status_code == 304

    def test_changes_with_the_title_of_a_linked_page(self, client, article, url):
        self.tag(client, url)
        linked = article.subjects.first().treatment.specific
        linked.title = "Renamed"
        linked.save_revision().publish()
        assert client.get(url).json()["treatments"][0]["title"] == "Renamed"

    def test_changes_with_an_image(self, client, article, url):
        before = self.tag(client, url)
        article.hero_image.save()
        assert self.tag(client, url) != before

    def test_changes_with_a_move_above_it(self, client, spa, article, url):
        self.tag(client, url)
        spa.journal.slug = "notes"
        spa.journal.save_revision().publish()
        assert "/notes/" in client.get(url).json()["html_url"]

    def test_changes_with_a_snippet(self, client, article, url):
        self.tag(client, url)
        article.author.name = "Somebody else"
        article.author.save()
        assert client.get(url).json()["author"]["name"] == "Somebody else"

    def test_changes_with_a_setting_that_it_shows(self, client, article, url, settings):
        before = self.tag(client, url)
        settings.WAGTAIL_MASSAGE_IMAGE_WIDTHS = (320,)
        answer = client.get(url, headers={"if-none-match": before})
        assert "width-320" in answer.json()["hero"]["sources"][0]["srcset"]

    def test_is_not_asked_of_a_page_that_is_private_now(self, client, article, url):
        before = self.tag(client, url)
        PageViewRestriction.objects.create(
            page=article.get_parent(), restriction_type="password", password="x"
        )
        assert client.get(url, headers={"if-none-match": before}).status_code == 404

    def test_of_a_list_changes_with_one_of_its_pages(self, client, article):
        before = self.tag(client, f"{API}/benefit-lists/")
        article.unpublish()
        assert client.get(f"{API}/benefit-lists/", headers={"if-none-match": before}).json()["count"] == 0

    @pytest.mark.skipif(
        not apps.is_installed("wagtail_massage.comments"), reason="this shape has no comments"
    )
    def test_changes_with_the_number_of_comments(self, client, article, url):
        from wagtail_massage.testing.comments import VisitorCommentFactory

        self.tag(client, url)
        VisitorCommentFactory(page=article, status="APPROVED")
        assert client.get(url).json()["comments"]["count"] == 1

    def test_lives_without_a_cache(self, client, url, settings):
        settings.CACHES = {
            **settings.CACHES,
            "default": {"BACKEND": "tests.comments.broken_cache.BrokenCache"},
        }
        first, second = client.get(url), client.get(url)
        assert (first.status_code, first.content) == (200, second.content)
        assert first["ETag"] != second["ETag"]


class TestHeaders:
    @pytest.mark.contract
    def test_name_what_an_answer_shows(self, spa, client):
        article = spa.article()
        detail = client.get(f"{API}/benefit-lists/{article.pk}/")
        cards = client.get(f"{API}/benefit-lists/")

        assert detail["Cache-Tag"] == f"massage-page-{article.pk},massage-comments-{article.pk}"
        assert cards["Cache-Tag"] == f"massage-list-benefit-lists,massage-page-{article.pk}"
        assert cards["Surrogate-Key"] == cards["Cache-Tag"].replace(",", " ")

    @pytest.mark.contract
    def test_keep_the_answer_to_a_bearer_private(self, spa, client):
        response = client.get(f"{API}/treatments/", headers={"authorization": "Bearer x"})

        assert response["Cache-Control"] == "private, no-store"
        assert {"Authorization", "Origin"} <= {name.strip() for name in response["Vary"].split(",")}

    def test_take_their_seconds_from_the_settings(self, spa, client, settings):
        settings.WAGTAIL_MASSAGE_API_MAX_AGE, settings.WAGTAIL_MASSAGE_API_STALE_SECONDS = 5, 7
        assert (
            client.get(f"{API}/treatments/")["Cache-Control"]
            == "public, s-maxage=5, stale-while-revalidate=7"
        )


@pytest.mark.skipif(not apps.is_installed("wagtail_massage.comments"), reason="this shape has no comments")
class TestComments:
    @pytest.fixture
    def article(self, spa):
        from wagtail_massage.testing.comments import VisitorCommentFactory

        article = spa.article()
        VisitorCommentFactory(page=article, status="APPROVED")
        return article

    def addresses(self, client, article):
        url = f"{API}/pages/{article.pk}/comments/"
        uuid = client.get(url).json()["items"][0]["id"]
        of_one = [f"{API}/comments/{uuid}/{rest}" for rest in ("", "replies/", "place/")]
        return [url, *of_one, f"{API}/comment-counts/?page={article.pk}"]

    @pytest.mark.contract
    def test_are_unchanged_until_the_public_sees_something_else(self, client, article):
        from wagtail_massage.testing.comments import VisitorCommentFactory

        urls = self.addresses(client, article)
        before = {url: client.get(url) for url in urls}
        for url, response in before.items():
            again = client.get(url, headers={"if-none-match": response["ETag"]})
            assert (again.status_code, url) == (304, url)
            assert again["Cache-Tag"] == f"massage-comments-{article.pk}"
            assert again["Cache-Control"] == "public, s-maxage=60"  # never a stale comment
        VisitorCommentFactory(page=article, status="APPROVED", parent=None)
        changed = client.get(urls[0], headers={"if-none-match": before[urls[0]]["ETag"]})
        assert (changed.status_code, changed.json()["count"]) == (200, 2)

    def test_cost_one_query_where_nothing_has_changed(self, client, article):
        url = f"{API}/pages/{article.pk}/comments/"
        etag = client.get(url)["ETag"]
        assert cost(client, url, if_none_match=etag)[0] == 1


class TestARace:
    def test_keeps_no_old_page_under_a_new_version(self, spa, client, monkeypatch):
        """Somebody saves the page, without publishing a revision, while a request has read it already."""
        article = spa.article(title="Old")
        find_page = views.find_page

        def slowly(*args: Any) -> Any:
            found = find_page(*args)
            other = Page.objects.get(pk=article.pk)
            other.title = "New"
            other.save()
            return found

        url = f"{API}/benefit-lists/{article.pk}/"
        with monkeypatch.context() as patch:
            patch.setattr(views, "find_page", slowly)
            first = client.get(url)
        assert client.get(url).json()["title"] == "New"
        assert client.get(url, headers={"if-none-match": first["ETag"]}).status_code == 200
