"""A front end on another origin, as its visitors and the editors behind it meet it: Node, the CMS, Chromium."""

from __future__ import annotations

from typing import Any

import pytest
from wagtail_factories import ImageFactory

from tests.browser.element import eventually
from tests.browser.frontend import SIZES, read
from tests.spa import Spa
from wagtail_massage.comments import actions
from wagtail_massage.comments.models import VisitorComment
from wagtail_massage.comments.states import Status

# How far what stands on the page was moved by what came later, as browsers measure it.
WATCH_SHIFTS = """
window.shift = 0;
new PerformanceObserver((list) => list.getEntries().forEach((entry) => { shift += entry.value; }))
  .observe({ type: "layout-shift", buffered: true });
"""


def check_the_title(desk: Any, article: Any) -> None:
    """Give the title a number too many, find that among Wagtail's checks, and mend it."""
    fault = desk.locator("[data-checks-panel]").get_by_text("The title's number does not fit its list")

    def count_after_a_look() -> int:
        """Open the panel, which makes Wagtail look anew unless it is still busy with the time before, and close it."""
        toggle = desk.get_by_role("button", name="Toggle checks")
        toggle.click()
        desk.wait_for_timeout(1500)
        found = fault.count()
        toggle.click()
        desk.wait_for_timeout(500)
        return found

    desk.goto(f"/admin/pages/{article.pk}/edit/")
    desk.locator("#id_title").fill("Seven reasons to sit by the stove")
    eventually(lambda: count_after_a_look() == 1)
    desk.locator("#id_title").fill("Three reasons to sit by the stove")
    eventually(lambda: count_after_a_look() == 0)


class TestTheEditor:
    def test_checks_the_title_also_where_the_site_shows_its_own_pages(self, article: Any, desk: Any) -> None:
        check_the_title(desk, article)


class TestPublishing:
    def test_changes_what_visitors_read(self, front: str, article: Any, desk: Any) -> None:
        address = f"{front}/journal/stove/"
        assert "Three reasons to sit by the stove" in read(address)[1]
        desk.goto(f"/admin/pages/{article.pk}/edit/")
        desk.locator("#id_title").fill("Four reasons to sit by the stove")
        desk.get_by_role("button", name="More actions").click()
        desk.get_by_role("button", name="Publish").click()
        desk.wait_for_url("**/admin/pages/**")
        eventually(lambda: "Four reasons to sit by the stove" in read(address)[1])

    def test_shows_the_draft_in_the_editor(self, front: str, article: Any, desk: Any) -> None:
        desk.goto(f"/admin/pages/{article.pk}/edit/")
        desk.locator("#id_title").fill("Five reasons that nobody knows yet")
        desk.get_by_role("button", name="Toggle preview").click()
        frame = desk.frame_locator("#w-preview-iframe")
        frame.get_by_role("heading", name="Five reasons that nobody knows yet").wait_for()
        assert "Five reasons" not in read(f"{front}/journal/stove/")[1]

    def test_checks_the_title_of_the_draft_in_the_editor(self, front: str, article: Any, desk: Any) -> None:
        check_the_title(desk, article)


class TestAddresses:
    def test_that_lead_nowhere_say_so(self, front: str, article: Any) -> None:
        status, html = read(f"{front}/journal/nothing/")
        assert (status, "There is no such page" in html) == (404, True)

    def test_of_a_page_that_is_gone_say_so_at_once(self, front: str, article: Any) -> None:
        address = f"{front}/journal/stove/"
        assert read(address)[0] == 200
        article.unpublish()
        assert eventually(lambda: read(address)[0] == 404)


class TestCommenting:
    @pytest.mark.parametrize("size", SIZES)
    def test_works_without_a_script(
        self,
        front: str,
        live_server: Any,
        article: Any,
        visit: Any,
        moderator: Any,
        now: Any,
        size: tuple[int, int],
    ) -> None:
        visitor = visit(size=size, java_script_enabled=False)
        visitor.goto(f"{front}/journal/stove/")
        visitor.get_by_label("Name").fill("Ottilie")
        visitor.get_by_label("Comment", exact=True).fill("My cat agrees with all three.")
        visitor.get_by_role("button", name="Send comment").click()
        visitor.get_by_role("status").get_by_text("once a moderator has read it").wait_for()
        assert visitor.url.startswith(front)
        comment = VisitorComment.objects.get()
        assert comment.status == Status.PENDING
        assert "My cat agrees" not in read(f"{front}/journal/stove/")[1]
        actions.approve(comment, by=moderator, now=now)
        eventually(lambda: "My cat agrees" in read(f"{front}/journal/stove/")[1])
        assert "My cat agrees" in read(f"{live_server.url}/journal/stove/")[1]


class TestLooks:
    @pytest.mark.parametrize("size", SIZES)
    @pytest.mark.parametrize("dark", [False, True])
    def test_are_readable_for_everybody(
        self, front: str, article: Any, spa: Spa, visit: Any, axe: Any, screenshot: Any, size: Any, dark: bool
    ) -> None:
        picture = ImageFactory(title="A bowl", file__width=1200, file__height=800)
        treatment = spa.treatment(title="Foot bath", slug="foot-bath", hero_image=picture)
        browser = visit(size=size, dark=dark)
        browser.add_init_script(WATCH_SHIFTS)
        for name, path in (
            ("index", "/"),
            ("article", "/journal/stove/"),
            ("treatment", f"/treatments/{treatment.slug}/"),
        ):
            browser.goto(front + path)
            assert browser.evaluate("document.documentElement.scrollWidth <= innerWidth"), (name, size)
            axe(browser)
            browser.evaluate("scrollTo(0, document.body.scrollHeight)")
            eventually(lambda: browser.evaluate("[...document.images].every((image) => image.complete)"))
            assert browser.evaluate("shift") == 0, name
            screenshot(browser, f"front-{name}-{size[0]}-{'dark' if dark else 'light'}")
