"""The demo's first hour, as README and docs show it: an editor, a visitor with her moderator, an article that comes in.

The pictures of README and docs are those of this walk: MASSAGE_UPDATE_PICTURES=1 puts them into docs/images.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from PIL import Image

from tests.browser.conftest import PATIENCE_MS, SCREENSHOTS
from tests.browser.element import eventually, taken_over
from tests.browser.frontend import read
from tests.mail_sink import free_port

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / "docs" / "images"
COLOURS = 128  # of a picture: enough for a screen, and a third of the bytes
LEGS = "/journal/six-reasons-to-give-your-legs-an-hour/"
WORDS = "Read the fifth reason aloud to my husband. He has found his boots."
TEXT = """4 reasons to leave your shoes at the door

Our floor is oak, and it has been warm since six.

1. Your feet arrive before you do

They have been shut in since breakfast. Give them the boards.

2. It is quiet

Nobody has ever hurried in socks.

3. The bench is made for it

It has a place for each pair, and a horn that works.

4. You will want them off anyway

The hour begins with a bowl of warm water.
"""


class Demo(NamedTuple):
    site: str
    front: str
    password: str


@pytest.fixture
def demo(node: None, tmp_path: Path) -> Iterator[Demo]:
    """The demo as `make demo` starts it, in a folder of its own."""
    environment = os.environ | {"PORT": str(free_port()), "MASSAGE_DEMO_DIR": str(tmp_path / "demo")}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    log = tmp_path / "said.txt"
    with log.open("wb") as out:
        command = [sys.executable, "-m", "example_project"]
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=out, stderr=subprocess.STDOUT)
        try:
            said = eventually(lambda: "Ctrl+C" in (text := log.read_text()) and text, seconds=120)
            site = re.search(r"Site +(\S+)/\n", said)
            front = re.search(r"Front end +(\S+)/\n", said)
            password = re.search(r"password (\S+) ", said)
            yield Demo(site[1], front[1], password[1])
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=20)


@pytest.fixture
def browse(chromium: Any) -> Iterator[Callable[..., Any]]:
    """Return a function that opens a browser of its own, at an origin."""
    contexts = []

    def open_page(origin: str, width: int = 1280, height: int = 860) -> Any:
        size = {"width": width, "height": height}
        contexts.append(chromium.new_context(base_url=origin, viewport=size, reduced_motion="reduce"))
        contexts[-1].set_default_timeout(PATIENCE_MS)
        return contexts[-1].new_page()

    yield open_page
    for context in contexts:
        context.close()


def keep(page: Any, name: str) -> None:
    """Keep a picture of what the screen shows, for docs/images where that is asked for."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    path = SCREENSHOTS / f"demo-{name}.png"
    page.mouse.move(0, 0)
    page.screenshot(path=path)
    if os.environ.get("MASSAGE_UPDATE_PICTURES"):
        Image.open(path).convert("RGB").quantize(COLOURS).save(PICTURES / f"{name}.png", optimize=True)


def sign_in(page: Any, password: str) -> None:
    page.goto("/admin/")
    page.get_by_label("Username").fill("admin")
    page.locator("#id_password").fill(password)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("heading", name="Visitor comments").wait_for()


def publish(editor: Any, demo: Demo) -> None:
    """An editor counts seven reasons where there are six, is told, mends it with a click and publishes."""
    editor.goto(f"/admin/pages/{page_id(demo, LEGS)}/edit/")
    editor.locator("#id_title").fill("7 reasons to give your legs an evening")
    mend = editor.get_by_role("button", name="Change the title to “6 reasons to give your legs an evening”")
    mend.wait_for()
    keep(editor, "editor")
    mend.click()
    editor.get_by_role("button", name="More actions").click()
    editor.get_by_role("button", name="Publish").click()
    editor.wait_for_url(re.compile(r"/admin/pages/\d+/$"))
    eventually(lambda: "6 reasons to give your legs an evening" in read(demo.front + LEGS)[1])
    assert "6 reasons to give your legs an evening" in read(demo.site + LEGS)[1]


def page_id(demo: Demo, path: str) -> int:
    found = re.search(r'"id": ?(\d+)', read(f"{demo.site}/api/massage/v1/route/?path={path}")[1])
    return int(found[1])


def comment(visitor: Any, desk: Any, demo: Demo) -> None:
    """A visitor writes on the front end; a moderator approves it; both sites show it."""
    visitor.goto(LEGS)
    element = taken_over(visitor)
    element.get_by_label("Comment", exact=True).fill(WORDS)
    element.get_by_label("Name").fill("Hattie")
    visitor.wait_for_timeout(4000)  # who sends at once is taken for a program
    element.get_by_role("button", name="Send comment").click()
    mine = element.get_by_role("article", name="Hattie")
    mine.get_by_text("A moderator reads it before it appears on the page.").wait_for()
    mine.evaluate("(node) => node.scrollIntoView({ block: 'center' })")
    keep(visitor, "element")
    desk.goto("/admin/massage-comments/")
    keep(desk, "desk")
    desk.get_by_role("button", name="Approve the comment by Hattie").click()
    eventually(lambda: WORDS in read(demo.front + LEGS)[1])
    assert WORDS in read(demo.site + LEGS)[1]
    # A page of a visitor's own is no page of the CMS, and has a title all the same.
    assert "<title>Your comment</title>" in read(f"{demo.site}/massage/comments/receipt/none/")[1]


def bring_in(editor: Any) -> None:
    """An editor pastes an article and reads what would become of it; it is a draft then."""
    editor.goto("/admin/")
    editor.get_by_role("link", name="Article from text").click()
    editor.locator("#id_text").fill(TEXT)
    editor.get_by_role("button", name="See what becomes of it").click()
    review = editor.locator(".massage-review")
    review.get_by_text("You will want them off anyway").wait_for()
    review.scroll_into_view_if_needed()
    keep(editor, "import")
    editor.get_by_role("button", name="Create the draft").click()
    editor.wait_for_url(re.compile(r"/admin/pages/\d+/edit/"))
    assert editor.locator("#id_title").input_value() == "4 reasons to leave your shoes at the door"


class TestTheDemo:
    def test_leads_an_editor_a_visitor_and_an_article_through_their_first_hour(self, demo, browse):
        editor = browse(demo.site)
        sign_in(editor, demo.password)
        publish(editor, demo)
        reader = browse(demo.site)
        reader.goto(LEGS)
        reader.locator("#nobody-asks-anything-of-you").scroll_into_view_if_needed()
        keep(reader, "page")
        comment(browse(demo.front, width=390, height=844), editor, demo)
        bring_in(editor)
