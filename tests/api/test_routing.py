"""Pages by their path, redirects, and the list of all pages."""

from __future__ import annotations

import pytest
from django.apps import apps
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Locale, PageViewRestriction, Site

API = "/api/massage/v1"


def route(client, path: str, **query: str):
    return client.get(f"{API}/route/", {"path": path, **query})


@pytest.mark.contract
class TestRoute:
    def test_answers_the_whole_page(self, spa, client):
        for page, room in ((spa.treatment(), "treatments"), (spa.article(), "benefit-lists")):
            answer = route(client, page.get_url())
            document = client.get(f"{API}/{room}/{page.pk}/").json()

            assert answer.status_code == 200
            assert answer.json() == {"kind": "page", "page": document, "location": None, "is_permanent": None}
            assert document["path"] == page.get_url()
            assert f"massage-page-{page.pk}" in answer["Cache-Tag"]

    def test_knows_pages_of_every_other_type(self, spa, client):
        page = route(client, spa.journal.get_url()).json()["page"]

        assert (page["kind"], page["title"], page["type"]) == ("page", "Journal", spa.journal._meta.label)
        assert "body" not in page

    def test_takes_a_path_without_its_last_slash(self, spa, client):
        article = spa.article()
        assert route(client, article.get_url().rstrip("/")).json()["page"]["id"] == article.pk

    def test_says_when_nothing_has_changed(self, spa, client):
        article = spa.article()
        etag = route(client, article.get_url())["ETag"]
        url = f"{API}/route/?path={article.get_url()}"
        assert client.get(url, headers={"if-none-match": etag}).status_code == 304

    @pytest.mark.parametrize("path", ["/nowhere/", "nowhere", "//", "/%2e%2e/", "/a?b=c"])
    def test_of_nothing_is_a_problem(self, spa, client, path):
        response = route(client, path)
        assert response.status_code == 404
        assert response["Content-Type"] == "application/problem+json"

    def test_of_what_is_hidden_is_a_problem(self, spa, client):
        draft, private = spa.article(live=False), spa.treatment()
        PageViewRestriction.objects.create(page=spa.treatments, restriction_type="password", password="x")
        for page in (draft, private):
            assert route(client, page.get_url()).status_code == 404

    def test_leads_on_where_a_page_has_moved(self, spa, client):
        article = spa.article()
        Redirect.add_redirect("/old/", redirect_to=article, is_permanent=True)
        Redirect.add_redirect("/away/", redirect_to="https://example.com/", is_permanent=False)

        there = route(client, "/old/").json()
        assert (there["kind"], there["page"], there["is_permanent"]) == ("redirect", None, True)
        assert there["location"].endswith(article.get_url())
        assert route(client, "/away").json()["location"] == "https://example.com/"

    def test_keeps_to_the_site_asked_for(self, spa, client):
        other_home = type(spa.home)(title="Other", slug="other-home")
        spa.home.get_parent().add_child(instance=other_home)
        Site.objects.create(hostname="other.example", root_page=other_home)
        elsewhere = spa.treatment(title="Elsewhere", slug="elsewhere", parent=other_home)

        assert route(client, "/elsewhere/").status_code == 404
        page = route(client, "/elsewhere/", site="other.example").json()["page"]
        assert (page["id"], page["site"]) == (elsewhere.pk, "other.example:80")


@pytest.fixture
def french(spa, settings):
    """A French tree beside the English one, with a translated treatment."""
    settings.WAGTAIL_I18N_ENABLED = True
    locale = Locale.objects.create(language_code="fr")
    home = spa.home.copy_for_translation(locale)
    home.save_revision().publish()
    return locale


class TestTranslations:
    def test_stand_with_each_other(self, spa, client, french):
        legs = spa.treatment(title="Legs")
        jambes = legs.copy_for_translation(french, copy_parents=True)
        jambes.title = "Jambes"
        jambes.save_revision().publish()

        english = client.get(f"{API}/treatments/{legs.pk}/").json()
        other = client.get(f"{API}/treatments/{jambes.pk}/").json()

        assert [(item["locale"], item["id"]) for item in english["alternates"]] == [("fr", jambes.pk)]
        assert [(item["locale"], item["title"]) for item in other["alternates"]] == [("en", "Legs")]
        listed = {item["id"]: item for item in client.get(f"{API}/sitemap/").json()["items"]}
        assert [item["id"] for item in listed[legs.pk]["alternates"]] == [jambes.pk]


@pytest.mark.contract
class TestSitemap:
    def test_lists_every_public_page(self, spa, client):
        article, draft = spa.article(), spa.article(live=False)
        response = client.get(f"{API}/sitemap/")
        items = {item["id"]: item for item in response.json()["items"]}

        assert response.json()["count"] == len(items)
        assert draft.pk not in items
        assert {spa.home.pk, spa.journal.pk, article.pk} <= set(items)
        assert items[article.pk] == {
            "id": article.pk,
            "path": article.get_url(),
            "html_url": article.get_full_url(),
            "locale": "en",
            "last_modified_at": None,
            "alternates": [],
        }
        assert response["Cache-Tag"] == "massage-sitemap"

    def test_costs_the_same_for_many_pages(self, spa, client, django_assert_max_num_queries):
        for _ in range(20):
            spa.article()
        client.get(f"{API}/sitemap/?limit=1")
        with django_assert_max_num_queries(2):
            client.get(f"{API}/sitemap/")

    def test_is_divided(self, spa, client):
        whole = client.get(f"{API}/sitemap/").json()
        part = client.get(f"{API}/sitemap/?limit=1&offset=1").json()
        assert (part["items"], part["count"]) == (whole["items"][1:2], whole["count"])
        assert client.get(f"{API}/sitemap/?offset=99").json() == {"items": [], "count": whole["count"]}


class TestAddressesOfFiles:
    def test_name_their_origin(self, spa, client, settings):
        import wagtail_factories

        settings.WAGTAILAPI_BASE_URL = "https://cms.example.com"
        article = spa.article(hero_image=wagtail_factories.ImageFactory())
        hero = client.get(f"{API}/benefit-lists/{article.pk}/").json()["hero"]

        assert hero["src"].startswith("https://cms.example.com/media/")
        assert hero["sources"][0]["srcset"].startswith("https://cms.example.com/media/")

    @pytest.mark.skipif(not apps.is_installed("wagtail.documents"), reason="this shape has no documents")
    def test_in_rich_text_name_their_origin_while_pages_do_not(self, spa, client, settings):
        import wagtail_factories

        settings.WAGTAILAPI_BASE_URL = "https://cms.example.com"
        paper = wagtail_factories.DocumentFactory()
        home = spa.home
        html = f'<p><a linktype="document" id="{paper.pk}">Menu</a> <a linktype="page" id="{home.pk}">Home</a></p>'
        page = spa.treatment(prepare=html, body=[{"type": "text", "value": {"rich_text": html}}])
        answer = client.get(f"{API}/treatments/{page.pk}/").json()

        for shown in (answer["guidance"]["prepare"]["html"], answer["body"][0]["value"]["html"]):
            assert f'href="https://cms.example.com{paper.url}"' in shown
            assert 'href="/"' in shown
