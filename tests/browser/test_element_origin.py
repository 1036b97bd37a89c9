"""`<massage-comments>` on another origin than the CMS: with CORS it takes over, without it the plain form stays."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.element import BUILT, taken_over
from tests.comments.faces import good_token
from wagtail_massage.comments.models import VisitorComment

FRONT = "http://front.example"


@pytest.fixture
def front(visit: Any, page: Any, live_server: Any, settings: Any) -> Any:
    """Return a function that opens a page of the other origin, whose API answers that origin or none."""
    settings.WAGTAIL_MASSAGE_COMMENTS_RETURN_URLS = [f"{FRONT}/"]
    settings.WAGTAIL_MASSAGE_COMMENTS_MIN_SECONDS = 0
    html = f"""<!doctype html><html lang="en"><title>Stones</title><main>
      <massage-comments api="{live_server.url}/api/massage/v1/" page="{page.pk}">
        <form method="post" action="{live_server.url}/massage/comments/{page.pk}/">
          <label for="n">Name</label><input id="n" name="author_name">
          <label for="b">Comment</label><textarea id="b" name="body"></textarea>
          <input type="hidden" name="form_token" value="{good_token(page)}">
          <input type="hidden" name="next" value="{FRONT}/stones/"><button>Send comment</button>
        </form>
      </massage-comments></main>
      <script type="module" src="/massage-comments.min.js"></script></html>"""

    def open_front(*, allowed: bool) -> Any:
        visitor = visit()

        def answer(route: Any) -> None:
            answered = route.fetch()
            route.fulfill(
                response=answered, headers={**answered.headers, "access-control-allow-origin": FRONT}
            )

        script = f"{live_server.url}/static/wagtail_massage_comments/element/massage-comments.min.js"
        visitor.route(f"{FRONT}/**", lambda route: route.fulfill(body=html, content_type="text/html"))
        visitor.route(BUILT, lambda route: route.fulfill(response=visitor.request.get(script)))
        if allowed:
            visitor.route("**/api/massage/v1/**", answer)
        visitor.goto(f"{FRONT}/stones/")
        return visitor

    return open_front


class TestOtherOrigin:
    def test_that_is_allowed_is_written_on_by_script(self, front):
        visitor = front(allowed=True)
        element = taken_over(visitor)
        element.get_by_label("Comment", exact=True).fill("From afar.")
        element.get_by_label("Name").fill("Wren")
        element.get_by_role("button", name="Send comment").click()
        element.get_by_text("A moderator reads it before it appears on the page.").first.wait_for()
        assert VisitorComment.objects.get().body == "From afar."
        assert visitor.url == f"{FRONT}/stones/"

    def test_that_is_not_allowed_keeps_the_plain_form_which_leads_back(self, front):
        visitor = front(allowed=False)
        visitor.get_by_label("Name").fill("Wren")
        visitor.get_by_label("Comment", exact=True).fill("From afar.")
        visitor.get_by_role("button", name="Send comment").click()
        visitor.wait_for_url(f"{FRONT}/stones/?massage-comment=pending#comments")
        assert VisitorComment.objects.get().body == "From afar."
