"""A front end on another origin, as its visitors and the editors behind it meet it: Node, the CMS, Chromium."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.utils import timezone

from tests.spa import Spa
from wagtail_massage.comments import actions
from wagtail_massage.comments.models import VisitorComment
from wagtail_massage.comments.states import Policy, Status
from wagtail_massage.webhooks.models import WebhookEndpoint
from wagtail_massage.webhooks.secrets import add_secret

FRONTEND = Path(__file__).resolve().parents[2] / "example_project" / "frontend"
ELEMENT = "wagtail_massage_comments/element/massage-comments.min.js"
SIZES = [(1280, 800), (320, 640)]
PATIENCE = 15


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def read(address: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(address, timeout=10) as response:
            return response.status, response.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def eventually(ask: Callable[[], Any]) -> Any:
    """Return what `ask` gives as soon as it gives something."""
    deadline = time.monotonic() + PATIENCE
    while not (found := ask()):
        assert time.monotonic() < deadline, "It has not happened."
        time.sleep(0.2)
    return found


@pytest.fixture
def now() -> datetime:
    return timezone.now()


@pytest.fixture
def spa(home: Any) -> Spa:
    return Spa()


@pytest.fixture
def article(spa: Spa, moderator: Any, now: Any) -> Any:
    found = spa.article(
        title="Three reasons to sit by the stove", slug="stove", standfirst="Warm feet first."
    )
    actions.set_policy(page=found, policy=Policy.PRE, by=moderator, now=now)
    return found


@pytest.fixture
def front(live_server: Any, home: Any, settings: Any, now: Any) -> Iterator[str]:
    """The front end's origin. The CMS tells it by webhook what changes, and shows drafts in it."""
    if shutil.which("node") is None:
        pytest.skip("needs Node 20 or newer")
    origin = f"http://localhost:{(port := free_port())}"
    settings.WAGTAIL_MASSAGE_WEBHOOKS_ALLOW_HTTP = settings.WAGTAIL_MASSAGE_WEBHOOKS_ALLOW_PRIVATE = True
    settings.WAGTAIL_MASSAGE_API_PREVIEW_URL = f"{origin}/preview"
    settings.WAGTAIL_MASSAGE_COMMENTS_RETURN_URLS = [f"{origin}/"]
    settings.WAGTAIL_MASSAGE_COMMENTS_MIN_SECONDS = 0  # nobody types as fast as a test
    endpoint = WebhookEndpoint.objects.create(name="Front end", url=f"{origin}/hooks/massage")
    secret = add_secret(endpoint, now=now).key
    environment = os.environ | {
        "CMS": live_server.url,
        "PORT": str(port),
        "WEBHOOK_SECRET": secret,
        "ELEMENT": finders.find(ELEMENT) or "",
    }
    process = subprocess.Popen(
        ["node", "server.js"], cwd=FRONTEND, env=environment, stdout=subprocess.DEVNULL
    )
    try:
        eventually(lambda: _answers(port))
        yield origin
    finally:
        process.terminate()
        process.wait(timeout=5)


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


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
        treatment = spa.treatment(title="Foot bath", slug="foot-bath")
        browser = visit(size=size, dark=dark)
        for name, path in (
            ("index", "/"),
            ("article", "/journal/stove/"),
            ("treatment", f"/treatments/{treatment.slug}/"),
        ):
            browser.goto(front + path)
            assert browser.evaluate("document.documentElement.scrollWidth <= innerWidth"), (name, size)
            axe(browser)
            screenshot(browser, f"front-{name}-{size[0]}-{'dark' if dark else 'light'}")
