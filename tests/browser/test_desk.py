"""The desk by mouse: decisions, undo, a colleague who is faster, ten thousand at once, and text that is only text."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone

from tests.comments.counts import assert_true_counts
from tests.comments.desk import desk_url
from wagtail_massage.comments import actions
from wagtail_massage.comments.models import CommentThread, VisitorComment
from wagtail_massage.comments.paths import make_path
from wagtail_massage.comments.states import Status
from wagtail_massage.testing.comments import VisitorCommentFactory

MANY = 10_000


def waiting(page: Any, name: str, **values: Any) -> VisitorComment:
    return VisitorCommentFactory(page=page, status=Status.PENDING, author_name=name, **values)


def status_of(comment: VisitorComment) -> str:
    return VisitorComment.objects.get(pk=comment.pk).status


def said(desk: Any, text: str) -> None:
    desk.locator("#massage-toast [role=status]", has_text=text).wait_for()


@pytest.fixture
def colleague(visit: Any) -> Any:
    """A second moderator, before a browser of her own."""
    return visit(
        get_user_model().objects.create_superuser("ada", "ada@example.com", "secret", first_name="Ada")
    )


class TestButtons:
    def test_decide_where_the_moderator_is(self, desk, page):
        comment = waiting(page, "Wren A.")
        desk.goto(desk_url("index"))
        desk.get_by_role("button", name="Approve the comment by Wren A.").click()
        said(desk, "The comment by Wren A. is approved.")
        assert status_of(comment) == Status.APPROVED
        desk.locator("[data-lane-count=approved]", has_text="1").wait_for()

    def test_decide_once_when_they_are_double_clicked(self, desk, page):
        _first, second = waiting(page, "Wren A."), waiting(page, "Bo")
        desk.goto(desk_url("index"))
        box = desk.get_by_role("button", name="Approve the comment by Wren A.").bounding_box()
        desk.mouse.move(box["x"] + 5, box["y"] + 5)
        desk.mouse.down(), desk.mouse.up()
        desk.locator("article", has_text="Wren A.").wait_for(state="detached")
        desk.mouse.down(click_count=2), desk.mouse.up(click_count=2)
        desk.keyboard.type("jx")  # what comes after it is heard
        said(desk, "Chosen")
        assert status_of(second) == Status.PENDING

    def test_show_what_became_of_a_comment_that_stays_in_the_list(self, desk, page):
        waiting(page, "Wren A.")
        desk.goto(desk_url("lane", "all"))
        desk.get_by_role("button", name="Approve the comment by Wren A.").click()
        desk.get_by_role("button", name="Hide the comment by Wren A.").wait_for()
        assert desk.locator("article .w-status", has_text="Approved").count() == 1

    def test_work_without_a_script(self, visit, moderator, page):
        comment = waiting(page, "Wren A.")
        plain = visit(moderator, java_script_enabled=False)
        plain.goto(desk_url("index"))
        plain.locator("article button[value=approve]").click()
        plain.get_by_text("The comment by Wren A. is approved.").wait_for()
        assert status_of(comment) == Status.APPROVED

    def test_lead_back_to_the_list_by_way_of_the_login_when_the_session_is_over(self, desk, page):
        comment = waiting(page, "Wren A.")
        desk.goto(desk_url("index"))
        desk.context.clear_cookies(name="sessionid")
        desk.get_by_role("button", name="Approve the comment by Wren A.").click()
        desk.wait_for_url(f"**/login/?next={desk_url('index')}")
        assert status_of(comment) == Status.PENDING

    def test_say_so_when_the_site_does_not_answer(self, desk, page):
        comment = waiting(page, "Wren A.")
        desk.goto(desk_url("index"))
        desk.route("**/decide/", lambda route: route.abort())
        button = desk.get_by_role("button", name="Approve the comment by Wren A.")
        button.click()
        said(desk, "nobody knows whether it was saved")
        desk.unroute("**/decide/")
        button.click()
        said(desk, "The comment by Wren A. is approved.")
        assert status_of(comment) == Status.APPROVED


class TestCounts:
    def test_follow_each_decision(self, desk, page):
        waiting(page, "Wren A."), waiting(page, "Bo")
        desk.goto(desk_url("index"))
        desk.get_by_role("link", name="Comments (2)").wait_for()
        desk.get_by_role("button", name="Approve the comment by Wren A.").click()
        desk.locator("[data-lane-count=pending]", has_text="1").wait_for()
        desk.get_by_role("link", name="Comments (1)").wait_for()

    def test_follow_what_comes_in_while_the_desk_is_open(self, desk, page):
        waiting(page, "Wren A.")
        desk.clock.install()
        desk.goto(desk_url("index"))
        desk.get_by_role("link", name="Comments (1)").wait_for()
        waiting(page, "Bo"), waiting(page, "Ida")
        desk.clock.run_for(31_000)
        desk.locator("[data-lane-count=pending]", has_text="3").wait_for()
        desk.get_by_role("link", name="Comments (3)").wait_for()


class TestUndo:
    def test_puts_a_comment_back_where_it_was(self, desk, page):
        first, second, third = (waiting(page, name) for name in ("Ida", "Bo", "Tilda"))
        desk.goto(desk_url("index"))
        desk.get_by_role("button", name="Approve the comment by Bo").click()
        desk.get_by_role("button", name="Undo", exact=True).click()
        said(desk, "Taken back: the comment by Bo is “Pending” again.")
        assert desk.locator(".massage-lane h3").all_inner_texts() == ["Ida", "Bo", "Tilda"]
        assert {status_of(comment) for comment in (first, second, third)} == {Status.PENDING}

    def test_waits_for_the_answer_of_the_decision_that_it_takes_back(self, desk, page):
        first, second = waiting(page, "Ida"), waiting(page, "Bo")
        desk.goto(desk_url("index"))
        desk.get_by_role("button", name="Approve the comment by Ida").click()
        said(desk, "The comment by Ida is approved.")
        desk.route("**/decide/", lambda route: desk.keyboard.press("u") or route.continue_())
        desk.get_by_role("button", name="Approve the comment by Bo").click()
        said(desk, "Taken back: the comment by Bo is “Pending” again.")
        assert (status_of(first), status_of(second)) == (Status.APPROVED, Status.PENDING)

    def test_is_offered_for_ten_seconds_and_in_the_history_afterwards(self, desk, page):
        comment = waiting(page, "Wren A.")
        desk.clock.install()
        desk.goto(desk_url("index"))
        desk.get_by_role("button", name="Approve the comment by Wren A.").click()
        undo = desk.get_by_role("button", name="Undo", exact=True)
        undo.wait_for()
        desk.mouse.move(0, 0)
        desk.clock.run_for(9_000)
        assert undo.is_visible()
        desk.clock.run_for(2_000)
        undo.wait_for(state="hidden")
        desk.goto(desk_url("inspect", comment.pk))
        desk.get_by_role("button", name="Take back “Approved”").click()
        desk.get_by_text("Taken back: the comment by Wren A. is “Pending” again.").wait_for()
        assert status_of(comment) == Status.PENDING


class TestTwoModerators:
    def test_are_told_who_was_faster_and_what_was_decided(self, desk, colleague, page):
        comment = waiting(page, "Wren A.")
        waiting(page, "Bo")
        desk.goto(desk_url("index"))
        colleague.goto(desk_url("index"))
        colleague.get_by_role("button", name="Spam: mark the comment by Wren A. as spam").click()
        said(colleague, "The comment by Wren A. is marked as spam.")
        desk.get_by_role("button", name="Approve the comment by Wren A.").click()
        said(desk, "Ada was faster: the comment is now “Spam”. Your decision changed nothing.")
        assert status_of(comment) == Status.SPAM
        card = desk.locator("article", has_text="Wren A.")
        assert card.locator(".w-status", has_text="Spam").count() == 1
        assert card.get_by_role("button", name="Restore the comment by Wren A.").is_visible()

    def test_cannot_take_back_what_the_other_has_decided_since(self, desk, colleague, page):
        comment = waiting(page, "Wren A.")
        desk.goto(desk_url("index"))
        desk.get_by_role("button", name="Approve the comment by Wren A.").click()
        said(desk, "The comment by Wren A. is approved.")
        colleague.goto(desk_url("inspect", comment.pk))
        colleague.get_by_role("button", name="Remove the comment by Wren A.").click()
        colleague.get_by_text("The comment by Wren A. is removed.").wait_for()
        desk.get_by_role("button", name="Undo", exact=True).click()
        said(desk, "Ada was faster: the comment is now “Removed”.")
        assert status_of(comment) == Status.REMOVED


class TestTenThousand:
    @pytest.fixture
    def many(self, page: Any) -> None:
        """Ten thousand that wait and hold the word that is searched, and one that does not."""
        other = waiting(page, "Bo", body="Something else")
        now = timezone.now() - timedelta(days=1)
        row = {"page": page, "thread": other.thread, "depth": 1, "status": Status.PENDING, "created_at": now}
        VisitorComment.objects.bulk_create(
            VisitorComment(
                path=make_path("", now + timedelta(seconds=number)), body=f"Seaweed {number}", **row
            )
            for number in range(MANY)
        )
        CommentThread.objects.filter(pk=other.thread_id).update(pending_count=MANY + 1)

    @staticmethod
    def told(desk: Any, text: str) -> None:
        desk.locator("#massage-progress [role=status]", has_text=text).wait_for(timeout=120_000)

    def test_are_decided_by_one_button_and_nothing_else_is(self, desk, page, many, screenshot):
        """It can be stopped, the site be away, a colleague be faster: nothing is lost, and all of it is said."""
        desk.goto(f"{desk_url('index')}?q=seaweed")
        desk.get_by_label("Select all 10000 of this filter").check()
        desk.get_by_role("button", name="Spam …").click()
        desk.get_by_role("heading", name="Mark 10000 comments as spam?").wait_for()
        screenshot(desk, "desk-bulk-10000")
        faster = VisitorComment.objects.get(body=f"Seaweed {MANY - 1}")
        actions.reject(faster, by=get_user_model().objects.create_superuser("ada"), now=timezone.now())
        desk.route(
            "**/bulk/**", lambda route: desk.get_by_role("button", name="Stop").click() or route.continue_()
        )
        desk.get_by_role("button", name="Spam").click()
        self.told(desk, "Stopped: 1,000 of 10,000 comments are decided")
        desk.unroute("**/bulk/**")
        desk.route(
            "**/bulk/**", lambda route: route.fetch() and route.abort()
        )  # it is done, and nobody hears of it
        desk.get_by_role("button", name="Go on").click()
        self.told(desk, "Of 10,000 comments 1,000 are decided for certain.")
        assert VisitorComment.objects.filter(status=Status.SPAM).count() == 2_000
        desk.unroute("**/bulk/**")
        desk.get_by_role("button", name="Go on").click()
        self.told(desk, "Finished: 9,999 of 10,000 comments are decided.")
        desk.get_by_text("Rejected, ada").wait_for()
        screenshot(desk, "desk-bulk-10000-done")
        assert VisitorComment.objects.filter(status=Status.SPAM).count() == MANY - 1
        assert VisitorComment.objects.get(status=Status.PENDING).body == "Something else"
        assert_true_counts()


class TestText:
    def test_of_a_stranger_is_no_link_anywhere_before_it_is_approved(self, desk, page):
        body = 'See https://bad.example/x, <a href="https://bad.example/y">this</a> and www.bad.example.'
        comment = waiting(page, '<a href="//bad.example">Bo</a>', body=body)
        for url in (desk_url("index"), desk_url("lane", "all"), desk_url("inspect", comment.pk)):
            desk.goto(url)
            assert desk.get_by_text("https://bad.example/x").count() == 1
            assert desk.locator("a[href*='bad.example']").count() == 0
            desk.get_by_text("https://bad.example/x").click()
            assert desk.url.endswith(url)
