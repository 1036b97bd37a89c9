"""The lanes of the desk, and how many comments stand in each.

The counts of states are sums over the threads in scope: counting a million comments by status takes longer than a
person waits. What is reported or unread is counted row by row, for there an index leads to few rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet, Sum
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ..models import CommentThread, VisitorComment
from ..permissions import scope_of
from ..states import Status

StatusCounts = dict[str, int]


@dataclass(frozen=True, kw_only=True)
class Lane:
    """One tab. `statuses` are what it holds; the oldest comes first where somebody is waiting for an answer.

    A lane with `only` holds those of them for which the condition is true, and is counted under its slug.
    """

    slug: str
    label: str | Promise
    statuses: tuple[Status, ...]
    only: Q | None = None
    oldest_first: bool = False
    empty: str | Promise

    @property
    def condition(self) -> Q:
        """What is true of its comments."""
        return Q(status__in=self.statuses) & (self.only or Q())

    def count(self, counts: StatusCounts) -> int:
        if self.only is not None:
            return counts[self.slug]
        return sum(counts[status] for status in self.statuses)


LANES = {
    lane.slug: lane
    for lane in (
        Lane(
            slug="pending",
            label=_("Pending"),
            statuses=(Status.PENDING,),
            oldest_first=True,
            empty=_("All answered: no comment is waiting for you."),
        ),
        Lane(
            slug="reported",
            label=_("Reported"),
            statuses=(Status.APPROVED, Status.PENDING),
            only=Q(report_count__gt=0),
            oldest_first=True,
            empty=_("No comment is reported."),
        ),
        Lane(
            slug="unread",
            label=_("Unread"),
            statuses=(Status.APPROVED,),
            only=Q(reviewed_at=None),
            oldest_first=True,
            empty=_("Everything that is public has been read by a person."),
        ),
        Lane(
            slug="approved",
            label=_("Approved"),
            statuses=(Status.APPROVED,),
            empty=_("No comment has been approved yet."),
        ),
        Lane(
            slug="rejected",
            label=_("Rejected"),
            statuses=(Status.REJECTED,),
            empty=_("No comment has been rejected."),
        ),
        Lane(slug="spam", label=_("Spam"), statuses=(Status.SPAM,), empty=_("No spam. Enjoy the quiet.")),
        Lane(
            slug="removed",
            label=_("Removed"),
            statuses=(Status.REMOVED, Status.ERASED),
            empty=_("No comment has been removed."),
        ),
        # also holds what has no lane of its own: comments whose authors have not confirmed their address
        Lane(
            slug="all",
            label=_("All"),
            statuses=tuple(Status),
            empty=_("Nobody has commented yet. What visitors write on your pages arrives here."),
        ),
    )
}
FIRST = "pending"


def count_by_status(user: Any, *, page: Any = None) -> StatusCounts:
    """Return how many comments in each status `user` moderates, on `page` and below it or everywhere. One query."""
    threads = CommentThread.objects.filter(scope_of(user).condition("page__path"))
    if page is not None:
        threads = threads.filter(page__path__startswith=page.path)
    sums = threads.aggregate(**{status: Sum(f"{status.lower()}_count") for status in Status.values})
    return {status: count or 0 for status, count in sums.items()}


def counts_by_row(comments: QuerySet[VisitorComment]) -> StatusCounts:
    """Return how many of `comments` the lanes with a condition of their own hold. One query for each such lane."""
    return {
        lane.slug: comments.filter(lane.condition).count() for lane in LANES.values() if lane.only is not None
    }


def counts_of(thread: CommentThread) -> StatusCounts:
    """Return how many comments of one thread each lane holds."""
    counts = {status: getattr(thread, f"{status.lower()}_count") for status in Status.values}
    return counts | counts_by_row(VisitorComment.objects.filter(thread=thread.pk))


def counts_of_request(request: HttpRequest) -> StatusCounts:
    """Return `count_by_status` for the signed-in user; the lanes and the menu of one admin page share one query."""
    if not hasattr(request, "_massage_comment_counts"):
        request._massage_comment_counts = count_by_status(request.user)  # type: ignore[attr-defined]
    return request._massage_comment_counts  # type: ignore[attr-defined]
