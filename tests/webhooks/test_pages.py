"""What pages tell: in the transaction in which they change, with old and new paths, and nothing that is not public."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction, Site

from tests.projects.blog.models import BlogPage
from wagtail_massage.testing.webhooks import WebhookEndpointFactory
from wagtail_massage.webhooks import page_events
from wagtail_massage.webhooks.models import WebhookDelivery, WebhookEndpoint, WebhookEvent

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _listening(page, told):
    WebhookEndpointFactory()


def publish(page):
    page.save_revision().publish()
    page.refresh_from_db()


class TestPublishing:
    def test_tells_the_page_its_path_its_site_and_its_tags(self, page, told):
        publish(page)
        (message,) = told()
        assert message["timestamp"]
        del message["timestamp"]
        assert message == {
            "type": "page.published",
            "tags": [f"massage-page-{page.pk}", f"massage-comments-{page.pk}", "massage-sitemap"],
            "paths": ["/warm-stones/"],
            "site": "localhost",
            "locale": "en",
            "data": {"page": page.pk},
        }

    def test_tells_a_new_page_that_is_live(self, home, told):
        home.add_child(instance=BlogPage(title="Oils", slug="oils"))
        assert [(one["type"], one["paths"]) for one in told()] == [("page.published", ["/oils/"])]

    def test_says_nothing_of_drafts(self, home, page, told):
        home.add_child(instance=BlogPage(title="Oils", slug="oils", live=False))
        page.title = "Warmer stones"
        page.save_revision()
        page.save()
        assert told() == []

    def test_says_nothing_of_a_private_page(self, home, page, told):
        restriction = PageViewRestriction.objects.create(page=home, restriction_type="login")
        told()
        publish(page)
        assert told() == []
        restriction.delete()
        assert [one["type"] for one in told()] == ["page.access_changed"]

    def test_names_the_lists_in_which_a_page_stands(self, home, told):
        from wagtail_massage.testing.pages import TreatmentIndexPageFactory, TreatmentPageFactory

        treatment = TreatmentPageFactory(parent=TreatmentIndexPageFactory(parent=home), slug="stones")
        message = told()[-1]
        assert "massage-list-treatments" in message["tags"]
        assert message["data"] == {"page": treatment.pk}

    def test_leaves_nothing_where_the_change_is_rolled_back(self, page, told):
        class Stop(Exception):
            pass

        with pytest.raises(Stop), transaction.atomic():
            publish(page)
            assert WebhookDelivery.objects.count() == 1
            raise Stop
        assert not WebhookEvent.objects.exists()

    def test_fails_with_the_outbox(self, page, monkeypatch):
        """The event and the change are there together, or neither is."""

        def fail(*args, **kwargs):
            raise RuntimeError("no room")

        monkeypatch.setattr(WebhookDelivery.objects, "bulk_create", fail)
        page.title = "Warmer stones"
        with pytest.raises(RuntimeError, match="no room"), transaction.atomic():
            publish(page)
        assert Page.objects.get(pk=page.pk).title == "Warm stones"


class TestUnpublishing:
    def test_tells_the_path_that_is_gone(self, page, told):
        page.unpublish()
        assert [(one["type"], one["paths"]) for one in told()] == [("page.unpublished", ["/warm-stones/"])]

    def test_is_told_of_each_live_page_that_is_deleted(self, page, told):
        page.add_child(instance=BlogPage(title="Basalt", slug="basalt"))
        page.add_child(instance=BlogPage(title="Draft", slug="draft", live=False))
        told()
        Page.objects.get(pk=page.pk).delete()
        messages = told()
        assert {one["type"] for one in messages} == {"page.unpublished"}
        assert sorted(one["paths"][0] for one in messages) == ["/warm-stones/", "/warm-stones/basalt/"]

    def test_is_told_once(self, page, told):
        page.unpublish()
        told()
        page.delete()
        assert told() == []


class TestMoving:
    @pytest.fixture
    def child(self, page):
        return page.add_child(instance=BlogPage(title="Basalt", slug="basalt"))

    def test_tells_the_old_and_the_new_paths_of_all_below(self, home, page, child, told):
        shelf = home.add_child(instance=BlogPage(title="Shelf", slug="shelf"))
        told()
        page.move(shelf, pos="last-child")
        (message,) = told()
        assert message["type"] == "page.moved"
        assert message["paths"] == [
            "/warm-stones/",
            "/shelf/warm-stones/",
            "/warm-stones/basalt/",
            "/shelf/warm-stones/basalt/",
        ]
        assert {f"massage-page-{page.pk}", f"massage-page-{child.pk}"} < set(message["tags"])
        assert message["data"] == {"page": page.pk, "is_complete": True}

    def test_to_another_site_is_told_to_both(self, home, page, told):
        root = Page.objects.get(depth=1)
        other = root.add_child(instance=BlogPage(title="Other", slug="other"))
        Site.objects.create(hostname="other.example", port=8001, root_page=other)
        told()
        page.move(other, pos="last-child")
        assert [(one["site"], one["paths"]) for one in told()] == [
            ("localhost", ["/warm-stones/"]),
            ("other.example:8001", ["/warm-stones/"]),
        ]

    def test_in_order_only_is_not_told(self, home, page, told):
        home.add_child(instance=BlogPage(title="Shelf", slug="shelf"))
        told()
        page.move(home, pos="last-child")
        assert told() == []

    def test_names_no_more_pages_than_it_should(self, home, page, told, monkeypatch):
        monkeypatch.setattr(page_events, "MOST", 2)
        for number in range(3):
            page.add_child(instance=BlogPage(title=f"Stone {number}", slug=f"stone-{number}"))
        shelf = home.add_child(instance=BlogPage(title="Shelf", slug="shelf"))
        told()
        page.move(shelf, pos="last-child")
        (message,) = told()
        assert message["data"]["is_complete"] is False
        assert len(message["paths"]) == 6

    def test_of_a_draft_is_told_only_of_live_pages_below(self, home, page, child, told):
        page.unpublish()
        shelf = home.add_child(instance=BlogPage(title="Shelf", slug="shelf"))
        told()
        page.move(shelf, pos="last-child")
        (message,) = told()
        assert message["paths"] == ["/warm-stones/basalt/", "/shelf/warm-stones/basalt/"]

    def test_by_another_slug_is_told_with_both_paths(self, page, child, told):
        told()
        page.slug = "hot-stones"
        publish(page)
        renamed, published = told()
        assert renamed["type"] == "page.slug_changed"
        assert renamed["paths"] == [
            "/warm-stones/",
            "/hot-stones/",
            "/warm-stones/basalt/",
            "/hot-stones/basalt/",
        ]
        assert (published["type"], published["paths"]) == ("page.published", ["/hot-stones/"])

    def test_says_nothing_of_a_slug_that_is_still_a_draft(self, page, told):
        page.slug = "hot-stones"
        page.save_revision()
        assert told() == []


class TestAccess:
    def test_is_told_of_the_page_and_all_below(self, page, told):
        page.add_child(instance=BlogPage(title="Basalt", slug="basalt"))
        told()
        restriction = PageViewRestriction.objects.create(page=page, restriction_type="groups")
        restriction.groups.add(Group.objects.create(name="Members"))
        (message,) = told()
        assert message["type"] == "page.access_changed"
        assert message["paths"] == ["/warm-stones/", "/warm-stones/basalt/"]


class TestEndpoints:
    def test_are_told_only_what_they_asked_for(self, page, told):
        WebhookEndpoint.objects.update(events=["page.moved"])
        publish(page)
        assert told() == []

    def test_are_told_only_of_their_site(self, page, told):
        other = Page.objects.get(depth=1).add_child(instance=BlogPage(title="Other", slug="other"))
        site = Site.objects.create(hostname="other.example", root_page=other)
        WebhookEndpoint.objects.update(site=site)
        told()
        publish(page)
        assert told() == []
        WebhookEndpoint.objects.update(site=Site.objects.get(is_default_site=True))
        publish(page)
        assert len(told()) == 1

    def test_that_are_off_are_told_nothing(self, page, told):
        WebhookEndpoint.objects.update(is_active=False)
        publish(page)
        assert told() == []

    def test_that_are_not_there_cost_nothing(self, page, django_assert_num_queries):
        WebhookEndpoint.objects.all().delete()
        cache.clear()
        page_events.remember(BlogPage, page)  # from now on it is known
        with django_assert_num_queries(0):
            page_events.remember(BlogPage, page)
            page_events.note_save(BlogPage, page)

    def test_are_told_at_once_when_there_was_none_before(self, page, told):
        WebhookEndpoint.objects.all().delete()
        cache.clear()
        publish(page)
        assert told() == []
        WebhookEndpointFactory()
        publish(page)
        assert len(told()) == 1

    def test_are_told_while_the_cache_is_away(self, page, told, settings):
        settings.CACHES = {"default": {"BACKEND": "tests.comments.broken_cache.BrokenCache"}}
        page_events.remember(BlogPage, page)
        page.last_published_at = timezone.now()
        page_events.note_save(BlogPage, page)
        assert len(told()) == 1
