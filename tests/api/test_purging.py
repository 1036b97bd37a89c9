"""JSON in a cache that is purged by address: forgotten when its page is published, moved or withdrawn."""

from __future__ import annotations

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


class TestADraft:
    def test_changes_nothing(self, spa, purged):
        article = spa.article(slug="stove")
        article.title = "Other"
        assert purged(article.save_revision) == set()
