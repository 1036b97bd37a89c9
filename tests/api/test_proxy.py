"""A real shared cache before the site: nobody sees what is another's, and nothing public stays old for long."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import AppConfig, apps
from django.conf import settings as site_settings
from django.contrib.auth import get_user_model
from django.utils import timezone
from wagtail.models import Locale, Page, Site

from tests.api.nginx import Nginx, find_nginx
from tests.servers.processes import wait_until

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        not apps.is_installed("tests.projects.blog"), reason="needs the page types of the shape “everything”"
    ),
    pytest.mark.skipif(
        find_nginx() is None, reason="needs nginx: apt install nginx-light, or your system's package"
    ),
]

API = "/api/massage/v1"


@pytest.fixture
def page(transactional_db: None) -> Any:
    """A page that takes comments; a test before may have emptied what Wagtail's migrations made."""
    from tests.projects.blog.models import BlogPage

    Locale.objects.get_or_create(language_code=site_settings.LANGUAGE_CODE)
    home = Page.objects.filter(depth=2).first()
    if home is None:
        root = Page.objects.filter(depth=1).first() or Page.add_root(title="Root", slug="root")
        home = root.add_child(instance=Page(title="Spa", slug="spa"))
        Site.objects.create(hostname="localhost", root_page=home, is_default_site=True)
    return home.add_child(instance=BlogPage(title="Warm stones", slug="warm-stones"))


@pytest.fixture
def nginx(live_server: Any, page: Any, tmp_path_factory: Any) -> Iterator[Nginx]:
    started = Nginx(find_nginx() or "", tmp_path_factory.mktemp("nginx"), live_server.url)
    yield started
    started.stop()


@pytest.fixture
def moderator(transactional_db: None) -> Any:
    return get_user_model().objects.create_superuser("mona", "mona@example.com", "secret")


class Visitor:
    """Somebody who writes one comment through the proxy, and keeps its receipt."""

    def __init__(self, nginx: Nginx, page: Any, name: str) -> None:
        draft = {"author_name": name, "body": f"{name} was here."}
        body = json.dumps(draft).encode()
        posted = nginx.ask(
            f"{API}/pages/{page.pk}/comments/", method="POST", body=body, Content_Type="application/json"
        )
        assert posted.status == 202, posted.body
        self.comment = json.loads(posted.body)
        self.authorization = f"Receipt {self.comment['receipt']}"
        self.url = f"{API}/comments/{self.comment['id']}/own/"


def bodies(nginx: Nginx, url: str) -> list[str]:
    return [item["body"] for item in json.loads(nginx.ask(url).body)["items"]]


def row(visitor: Visitor) -> Any:
    from wagtail_massage.comments.models import VisitorComment

    return VisitorComment.objects.get(uuid=visitor.comment["id"])


class TestASharedCache:
    def test_keeps_what_is_everybodys(self, nginx, page):
        url = f"{API}/pages/{page.pk}/comments/"
        assert [nginx.ask(url).cache for _ in range(3)] == ["MISS", "HIT", "HIT"]

    def test_never_shows_one_persons_answer_to_another(self, nginx, page, moderator):
        from wagtail_massage.comments import actions

        url = f"{API}/pages/{page.pk}/comments/"
        wren, robin = Visitor(nginx, page, "Wren"), Visitor(nginx, page, "Robin")
        for _ in range(2):
            assert (
                json.loads(nginx.ask(wren.url, Authorization=wren.authorization).body)["body"]
                == "Wren was here."
            )
            assert nginx.ask(wren.url, Authorization=robin.authorization).status == 404
            assert nginx.ask(wren.url).status == 401
            assert (
                json.loads(nginx.ask(robin.url, Authorization=robin.authorization).body)["body"]
                == "Robin was here."
            )
            assert nginx.ask(robin.url, Authorization=wren.authorization).status == 404
            assert bodies(nginx, url) == []  # both wait
            asked_by_staff = nginx.ask(url, Authorization="Bearer moderators-token")
            assert asked_by_staff.headers["Cache-Control"] == "private, no-store"
            assert asked_by_staff.cache == "MISS"
        actions.approve(row(wren), by=moderator, now=timezone.now())
        assert b"Robin" not in nginx.ask(url, Authorization="Bearer moderators-token").body
        assert nginx.ask(robin.url).status == 401

    def test_keeps_no_refusal_and_no_post(self, nginx, page):
        for _ in range(2):
            assert nginx.ask(f"{API}/pages/{10**6}/comments/").cache == "MISS"
        assert Visitor(nginx, page, "Wren").comment["id"] != Visitor(nginx, page, "Robin").comment["id"]

    def test_shows_an_approval_when_its_seconds_are_over(self, nginx, page, moderator, settings):
        from wagtail_massage.comments import actions

        settings.WAGTAIL_MASSAGE_API_MAX_AGE = 1  # 60 on a site: an approval shows within a minute
        url = f"{API}/pages/{page.pk}/comments/"
        wren = Visitor(nginx, page, "Wren")
        assert bodies(nginx, url) == []
        actions.approve(row(wren), by=moderator, now=timezone.now())
        wait_until(lambda: bodies(nginx, url) == ["Wren was here."], "the approved comment")

    def test_asks_whether_anything_has_changed_when_its_seconds_are_over(self, nginx, page, settings):
        settings.WAGTAIL_MASSAGE_API_MAX_AGE = 1
        url = f"{API}/pages/{page.pk}/comments/"
        nginx.ask(url)
        wait_until(lambda: nginx.ask(url).cache == "REVALIDATED", "a revalidation by ETag")

    def test_forgets_at_once_what_was_removed_and_purged(self, nginx, page, moderator, settings, monkeypatch):
        from wagtail_massage.comments import actions

        app = AppConfig.create("wagtail.contrib.frontend_cache")  # has no models: installed as it is
        monkeypatch.setitem(apps.app_configs, app.label, app)
        settings.WAGTAILFRONTENDCACHE = {
            "nginx": {"BACKEND": "tests.api.nginx.Purger", "FOLDER": nginx.folder / "cache"}
        }
        url = f"{API}/pages/{page.pk}/comments/"
        wren = Visitor(nginx, page, "Wren")
        actions.approve(row(wren), by=moderator, now=timezone.now())
        of_one = f"{API}/comments/{wren.comment['id']}/"
        for address in (url, of_one):
            for headers in ({}, {"Origin": "https://www.example.com"}):  # each a copy of its own
                assert [nginx.ask(address, **headers).cache for _ in range(2)] == ["MISS", "HIT"]

        actions.remove(row(wren), by=moderator, now=timezone.now())

        assert bodies(nginx, url) == []
        assert nginx.ask(url, Origin="https://www.example.com").cache == "MISS"
        assert nginx.ask(of_one).status == nginx.ask(of_one, Origin="https://www.example.com").status == 404
