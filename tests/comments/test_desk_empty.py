"""What an empty lane says, and what is not offered because it would be refused."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import Page

from tests.comments.desk import client_of, desk_url, html_of, make_user
from tests.projects.blog.models import BlogPage
from wagtail_massage.comments import actions
from wagtail_massage.comments.drafts import Draft, Origin
from wagtail_massage.comments.models import VisitorComment
from wagtail_massage.comments.states import ReportReason
from wagtail_massage.comments.tokens import TokenState


@pytest.fixture
def sue(page: Page) -> Client:
    """Moderates the page, and nothing else."""
    return client_of(make_user("sue", moderates=page))


@pytest.fixture
def wait(page: Page, moderator: Any) -> Any:
    """Return a function that has a comment wait for some hours, and decides on it `ago` hours before now."""

    def run(hours: int, *, ago: float, on: Page = page, verb: str = "approve") -> VisitorComment:
        decided_at = timezone.now() - timedelta(hours=ago)
        draft = Draft(body=f"{hours} {ago}", author_name="Ida")
        origin = Origin(address="192.0.2.7", token=TokenState.GOOD)
        written_at = decided_at - timedelta(hours=hours)
        comment = actions.submit(page=on, draft=draft, origin=origin, now=written_at).comment
        return getattr(actions, verb)(comment, by=moderator, now=decided_at)

    return run


def said(client: Client, lane: str = "pending", query: str = "") -> str:
    return html_of(client.get(desk_url("lane", lane) + query))


class TestAnEmptyLane:
    def test_tells_how_long_the_oldest_of_a_day_waited(self, sue, wait):
        wait(3, ago=1), wait(1, ago=2, verb="reject"), wait(40, ago=30)
        assert "All answered. The oldest of the last 24 hours waited 3 h." in said(sue)

    def test_tells_of_the_week_when_the_last_day_had_nothing(self, sue, wait):
        wait(72, ago=30), wait(240, ago=24 * 8)
        assert "All answered. The oldest of the last 7 days waited 3 days." in said(sue)

    def test_tells_nothing_of_other_sections_and_of_long_ago(self, sue, wait, home):
        other = home.add_child(instance=BlogPage(title="Elsewhere", slug="elsewhere"))
        wait(3, ago=1, on=Page.objects.get(pk=other.pk)), wait(5, ago=24 * 8)
        assert "All answered: no comment is waiting for you." in said(sue)

    def test_is_not_claimed_of_a_lane_that_is_narrowed(self, sue, wait):
        wait(3, ago=1)
        html = said(sue, query="?age=day")
        assert "All answered" not in html
        assert "Nothing here matches these filters." in html
        assert f'href="{desk_url("lane", "pending")}"' in html

    def test_costs_one_query_more_than_one_with_comments(self, sue, wait, say, django_assert_max_num_queries):
        wait(3, ago=1)
        sue.get(desk_url("index"))
        with django_assert_max_num_queries(14):
            sue.get(desk_url("index"))


class TestRestore:
    def offered(self, client: Client, comment: VisitorComment) -> list[set[str]]:
        """Return the verbs on the comment's page, in the lane, and in its JSON."""
        page = client.get(desk_url("inspect", comment.pk)).context["choices"]
        (card,) = client.get(desk_url("lane", "removed")).context["cards"]
        (item,) = client.get(desk_url("cards", "removed")).json()["items"]
        return [{one.verb for one in page}, {one.verb for one in card.choices}, set(item["verbs"])]

    def test_is_offered_where_a_moderator_removed(self, sue, say, moderator, now):
        comment = actions.remove(say(), by=moderator, now=now)
        assert all("restore" in verbs for verbs in self.offered(sue, comment))

    def test_is_not_offered_where_the_author_withdrew(self, sue, say, now):
        comment = actions.withdraw(say(), now=now)
        assert not any("restore" in verbs for verbs in self.offered(sue, comment))


class TestReported:
    def test_who_was_reported_first_comes_first(self, sue, publish, now):
        first, second = publish("Written first."), publish("Written second.")
        origin = Origin(address="192.0.2.9")
        actions.report(second, reason=ReportReason.SPAM, origin=origin, now=now)
        actions.report(first, reason=ReportReason.SPAM, origin=origin, now=now + timedelta(hours=1))
        cards = sue.get(desk_url("lane", "reported")).context["cards"]
        assert [card.comment.body for card in cards] == ["Written second.", "Written first."]
