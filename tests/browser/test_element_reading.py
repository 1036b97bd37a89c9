"""`<massage-comments>` as readers meet it: long threads, permalinks, looks, the keyboard, hostile texts, health."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.browser.element import eventually, focused, open_with_element, stored, taken_over, watch
from tests.comments.test_health import QUESTION
from tests.security.test_markup import names, packed
from wagtail_massage.comments.models import HealthQuestion, VisitorComment
from wagtail_massage.comments.states import HealthChoice
from wagtail_massage.testing.comments import VisitorCommentFactory

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "data" / "hostile"
OWN_TRICKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "&lt;img src=x onerror=alert(1)&gt;",
    '"><svg onload=alert(1)>',
    "javascript:alert(1) https://example.com/\"onmouseover=alert(1) http://example.com/'><b>",
    '</p><a href="javascript:alert(1)">x</a><p>',
    "{{constructor.constructor('alert(1)')()}}",
]


@pytest.fixture(autouse=True)
def with_element(settings: Any) -> None:
    settings.WAGTAIL_MASSAGE_COMMENTS_ELEMENT = True
    settings.WAGTAIL_MASSAGE_COMMENTS_MIN_SECONDS = 0
    settings.WAGTAIL_MASSAGE_COMMENTS_RATE = "1000/s"


class TestThread:
    def test_leads_to_a_reply_on_its_third_part_and_back(self, visit, page, settings):
        settings.WAGTAIL_MASSAGE_COMMENTS_PAGE_SIZE = 5
        comments = [VisitorCommentFactory(page=page) for _number in range(14)]
        reply = VisitorCommentFactory(page=page, parent=comments[12], body="Deep down.")
        visitor = visit()
        element = open_with_element(visitor, page, fragment=f"#comment-{reply.uuid}")
        eventually(lambda: focused(visitor) == f"comment-{reply.uuid}")
        assert element.get_by_text("Deep down.").is_visible()
        element.get_by_role("button", name="From the beginning").click()
        element.get_by_text(comments[0].body, exact=True).wait_for()
        assert focused(visitor) == "heading"
        element.get_by_role("button", name="More comments").click()
        eventually(lambda: focused(visitor) == f"comment-{comments[5].uuid}")
        element.get_by_role("combobox", name="Order of the comments").select_option("newest")
        eventually(
            lambda: element.get_by_role("article").first.get_attribute("id").endswith(str(comments[-1].uuid))
        )

    def test_is_answered_by_keyboard_alone(self, visit, page):
        VisitorCommentFactory(page=page, author_name="Pip")
        visitor = visit()
        element = open_with_element(visitor, page)
        element.get_by_role("button", name="Reply: Pip").focus()
        visitor.keyboard.press("Enter")
        visitor.keyboard.type("Me too.")
        visitor.keyboard.press("Escape")
        assert focused(visitor) == "Reply"
        visitor.keyboard.press("Enter")
        visitor.keyboard.press("Tab")
        visitor.keyboard.type("Wren")
        visitor.keyboard.press("Control+Enter")
        element.get_by_role("article", name="Wren").get_by_text("Me too.").wait_for()
        element.get_by_text("A moderator reads it before").first.wait_for()
        comment = VisitorComment.objects.get(author_name="Wren")
        assert comment.parent.author_name == "Pip"
        eventually(lambda: focused(visitor) == f"comment-{comment.uuid}")


class TestHealthQuestion:
    def test_gets_its_choices_and_leaves_no_text_on_the_device(self, visit, page):
        visitor = visit()
        element = open_with_element(visitor, page)
        element.get_by_label("Comment", exact=True).fill(QUESTION)
        element.get_by_label("Name").fill("Wren")
        assert "veins" in stored(visitor)
        element.get_by_role("button", name="Send comment").click()
        element.get_by_role("heading", name="You write about your health").wait_for()
        assert "veins" not in stored(visitor) and "Wren" not in stored(visitor)
        element.get_by_label("Publish without my name").check()
        element.get_by_role("button", name="Save").click()
        element.get_by_role("article").get_by_text("You can choose again at any time.").wait_for()
        assert HealthQuestion.objects.get().choice == HealthChoice.NAMELESS
        visitor.reload()
        element.get_by_role("article").get_by_text("You can choose again at any time.").wait_for()
        assert element.get_by_label("Publish without my name").is_checked()
        assert "veins" not in stored(visitor)


class TestLooks:
    @pytest.mark.parametrize("size", [(1280, 800), (320, 640)])
    @pytest.mark.parametrize("dark", [False, True])
    @pytest.mark.parametrize("direction", ["ltr", "rtl"])
    def test_are_readable_for_everybody(self, visit, page, axe, screenshot, size, dark, direction):
        first = VisitorCommentFactory(
            page=page, body="Warm stones, and https://example.com/ has more of them."
        )
        VisitorCommentFactory(page=page, parent=first)
        visitor = visit(size=size, dark=dark)
        visitor.add_init_script(
            f"addEventListener('DOMContentLoaded', () => {{ document.documentElement.dir = '{direction}';"
            " document.documentElement.style.colorScheme = 'light dark'; })"
        )
        element = open_with_element(visitor, page)
        element.get_by_role("button", name="Reply").first.click()
        element.get_by_role("button", name="Report").last.click()
        assert visitor.evaluate("document.documentElement.scrollWidth <= innerWidth")
        axe(visitor, within="massage-comments")
        screenshot(visitor, f"element-{size[0]}-{'dark' if dark else 'light'}-{direction}")


class TestHostileTexts:
    def put(self, page: Any, texts: list[str]) -> int:
        """Publish the texts, many to a comment, and some of them as names. Returns the number of comments."""
        bodies, authors = packed(texts), list(names(texts))
        for number, body in enumerate(bodies):
            VisitorCommentFactory(page=page, body=body, author_name=authors[number * 7 % len(authors)])
        return len(bodies)

    def judge(self, visitor: Any, page: Any) -> None:
        watch(visitor, page)
        visitor.goto(page.url)
        assert visitor.evaluate("ran") == []
        taken_over(visitor)
        elements = visitor.evaluate(
            "[...new Set([...document.querySelector('massage-comments').shadowRoot.querySelectorAll('[part=body] *')]"
            ".map((node) => node.localName))]"
        )
        assert set(elements) <= {"p", "br", "a"}
        links = visitor.evaluate(
            "[...document.querySelector('massage-comments').shadowRoot.querySelectorAll('[part=body] a')]"
            ".map((node) => node.href)"
        )
        assert all(link.startswith(("http://", "https://")) for link in links)
        assert visitor.evaluate("ran") == []
        assert visitor.evaluate("refused") == []

    def test_of_ours_run_nowhere(self, visit, page):
        assert self.put(page, OWN_TRICKS) == 1
        visitor = visit()
        self.judge(visitor, page)
        shown = visitor.locator("massage-comments [part=body]").first.inner_text()
        assert "<img src=x onerror=alert(1)>" in shown

    @pytest.mark.parametrize("name", ["xss", "blns"])
    def test_of_the_shared_corpus_run_nowhere(self, visit, page, settings, name):
        path = CORPUS / f"{name}.shared.jsonl"
        if not path.exists():
            pytest.skip("needs ../shared/data/hostile beside the checkout")
        settings.WAGTAIL_MASSAGE_COMMENTS_PAGE_SIZE = 200
        texts = [json.loads(line).get("text", "") for line in path.read_text().splitlines()]
        assert self.put(page, texts) >= 3
        self.judge(visit(), page)
