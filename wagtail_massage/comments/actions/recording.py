"""What every action leaves behind: an event, verdict rows, a line in Wagtail's audit log, an announcement."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.dispatch import Signal
from wagtail.log_actions import log

from ..models import CommentVerdict, ModerationEvent, VisitorComment
from ..screening.base import Verdict
from ..states import ActorKind

LOG_PREFIX = "wagtail_massage_comments"


def record(
    comment: VisitorComment,
    *,
    verb: str,
    from_status: str,
    kind: ActorKind,
    by: Any,
    now: datetime,
    reason: str = "",
    data: dict[str, Any] | None = None,
) -> None:
    """Write the event of a change, and where a person decided, the audit log too. Neither holds text or addresses."""
    ModerationEvent.objects.create(
        comment=comment,
        verb=verb,
        from_status=from_status,
        to_status=comment.status,
        actor_kind=kind,
        actor=by,
        reason=reason,
        data=data or {},
        created_at=now,
    )
    if kind == ActorKind.HUMAN:
        change = {"from": from_status, "to": comment.status, "reason": reason}
        log(instance=comment, action=f"{LOG_PREFIX}.{verb}", user=by, data=change)


def record_verdicts(comment: VisitorComment, verdicts: Iterable[Verdict], *, now: datetime) -> None:
    """Keep what each check said about this version of the text."""
    CommentVerdict.objects.bulk_create(_verdict_row(comment, verdict, now) for verdict in verdicts)


def _verdict_row(comment: VisitorComment, verdict: Verdict, now: datetime) -> CommentVerdict:
    start, end = verdict.finding.span or (None, None)
    return CommentVerdict(
        comment=comment,
        check_name=verdict.check_name,
        check_version=verdict.check_version,
        outcome=verdict.finding.outcome,
        score=verdict.finding.score,
        reason=verdict.finding.reason,
        span_start=start,
        span_end=end,
        comment_version=comment.version,
        created_at=now,
    )


def announce(signal: Signal, comment: VisitorComment, *, by: Any, now: datetime) -> None:
    """Send `signal` once the transaction is committed; a receiver that fails does not undo anything."""
    transaction.on_commit(partial(signal.send_robust, sender=VisitorComment, comment=comment, by=by, now=now))
