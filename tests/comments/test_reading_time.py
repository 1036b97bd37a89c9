"""What visitors are told of the time that a moderator needs: only what happened."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from wagtail_massage.comments import actions
from wagtail_massage.comments.models import VisitorComment
from wagtail_massage.comments.reading_time import usual_wait
from wagtail_massage.comments.states import Status
from wagtail_massage.testing.comments import VisitorCommentFactory

HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def forgetful() -> Any:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def decide(say: Any, moderator: Any) -> Any:
    """Return a function that lets comments wait so many hours each, and returns the moment of the last decision."""

    def run(*hours: float, verb: Any = actions.approve) -> Any:
        decided = None
        for wait in hours:
            comment = say()
            decided = comment.created_at + wait * HOUR
            verb(comment, by=moderator, now=decided)
        return (
            max(c.created_at for c in VisitorComment.objects.all()) + max(hours) * HOUR if decided else None
        )

    return run


class TestUsualWait:
    def test_says_nothing_before_five_decisions(self, decide):
        assert usual_wait(decide(1, 1, 1, 1)) == ""

    @pytest.mark.parametrize(
        ("hours", "sentence"),
        [
            ([0.2] * 5, "Usually read within an hour."),
            ([1, 1, 2, 3.5, 400], "Usually read within 4 hours."),
            ([23.5] * 5, "Usually read within 24 hours."),
            ([24.5] * 5, "Usually read within 2 days."),
            ([1, 1, 1, 100, 100], "Usually read within 5 days."),
        ],
    )
    def test_covers_four_comments_of_five_and_rounds_up(self, decide, hours, sentence):
        assert usual_wait(decide(*hours)) == sentence

    def test_counts_rejections_as_well(self, decide):
        assert (
            usual_wait(decide(1.5, 1.5, 1.5, 1.5, 1.5, verb=actions.reject)) == "Usually read within 2 hours."
        )

    def test_counts_only_the_first_decision_on_a_comment(self, decide, moderator):
        now = decide(1, 1, 1, 1, 1)
        for comment in VisitorComment.objects.all():
            hidden = actions.hide(comment, by=moderator, now=now + 50 * HOUR)
            actions.approve(hidden, by=moderator, now=now + 100 * HOUR)
        assert usual_wait(now + 100 * HOUR) == "Usually read within an hour."

    def test_forgets_what_is_more_than_thirty_days_old(self, decide):
        assert usual_wait(decide(1, 1, 1, 1, 1) + timedelta(days=31)) == ""

    def test_leaves_out_what_came_in_by_an_import(self, page, moderator, now):
        for comment in [VisitorCommentFactory(page=page, status=Status.PENDING) for _ in range(5)]:
            actions.approve(comment, by=moderator, now=now)
        assert usual_wait(now) == ""

    def test_counts_from_the_day_the_address_was_confirmed(self, page, say, moderator):
        for _ in range(5):
            comment = say()
            comment.email_verified_at = comment.created_at + 10 * HOUR
            comment.save()
            actions.approve(comment, by=moderator, now=comment.created_at + 12 * HOUR)
        assert usual_wait(comment.created_at + 12 * HOUR) == "Usually read within 2 hours."

    def test_is_asked_of_the_database_once(self, decide):
        now = decide(1, 1, 1, 1, 1)
        with CaptureQueriesContext(
            connection,
        ) as first:
            usual_wait(now)
        with CaptureQueriesContext(connection) as second:
            assert usual_wait(now)
        assert (len(first), len(second)) == (2, 0)

    def test_is_told_although_the_cache_is_away(self, decide, settings):
        settings.CACHES = {"default": {"BACKEND": "tests.comments.broken_cache.BrokenCache"}}
        assert usual_wait(decide(1, 1, 1, 1, 1)) == "Usually read within an hour."
