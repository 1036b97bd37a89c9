"""JSON in a cache that is purged by address: forgotten when its page is published, moved or withdrawn."""

from __future__ import annotations

from functools import partial
from urllib.parse import quote

import pytest
from wagtail.models import PageViewRestriction

API = "/api/massage/v1"


def route(path: str) -> set[str]:
    """Return the addresses at which a path is looked up: as people write it, and as programs do."""
    return {f"{API}/route/?path={path}", f"{API}/route/?path={path.replace('/', '%2F')}"}


class TestAPage:
    def test_that_is_published_is_forgotten_with_its_list(self, spa, purged):
        article = spa.article(slug="stove")
        assert purged(lambda: article.save_revision().publish()) == {
            f"{API}/benefit-lists/{article.pk}/",
            f"{API}/benefit-lists/",
            f"{API}/sitemap/",
            *route("/journal/stove/"),
        }

    def test_that_is_withdrawn_is_forgotten(self, spa, purged):
        legs = spa.treatment(slug="legs")
        assert purged(legs.unpublish) >= {f"{API}/treatments/{legs.pk}/", *route("/treatments/legs/")}

    def test_that_is_deleted_is_forgotten(self, spa, purged):
        legs = spa.treatment(slug="legs")
        assert purged(legs.delete) >= {f"{API}/treatments/{legs.pk}/", *route("/treatments/legs/")}

    def test_that_moves_is_forgotten_at_its_old_path_and_its_new_one(self, spa, purged):
        article = spa.article(slug="stove")
        paths = purged(lambda: article.move(spa.home, pos="last-child"))
        assert paths >= route("/journal/stove/") | route("/stove/")

    def test_whose_slug_changes_is_forgotten_at_both(self, spa, purged):
        article = spa.article(slug="stove")
        article.slug = "oven"
        assert purged(lambda: article.save_revision().publish()) >= route("/journal/stove/") | route(
            "/journal/oven/"
        )

    def test_of_another_type_is_found_by_its_path(self, spa, purged):
        assert purged(lambda: spa.journal.save_revision().publish()) >= route("/journal/")

    @pytest.mark.parametrize("safe", ["/", ""])
    def test_with_letters_of_any_script_is_forgotten_as_it_is_asked_for(self, spa, purged, client, safe):
        article = spa.article(slug="détente")
        asked = f"{API}/route/?path={quote('/journal/détente/', safe=safe)}"
        assert client.get(asked).status_code == 200
        assert asked in purged(lambda: article.save_revision().publish())

    def test_below_a_section_with_another_slug_is_forgotten_at_both_paths(self, spa, purged):
        spa.article(slug="stove")
        spa.journal.slug = "notes"
        paths = purged(lambda: spa.journal.save_revision().publish())
        assert paths >= route("/journal/stove/") | route("/notes/stove/")

    def test_that_is_hidden_or_below_one_that_is_is_forgotten(self, spa, purged):
        article = spa.article(slug="stove")
        for page in (article, spa.journal):
            hide = partial(PageViewRestriction.objects.create, page=page, restriction_type="login")
            assert purged(hide) >= {f"{API}/benefit-lists/{article.pk}/", *route("/journal/stove/")}

    def test_is_published_while_the_cache_is_away(self, spa, purged, settings):
        article = spa.article(slug="stove")
        broken = {"BACKEND": "tests.comments.broken_cache.BrokenCache"}
        settings.CACHES = {**settings.CACHES, "default": broken}
        assert f"{API}/benefit-lists/{article.pk}/" in purged(lambda: article.save_revision().publish())


class TestADraft:
    def test_changes_nothing(self, spa, purged):
        article = spa.article(slug="stove")
        article.title = "Other"
        assert purged(article.save_revision) == set()
