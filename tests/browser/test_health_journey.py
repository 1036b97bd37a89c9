"""A health question in Chromium, from the post to its withdrawal: as the visitor, and as who answers. All invented."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from tests.comments.desk import desk_url, make_user
from wagtail_massage.comments.models import VisitorComment
from wagtail_massage.comments.states import Status

QUESTION = (
    "My left calf has been swollen and warm since the long flight on Monday.\n\n"
    "Should I still come for the foot massage? You can ring me on 0306 999 0134."
)
ANSWER = (
    "Please have a doctor look at the calf today, before anybody massages it. Come to us when it is clear."
)
LOOKS = [("desktop", (1280, 800), False), ("desktop-dark", (1280, 800), True), ("phone", (360, 740), False)]
OUTSIDE = "document.documentElement.scrollWidth <= window.innerWidth"


@pytest.fixture(params=LOOKS, ids=lambda look: look[0])
def look(request: Any, axe: Any, screenshot: Any) -> Any:
    """Return a size, a colour scheme and a function that holds a page against axe and the screen's width."""
    name, size, dark = request.param

    def check(opened: Any, step: str, **values: Any) -> None:
        screenshot(opened, f"health-{step}-{name}")
        assert opened.evaluate(OUTSIDE), f"{step} is wider than the screen"
        axe(opened, **values)

    return size, dark, check


def send(opened: Any) -> None:
    """Send the comment; who is fast is asked to look at it once more."""
    opened.get_by_role("button", name="Send comment").click()
    if opened.get_by_role("button", name="Send comment").count():
        opened.get_by_role("button", name="Send comment").click()


def ask(visitor: Any, page: Any, check: Any) -> str:
    """Post the question; return the address that is shown to be kept."""
    visitor.goto(page.url)
    check(visitor, "form", within="#comments")
    visitor.get_by_label("Name").fill("Tamsin Oakes")
    visitor.get_by_label("Comment", exact=True).fill(QUESTION)
    send(visitor)
    visitor.get_by_role("heading", name="You write about your health").wait_for()
    check(visitor, "notice", within="#comments")
    assert visitor.get_by_role("alert").is_visible()
    address = visitor.get_by_label("The address of this page").input_value()
    assert address == visitor.url
    return address


def answer(desk: Any, check: Any) -> None:
    desk.goto(desk_url("index"))
    check(desk, "lane")
    desk.get_by_role("link", name="Tamsin Oakes").first.click()
    desk.get_by_label("Answer in private").fill(ANSWER)
    check(desk, "composer")
    desk.get_by_role("button", name="Answer", exact=True).click()
    desk.get_by_text("Answered. It can be read at the author's own page.").wait_for()
    check(desk, "answered")


def agree(again: Any, address: str, check: Any) -> None:
    again.goto(address)
    assert again.get_by_text(ANSWER).is_visible()
    check(again, "receipt", within="#comments")
    again.get_by_label("Publish without my name").check()
    again.get_by_role("button", name="Save my choice").click()
    assert again.get_by_label("Publish without my name").is_checked()


def publish_and_redact(desk: Any, check: Any) -> None:
    desk.reload()
    desk.get_by_role("button", name="Publish question").click()
    desk.get_by_role("button", name="Publish answer").click()
    desk.get_by_text("Take words out").click()
    desk.get_by_label("The words, as they stand in the text").fill("0306 999 0134")
    desk.get_by_role("button", name="Show what would go").click()
    check(desk, "redact")
    desk.get_by_role("button", name="Take them out for good").click()
    desk.get_by_text("The words are gone for good.").wait_for()


def read(public: Any, url: str, check: Any) -> None:
    public.goto(url)
    assert public.get_by_text(ANSWER).is_visible()
    assert public.get_by_text("0306").count() == public.get_by_text("Tamsin").count() == 0
    check(public, "page", within="#comments")


def withdraw(again: Any, check: Any) -> None:
    again.reload()
    again.get_by_role("link", name="Withdraw this comment").click()
    check(again, "withdraw", within="#comments")
    again.get_by_role("button", name="Yes, withdraw it").click()
    again.get_by_role("heading", name="Your question is erased").wait_for()
    check(again, "erased", within="#comments")


class TestJourney:
    def test_leads_from_the_form_to_an_answer_and_out_again(self, visit, page, look, settings):
        size, dark, check = look
        settings.WAGTAIL_MASSAGE_COMMENTS_RATE = "1000/s"
        petra = make_user("petra", answers=page)
        petra.first_name, petra.last_name = "Petra", "Lind"
        petra.save()
        options = {"size": size, "dark": dark, "touch": size[0] < 500}

        address = ask(visit(**options), page, check)
        desk = visit(petra, **options)
        answer(desk, check)
        # Another day, another browser: the address is all she needs.
        again = visit(**options)
        agree(again, address, check)
        publish_and_redact(desk, check)
        public = visit(**options)
        url = reverse("wagtail_massage_comments:health", args=[VisitorComment.objects.get().uuid])
        read(public, url, check)
        withdraw(again, check)
        assert public.reload().status == 404
        assert VisitorComment.objects.get().status == Status.ERASED

    def test_prints_the_answer_with_the_address_and_no_forms(self, visit, page, settings, screenshot):
        petra = make_user("petra", answers=page)
        visitor = visit()
        visitor.goto(page.url)
        visitor.get_by_label("Name").fill("Tamsin Oakes")
        visitor.get_by_label("Comment", exact=True).fill(QUESTION)
        send(visitor)
        visitor.get_by_role("heading", name="You write about your health").wait_for()
        desk = visit(petra)
        desk.goto(desk_url("inspect", VisitorComment.objects.get().pk))
        desk.get_by_label("Answer in private").fill(ANSWER)
        desk.get_by_role("button", name="Answer", exact=True).click()
        desk.get_by_text("Answered.").wait_for()
        visitor.reload()
        visitor.emulate_media(media="print")
        screenshot(visitor, "health-print")
        assert visitor.get_by_text(ANSWER).is_visible()
        assert visitor.get_by_label("The address of this page").is_visible()
        assert not visitor.get_by_role("button", name="Save my choice").is_visible()
