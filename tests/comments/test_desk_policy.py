"""Comments on one page: the policy, changed at once from the page's header or the desk."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import Page, PageLogEntry

from tests.comments.desk import client_of, desk_url, make_user
from tests.projects.blog.models import BlogPage, PlainPage
from wagtail_massage.comments.models import CommentThread
from wagtail_massage.comments.policies import policy_in_force
from wagtail_massage.comments.states import Policy


@pytest.fixture
def sue(page: Page) -> Client:
    """Moderates the page and what is below it; may edit nothing."""
    return client_of(make_user("sue", moderates=page))


class TestPolicyView:
    @pytest.mark.parametrize("policy", Policy.values)
    def test_changes_the_policy_at_once(self, sue: Client, page: Page, policy: str) -> None:
        response = sue.post(desk_url("policy", page.pk), {"policy": policy})
        assert response.status_code == 302
        assert policy_in_force(page, now=timezone.now()).chosen == policy

    def test_is_open_to_whoever_moderates_above(self, sue: Client, page: Page) -> None:
        child = page.add_child(instance=BlogPage(title="Below", slug="below"))
        assert sue.get(desk_url("policy", child.pk)).status_code == 200

    def test_does_not_know_pages_out_of_scope(self, sue: Client, home: Page) -> None:
        other = home.add_child(instance=BlogPage(title="Other", slug="other"))
        assert sue.get(desk_url("policy", other.pk)).status_code == 404
        assert sue.post(desk_url("policy", other.pk), {"policy": "OFF"}).status_code == 404
        assert not CommentThread.objects.exists()

    def test_does_not_know_pages_that_take_no_comments(self, sue: Client, page: Page) -> None:
        plain = page.add_child(instance=PlainPage(title="Plain", slug="plain"))
        assert sue.get(desk_url("policy", plain.pk)).status_code == 404
        assert sue.post(desk_url("policy", plain.pk), {"policy": "OFF"}).status_code == 404

    def test_opens_no_thread_by_being_looked_at(self, sue: Client, page: Page) -> None:
        html = sue.get(desk_url("policy", page.pk)).content.decode()
        assert "Nobody has chosen for this page, so the setting of the site applies." in html
        assert not CommentThread.objects.exists()

    def test_refuses_a_policy_that_does_not_exist(self, sue: Client, page: Page) -> None:
        response = sue.post(desk_url("policy", page.pk), {"policy": "BANANA"})
        assert "BANANA is not one of the available choices" in response.content.decode()
        assert not CommentThread.objects.exists()

    def test_counts_and_leads_to_the_desk(self, sue: Client, page: Page, say: Any, publish: Any) -> None:
        say(), say(), publish()
        response = sue.get(desk_url("policy", page.pk))
        counts = {str(lane["label"]): lane["count"] for lane in response.context["lanes"]}
        assert (counts["Pending"], counts["Approved"], counts["Unread"]) == (2, 1, 0)
        assert f'href="{desk_url("lane", "pending")}?page={page.pk}"' in response.content.decode()

    def test_of_an_alias_is_that_of_its_source(self, moderator: Any, page: Page, home: Page) -> None:
        alias = page.specific.create_alias(parent=home, update_slug="warm-stones-again")
        client_of(moderator).post(desk_url("policy", alias.pk), {"policy": "CLOSED"})
        assert policy_in_force(page, now=timezone.now()).chosen == "CLOSED"

    def test_stands_in_the_history_of_the_page_and_the_site(
        self, sue: Client, page: Page, moderator: Any
    ) -> None:
        sue.post(desk_url("policy", page.pk), {"policy": "CLOSED"})
        entry = PageLogEntry.objects.get(action="wagtail_massage_comments.set_policy")
        assert entry.data == {"from": "PRE", "to": "CLOSED"}
        report = client_of(moderator).get("/admin/reports/site-history/").content.decode()
        assert "Comment policy changed" in report


class TestPageHeader:
    @pytest.mark.parametrize("url", ["/admin/pages/{}/edit/", "/admin/pages/{}/"])
    def test_leads_moderators_to_the_policy(self, moderator: Any, page: Page, url: str) -> None:
        html = client_of(moderator).get(url.format(page.pk)).content.decode()
        assert f'href="{desk_url("policy", page.pk)}"' in html

    def test_offers_nothing_where_no_comments_are_taken(self, moderator: Any, home: Page) -> None:
        plain = home.add_child(instance=PlainPage(title="Plain", slug="plain"))
        html = client_of(moderator).get(f"/admin/pages/{plain.pk}/edit/").content.decode()
        assert desk_url("policy", plain.pk) not in html

    def test_offers_nothing_to_editors_who_do_not_moderate(self, page: Page) -> None:
        html = client_of(make_user("ed", edits=page)).get(f"/admin/pages/{page.pk}/edit/").content.decode()
        assert "data-edit-form" in html
        assert desk_url("policy", page.pk) not in html


class TestSiteHistory:
    def test_names_decisions_in_words_and_links_to_the_comment(self, moderator: Any, publish: Any) -> None:
        comment = publish("Something personal", author_name="Tilda")
        html = client_of(moderator).get("/admin/reports/site-history/").content.decode()
        assert "Comment approved" in html
        assert f'href="{desk_url("inspect", comment.pk)}"' in html
        assert "Something personal" not in html
        assert "Tilda" not in html
