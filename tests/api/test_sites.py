"""Which site a request is about: Wagtail's own answer, without a query, and never an old one."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client, RequestFactory
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from wagtail.models import Page, Site
from wagtail.models.sites import get_site_for_hostname

from tests.projects.blog.models import BlogPage
from tests.spa import Spa
from wagtail_massage.sites import root_paths
from wagtail_massage.visibility import UnknownSite, find_site

HOSTS = ["localhost", "spa.example", "b.example", "unknown.example", "[::1]"]
PORTS = [80, 443, 8000]

site_rows = st.lists(
    st.tuples(st.sampled_from(HOSTS[:3]), st.sampled_from(PORTS)), unique=True, min_size=0, max_size=6
)


def request_to(host: str, port: int = 80) -> Any:
    return RequestFactory().get("/", headers={"host": host}, SERVER_PORT=str(port))


def found(host: str, port: int) -> int | None:
    try:
        return find_site(request_to(host, port)).pk
    except UnknownSite:
        return None


def expected(host: str, port: int) -> int | None:
    try:
        return get_site_for_hostname(host, port).pk
    except Site.DoesNotExist:
        return None


class TestTheSiteOfARequest(TestCase):
    @given(rows=site_rows, default=st.none() | st.integers(0, 5))
    def test_is_the_one_that_wagtail_finds(self, rows: list[tuple[str, int]], default: int | None) -> None:
        root = Page.objects.get(depth=2)
        Site.objects.all().delete()
        for number, (host, port) in enumerate(rows):
            Site.objects.create(hostname=host, port=port, root_page=root, is_default_site=number == default)
        for host in HOSTS:
            for port in PORTS:
                assert found(host, port) == expected(host, port), (host, port)
        cache.clear()  # which a rolled back example does not do


@pytest.mark.django_db
class TestASiteThatIsNamed:
    """A headless installation often has two: the front end's host, and that of the CMS."""

    API = "/api/massage/v1"

    @pytest.mark.parametrize(("root", "path"), [("home", "/journal/stove/"), ("journal", "/stove/")])
    def test_gives_the_addresses_whoever_asks_and_whoever_asked_before(
        self, client: Client, root: str, path: str
    ) -> None:
        spa = Spa()
        Site.objects.create(hostname="www.example", port=443, root_page=getattr(spa, root))
        article = spa.article(slug="stove")
        address = f"https://www.example{path}"
        for host in ("localhost", "www.example:443"):
            ask = {
                "headers": {"host": host},
                "secure": host != "localhost",
                "query_params": {"site": "www.example:443"},
            }
            item = client.get(f"{self.API}/benefit-lists/{article.pk}/", **ask).json()
            [card] = client.get(f"{self.API}/benefit-lists/", **ask).json()["items"]
            assert [item["html_url"], card["html_url"], item["path"]] == [address, address, path]
        cache.clear()
        named = f"?site=www.example:443&path={path}"
        assert client.get(f"{self.API}/route/{named}").json()["page"]["id"] == article.pk
        sitemap = client.get(f"{self.API}/sitemap/?site=www.example:443").json()["items"]
        assert address in [entry["html_url"] for entry in sitemap]


@pytest.mark.django_db
class TestKeptRows:
    def test_of_before_an_upgrade_are_read_anew(self) -> None:
        find_site(request_to("localhost"))
        fields, rows = cache.get("wagtail_massage:sites")
        cache.set("wagtail_massage:sites", (fields[:-1], [row[:-1] for row in rows]))
        assert find_site(request_to("localhost")).hostname == "localhost"


@pytest.mark.django_db
class TestFindSite:
    def test_asks_the_database_once_for_all_hosts(self, django_assert_num_queries: Any) -> None:
        with django_assert_num_queries(1):
            for host in HOSTS[:4]:
                find_site(request_to(host))
                find_site(request_to("localhost"), host="localhost:80")

    def test_remembers_the_site_where_wagtail_does(self, django_assert_num_queries: Any) -> None:
        request = request_to("localhost")
        site = find_site(request)
        with django_assert_num_queries(0):
            assert Site.find_for_request(request) is site

    def test_takes_the_site_that_wagtail_has_found_before(self) -> None:
        request = request_to("localhost")
        request._wagtail_site = Site(pk=77)
        assert find_site(request).pk == 77

    def test_gives_a_site_with_its_root_page(self) -> None:
        assert find_site(request_to("localhost")).root_page == Page.objects.get(depth=2)

    @pytest.mark.parametrize("host", ["spa.example", "spa.example:443"])
    def test_finds_a_site_by_name(self, host: str) -> None:
        spa = Site.objects.create(hostname="spa.example", port=443, root_page=Page.objects.get(depth=2))
        assert find_site(request_to("localhost"), host=host) == spa

    @pytest.mark.parametrize(
        "host", ["spa.example:80", "spa.example:x", "spa", "", ":80", "spa.example:443:1"]
    )
    def test_takes_no_other_name_for_it(self, host: str) -> None:
        Site.objects.create(hostname="spa.example", port=443, root_page=Page.objects.get(depth=2))
        with pytest.raises(UnknownSite):
            find_site(request_to("localhost"), host=host)


@pytest.mark.django_db
class TestAChangeOfASite:
    """Shows in the next request, by way of the JSON API."""

    @pytest.fixture
    def url(self) -> str:
        blog = Page.objects.get(depth=2).add_child(instance=BlogPage(title="Warm stones", slug="warm-stones"))
        return f"/api/massage/v1/pages/{blog.pk}/comments/"

    @pytest.fixture
    def other(self) -> Site:
        root = Page.objects.get(depth=1).add_child(instance=Page(title="Other", slug="other"))
        return Site.objects.create(hostname="other.example", root_page=root)

    def test_that_is_new(self, client: Client, url: str) -> None:
        assert client.get(url, headers={"host": "other.example"}).status_code == 200  # of the default site
        root = Page.objects.get(depth=1).add_child(instance=Page(title="Other", slug="other"))
        Site.objects.create(hostname="other.example", root_page=root)
        assert client.get(url, headers={"host": "other.example"}).status_code == 404
        assert client.get(url).status_code == 200

    def test_that_is_renamed(self, client: Client, url: str, other: Site) -> None:
        assert client.get(url, headers={"host": "other.example"}).status_code == 404
        other.hostname = "moved.example"
        other.save()
        assert client.get(url, headers={"host": "other.example"}).status_code == 200
        assert client.get(url, headers={"host": "moved.example"}).status_code == 404

    def test_that_is_deleted(self, client: Client, url: str, other: Site) -> None:
        assert client.get(f"{url}?site=other.example").status_code == 404
        assert client.get(url, headers={"host": "other.example"}).status_code == 404
        other.delete()
        assert client.get(url, headers={"host": "other.example"}).status_code == 200

    def test_that_is_rooted_elsewhere(self, client: Client, url: str, other: Site) -> None:
        assert client.get(url, headers={"host": "other.example"}).status_code == 404
        other.root_page = Page.objects.get(slug="warm-stones")
        other.save()
        assert client.get(url, headers={"host": "other.example"}).status_code == 200


@pytest.mark.django_db
class TestARowReadBeforeACommit:
    def test_is_forgotten_with_the_commit(self, django_capture_on_commit_callbacks: Any) -> None:
        site = Site.objects.get()
        with django_capture_on_commit_callbacks(execute=True):
            old = Site.objects.values_list().get(pk=site.pk)
            site.hostname = "moved.example"
            site.save()
            cache.set("wagtail_massage:sites", [old], 60)  # what another process would put there meanwhile
        assert find_site(request_to("moved.example"), host="moved.example") == site


class TestACacheThatIsAway:
    @pytest.mark.parametrize("is_translated", [False, True])
    def test_changes_no_root_path(self, db, settings, is_translated):
        settings.WAGTAIL_I18N_ENABLED = is_translated
        told = Site.get_site_root_paths()
        settings.CACHES = {"default": {"BACKEND": "tests.comments.broken_cache.BrokenCache"}}
        assert root_paths() == told
