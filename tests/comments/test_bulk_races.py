"""Many decisions at once against single ones, on PostgreSQL with real threads."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import connection

from tests.comments.conftest import NOW
from tests.comments.test_bulk import assert_counts_are_true, make_comment
from tests.comments.test_races import at_once, live_page  # noqa: F401 (a fixture)
from wagtail_massage.comments import actions
from wagtail_massage.comments.models import ModerationEvent, VisitorComment
from wagtail_massage.comments.states import Status

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="threads need PostgreSQL: make postgres"),
]


class TestAThousandHands:
    def test_approving_all_against_rejecting_each_decides_every_comment_once(self, live_page):  # noqa: F811
        user = get_user_model().objects.create_superuser("mona", "mona@example.com", "x")
        root = make_comment(live_page, 0, Status.APPROVED)
        comments = [make_comment(live_page, number, parent=root) for number in range(1, 41)]
        seen = {comment.pk: comment.version for comment in comments}

        def act(number: int) -> Any:
            if number == 0:
                return actions.decide_many(seen, "approve", by=user, now=NOW)
            rejected = []
            for comment in comments[number - 1 :: 4]:
                try:
                    rejected.append(actions.reject(comment, by=user, now=NOW).pk)
                except actions.StaleState:
                    continue
            return rejected

        bulk, *singles = at_once(5, act)
        rejected = {pk for pks in singles for pk in pks}
        assert set(bulk.done) | rejected == set(seen)
        assert not set(bulk.done) & rejected
        assert set(bulk.stale) == rejected
        assert not bulk.illegal
        approved = VisitorComment.objects.filter(pk__in=seen, status=Status.APPROVED, is_visible=True)
        assert set(approved.values_list("pk", flat=True)) == set(bulk.done)
        assert ModerationEvent.objects.filter(verb__in=["approve", "reject"]).count() == 40
        assert_counts_are_true(live_page)

    def test_two_that_overlap_in_opposite_order_do_not_wait_for_each_other_for_ever(self, live_page):  # noqa: F811
        user = get_user_model().objects.create_superuser("mona", "mona@example.com", "x")
        other = live_page.add_child(
            instance=type(live_page.specific)(title="Cold stones", slug="cold-stones")
        )
        comments = [make_comment(page, number) for page in (live_page, other) for number in range(20)]
        forth = {comment.pk: comment.version for comment in comments}
        back = dict(reversed(forth.items()))

        first, second = at_once(
            2, lambda number: actions.decide_many((forth, back)[number], "approve", by=user, now=NOW)
        )
        assert set(first.done) | set(second.done) == set(forth)
        assert not set(first.done) & set(second.done)
        for page in (live_page, other):
            assert_counts_are_true(page)
