"""Reports at the same moment, on PostgreSQL with real threads: each counts once, and the threshold is passed once."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import connection

from tests.comments.conftest import NOW
from tests.comments.test_races import at_once, live_page  # noqa: F401 (a fixture)
from wagtail_massage.comments import actions
from wagtail_massage.comments.drafts import Draft, Origin
from wagtail_massage.comments.models import CommentMail, CommentReport, CommentThread, VisitorComment
from wagtail_massage.comments.states import Policy, ReportReason, Status

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="threads need PostgreSQL: make postgres"),
]


@pytest.fixture
def comment(live_page: Any, settings: Any) -> VisitorComment:  # noqa: F811
    settings.WAGTAIL_MASSAGE_COMMENTS_REPORT_RATE = "1000/s"
    user = get_user_model().objects.create_superuser("mona", "mona@example.com", "x")
    actions.set_policy(page=live_page, policy=Policy.POST, by=user, now=NOW)
    draft = Draft(body="Report me", author_name="Wren A.")
    return actions.submit(page=live_page, draft=draft, origin=Origin(token="GOOD"), now=NOW).comment


def tell(comment: VisitorComment, network: int) -> Any:
    seen = VisitorComment.objects.get(pk=comment.pk)
    origin = Origin(address=f"198.51.100.{network}")
    return actions.report(seen, reason=ReportReason.OFFENSIVE, origin=origin, now=NOW)


class TestAtOnce:
    def test_ten_people_hide_the_comment_once(self, comment):
        done = at_once(10, lambda number: tell(comment, number))
        stored = [result for result in done if isinstance(result, CommentReport)]
        late = [result for result in done if isinstance(result, actions.NotReportable)]
        assert (len(stored), len(late)) == (3, 7)  # once it is hidden there is nothing to report
        comment.refresh_from_db()
        assert (comment.status, comment.report_count) == (Status.PENDING, 3)
        assert comment.events.filter(verb="hide").count() == 1
        assert CommentMail.objects.filter(key__contains="REPORTED").count() == 1
        thread = CommentThread.objects.get()
        assert (thread.visible_count, thread.pending_count, thread.approved_count) == (0, 1, 0)

    def test_one_person_counts_once(self, comment):
        done = at_once(10, lambda _number: tell(comment, 1))
        assert len({report.pk for report in done}) == 1
        comment.refresh_from_db()
        assert (comment.status, comment.report_count) == (Status.APPROVED, 1)

    def test_a_moderator_and_reporters_leave_a_count_that_is_true(self, comment):
        user = get_user_model().objects.get()
        for round_ in range(5):

            def act(number: int, round_: int = round_) -> Any:
                if number:
                    return tell(comment, 10 * round_ + number)
                seen = VisitorComment.objects.get(pk=comment.pk)
                return actions.dismiss_reports(seen, by=user, now=NOW)

            done = at_once(3, act)
            broken = [result for result in done if isinstance(result, Exception)]
            assert all(isinstance(error, (actions.StaleState, actions.NotReportable)) for error in broken)
            comment.refresh_from_db()
            assert comment.report_count == comment.reports.filter(handled_at=None).count()
            if comment.status == Status.PENDING:
                actions.approve(comment, by=user, now=NOW)

    def test_two_pins_leave_one(self, live_page, comment):  # noqa: F811
        user = get_user_model().objects.get()
        draft = Draft(body="Another", author_name="Finch")
        other = actions.submit(page=live_page, draft=draft, origin=Origin(token="GOOD"), now=NOW).comment
        pair = [comment, other]
        at_once(2, lambda number: actions.pin(pair[number], by=user, now=NOW))
        pinned = CommentThread.objects.get().pinned
        assert pinned in pair
        events = [
            list(c.events.filter(verb__in=["pin", "unpin"]).values_list("verb", flat=True)) for c in pair
        ]
        assert sorted(events) == [["pin"], ["pin", "unpin"]]
