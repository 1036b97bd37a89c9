"""A site on a real port, and Chromium before it: `make browser`.

Every test in this folder has the mark `browser`. What all of them may use:

- `home`, `page`: the site's root and a page that takes comments; `moderator`: a superuser.
- `visit(...)`: open a browser of its own, signed in as `user`, at the size of a desktop or a phone. Returns
  Playwright's page, whose relative addresses lead to the site. A script that throws fails the test.
- `desk`: such a page, signed in as the moderator.
- `spa`, `article`: a small spa and an article in it. `front`: the origin of the front end in Node that shows them.
- `axe(page)`: fail on what axe finds wrong with it. `screenshot(page, name)`: keep a picture in build/screenshots.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles import finders
from django.db import connection
from django.test import override_settings
from django.utils import timezone
from wagtail.models import Locale, Site
from wagtail.models import Page as WagtailPage

from example_project.frontend_server import ELEMENT, has_node
from example_project.frontend_server import FOLDER as FRONTEND
from tests.browser.element import eventually
from tests.browser.frontend import answers
from tests.comments.desk import client_of
from tests.mail_sink import free_port
from tests.projects.blog.models import BlogPage
from tests.spa import Spa
from wagtail_massage.comments import actions
from wagtail_massage.comments.states import Policy
from wagtail_massage.webhooks.models import WebhookEndpoint
from wagtail_massage.webhooks.secrets import add_secret

FOLDER = Path(__file__).resolve().parent
SCREENSHOTS = FOLDER.parent.parent / "build" / "screenshots"
NAMES = ("chromium", "chromium-browser", "google-chrome", "/usr/bin/chromium")
PATIENCE_MS = 15_000
TALLEST = 4_000  # pixels of a picture
DESKTOP, PHONE = (1280, 800), (360, 740)

# What Wagtail's own furniture breaks; our parts have no exceptions.
_NOT_OURS = (
    "#listing-results > .nice-padding > p > a",
)  # an empty list's link "add one", not underlined in the dark

# Wagtail's messages fade in; half a message has half its contrast.
_IS_AT_REST = """
    document.getAnimations().every((each) => !(each instanceof CSSTransition))
    && [...document.querySelectorAll(".messages > ul")].every((each) => getComputedStyle(each).opacity === "1")
"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(FOLDER):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory: pytest.TempPathFactory) -> None:
    """A browser asks for several things at once: SQLite needs a file for that, and locks that are taken early."""
    if connection.vendor == "sqlite":
        chosen = connection.settings_dict
        chosen["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "browser.sqlite3")
        chosen["OPTIONS"] = {**chosen.get("OPTIONS", {}), "transaction_mode": "IMMEDIATE", "timeout": 20}


@pytest.fixture(scope="session")
def cors() -> Iterator[None]:
    """Let the server know of other origins; which ones is up to `CORS_ALLOWED_ORIGINS`."""
    pytest.importorskip("corsheaders", reason="needs django-cors-headers: install the group “demo”")
    with override_settings(MIDDLEWARE=["corsheaders.middleware.CorsMiddleware", *settings.MIDDLEWARE]):
        yield


@pytest.fixture(scope="session")
def live_server(django_db_setup: None, cors: None, live_server: Any) -> Any:
    """The server, started after the database: else it would share the connection that the tests use."""
    return live_server


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """Chromium, started once. Playwright keeps a loop running: Django has to be told that nothing is asynchronous."""
    api = pytest.importorskip("playwright.sync_api", reason="needs playwright: install the group “browser”")
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        pytest.skip("needs Chromium: apt install chromium, or your system's package")
    with pytest.MonkeyPatch.context() as patch, api.sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def home(transactional_db: None) -> WagtailPage:
    """The root page of the one site. A test before may have emptied what Wagtail's migrations made."""
    language = settings.LANGUAGE_CODE
    Locale.objects.get_or_create(language_code=language)
    if found := WagtailPage.objects.filter(depth=2).first():
        return found
    root = WagtailPage.objects.filter(depth=1).first() or WagtailPage.add_root(title="Root", slug="root")
    found = root.add_child(instance=WagtailPage(title="Spa", slug="spa"))
    Site.objects.create(hostname="localhost", root_page=found, is_default_site=True)
    return found


@pytest.fixture
def page(home: WagtailPage) -> WagtailPage:
    blog = home.add_child(instance=BlogPage(title="Warm stones", slug="warm-stones"))
    return WagtailPage.objects.get(pk=blog.pk)


@pytest.fixture
def moderator(transactional_db: None) -> Any:
    return get_user_model().objects.create_superuser("mona", "mona@example.com", "secret", first_name="Mona")


@pytest.fixture
def visit(chromium: Any, live_server: Any, home: WagtailPage) -> Iterator[Callable[..., Any]]:
    """Return a function that opens a browser of its own; two of them are two people."""
    contexts, thrown = [], []

    def open_page(
        user: Any = None,
        *,
        size: tuple[int, int] = DESKTOP,
        touch: bool = False,
        dark: bool = False,
        **options: Any,
    ) -> Any:
        context = chromium.new_context(
            base_url=live_server.url,
            viewport={"width": size[0], "height": size[1]},
            has_touch=touch,
            is_mobile=touch,
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
            **options,
        )
        contexts.append(context)
        context.set_default_timeout(PATIENCE_MS)
        if user is not None:
            key = client_of(user).cookies[settings.SESSION_COOKIE_NAME].value
            context.add_cookies(
                [{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": live_server.url}]
            )
        opened = context.new_page()
        opened.on("pageerror", lambda error: thrown.append(str(error)))
        return opened

    yield open_page
    for context in contexts:
        context.close()
    assert not thrown, thrown


@pytest.fixture
def desk(visit: Callable[..., Any], moderator: Any) -> Any:
    return visit(moderator)


@pytest.fixture
def axe() -> Callable[..., None]:
    """Return a function that fails on what axe finds on a page, with rule and place. `within` narrows it to a part."""
    module = pytest.importorskip(
        "axe_playwright_python.sync_playwright",
        reason="needs axe-playwright-python: install the group “browser”",
    )

    def check(page: Any, *, within: str = "body", without: tuple[str, ...] = ()) -> None:
        page.wait_for_function(_IS_AT_REST)
        exclude = [[selector] for selector in (*_NOT_OURS, *without)]
        found = module.Axe().run(page, context={"include": [[within]], "exclude": exclude})
        violations = [
            f"{violation['id']}: {node['target']} {node['failureSummary']}"
            for violation in found.response["violations"]
            for node in violation["nodes"]
        ]
        assert not violations, "\n".join(violations)

    return check


@pytest.fixture
def screenshot() -> Callable[..., None]:
    """Return a function that keeps a picture of a page, for people to look at: all of it, or what the screen shows."""

    def keep(page: Any, name: str, *, is_whole: bool = True) -> None:
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        size = page.viewport_size
        if is_whole:  # Wagtail's page scrolls within itself
            height = page.evaluate("document.querySelector('main')?.scrollHeight ?? 0")
            page.set_viewport_size({**size, "height": min(max(size["height"], height), TALLEST)})
        page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=is_whole)
        page.set_viewport_size(size)

    return keep


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


@pytest.fixture(scope="session")
def node() -> None:
    if not has_node():
        pytest.skip("needs Node 20 or newer")


@pytest.fixture
def front(node: None, live_server: Any, home: Any, settings: Any, now: Any) -> Iterator[str]:
    """The front end's origin. The CMS tells it by webhook what changes, and shows drafts in it."""
    origin = f"http://localhost:{(port := free_port())}"
    settings.WAGTAIL_MASSAGE_WEBHOOKS_ALLOW_HTTP = settings.WAGTAIL_MASSAGE_WEBHOOKS_ALLOW_PRIVATE = True
    settings.WAGTAIL_MASSAGE_API_PREVIEW_URL = f"{origin}/preview"
    settings.WAGTAIL_MASSAGE_COMMENTS_RETURN_URLS = [f"{origin}/"]
    settings.CORS_ALLOWED_ORIGINS = [origin]
    settings.CORS_ALLOW_HEADERS = ["accept", "authorization", "content-type", "idempotency-key"]
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
        eventually(lambda: answers(port))
        yield origin
    finally:
        process.terminate()
        process.wait(timeout=5)
