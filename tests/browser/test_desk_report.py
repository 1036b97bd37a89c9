"""The report, the panel on the admin's first page and the one beside a page, as a browser shows them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.browser.conftest import PHONE
from tests.comments.desk import desk_url
from tests.comments.history import LINKS, write
from tests.projects.blog.models import BlogPage

DECISIONS = ("approve", "approve", "reject", "approve", "mark_spam", "", "approve", "remove")
REASONS = ("OFF_TOPIC", "ADVERTISING", "")
LOOKS = [("light", False, None), ("dark", True, None), ("phone", False, PHONE), ("phone-dark", True, PHONE)]


@pytest.fixture
def past(page: Any, home: Any, moderator: Any, settings: Any) -> None:
    """Ten weeks in which something was written on two pages, more of it each week."""
    settings.WAGTAIL_MASSAGE_COMMENTS_RATE = settings.WAGTAIL_MASSAGE_COMMENTS_SITE_RATE = "100000/s"
    title = "Everything about the seaweed bath that our guests have asked us in all those years"
    other = home.add_child(instance=BlogPage(title=title, slug="seaweed"))
    now = timezone.now()
    for week in range(10):
        for number in range(3 + week):
            verb = DECISIONS[(week + number) % len(DECISIONS)]
            write(
                other if number % 3 else page,
                f"Comment {number} of week {week}" + (f" {LINKS}" if number % 4 == 0 else ""),
                at=now - timedelta(weeks=9 - week, hours=30 - number),
                verb=verb,
                after=timedelta(hours=1 + number * 2 + week % 3),
                by=moderator,
                reason=REASONS[number % 3] if verb in ("reject", "remove") else "",
            )


@pytest.mark.parametrize(("look", "dark", "size"), LOOKS)
class TestPages:
    def test_have_nothing_that_axe_finds(
        self,
        visit: Any,
        moderator: Any,
        past: None,
        page: Any,
        axe: Any,
        screenshot: Any,
        look: str,
        dark: bool,
        size: Any,
    ) -> None:
        admin = visit(moderator, dark=dark, **({"size": size, "touch": True} if size else {}))
        admin.goto(desk_url("report"))
        admin.locator("summary").first.click()
        screenshot(admin, f"report-{look}")
        axe(admin, within=".massage-report")
        admin.goto("/admin/")
        screenshot(admin, f"home-{look}")
        axe(admin, within="#massage-comments-section")
        admin.goto(f"/admin/pages/{page.pk}/edit/")
        admin.locator("[data-side-panel-toggle='massage-comments']").click()
        admin.locator(".massage-beside").wait_for()
        screenshot(admin, f"editor-{look}")
        axe(admin, within=".massage-beside")
