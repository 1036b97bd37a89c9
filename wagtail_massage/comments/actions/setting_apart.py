"""Set apart: a personal health question leaves the way that other comments take.

It is never approved, so it never becomes part of its page's thread.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F

from .. import ledger, outbox, signals
from ..conf import comments_settings
from ..models import CommentThread, HealthQuestion, VisitorComment
from ..screening.base import Verdict
from ..screening.health import HEALTH, URGENT
from ..states import ActorKind, Status
from .deciding import StaleState
from .recording import announce, record

OPEN = frozenset({Status.UNCONFIRMED, Status.PENDING})
"""States in which a health question can still be answered."""


def note_health(
    comment: VisitorComment, verdicts: Iterable[Verdict], *, now: datetime, is_quiet: bool = False
) -> None:
    """Set a comment apart if a check has found a health question in it. Part of `submit`, `edit`, `import_comment`.

    Args:
        is_quiet: tell nobody, now or when it is overdue: it was written long ago and elsewhere.
    """
    reasons = {verdict.finding.reason for verdict in verdicts}
    if HEALTH in reasons and comment.status in OPEN:
        _open(comment, is_urgent=URGENT in reasons, now=now, is_quiet=is_quiet)


def set_apart(comment: VisitorComment, *, is_urgent: bool, by: Any, now: datetime) -> VisitorComment:
    """Treat a comment as a health question that no check has found. One that is public disappears.

    Raises:
        StaleState: if it has changed since it was loaded, or is in no state to be one.
    """
    with transaction.atomic():
        CommentThread.objects.select_for_update().get(pk=comment.thread_id)
        if comment.is_health or comment.status not in OPEN | {Status.APPROVED}:
            raise StaleState(VisitorComment.objects.get(pk=comment.pk))
        from_status = comment.status
        to = Status.UNCONFIRMED if from_status == Status.UNCONFIRMED else Status.PENDING
        _change(comment, status=to, is_health=True, origin={})  # no outside check shall read it any more
        ledger.settle(comment, from_status=from_status)
        _open(comment, is_urgent=is_urgent, now=now)
        record(comment, verb="set_apart", from_status=from_status, kind=ActorKind.HUMAN, by=by, now=now)
        if from_status == Status.APPROVED:
            announce(signals.comment_hidden, comment, by=by, now=now)
    return comment


def put_back(comment: VisitorComment, *, by: Any, now: datetime) -> VisitorComment:
    """Say that a comment is no health question after all: it waits like any other.

    Raises:
        StaleState: if it has changed since it was loaded, is none, or was answered already.
    """
    with transaction.atomic():
        question = lock_question(comment)
        if question.answered_at or question.published_at or comment.status not in OPEN:
            raise StaleState(VisitorComment.objects.get(pk=comment.pk))
        _change(comment, is_health=False)
        question.delete()
        record(comment, verb="put_back", from_status=comment.status, kind=ActorKind.HUMAN, by=by, now=now)
    return comment


def escalate_overdue(*, now: datetime) -> int:
    """Tell everybody who moderates of health questions that nobody answered in time. Returns how many there were."""
    overdue = HealthQuestion.objects.filter(answered_at=None, escalated_at=None, due_at__lte=now)
    found = list(overdue.filter(comment__status__in=OPEN).select_related("comment")[:500])
    for question in found:
        with transaction.atomic():
            if overdue.filter(pk=question.pk).update(escalated_at=now):
                outbox.note_overdue(question.comment, now=now)
    return len(found)


def _open(comment: VisitorComment, *, is_urgent: bool, now: datetime, is_quiet: bool = False) -> None:
    if not comment.is_health:
        VisitorComment.objects.filter(pk=comment.pk).update(is_health=True)
        comment.is_health = True
    hours = comments_settings.health_urgent_hours if is_urgent else comments_settings.health_answer_hours
    values: dict[str, Any] = {
        "is_urgent": is_urgent,
        "created_at": now,
        "due_at": now + timedelta(hours=hours),
    }
    if is_quiet:
        values["escalated_at"] = now
    _question, is_new = HealthQuestion.objects.get_or_create(comment=comment, defaults=values)
    if (
        is_new
        and comment.author_email
        and (comment.email_verified_at or comment.status == Status.UNCONFIRMED)
    ):
        # Who asks about her health wants to hear of the answer, whatever she ticked, until she says otherwise.
        VisitorComment.objects.filter(pk=comment.pk).update(wants_mail=True)
        comment.wants_mail = True
    if not is_new and is_urgent:
        HealthQuestion.objects.filter(comment=comment, is_urgent=False).update(
            is_urgent=True, due_at=values["due_at"]
        )
    if comment.status == Status.PENDING and not is_quiet:
        outbox.note_health(comment, now=now)


def lock_question(comment: VisitorComment) -> HealthQuestion:
    """Return the question under the lock of its thread.

    Raises:
        StaleState: if the comment is none, or was changed since it was loaded.
    """
    CommentThread.objects.select_for_update().get(pk=comment.thread_id)
    question = HealthQuestion.objects.filter(comment=comment).first()
    current = VisitorComment.objects.get(pk=comment.pk)
    if question is None or not current.is_health or current.version != comment.version:
        raise StaleState(current)
    return question


def _change(comment: VisitorComment, **changes: Any) -> None:
    """Compare and set, as every decision."""
    seen = VisitorComment.objects.filter(pk=comment.pk, status=comment.status, version=comment.version)
    if not seen.update(version=F("version") + 1, **changes):
        raise StaleState(VisitorComment.objects.get(pk=comment.pk))
    comment.version += 1
    for name, value in changes.items():
        setattr(comment, name, value)
