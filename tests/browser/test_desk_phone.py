"""The desk on a phone: one card at a time, buttons for a thumb, undo within reach."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from tests.browser.conftest import PHONE
from tests.comments.desk import desk_url
from wagtail_massage.comments.models import VisitorComment
from wagtail_massage.comments.states import Status
from wagtail_massage.testing.comments import VisitorCommentFactory

THUMB = 48  # pixels


def sizes_of(parts: Any) -> list[tuple[float, float]]:
    return [(box["width"], box["height"]) for box in (part.bounding_box() for part in parts.all())]


@pytest.fixture
def phone(visit: Any, moderator: Any) -> Any:
    return visit(moderator, size=PHONE, touch=True)


@pytest.fixture
def twenty(page: Any) -> list[VisitorComment]:
    return [
        VisitorCommentFactory(page=page, status=Status.PENDING, author_name=f"Visitor {number:02}")
        for number in range(1, 21)
    ]


class TestTwentyComments:
    def test_are_decided_by_touch_alone(self, phone, twenty, screenshot):
        phone.goto(desk_url("index"))
        wanted = Counter()
        for comment in twenty:
            verb, status = (("Approve", "APPROVED"), ("Spam", "SPAM"), ("Reject", "REJECTED"))[comment.pk % 3]
            button = phone.get_by_role("button", name=f"{verb} the comment by {comment.author_name}")
            if verb == "Spam":
                button = phone.get_by_role(
                    "button", name=f"mark the comment by {comment.author_name} as spam"
                )
            button.tap()
            phone.locator("article", has_text=comment.author_name).wait_for(state="detached")
            phone.wait_for_timeout(350)  # two taps at once would be one decision
            wanted[status] += 1
            if comment == twenty[9]:
                screenshot(phone, "desk-phone-decided", is_whole=False)
        phone.get_by_text("All answered").wait_for()
        assert Counter(VisitorComment.objects.values_list("status", flat=True)) == wanted


class TestCard:
    def test_fills_the_screen_and_is_followed_by_the_next_in_its_place(self, phone, twenty):
        phone.goto(desk_url("index"))
        phone.get_by_role("button", name="Approve the comment by Visitor 01").tap()
        phone.locator("article", has_text="Visitor 01").wait_for(state="detached")
        box = phone.locator("article", has_text="Visitor 02").bounding_box()
        button = phone.get_by_role("button", name="Approve the comment by Visitor 02").bounding_box()
        assert 0 <= box["y"] < 120
        assert box["height"] > PHONE[1] / 2
        assert PHONE[1] / 2 < button["y"] + button["height"] <= PHONE[1]
        next_ = phone.locator("article", has_text="Visitor 03").bounding_box()
        assert next_["y"] > PHONE[1] * 0.7

    def test_has_buttons_for_a_thumb(self, phone, twenty):
        phone.goto(desk_url("index"))
        sizes = sizes_of(phone.locator("article").first.locator("button, select, a, .massage-box"))
        assert len(sizes) == 6
        assert min(min(size) for size in sizes) >= THUMB

    def test_that_is_chosen_brings_the_buttons_for_several_along(self, phone, twenty):
        phone.goto(desk_url("index"))
        phone.locator("article .massage-box").first.tap()
        phone.get_by_text("Chosen").wait_for()
        bar = phone.locator("#massage-bulk")
        sizes = sizes_of(bar.locator("button, label"))
        assert len(sizes) == 5
        assert min(min(size) for size in sizes) >= THUMB
        top = bar.bounding_box()["y"]
        assert PHONE[1] / 2 < top < PHONE[1] - 2 * THUMB
        phone.get_by_role("button", name="Approve the comment by Visitor 02").tap()
        undo = phone.get_by_role("button", name="Undo", exact=True).bounding_box()
        assert undo["y"] + undo["height"] <= top

    def test_offers_undo_below_it_without_hiding_its_buttons(self, phone, twenty):
        phone.goto(desk_url("index"))
        phone.get_by_role("button", name="Approve the comment by Visitor 01").tap()
        undo = phone.get_by_role("button", name="Undo", exact=True)
        undo.wait_for()
        box = undo.bounding_box()
        assert box["height"] >= THUMB
        assert box["y"] + box["height"] <= PHONE[1]
        approve = phone.get_by_role("button", name="Approve the comment by Visitor 02").bounding_box()
        assert approve["y"] + approve["height"] <= box["y"]
        undo.tap()
        phone.locator("article", has_text="Visitor 01").wait_for()
        twenty[0].refresh_from_db()
        assert twenty[0].status == Status.PENDING
