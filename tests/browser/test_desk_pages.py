"""Every page of the desk: nothing for axe to find, nothing wider than the screen, pictures to look at."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from tests.comments.desk import desk_url
from wagtail_massage.comments import actions
from wagtail_massage.comments.drafts import Draft, Origin
from wagtail_massage.comments.models import VisitorComment
from wagtail_massage.comments.states import Policy, Status
from wagtail_massage.comments.tokens import TokenState
from wagtail_massage.testing.comments import CommentThreadFactory, VisitorCommentFactory

SIZES = {"desktop": (1280, 800), "phone": (400, 800), "small": (320, 640)}
LONG = "The warm stones were lovely, and the room smelled of orange. " * 8
LINKS = "Read www.example.org/a, www.example.net/b and https://example.com/c, and call 020 7946 0018."
HEALTH = (
    "I had two veins taken out of my left leg in spring and it still swells. Would a massage help the flow?"
)


@pytest.fixture
def stocked(page: Any, moderator: Any, settings: Any) -> dict[str, VisitorComment]:
    """A desk with something in each lane; everybody is invented."""
    settings.WAGTAIL_MASSAGE_COMMENTS_RATE = "1000/s"
    now = timezone.now()

    def say(body: str, name: str, parent: VisitorComment | None = None, **values: Any) -> VisitorComment:
        draft = Draft(body=body, author_name=name, parent=parent.uuid if parent else None, **values)
        origin = Origin(address="192.0.2.1", token=TokenState.GOOD)
        return actions.submit(page=page, draft=draft, origin=origin, now=timezone.now()).comment

    public = actions.approve(say("I came twice this month.", "Ida"), by=moderator, now=now)
    reply = actions.approve(say("And was it warm?", "Tilda", public), by=moderator, now=now)
    for number, reason in enumerate(("OFFENSIVE", "OTHER")):
        origin = Origin(address=f"192.0.2.{number + 10}")
        actions.report(public, reason=reason, note="It is rude.", origin=origin, now=now)
    found = {
        "public": public,
        "answer": say("It was, very.", "Ida", reply),
        "long": say(LONG, "Wren Aldersey-Featherstonehaugh of the Upper Valley"),
        "links": say(LINKS, "Bo"),
        "rtl": say("كانت الأحجار دافئة جدا", "ليلى"),
        "wide": say("w" * 300, "Nameless"),
        "asked": say(HEALTH, "Holly W."),
    }
    for number in range(30):
        VisitorCommentFactory(page=page, status=Status.PENDING, author_name=f"Visitor {number}")
    actions.reject(say("Buy my oil", "Seller"), by=moderator, now=now, reason="ADVERTISING")
    CommentThreadFactory(page=page, policy=Policy.PRE)
    return found


def addresses(stocked: dict[str, VisitorComment], page: Any) -> dict[str, str]:
    return {
        "pending": desk_url("index"),
        "health": desk_url("lane", "health"),
        "reported": desk_url("lane", "reported"),
        "all": desk_url("lane", "all"),
        "empty": desk_url("lane", "spam"),
        "search": f"{desk_url('index')}?q=nobody",
        "comment": desk_url("inspect", stocked["answer"].pk),
        "links": desk_url("inspect", stocked["links"].pk),
        "public": desk_url("inspect", stocked["public"].pk),
        "question": desk_url("inspect", stocked["asked"].pk),
        "policy": desk_url("policy", page.pk),
        "texts": desk_url("texts"),
        "new-text": desk_url("text_add"),
        "entries": desk_url("entries"),
        "new-entry": desk_url("entry_add"),
        "privacy": desk_url("privacy"),
        "receipts": desk_url("receipts"),
    }


LOOKS = [("desktop", False), ("desktop", True), ("phone", False), ("phone", True), ("small", False)]


OUTSIDE = """
    [...document.querySelectorAll("[class*=massage-]")].filter((part) => {
        const box = part.getBoundingClientRect();
        const scrolls = part.closest(".massage-lanes ul");
        return box.width && !scrolls && (box.left < -1 || box.right > window.innerWidth + 1);
    }).map((part) => part.className)
"""


class TestEveryPage:
    @pytest.mark.parametrize(("size", "dark"), LOOKS)
    def test_is_fit_for_everybody(
        self, visit, moderator, stocked, page, axe, screenshot, size, dark, subtests
    ):
        opened = visit(moderator, size=SIZES[size], dark=dark, touch=size != "desktop")
        for name, url in addresses(stocked, page).items():
            with subtests.test(name):
                assert opened.goto(url).ok
                opened.locator("#wagtail-sidebar.sidebar, .sidebar").first.wait_for(state="attached")
                screenshot(opened, f"desk-{name}-{size}{'-dark' if dark else ''}")
                assert opened.evaluate(OUTSIDE) == []
                assert opened.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
                axe(opened)
