"""A post whose transaction the database ends, because it and another wait for each other: really, in threads."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.db import OperationalError, connection, connections, transaction
from django.test import Client
from wagtail.models import Page, Site

from tests.comments.conftest import NOW
from tests.comments.faces import FIELDS, HtmlFace, JsonFace
from tests.comments.test_races import live_page  # noqa: F401 (a fixture)
from tests.comments.waiting import WAITS_FOR_US, started
from wagtail_massage.comments import actions
from wagtail_massage.comments.actions import deadlocks
from wagtail_massage.comments.drafts import Draft, Origin
from wagtail_massage.comments.models import CommentThread, ModerationEvent, VisitorComment
from wagtail_massage.comments.threads import lock_thread

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor not in WAITS_FOR_US, reason="a deadlock needs locks on rows"),
]


@pytest.fixture
def page(live_page: Page) -> Iterator[Page]:  # noqa: F811
    """A page with a thread, on a site that makes a transaction of each request."""
    actions.submit(page=live_page, draft=Draft(body="First", author_name="Wren"), origin=Origin(), now=NOW)
    Site.objects.update(root_page=live_page)
    Site.clear_site_root_paths_cache()
    settings = connections.settings["default"]
    before, settings["ATOMIC_REQUESTS"] = settings["ATOMIC_REQUESTS"], True
    cache.clear()
    yield live_page
    settings["ATOMIC_REQUESTS"] = before


@pytest.fixture
def ended(caplog: pytest.LogCaptureFixture) -> Callable[[], int]:
    """Return a function that counts how often a transaction was begun again."""
    caplog.set_level("INFO", deadlocks.logger.name)
    return lambda: sum(record.name == deadlocks.logger.name for record in caplog.records)


def meet(page: Page, post: Callable[[], Any], *, deletes: bool = False) -> Any:
    """Post while somebody holds the page and then wants its thread: each waits for the other, and the post has less to
    lose. Returns the answer to the post."""
    with transaction.atomic():
        list(Page.objects.select_for_update().filter(pk=page.pk))
        get_user_model().objects.bulk_create(get_user_model()(username=f"{n}") for n in range(50))
        poster, answers = started(post)
        lock_thread(page)
        if deletes:
            Page.objects.get(pk=page.pk).delete()
    poster.join()
    return answers[0]


class TestPost:
    def test_is_stored_and_counted_once_after_it_was_ended(
        self, page: Page, ended: Any, settings: Any
    ) -> None:
        settings.WAGTAIL_MASSAGE_COMMENTS_RATE = "10/h"
        response = meet(page, lambda: JsonFace(Client()).post(page))
        assert response.status_code == 202 and ended() == 1
        comment = VisitorComment.objects.get(body=FIELDS["body"])
        assert ModerationEvent.objects.filter(comment=comment).count() == 1
        assert CommentThread.objects.get().pending_count == 2
        assert "r=9;" in response.headers["RateLimit"]

    def test_is_told_that_the_page_is_gone(self, page: Page, ended: Any) -> None:
        assert meet(page, lambda: JsonFace(Client()).post(page), deletes=True).status_code == 404
        assert ended() == 1 and VisitorComment.objects.get().page is None

    def test_comes_back_with_its_text_where_it_was_ended_too_often(
        self, page: Page, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(deadlocks, "MORE", 0)
        response = meet(page, lambda: HtmlFace(Client()).post(page))
        assert (response.status_code, response.headers["Retry-After"]) == (503, "5")
        assert FIELDS["body"] in response.content.decode()
        assert VisitorComment.objects.count() == CommentThread.objects.get().pending_count == 1


class TestTransaction:
    def test_of_somebody_else_is_left_to_whoever_has_begun_it(self, page: Page, ended: Any) -> None:
        def post() -> Any:
            draft = Draft(body="Second", author_name="Wren")
            with transaction.atomic():
                return actions.submit(page=page, draft=draft, origin=Origin(), now=NOW)

        assert isinstance(meet(page, post), OperationalError) and not ended()
        assert VisitorComment.objects.count() == 1
