"""The lanes of the desk, and how many comments stand in each.

The counts are sums over the threads in scope: counting a million comments by status takes longer than a person waits.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Sum
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ..models import CommentThread
from ..permissions import scope_of
from ..states import Status

StatusCounts = dict[str, int]


@dataclass(frozen=True, kw_only=True)
class Lane:
    """One tab. `statuses` are what it holds; the oldest comes first where somebody is waiting for an answer."""

    slug: str
    label: str | Promise
    statuses: tuple[Status, ...]
    oldest_first: bool = False
    empty: str | Promise

    def count(self, counts: StatusCounts) -> int:
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


def counts_of(thread: CommentThread) -> StatusCounts:
    """Return how many comments of one thread have each status. No query."""
    return {status: getattr(thread, f"{status.lower()}_count") for status in Status.values}


def counts_of_request(request: HttpRequest) -> StatusCounts:
    """Return `count_by_status` for the signed-in user; the lanes and the menu of one admin page share one query."""
    if not hasattr(request, "_massage_comment_counts"):
        request._massage_comment_counts = count_by_status(request.user)  # type: ignore[attr-defined]
    return request._massage_comment_counts  # type: ignore[attr-defined]
