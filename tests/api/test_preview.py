"""The editor's preview in a front end: what is in the form, not what is saved, and for a while only."""

from __future__ import annotations

import json
from datetime import timedelta
from types import MethodType
from urllib.parse import parse_qs, urlsplit

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core import signing
from django.test import RequestFactory
from django.utils import timezone

API = "/api/massage/v1"
FRONT_END = "https://www.example.com/preview"


@pytest.fixture
def editor(db):
    return get_user_model().objects.create_superuser("editor", "editor@example.com", "x")


@pytest.fixture(autouse=True)
def _front_end(settings):
    settings.WAGTAIL_MASSAGE_API_PREVIEW_URL = FRONT_END


def preview(page, user) -> str:
    """Return the token in the address that the preview panel is sent to."""
    request = RequestFactory().get("/")
    request.user = user
    response = page.serve_preview(request, "")
    assert response.status_code == 302
    address = urlsplit(response["Location"])
    assert f"{address.scheme}://{address.netloc}{address.path.rstrip('/')}" == FRONT_END
    return parse_qs(address.query)["token"][0]


class TestThePreview:
    @pytest.mark.contract
    def test_shows_what_is_in_the_form(self, spa, client, editor):
        article = spa.article(title="3 reasons", treatments=[spa.treatment(title="Legs")])
        article.title = "4 reasons, not saved yet"
        article.tags.add("draft")

        response = client.get(f"{API}/preview/", {"token": preview(article, editor)})
        draft = response.json()

        assert response.status_code == 200
        assert (draft["id"], draft["title"]) == (article.pk, "4 reasons, not saved yet")
        assert draft["tags"] == ["draft"]
        assert [link["title"] for link in draft["treatments"]] == ["Legs"]
        assert draft["list"] == {"count": 3, "title_count": 4, "count_ok": False}
        assert client.get(f"{API}/benefit-lists/{article.pk}/").json()["title"] == "3 reasons"

    def test_has_the_form_of_the_published_page(self, spa, client, editor):
        for page, room in ((spa.article(), "benefit-lists"), (spa.treatment(), "treatments")):
            published = client.get(f"{API}/{room}/{page.pk}/").json()
            draft = client.get(f"{API}/preview/", {"token": preview(page, editor)}).json()
            del published["comments"], draft["comments"]
            assert draft == published

    def test_shows_a_page_that_was_never_saved(self, spa, client, editor):
        model = type(spa.treatment())
        page = model(title="New", slug="new", path="00010001000100010001", depth=5, locale=spa.home.locale)

        draft = client.get(f"{API}/preview/", {"token": preview(page, editor)}).json()

        assert (draft["id"], draft["title"], draft["options"]) == (0, "New", [])

    def test_keeps_one_draft_for_each_editor_and_page(self, spa, client, editor):
        from wagtail_massage.treatments.models import DraftPreview

        article = spa.article()
        first = preview(article, editor)
        article.title = "Newer"
        preview(article, editor)

        assert DraftPreview.objects.count() == 1
        assert client.get(f"{API}/preview/", {"token": first}).json()["title"] == "Newer"

    @pytest.mark.contract
    def test_is_kept_by_no_cache_and_no_search_engine(self, spa, client, editor):
        response = client.get(f"{API}/preview/", {"token": preview(spa.article(), editor)})

        assert response["Cache-Control"] == "private, no-store"
        assert response["X-Robots-Tag"] == "noindex"
        assert "ETag" not in response

    def test_ends_after_a_while(self, spa, client, editor, settings):
        from wagtail_massage.treatments.models import DraftPreview

        token = preview(spa.article(), editor)
        DraftPreview.objects.update(changed_at=timezone.now() - timedelta(minutes=61))
        assert client.get(f"{API}/preview/", {"token": token}).status_code == 404
        settings.WAGTAIL_MASSAGE_API_PREVIEW_MINUTES = 120
        assert client.get(f"{API}/preview/", {"token": token}).status_code == 200

    def test_deletes_what_no_token_opens_any_more(self, spa, editor):
        from wagtail_massage.treatments.models import DraftPreview

        preview(spa.article(), editor)
        DraftPreview.objects.update(changed_at=timezone.now() - timedelta(days=1))
        preview(spa.treatment(), editor)

        assert DraftPreview.objects.count() == 1

    @pytest.mark.parametrize(
        "token", ["x", "a:b:c", signing.dumps("x", salt="another")], ids=["none", "odd", "of another purpose"]
    )
    def test_refuses_a_token_of_anybody_elses(self, spa, client, token):
        response = client.get(f"{API}/preview/", {"token": token})

        assert response.status_code == 404
        assert response.json()["type"] == "urn:wagtail-massage:problem:preview-token"
        assert response["Cache-Control"] == "private, no-store"

    def test_is_our_own_html_where_no_front_end_is_named(self, spa, editor, settings):
        settings.WAGTAIL_MASSAGE_API_PREVIEW_URL = ""
        request = RequestFactory().get("/")
        request.user = editor
        response = spa.treatment(title="Plain").serve_preview(request, "")
        assert response.status_code == 200

    def test_is_reached_from_the_editor(self, spa, client, editor):
        article = spa.article(title="3 reasons")
        article.save_revision()
        client.force_login(editor)
        response = client.get(f"/admin/pages/{article.pk}/view_draft/")
        token = parse_qs(urlsplit(response["Location"]).query)["token"][0]
        client.logout()

        assert response["Location"].startswith(f"{FRONT_END}?token=")
        assert json.loads(client.get(f"{API}/preview/", {"token": token}).content)["title"] == "3 reasons"


class TestTheUserBar:
    @pytest.mark.contract
    def test_checks_the_draft_of_the_token(self, spa, client, editor, django_assert_max_num_queries):
        token = preview(spa.article(title="4 reasons"), editor)
        with django_assert_max_num_queries(3):
            response = client.get(f"{API}/preview/user-bar/", {"token": token})
        html = response.content.decode()

        assert response["Content-Type"] == "text/html; charset=utf-8"
        assert (response["Cache-Control"], response["X-Robots-Tag"]) == ("private, no-store", "noindex")
        assert '"options": {"fits": false}' in html
        assert "<aside hidden" in html  # the editor's panel shows what it finds
        assert 'src="//testserver/static/wagtail_massage/title-check.js' in html

    def test_says_nothing_of_any_user(self, spa, client, editor):
        token = preview(spa.article(), editor)
        client.force_login(editor)
        assert "/admin/" not in client.get(f"{API}/preview/user-bar/", {"token": token}).content.decode()

    def test_is_there_for_no_other_token(self, spa, client):
        response = client.get(f"{API}/preview/user-bar/", {"token": "x"})
        assert response.status_code == 404
        assert response.json()["type"] == "urn:wagtail-massage:problem:preview-token"


class TestWagtailHeadlessPreview:
    """Its tokens open drafts here too, so a site that uses it for its other pages need not choose."""

    @pytest.fixture
    def article(self, spa, settings):
        if not apps.is_installed("wagtail_headless_preview"):
            pytest.skip("needs wagtail-headless-preview, which comes with the group “test”")
        from wagtail_headless_preview.models import HeadlessPreviewMixin

        settings.WAGTAIL_HEADLESS_PREVIEW = {
            "CLIENT_URLS": {"default": FRONT_END},
            "REDIRECT_ON_PREVIEW": True,
        }
        article = spa.article(title="3 reasons")
        for name in ("create_page_preview", "update_page_preview", "get_preview_url", "get_client_root_url"):
            setattr(article, name, MethodType(getattr(HeadlessPreviewMixin, name), article))
        article.get_preview_signer = HeadlessPreviewMixin.get_preview_signer
        article.get_content_type_str = lambda: article._meta.label_lower
        article.serve_preview = MethodType(HeadlessPreviewMixin.serve_preview, article)
        return article

    def test_shows_our_drafts(self, article, client, editor):
        article.title = "4 reasons"
        token = preview(article, editor)
        query = {"token": token, "content_type": article._meta.label_lower}

        response = client.get(f"{API}/preview/", query)

        assert (response.status_code, response.json()["title"]) == (200, "4 reasons")
        assert client.get(f"{API}/preview/", {"token": token[:-1]}).status_code == 404
