"""C34: equal posts at one moment, a hundred times. Threads need PostgreSQL: `make postgres`."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection

from tests.comments.conftest import NOW
from tests.comments.test_races import at_once, live_page
from wagtail_massage.comments import actions
from wagtail_massage.comments.drafts import Draft, Origin
from wagtail_massage.comments.models import CommentMail, CommentThread, VisitorComment

__all__ = ["live_page"]

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="threads need PostgreSQL: make postgres"),
]


class TestTwentyPostsWithOneKey:
    def test_are_one_comment_and_one_mail_in_each_of_a_hundred_rounds(self, live_page):
        for round_ in range(100):
            draft = Draft(body=f"Round {round_}.", author_name="Wren")
            origin, now = Origin(idempotency_key=f"key-{round_}"), NOW + timedelta(minutes=round_)

            def post(
                _number: int, draft: Draft = draft, origin: Origin = origin, now=now
            ) -> actions.Submission:
                return actions.submit(page=live_page, draft=draft, origin=origin, now=now)

            done = at_once(20, post)
            assert {type(result) for result in done} == {actions.Submission}, done
            assert len({result.comment.uuid for result in done}) == 1
            assert sum(result.is_new for result in done) == 1
        assert VisitorComment.objects.count() == CommentThread.objects.get().pending_count == 100
        assert CommentMail.objects.filter(kind="MODERATORS").count() == 100

    def test_but_different_texts_are_one_comment_and_nineteen_refusals(self, live_page):
        def post(number: int) -> actions.Submission:
            draft = Draft(body=f"Text {number}.", author_name="Wren")
            return actions.submit(page=live_page, draft=draft, origin=Origin(idempotency_key="one"), now=NOW)

        done = at_once(20, post)
        assert sorted(type(result).__name__ for result in done) == ["KeyReused"] * 19 + ["Submission"]
        assert VisitorComment.objects.count() == 1
