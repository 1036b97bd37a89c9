"""Review: a moderator has read what is public already, and leaves it as it is."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from ..models import CommentThread, VisitorComment
from ..states import ActorKind, Status
from .deciding import StaleState, change_status, looked_at
from .recording import record


def acknowledge(comment: VisitorComment, *, by: Any, now: datetime) -> VisitorComment:
    """Note that a person has read an approved comment that appeared without one.

    Raises:
        StaleState: if somebody has read it before, or it has changed since it was loaded.
    """
    return _leave(comment, "acknowledge", by=by, now=now, is_due=comment.reviewed_at is None)


def dismiss_reports(comment: VisitorComment, *, by: Any, now: datetime) -> VisitorComment:
    """Decide that an approved comment stays although it was reported. Those who reported it cannot do so again.

    Raises:
        StaleState: if its reports were handled before, or it has changed since it was loaded.
    """
    return _leave(comment, "dismiss_reports", by=by, now=now, is_due=comment.report_count > 0)


def _leave(comment: VisitorComment, verb: str, *, by: Any, now: datetime, is_due: bool) -> VisitorComment:
    if not is_due or comment.status != Status.APPROVED:
        raise StaleState(comment)
    with transaction.atomic():
        CommentThread.objects.select_for_update().get(pk=comment.thread_id)
        status = change_status(comment, Status.APPROVED, **looked_at(comment, ActorKind.HUMAN, now))
        record(comment, verb=verb, from_status=status, kind=ActorKind.HUMAN, by=by, now=now)
    return comment
