"""The lanes of the desk, through the admin."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import Page

from tests.comments.desk import client_of, desk_url, make_user
from tests.projects.blog.models import BlogPage
from wagtail_massage.comments import actions
from wagtail_massage.comments.desk.lanes import LANES
from wagtail_massage.comments.desk.listing import LaneView
from wagtail_massage.comments.drafts import Draft, Origin
from wagtail_massage.comments.models import CommentThread, VisitorComment
from wagtail_massage.comments.states import Status
from wagtail_massage.comments.tokens import TokenState
from wagtail_massage.testing.comments import VisitorCommentFactory

Say = Callable[..., VisitorComment]


@pytest.fixture
def desk(moderator: Any) -> Client:
    return client_of(moderator)


def bodies(response: Any) -> list[str]:
    return [card.comment.body for card in response.context["cards"]]


def counts(response: Any) -> dict[str, int]:
    return {tab.lane.slug: tab.count for tab in response.context["tabs"]}


class TestLanes:
    def test_start_with_what_waits_oldest_first(self, desk: Client, say: Say, publish: Say) -> None:
        publish("Already answered")
        say("The first to wait")
        say("The second to wait")
        response = desk.get(desk_url("index"))
        assert bodies(response) == ["The first to wait", "The second to wait"]

    def test_show_what_was_decided_newest_first(self, desk: Client, publish: Say) -> None:
        publish("Older")
        publish("Newer")
        assert bodies(desk.get(desk_url("lane", "approved"))) == ["Newer", "Older"]

    def test_count_every_status(
        self, desk: Client, say: Say, publish: Say, moderator: Any, now: datetime
    ) -> None:
        publish()
        say(), say()
        actions.reject(say(), by=moderator, now=now)
        actions.mark_spam(say(), by=moderator, now=now)
        actions.remove(say(), by=moderator, now=now)
        expected = {"pending": 2, "approved": 1, "rejected": 1, "spam": 1, "removed": 1, "all": 6}
        expected |= {"reported": 0, "unread": 0, "health": 0}
        assert counts(desk.get(desk_url("index"))) == expected

    def test_tell_of_comments_that_their_authors_have_to_confirm(
        self, desk: Client, page: Page, say: Say
    ) -> None:
        say("Waits for a decision")
        assert desk.get(desk_url("index")).context["parts"] == []
        VisitorCommentFactory(page=page, status=Status.UNCONFIRMED, body="Waits for its author")
        parts = desk.get(desk_url("index")).context["parts"]
        assert [(part.lane.slug, part.count) for part in parts] == [("pending", 1), ("unconfirmed", 1)]
        response = desk.get(parts[1].url)
        assert bodies(response) == ["Waits for its author"]
        assert "have not confirmed their address yet" in response.content.decode()
        assert response.context["tabs"][0].is_current

    def test_mark_the_one_that_is_open(self, desk: Client, say: Say) -> None:
        html = desk.get(desk_url("lane", "spam")).content.decode()
        assert html.count('aria-current="page"') == 1
        assert f'href="{desk_url("lane", "spam")}" aria-current="page"' in html

    def test_say_something_kind_when_all_is_answered(self, desk: Client) -> None:
        assert "All answered: no comment is waiting for you." in desk.get(desk_url("index")).content.decode()

    def test_show_a_text_as_a_whole_unless_it_is_very_long(self, desk: Client, say: Say) -> None:
        say("Warm stones. " * 75 + "The end")
        assert "The end" in (html := desk.get(desk_url("index")).content.decode())
        assert "Read the rest" not in html
        say("Warm stones. " * 80 + "The very end")
        assert "The very end" not in (html := desk.get(desk_url("index")).content.decode())
        assert html.count("Read the rest") == 1

    def test_do_not_exist_under_other_names(self, desk: Client) -> None:
        assert desk.get(desk_url("lane", "banana")).status_code == 404

    def test_tell_what_the_checks_said(self, desk: Client, say: Say) -> None:
        say("x")
        html = desk.get(desk_url("index")).content.decode()
        assert "The text is very short." in html

    def test_answer_the_filter_form_with_results_only(self, desk: Client, say: Say) -> None:
        say("Read me")
        html = desk.get(desk_url("lane_results", "pending"), {"q": "Read"}).content.decode()
        assert "Read me" in html
        assert "<html" not in html

    def test_cannot_be_asked_for_a_page_that_breaks_them(self, desk: Client, say: Say) -> None:
        say("Still here")
        for number in ("0", "-1", "99999999999999999999", "x", "\x00"):
            assert bodies(desk.get(desk_url("index"), {"p": number})) == ["Still here"]


class TestFilters:
    def test_keep_a_page_and_what_lies_below_it(self, desk: Client, home: Page, page: Page, say: Say) -> None:
        child = page.add_child(instance=BlogPage(title="Below", slug="below"))
        other = home.add_child(instance=BlogPage(title="Other", slug="other"))
        say("On the page"), say("Below it", page=child), say("Elsewhere", page=other)
        response = desk.get(desk_url("index"), {"page": page.pk})
        assert bodies(response) == ["On the page", "Below it"]
        assert counts(response)["pending"] == 2

    def test_keep_an_age(self, desk: Client, say: Say, page: Page) -> None:
        say("From long ago")
        fresh = Draft(body="From today", author_name="Ida")
        origin = Origin(address="192.0.2.9", token=TokenState.GOOD)
        now = timezone.now() - timedelta(hours=1)
        actions.submit(page=page, draft=fresh, origin=origin, now=now)
        assert bodies(desk.get(desk_url("index"), {"age": "day"})) == ["From today"]
        assert bodies(desk.get(desk_url("index"), {"age": "older"})) == ["From long ago"]

    def test_search_names_and_texts(self, desk: Client, say: Say) -> None:
        say("About the knee", author_name="Wren A."), say("About the hand", author_name="Tilda")
        assert bodies(desk.get(desk_url("index"), {"q": "knee"})) == ["About the knee"]
        assert bodies(desk.get(desk_url("index"), {"q": "tilda"})) == ["About the hand"]

    def test_stay_when_the_lane_changes(self, desk: Client, page: Page, say: Say) -> None:
        say("Something")
        response = desk.get(desk_url("index"), {"page": page.pk, "p": "1"})
        tab = next(tab for tab in response.context["tabs"] if tab.lane.slug == "spam")
        assert tab.url == f"{desk_url('lane', 'spam')}?page={page.pk}"

    def test_do_not_name_pages_out_of_scope(self, home: Page, page: Page) -> None:
        secret = home.add_child(instance=BlogPage(title="Secret plans", slug="secret"))
        client = client_of(make_user("sue", moderates=page))
        html = client.get(desk_url("index"), {"page": secret.pk}).content.decode()
        assert "Secret plans" not in html

    @pytest.mark.parametrize("wanted", ["abc", "-1", "9" * 30, "٣", "1 OR 1=1", "\x00"])
    def test_ignore_what_is_no_page(self, desk: Client, say: Say, wanted: str) -> None:
        say("Still here")
        response = desk.get(desk_url("index"), {"page": wanted})
        assert bodies(response) == ["Still here"]


class TestHostileText:
    MARKUP = '<script>alert(1)</script><img src=x onerror="alert(2)">'

    def test_stays_text_in_every_view(self, desk: Client, say: Say) -> None:
        comment = say(f"{self.MARKUP} http://bad.example/ https://worse.example/", author_name="<b>Bo</b>")
        for url in (desk_url("lane", "all"), desk_url("inspect", comment.pk)):
            html = desk.get(url).content.decode()
            assert "<script>alert(1)" not in html
            assert "<img src=x" not in html
            assert "<b>Bo</b>" not in html
            assert "&lt;script&gt;alert(1)" in html
            assert 'href="http://bad.example' not in html
            assert 'href="https://worse.example' not in html

    def test_stays_text_in_messages(self, desk: Client, say: Say) -> None:
        comment = say("Fine", author_name="<b>Bo</b>")
        posted = {"verb": "approve", "status": comment.status, "version": comment.version}
        html = desk.post(desk_url("decide", comment.pk), posted, follow=True).content.decode()
        assert "The comment by &lt;b&gt;Bo&lt;/b&gt; is approved." in html
        assert "<b>Bo</b>" not in html

    def test_stays_text_in_page_titles(self, desk: Client, home: Page, say: Say) -> None:
        page = home.add_child(instance=BlogPage(title="<i>Slanted</i>", slug="slanted"))
        comment = say("Fine", page=page)
        for url in (
            desk_url("index"),
            desk_url("inspect", comment.pk),
            desk_url("policy", page.pk),
            desk_url("index") + f"?page={page.pk}",
        ):
            assert "<i>Slanted</i>" not in desk.get(url).content.decode()


def ours(queries: Any) -> list[str]:
    """Return the queries that read tables of ours; the rest is what Wagtail asks for any page of its admin."""
    return [query["sql"] for query in queries.captured_queries if "wagtail_massage" in query["sql"]]


@pytest.mark.contract
class TestQueries:
    def _fill(self, say: Say, count: int) -> None:
        for number in range(count):
            say(f"Number {number}, with http://one.example and http://two.example and http://three.example")

    @pytest.mark.parametrize(("kind", "limit", "own"), [("superuser", 10, 3), ("moderator", 12, 4)])
    def test_are_as_many_for_twenty_rows_as_for_fifty(
        self,
        kind: str,
        limit: int,
        own: int,
        moderator: Any,
        page: Page,
        say: Say,
        monkeypatch: pytest.MonkeyPatch,
        django_assert_max_num_queries: Any,
    ) -> None:
        client = client_of(moderator if kind == "superuser" else make_user("sue", moderates=page))
        self._fill(say, 50)
        client.get(desk_url("index"))  # fills the caches of sites and content types
        for rows in (20, 50):
            monkeypatch.setattr(LaneView, "paginate_by", rows)
            with django_assert_max_num_queries(limit) as queries:
                response = client.get(desk_url("index"))
            assert len(bodies(response)) == rows
            assert len(ours(queries)) == own

    def test_count_comments_only_where_an_index_leads_to_few(
        self, moderator: Any, say: Say, django_assert_max_num_queries: Any
    ) -> None:
        client = client_of(moderator)
        self._fill(say, 3)
        with django_assert_max_num_queries(20) as queries:
            client.get(desk_url("index"))
        (counting,) = [sql for sql in ours(queries) if "COUNT(" in sql]
        assert "GROUP BY" not in counting
        parts = [part.upper().replace("`", '"') for part in counting.split("UNION ALL")]
        on_comments = [part for part in parts if "VISITORCOMMENT" in part and "HEALTHQUESTION" not in part]
        assert len(on_comments) == 2
        assert all('"REPORT_COUNT" > ' in sql or '"REVIEWED_AT" IS NULL' in sql for sql in on_comments)

    def test_ask_for_reports_where_there_are_any(
        self, desk: Client, publish: Say, now: datetime, django_assert_max_num_queries: Any
    ) -> None:
        comment = publish()
        comment.reports.create(reporter_key="a", reason="SPAM", created_at=now)
        VisitorComment.objects.filter(pk=comment.pk).update(report_count=1)
        with django_assert_max_num_queries(20) as queries:
            html = desk.get(desk_url("lane", "reported")).content.decode()
        assert "What visitors reported" in html
        assert (
            sum("commentreport" in sql for sql in ours(queries)) == 2
        )  # one orders the list, one tells what


class TestMenu:
    def test_counts_what_waits(self, desk: Client, say: Say) -> None:
        say(), say()
        assert "Comments (2)" in desk.get("/admin/").content.decode()

    def test_has_no_number_when_nothing_waits(self, desk: Client, publish: Say) -> None:
        publish()
        html = desk.get("/admin/").content.decode()
        assert desk_url("index") in html
        assert "Comments (" not in html

    def test_counts_only_what_the_user_may_decide(self, home: Page, page: Page, say: Say) -> None:
        other = home.add_child(instance=BlogPage(title="Other", slug="other"))
        say(page=page), say(page=other), say(page=other)
        client = client_of(make_user("sue", moderates=page))
        assert "Comments (1)" in client.get("/admin/").content.decode()

    def test_is_hidden_from_those_who_moderate_nothing(self, page: Page) -> None:
        client = client_of(make_user("ed", edits=page))
        assert desk_url("index") not in client.get("/admin/").content.decode()

    def test_can_do_without_the_number(self, desk: Client, say: Say, settings: Any) -> None:
        settings.WAGTAIL_MASSAGE_COMMENTS_MENU_COUNT = False
        say()
        assert "Comments (" not in desk.get("/admin/").content.decode()

    def test_stays_short_with_many(self, desk: Client, say: Say, page: Page) -> None:
        say()
        CommentThread.objects.update(pending_count=1234)
        assert "Comments (99+)" in desk.get("/admin/").content.decode()

    def test_names_the_status_words(self) -> None:
        covered = {status for lane in LANES.values() for status in lane.statuses}
        assert covered == set(Status)
