"""The numbers of the report: what became of comments, how long people waited, and how often the checks were right.

Everything is bounded by time and by the reader's scope, and each figure is one query (the pages are two) that begins at
an index, so a million older comments cost nothing. Weeks begin on Monday, in the reader's time zone; they are told
apart by a condition for each, because not every database knows the world's time zones.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.db import models
from django.db.models import (
    Case,
    Count,
    DurationField,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.expressions import Window
from django.db.models.functions import RowNumber
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..models import CommentThread, CommentVerdict, ModerationEvent, VisitorComment
from ..permissions import Scope
from ..screening.pipeline import CHECK_FAILED, CHECK_WAITING
from ..states import ActorKind, Status

PAGES_SHOWN = 10

DECISIVE = ("approve", "reject", "mark_spam", "remove")
REFUSING = ("reject", "remove")


class Outcome(models.TextChoices):
    """What has become of a comment by now."""

    APPROVED = "approved", _("Approved")
    WAITING = "waiting", _("Waiting")
    HEALTH = "health", _("Health question")
    REJECTED = "rejected", _("Rejected")
    SPAM = "spam", _("Spam")
    REMOVED = "removed", _("Removed")


class Fate(models.TextChoices):
    """What a person made of a comment that a check had held."""

    APPROVED = "approved", _("Approved after all")
    REJECTED = "rejected", _("Rejected or removed")
    SPAM = "spam", _("Spam")
    HEALTH = "health", _("Answered as a health question")
    OPEN = "waiting", _("Not decided by a person")


_OUTCOMES = {
    Status.APPROVED: Outcome.APPROVED,
    Status.PENDING: Outcome.WAITING,
    Status.UNCONFIRMED: Outcome.WAITING,
    Status.REJECTED: Outcome.REJECTED,
    Status.SPAM: Outcome.SPAM,
    Status.REMOVED: Outcome.REMOVED,
    Status.ERASED: Outcome.REMOVED,
}


@dataclass(frozen=True, kw_only=True)
class Frame:
    """What the report is about.

    Attributes:
        scope: where the reader moderates.
        path: the tree path of a page, to which and below which it is narrowed; "" for everywhere.
        starts: when each week begins, the earliest first.
        end: the moment after the last one that counts.
    """

    scope: Scope
    path: str
    starts: tuple[datetime, ...]
    end: datetime

    def within(self, comment: str = "") -> Q:
        """Return the condition that a comment is one to count; `comment` is the prefix of the way to it."""
        narrowed = Q(**{f"{comment}page__path__startswith": self.path}) if self.path else Q()
        return self.scope.condition(f"{comment}page__path") & narrowed

    @property
    def during(self) -> Q:
        """The condition that a row was made in one of the weeks."""
        return Q(created_at__gte=self.starts[0], created_at__lt=self.end)

    @property
    def week(self) -> Case:
        """The number of the week in which a row was made."""
        earlier = [When(created_at__lt=start, then=Value(week)) for week, start in enumerate(self.starts[1:])]
        return Case(*earlier, default=Value(len(earlier)), output_field=models.IntegerField())


def frame_of(scope: Scope, *, weeks: int, now: datetime, page: Any = None) -> Frame:
    """Return the last so many weeks with the running one, for a page and what is below it or for all in scope."""
    today = timezone.localtime(now).date()
    monday = today - timedelta(days=today.weekday())
    days = [monday - timedelta(weeks=back) for back in reversed(range(weeks))]
    starts = tuple(timezone.make_aware(datetime.combine(day, time.min)) for day in days)
    return Frame(scope=scope, path=page.path if page else "", starts=starts, end=now)


def outcomes(frame: Frame) -> list[Counter[str]]:
    """Return for each week how many of the comments written then have become what."""
    weeks: list[Counter[str]] = [Counter() for _start in frame.starts]
    # All statuses are named, for the index begins with them.
    written = VisitorComment.objects.filter(frame.within(), frame.during, status__in=Status.values)
    rows = written.annotate(week=frame.week).values_list("week", "status", "is_health")
    for week, status, is_health, count in rows.annotate(count=Count("pk")).order_by():
        is_apart = is_health and status == Status.PENDING
        weeks[week][Outcome.HEALTH if is_apart else _OUTCOMES[Status(status)]] += count
    return weeks


@dataclass(frozen=True, kw_only=True)
class Waits:
    """How long the comments had waited that people decided on in one week. Percentiles are by nearest rank, so each is
    the wait of one of them; None in a week without decisions."""

    decided: int = 0
    median: timedelta | None = None
    ninetieth: timedelta | None = None


def waits(frame: Frame) -> list[Waits]:
    """Return for each week how long it took until a person decided. The clock starts when a comment comes to Pending,
    and anew when it comes back there."""
    rows: dict[int, list[tuple[int, int, timedelta]]] = defaultdict(list)
    for week, total, rank, waited in _ranked(frame).values_list("week", "total", "rank", "waited"):
        rows[week].append((total, rank, waited))
    return [_waits_of(rows[week]) for week in range(len(frame.starts))]


def timed(condition: Q) -> Any:
    """Return people's decisions about what was pending, those for which `condition` is true, with how long each
    comment had `waited`."""
    came = ModerationEvent.objects.filter(
        comment=OuterRef("comment"), pk__lt=OuterRef("pk"), to_status=Status.PENDING
    ).exclude(from_status=Status.PENDING)
    decisions = ModerationEvent.objects.filter(
        condition,
        actor_kind=ActorKind.HUMAN,
        verb__in=DECISIVE,
        from_status=Status.PENDING,
    )
    # Nothing is in Pending without an event that brought it there.
    since = Subquery(came.order_by("-pk").values("created_at")[:1])
    waited = ExpressionWrapper(F("created_at") - F("since"), output_field=DurationField())
    return decisions.annotate(since=since).annotate(waited=waited)


def _ranked(frame: Frame) -> Any:
    """Return the decisions at the two ranks of each week that are asked for."""
    decisions = timed(frame.within("comment__") & frame.during).annotate(week=frame.week)
    ranked = decisions.annotate(
        rank=Window(RowNumber(), partition_by=F("week"), order_by=[F("waited"), F("pk")]),
        total=Window(Count("pk"), partition_by=F("week")),
    )
    # rank = ceil(total / 2) or ceil(9 * total / 10), in whole numbers
    middle = Q(twice__gte=F("total"), twice__lt=F("total") + 2)
    late = Q(tenfold__gte=F("total") * 9, tenfold__lt=F("total") * 9 + 10)
    return ranked.annotate(twice=F("rank") * 2, tenfold=F("rank") * 10).filter(middle | late)


def _waits_of(rows: list[tuple[int, int, timedelta]]) -> Waits:
    if not rows:
        return Waits()
    by_rank = sorted(rows, key=lambda row: row[1])
    return Waits(decided=rows[0][0], median=by_rank[0][2], ninetieth=by_rank[-1][2])


@dataclass(frozen=True, kw_only=True)
class Busy:
    """A page that was written about: how many comments, and how many of them are approved, and refused."""

    thread: CommentThread
    total: int
    approved: int
    refused: int


def busiest(frame: Frame) -> list[Busy]:
    """Return the pages with most comments in all weeks together. Two queries."""
    written = VisitorComment.objects.filter(frame.within(), frame.during, status__in=Status.values)
    counted = written.values("thread").annotate(
        total=Count("pk"),
        approved=Count("pk", filter=Q(status=Status.APPROVED)),
        refused=Count("pk", filter=Q(status__in=(Status.REJECTED, Status.SPAM))),
    )
    rows: list[Any] = list(counted.order_by("-total", "thread")[:PAGES_SHOWN])
    threads = CommentThread.objects.select_related("page").in_bulk([row["thread"] for row in rows])
    return [Busy(**{**row, "thread": threads[row["thread"]]}) for row in rows]


def reasons(frame: Frame) -> list[tuple[str, int]]:
    """Return the codes of the reasons for which comments are rejected or removed, most frequent first; "" is none."""
    refused = ModerationEvent.objects.filter(
        frame.within("comment__"),
        frame.during,
        actor_kind=ActorKind.HUMAN,
        verb__in=REFUSING,
        comment__status__in=(Status.REJECTED, Status.REMOVED),  # not what was taken back
    )
    counted = refused.values("reason").annotate(count=Count("comment", distinct=True))
    return list(counted.order_by("-count", "reason").values_list("reason", "count"))


@dataclass(frozen=True, kw_only=True)
class Precision:
    """What became of the comments that one check objected to."""

    check: str
    fates: Counter[str]

    @property
    def held(self) -> int:
        return self.fates.total()

    @property
    def right(self) -> float | None:
        """The share of those that a person decided on in which the person agreed; None where nobody has decided."""
        decided = self.held - self.fates[Fate.OPEN]
        return (decided - self.fates[Fate.APPROVED]) / decided if decided else None


def precision(frame: Frame) -> list[Precision]:
    """Return how often each check was right, the one that held most first. Broken and unanswered checks said nothing,
    so they are not counted."""
    held = CommentVerdict.objects.filter(
        frame.within("comment__"), frame.during, outcome__in=_OBJECTIONS
    ).exclude(reason__in=(CHECK_FAILED, CHECK_WAITING))
    rows = held.annotate(fate=_fate()).values_list("check_name", "fate")
    checks: dict[str, Counter[str]] = defaultdict(Counter)
    for check, fate, count in rows.annotate(count=Count("comment", distinct=True)).order_by():
        checks[check][fate] += count
    found = [Precision(check=check, fates=fates) for check, fates in checks.items()]
    return sorted(found, key=lambda row: (-row.held, row.check))


_OBJECTIONS = [outcome for outcome in CommentVerdict.Outcome if outcome > CommentVerdict.Outcome.PASS]


def _fate() -> Case:
    is_apart = Q(comment__is_health=True)
    return Case(
        When(is_apart & Q(comment__health__answered_at__isnull=False), then=Value(Fate.HEALTH)),
        When(is_apart | Q(comment__reviewed_at=None), then=Value(Fate.OPEN)),
        When(comment__status=Status.APPROVED, then=Value(Fate.APPROVED)),
        When(comment__status__in=(Status.REJECTED, Status.REMOVED), then=Value(Fate.REJECTED)),
        When(comment__status=Status.SPAM, then=Value(Fate.SPAM)),
        default=Value(Fate.OPEN),
        output_field=models.CharField(),
    )
