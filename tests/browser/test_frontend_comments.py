"""Comments through the front end in Node: from the visitor's words to what both origins show. Everybody is invented."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.element import eventually, focused, taken_over
from tests.browser.frontend import SIZES, read
from tests.browser.test_hostile import OWN, of_the_shared_corpus, readable
from tests.comments.desk import desk_url, make_user
from tests.security.test_markup import HOME_MADE
from wagtail_massage.comments.models import VisitorComment
from wagtail_massage.comments.states import Status
from wagtail_massage.testing.comments import VisitorCommentFactory

PATH = "/journal/stove/"
WORDS = "I fell asleep before the second reason, which may be the best review."
QUESTION = "My right knee has been hot and swollen since the walk on Sunday.\n\nShould I still come for the foot bath?"
ANSWER = "Please rest it and show it to a doctor first. The foot bath can wait for you."


@pytest.fixture(params=[(size, dark) for size in SIZES for dark in (False, True)], ids=str)
def look(request: Any) -> dict[str, Any]:
    size, dark = request.param
    return {"size": size, "dark": dark}


@pytest.fixture
def judge(look: dict[str, Any], axe: Any, screenshot: Any) -> Any:
    """Return a function that holds what a browser shows against axe and the screen's width, and keeps a picture."""

    def check(opened: Any, step: str, **values: Any) -> None:
        screenshot(opened, f"front-{step}-{look['size'][0]}-{'dark' if look['dark'] else 'light'}")
        assert opened.evaluate("document.documentElement.scrollWidth <= innerWidth"), step
        axe(opened, **values)

    return check


def write(element: Any, body: str, name: str) -> None:
    element.get_by_label("Comment", exact=True).fill(body)
    element.get_by_label("Name").fill(name)
    element.get_by_role("button", name="Send comment").click()


class TestAComment:
    def test_waits_then_stands_on_both_origins(
        self, front, live_server, article, visit, moderator, look, judge
    ):
        cms = live_server.url
        visitor = visit(**look)
        visitor.goto(front + PATH)
        element = taken_over(visitor)
        send = element.get_by_role("button", name="Send comment")
        assert send.evaluate("(node) => getComputedStyle(node).backgroundColor") != "rgba(0, 0, 0, 0)"
        write(element, WORDS, "Ottilie Vane")
        mine = element.get_by_role("article", name="Ottilie Vane")
        mine.get_by_text("A moderator reads it before it appears on the page.").wait_for()
        judge(visitor, "pending")
        assert WORDS not in read(front + PATH)[1] + read(cms + PATH)[1]

        desk = visit(moderator, **look)
        desk.goto(desk_url("index"))
        desk.get_by_role("button", name="Approve the comment by Ottilie Vane").click()
        eventually(lambda: VisitorComment.objects.get().status == Status.APPROVED)

        eventually(lambda: WORDS in read(front + PATH)[1])
        assert WORDS in read(cms + PATH)[1]
        visitor.reload()
        mine.get_by_text(WORDS).wait_for()
        assert not mine.get_by_text("A moderator reads it").is_visible()
        judge(visitor, "approved")
        theirs = visit(**look)
        theirs.goto(front + PATH)
        taken_over(theirs).get_by_text(WORDS).wait_for()

    def test_on_the_third_part_is_found_by_its_address(self, front, article, visit, settings, look, judge):
        settings.WAGTAIL_MASSAGE_COMMENTS_PAGE_SIZE = 5
        comments = [VisitorCommentFactory(page=article) for _number in range(14)]
        reply = VisitorCommentFactory(page=article, parent=comments[12], body="Mine was the kettle.")
        visitor = visit(**look)
        visitor.goto(f"{front}{PATH}#comment-{reply.uuid}")
        eventually(lambda: focused(visitor) == f"comment-{reply.uuid}")
        shown = visitor.locator("massage-comments").get_by_text("Mine was the kettle.")
        assert shown.is_visible()
        assert visitor.evaluate(
            "(() => { const box = document.querySelector('massage-comments').shadowRoot.activeElement"
            ".getBoundingClientRect(); return box.top >= 0 && box.top < innerHeight; })()"
        )
        judge(visitor, "permalink")


class TestAHealthQuestion:
    def test_is_answered_and_leaves_the_public_pages_as_they_were(
        self, front, live_server, article, visit, settings, look, judge
    ):
        settings.WAGTAIL_MASSAGE_COMMENTS_RATE = "1000/s"
        petra = make_user("petra", answers=article)
        visitor = visit(**look)
        visitor.goto(front + PATH)
        element = taken_over(visitor)
        write(element, QUESTION, "Tamsin Oakes")
        element.get_by_role("heading", name="You write about your health").wait_for()
        judge(visitor, "health")
        element.get_by_label("Answer me privately").check()
        element.get_by_role("button", name="Save").click()
        element.get_by_role("status").get_by_text("Your choice is stored.").wait_for()

        desk = visit(petra, **look)
        desk.goto(desk_url("index"))
        desk.get_by_role("link", name="Tamsin Oakes").first.click()
        desk.get_by_label("Answer in private").fill(ANSWER)
        desk.get_by_role("button", name="Answer", exact=True).click()
        desk.get_by_text("Answered. It can be read at the author's own page.").wait_for()

        visitor.reload()
        element.get_by_text(ANSWER).wait_for()
        judge(visitor, "health-answered")
        assert VisitorComment.objects.get().status == Status.PENDING
        for origin in (front, live_server.url):
            html = read(origin + PATH)[1]
            assert "Tamsin" not in html and "knee" not in html and "doctor first" not in html


class TestHostileTexts:
    @pytest.mark.parametrize("source", ["own", "shared"])
    def test_run_nowhere_even_without_the_policy(self, front, article, visit, settings, source):
        settings.WAGTAIL_MASSAGE_COMMENTS_PAGE_SIZE = 200
        texts = readable([*OWN, *HOME_MADE] if source == "own" else of_the_shared_corpus())
        for text in texts:
            VisitorCommentFactory(page=article, body=text, author_name=text[:80])
        visitor = visit()
        visitor.add_init_script(
            "window.ran = []; for (const name of ['alert', 'prompt', 'confirm', 'print'])"
            " window[name] = (text) => void ran.push(`${name} ${text}`);"
        )

        def without_policy(route: Any) -> None:
            answer = route.fetch()
            headers = {
                name: value for name, value in answer.headers.items() if name != "content-security-policy"
            }
            route.fulfill(response=answer, headers=headers)

        visitor.route(f"{front}{PATH}", without_policy)
        visitor.route("**/massage-comments.js", lambda route: route.abort())  # the list that Node writes
        visitor.goto(front + PATH)
        visitor.wait_for_timeout(500)
        assert visitor.locator("article.comment").count() == len(texts)
        assert visitor.evaluate("[ran, window.__hit]") == [[], None]
        inside = (
            "[...document.querySelectorAll('article.comment > :not(header)')].map((node) => node.localName)"
        )
        assert set(visitor.evaluate(inside)) == {"p"}
        links = visitor.evaluate(
            "[...document.querySelectorAll('article.comment a')].map((node) => node.href)"
        )
        assert all(link.startswith(("http://", "https://")) for link in links)
