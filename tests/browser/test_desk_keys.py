"""The desk by keyboard alone: no mouse, no new page between two decisions, and whoever is faster is named."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from wagtail.users.models import UserProfile

from tests.comments.desk import desk_url
from wagtail_massage.comments.models import ModerationEvent, VisitorComment
from wagtail_massage.comments.states import Status
from wagtail_massage.testing.comments import VisitorCommentFactory


def wait_for(count: int, page: Any) -> list[VisitorComment]:
    return [
        VisitorCommentFactory(page=page, status=Status.PENDING, author_name=f"Visitor {number:02}")
        for number in range(1, count + 1)
    ]


def status_of(comment: VisitorComment) -> str:
    return VisitorComment.objects.get(pk=comment.pk).status


def focused(desk: Any) -> str:
    """Return the name on the card that has the focus, "" where it is elsewhere."""
    return desk.evaluate("document.activeElement.closest('article')?.querySelector('h3').innerText ?? ''")


def said(desk: Any, text: str) -> None:
    desk.locator("#massage-toast [role=status]", has_text=text).wait_for()


@pytest.fixture
def loads(desk: Any) -> list[str]:
    """The pages that the browser has loaded as a whole."""
    seen: list[str] = []
    desk.on("request", lambda request: seen.append(request.url) if request.is_navigation_request() else None)
    return seen


class TestFiftyComments:
    def test_are_decided_without_a_mouse_and_without_a_new_page(self, desk, page, loads):
        comments = wait_for(50, page)
        desk.goto(desk_url("index"))
        desk.keyboard.press("j")
        for comment in comments:
            desk.wait_for_function(
                "name => document.activeElement.closest('article')?.querySelector('h3').innerText === name",
                arg=comment.author_name,
            )
            key = "asr"[comment.pk % 3]
            desk.keyboard.press(key)
            if key == "r":
                desk.keyboard.press("r")
        desk.get_by_text("All answered").wait_for()
        assert focused(desk) == ""
        found = Counter(VisitorComment.objects.values_list("status", flat=True))
        wanted = Counter({"a": "APPROVED", "s": "SPAM", "r": "REJECTED"}["asr"[c.pk % 3]] for c in comments)
        assert found == wanted
        assert len(loads) == 1


class TestKeys:
    def test_walk_through_the_cards_and_say_where_they_end(self, desk, page):
        wait_for(2, page)
        desk.goto(desk_url("index"))
        walked = []
        for key in "jjk":
            desk.keyboard.press(key)
            walked.append(focused(desk))
        assert walked == ["Visitor 01", "Visitor 02", "Visitor 01"]
        desk.keyboard.press("k")
        said(desk, "This is the first comment of this page.")

    def test_decide_nothing_before_a_comment_is_chosen(self, desk, page):
        (comment,) = wait_for(1, page)
        desk.goto(desk_url("index"))
        desk.keyboard.press("a")
        said(desk, "Choose a comment first")
        assert status_of(comment) == Status.PENDING

    def test_reject_with_a_reason_by_its_number(self, desk, page):
        (comment,) = wait_for(1, page)
        desk.goto(desk_url("index"))
        desk.keyboard.type("jr")
        desk.get_by_role("dialog", name="Reject, and tell the author why").wait_for()
        desk.keyboard.press("2")
        said(desk, "The comment by Visitor 01 is rejected.")
        assert ModerationEvent.objects.get(comment=comment, verb="reject").reason == "ADVERTISING"

    def test_reject_nothing_when_the_reasons_are_left(self, desk, page):
        (comment,) = wait_for(1, page)
        desk.goto(desk_url("index"))
        desk.keyboard.type("jr")
        desk.keyboard.press("Escape")
        desk.get_by_role("dialog").wait_for(state="hidden")
        assert focused(desk) == "Visitor 01"
        assert status_of(comment) == Status.PENDING

    def test_take_back_one_decision_after_the_other(self, desk, page):
        comments = wait_for(3, page)
        desk.goto(desk_url("index"))
        desk.keyboard.type("jasa")
        desk.get_by_text("All answered").wait_for()
        desk.keyboard.type("uuu")
        desk.locator("article", has_text="Visitor 01").wait_for()
        said(desk, "Taken back: the comment by Visitor 01 is “Pending” again.")
        names = desk.locator(".massage-lane article h3").all_inner_texts()
        assert sorted(names) == ["Visitor 01", "Visitor 02", "Visitor 03"]
        assert {status_of(comment) for comment in comments} == {Status.PENDING}

    def test_tick_comments_for_a_decision_on_several(self, desk, page):
        first, second = wait_for(2, page)
        desk.goto(desk_url("index"))
        desk.keyboard.type("jxjx")
        said(desk, "Chosen")
        desk.get_by_role("button", name="Spam …").click()
        desk.get_by_role("button", name="Spam").click()
        desk.get_by_text("2 comments are marked as spam.").wait_for()
        assert {status_of(first), status_of(second)} == {Status.SPAM}

    def test_go_to_the_search_field_and_are_letters_there(self, desk, page):
        (comment,) = wait_for(1, page)
        desk.goto(desk_url("index"))
        desk.keyboard.press("j")
        desk.keyboard.press("/")
        desk.keyboard.type("arsxu")
        assert desk.locator("[data-search-form] [name=q]").input_value() == "arsxu"
        assert status_of(comment) == Status.PENDING

    @pytest.mark.parametrize("key", ["Control+a", "Meta+a", "Alt+a", "Shift+a"])
    def test_do_nothing_with_a_modifier(self, desk, page, key):
        (comment,) = wait_for(1, page)
        desk.goto(desk_url("index"))
        desk.keyboard.press("j")
        desk.keyboard.press(key)
        desk.keyboard.press("x")  # what comes after it is heard
        said(desk, "Chosen")
        assert status_of(comment) == Status.PENDING

    def test_are_listed_in_wagtails_own_help(self, desk, page):
        wait_for(1, page)
        desk.goto(desk_url("index"))
        desk.keyboard.press("?")
        help_ = desk.locator("#keyboard-shortcuts-dialog")
        help_.get_by_text("Tick, to decide on several").wait_for()
        desk.keyboard.press("a")  # nothing happens behind the dialog
        desk.keyboard.press("Escape")
        help_.wait_for(state="hidden")

    def test_obey_the_preference_of_the_account(self, desk, page, moderator):
        UserProfile.objects.update_or_create(user=moderator, defaults={"keyboard_shortcuts": False})
        wait_for(1, page)
        desk.goto(desk_url("index"))
        desk.keyboard.type("ja")
        assert focused(desk) == ""
        desk.get_by_role("button", name="Approve the comment by Visitor 01").click()  # the script runs
        said(desk, "The comment by Visitor 01 is approved.")
        assert not desk.get_by_role("button", name="Keyboard shortcuts").is_visible()

    def test_decide_on_the_comments_own_page_and_go_on_behind_it(self, desk, page):
        _first, comment, _third = wait_for(3, page)
        desk.goto(desk_url("index"))
        desk.keyboard.type("jjo")
        desk.get_by_role("heading", name="Conversation").wait_for()
        desk.keyboard.press("a")
        desk.get_by_text("The comment by Visitor 02 is approved.").wait_for()
        desk.keyboard.press("j")
        assert focused(desk) == "Visitor 03"
        desk.keyboard.press("u")
        desk.get_by_text("Taken back: the comment by Visitor 02").wait_for()
        assert status_of(comment) == Status.PENDING
