"""The lanes of the desk, and how many comments stand in each.

The counts of states are sums over the threads in scope: counting a million comments by status takes longer than a
person waits. What is reported or unread is counted row by row, for there an index leads to few rows. Health questions
have a small table of their own.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import JSONObject
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ...statements import Statement
from ..models import CommentReport, CommentThread, HealthQuestion, VisitorComment
from ..permissions import Permission, Rights, moderated_by, on_desk, rights_of, scope_of, shown_to
from ..states import Status

StatusCounts = dict[str, int]
"""Counts by status, and by the slug of lanes that hold something else than statuses."""

OLDEST = ("created_at", "pk")
NEWEST = ("-created_at", "-pk")
REPORTED = (  # who was reported first comes first; an index leads to the few reports of each
    Subquery(
        CommentReport.objects.filter(comment=OuterRef("pk"), handled_at=None)
        .order_by("created_at")
        .values("created_at")[:1]
    ),
    "pk",
)
MINE = "mine"  # unanswered health questions that the user may answer


@dataclass(frozen=True, kw_only=True)
class Lane:
    """One list. `statuses` are what it holds, those of them for which `only` is true.

    Attributes:
        order: the oldest comes first where somebody is waiting for an answer.
        by_row: whether its comments are counted one by one, under its slug.
        health: whether it is for those who answer health questions as well.
        within: the slug of the lane that it is a part of, where it has no tab.
        part: what a lane with parts calls what stands in itself.
        told: what is said above its comments.
    """

    slug: str
    label: str | Promise
    statuses: tuple[Status, ...]
    only: Q | None = None
    order: tuple[Any, ...] = NEWEST
    by_row: bool = False
    health: bool = False
    within: str = ""
    part: str | Promise = ""
    told: str | Promise = ""
    empty: str | Promise

    @property
    def condition(self) -> Q:
        """What is true of its comments."""
        return Q(status__in=self.statuses) & (self.only or Q())

    def count(self, counts: StatusCounts) -> int:
        if self.slug in counts:
            return counts[self.slug]
        return sum(counts[status] for status in self.statuses)


LANES = {
    lane.slug: lane
    for lane in (
        Lane(
            slug="pending",
            label=_("Pending"),
            statuses=(Status.PENDING,),
            only=Q(is_health=False),
            order=OLDEST,
            empty=_("All answered: no comment is waiting for you."),
        ),
        Lane(
            slug="unconfirmed",
            label=_("Unconfirmed"),
            statuses=(Status.UNCONFIRMED,),
            order=OLDEST,
            within="pending",
            told=_(
                "The authors of these have been sent a mail and have not confirmed their address yet. There is "
                "nothing to do: as soon as they confirm it, the comment goes on by itself."
            ),
            empty=_("No comment waits for its author to confirm an address."),
        ),
        Lane(
            slug="health",
            label=_("Health questions"),
            statuses=(Status.PENDING,),
            only=Q(is_health=True, health__answered_at=None),
            order=("-health__is_urgent", "health__created_at", "pk"),
            health=True,
            part=_("Waiting for an answer"),
            empty=_("No health question is waiting for an answer."),
        ),
        Lane(
            slug="answered",
            label=_("Answered"),
            statuses=(Status.PENDING,),
            only=Q(is_health=True, health__answered_at__isnull=False),
            order=("-health__answered_at", "-pk"),
            health=True,
            within="health",
            empty=_("No health question has been answered yet."),
        ),
        Lane(
            slug="reported",
            label=_("Reported"),
            statuses=(Status.APPROVED, Status.PENDING),
            only=Q(report_count__gt=0, is_health=False),
            order=REPORTED,
            by_row=True,
            empty=_("No comment is reported."),
        ),
        Lane(
            slug="unread",
            label=_("Unread"),
            statuses=(Status.APPROVED,),
            only=Q(reviewed_at=None),
            order=OLDEST,
            by_row=True,
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
        Lane(
            slug="all",
            label=_("All"),
            statuses=tuple(Status),
            empty=_("Nobody has commented yet. What visitors write on your pages arrives here."),
        ),
    )
}
FIRST = "pending"
FIRST_OF_HEALTH = "health"


def lanes_of(user: Any) -> list[Lane]:
    """Return the lanes that `user` has: all, or those for health questions alone."""
    return [lane for lane in LANES.values() if lane.health or scope_of(user)]


def comments_in(lane: Lane, user: Any) -> QuerySet[VisitorComment]:
    """Return what `user` sees in a lane."""
    return (shown_to(user) if lane.health else moderated_by(user)).filter(lane.condition)


def count_lanes(user: Any, *, page: Any = None, by_row: bool = False) -> StatusCounts:
    """Return how many comments `user` finds on `page` and below it, or everywhere, by status; what is counted row by
    row is missing unless `by_row`. One query."""
    lanes = [lane.slug for lane in LANES.values() if lane.by_row and by_row]
    counts = dict.fromkeys((*Status.values, "health", "answered", "apart", MINE, *lanes), 0)
    for (found,) in _counting(rights_of(user), page.path if page else "", by_row).run():
        counts |= {name: count or 0 for name, count in found.items()}
    return counts | {FIRST: counts[Status.PENDING] - counts["apart"]}


@lru_cache(maxsize=64)
def _counting(user: Rights, path: str, by_row: bool) -> Statement:
    """The menu asks for this on every page of the admin, so its SQL is made once: all that `_count` finds together."""
    threads = CommentThread.objects.filter(scope_of(user).condition("page__path"))
    questions = HealthQuestion.objects.filter(on_desk(user, "comment__page__path"))
    comments = moderated_by(user)
    if path:
        threads = threads.filter(page__path__startswith=path)
        questions = questions.filter(comment__page__path__startswith=path)
        comments = comments.filter(page__path__startswith=path)
    lanes = [lane for lane in LANES.values() if lane.by_row and by_row]
    of_states = _count(threads, **{status: Sum(f"{status.lower()}_count") for status in Status.values})
    of_rows = [_count(comments.filter(lane.condition), **{lane.slug: Count("pk")}) for lane in lanes]
    return Statement(of_states.union(_of_health(questions, user), *of_rows, all=True))


def _of_health(questions: QuerySet[HealthQuestion], user: Rights) -> QuerySet[Any, Any]:
    """Count the lanes of health questions; "apart" are those that the threads count among what `user` moderates."""
    is_open = Q(answered_at=None)
    moderates = scope_of(user).condition("comment__page__path")
    answers = scope_of(user, Permission.ANSWER_HEALTH).condition("comment__page__path")
    return _count(
        questions.filter(comment__status=Status.PENDING, comment__is_health=True),
        health=Count("pk", filter=is_open),
        answered=Count("pk", filter=~is_open),
        apart=Count("pk", filter=moderates),
        **{MINE: Count("pk", filter=is_open & answers)},
    )


def _count(rows: QuerySet[Any], **aggregates: Any) -> QuerySet[Any, Any]:
    """Return a query for one JSON object of `aggregates` over all `rows`: without a column of theirs to group by, there
    is one group."""
    return (
        rows.order_by()
        .values(over=Value("all"))
        .annotate(found=JSONObject(**aggregates))
        .values_list("found")
    )


def counts_of_request(request: HttpRequest, *, by_row: bool = False) -> StatusCounts:
    """Return `count_lanes` for the signed-in user; the lanes and the menu of one admin page share its query."""
    counts = getattr(request, "_massage_comment_counts", None)
    if counts is None or (by_row and not all(lane.slug in counts for lane in LANES.values() if lane.by_row)):
        counts = count_lanes(request.user, by_row=by_row)
        request._massage_comment_counts = counts  # type: ignore[attr-defined]
    return counts
