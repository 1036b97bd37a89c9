"""The same text again."""

from __future__ import annotations

from datetime import timedelta

import pytest

from wagtail_massage.comments.models import VisitorComment
from wagtail_massage.comments.screening.duplicate import DuplicateCheck

from .conftest import reasons

AGAIN = [("HOLD", "duplicate")]


class TestDuplicateCheck:
    @pytest.mark.parametrize(
        ("body", "found"),
        [
            ("Buy this cream", AGAIN),
            ("buy  THIS\u200b cream", AGAIN),
            ("Buy that cream", []),
        ],
    )
    def test_holds_a_text_that_was_posted_before(self, look, say, body, found):
        say("Buy this cream", author_name="Finch B.")
        assert reasons(look(DuplicateCheck(), body)) == found

    def test_forgets_after_the_hours_of_the_setting(self, look, say, now):
        comment = say("Buy this cream")
        VisitorComment.objects.filter(pk=comment.pk).update(created_at=now - timedelta(hours=25))
        assert reasons(look(DuplicateCheck(), "Buy this cream")) == []

    def test_does_not_take_an_edited_comment_for_its_own_copy(self, look, say, now):
        comment = say("Buy this cream")
        assert reasons(look(DuplicateCheck(), "Buy this cream", comment=comment)) == []

    def test_does_not_look_into_the_future_of_a_past_comment(self, look, say, now):
        first = say("Buy this cream")
        second = say("Buy this cream", author_name="Finch B.")
        VisitorComment.objects.filter(pk=first.pk).update(created_at=now - timedelta(minutes=1))
        assert reasons(look(DuplicateCheck(), "Buy this cream", comment=first)) == []
        assert reasons(look(DuplicateCheck(), "Buy this cream", comment=second)) == AGAIN
