"""Every page of the desk: nothing for axe to find, nothing wider than the screen, pictures to look at."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone
from wagtail.users.models import UserProfile

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
    [...document.querySelectorAll("[class*=massage-], main select")].filter((part) => {
        const box = part.getBoundingClientRect();
        const scrolls = part.closest(".massage-lanes ul");
        return box.width && !scrolls && (box.left < -1 || box.right > window.innerWidth + 1);
    }).map((part) => part.className || part.name)
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


INK = """[...document.querySelectorAll('.massage-receipt *')].map(element => {
    const style = getComputedStyle(element)
    return `${style.color} on ${style.backgroundColor}`
})"""


class TestStepsBetween:
    """Pages and boxes that only a click opens."""

    @pytest.fixture(params=[("desktop", False), ("phone", True)], ids=lambda look: look[0])
    def opened(self, request, visit, moderator, stocked) -> Any:
        size, dark = request.param
        return visit(moderator, size=SIZES[size], dark=dark)

    @pytest.fixture
    def look(self, opened, axe, screenshot) -> Any:
        """Return a function that holds what the screen shows against axe, and keeps a picture."""

        def check(name: str, **values: Any) -> None:
            screenshot(opened, f"desk-{name}-{opened.viewport_size['width']}", **values)
            assert opened.evaluate(OUTSIDE) == []
            axe(opened)

        return check

    def test_of_a_decision_on_several_are_fit_for_everybody(self, opened, stocked, moderator, look):
        opened.goto(desk_url("index"))
        for name in ("Visitor 0", "Visitor 1"):
            opened.get_by_label(f"Choose the comment by {name}", exact=True).check()
        look("chosen", is_whole=False)
        opened.get_by_role("button", name="Reject …").click()
        opened.get_by_role("heading", name="Reject 2 comments?").wait_for()
        look("bulk-confirm")
        faster = VisitorComment.objects.get(author_name="Visitor 1")
        actions.approve(faster, by=moderator, now=timezone.now())
        opened.get_by_role("button", name="Reject").click()
        opened.get_by_role("heading", name="Not decided").wait_for()
        look("bulk-result")

    def test_of_words_that_are_taken_out_are_fit_for_everybody(self, opened, stocked, look):
        opened.goto(desk_url("inspect", stocked["long"].pk))
        opened.get_by_text("Take words out").click()
        opened.get_by_label("The words, as they stand in the text").fill("orange")
        look("take-out", is_whole=False)
        opened.get_by_role("button", name="Show what would go").click()
        opened.get_by_role("button", name="Take them out for good").wait_for()
        look("redact")

    def test_of_a_privacy_request_are_fit_for_everybody(self, opened, look):
        opened.goto(desk_url("privacy"))
        opened.get_by_label("Name").fill("Ida")
        opened.locator("main").get_by_role("button", name="Search").click()
        opened.get_by_role("heading", name="Search again").wait_for()
        look("privacy-found")
        opened.locator("input[name=comments]").first.check()
        opened.get_by_role("button", name="Look at the ticked comments").click()
        opened.get_by_role("heading", name="They want it gone").wait_for()
        look("privacy-chosen")
        opened.get_by_label("Type the number of comments").fill(str(opened.locator(".massage-card").count()))
        opened.locator("main").get_by_role("button", name="Erase").click()
        opened.get_by_role("heading", name="What is gone for good").wait_for()
        look("privacy-receipt")
        opened.emulate_media(media="print")
        assert set(opened.evaluate(INK)) == {"rgb(0, 0, 0) on rgb(255, 255, 255)"}

    def test_of_the_keys_are_fit_for_everybody(self, opened, look):
        opened.goto(desk_url("index"))
        opened.keyboard.type("jr")
        opened.get_by_role("dialog").wait_for()
        look("reasons", is_whole=False)
        opened.keyboard.press("r")
        opened.locator("#massage-toast [role=status]", has_text="is rejected").wait_for()
        look("toast", is_whole=False)
        opened.keyboard.press("?")
        opened.locator("#keyboard-shortcuts-dialog").get_by_text("Comment before").wait_for()
        look("keys", is_whole=False)


class TestRightToLeft:
    def test_is_the_same_desk_in_a_mirror(self, visit, moderator, stocked, screenshot, axe):
        UserProfile.objects.update_or_create(user=moderator, defaults={"preferred_language": "ar"})
        for size in ("desktop", "phone"):
            opened = visit(moderator, size=SIZES[size])
            opened.goto(desk_url("index"))
            assert opened.locator("html").get_attribute("dir") == "rtl"
            opened.keyboard.type("js")
            opened.locator("#massage-toast[data-shown] p:not(:empty)").wait_for()
            screenshot(opened, f"desk-rtl-{size}", is_whole=False)
            assert opened.evaluate(OUTSIDE) == []
            opened.goto(desk_url("inspect", stocked["answer"].pk))
            screenshot(opened, f"desk-rtl-comment-{size}")
            assert opened.evaluate(OUTSIDE) == []
