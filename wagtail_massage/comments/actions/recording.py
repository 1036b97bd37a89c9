"""What every action leaves behind: an event, verdict rows, a line in Wagtail's audit log, an announcement."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.dispatch import Signal
from django.utils import timezone
from wagtail.log_actions import get_active_log_context, log
from wagtail.models import ModelLogEntry

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
        # Nothing else: the audit log outlives the comment, and a reason may be somebody's own words.
        change = {"from": from_status, "to": comment.status}
        log(instance=comment, action=f"{LOG_PREFIX}.{verb}", user=by, data=change)


def record_many(
    comments: Sequence[VisitorComment],
    *,
    verb: str,
    was: Mapping[int, str],
    kind: ActorKind,
    by: Any,
    now: datetime,
    reason: str = "",
) -> None:
    """Do as `record` for many comments in two statements; `was` holds the status (by pk) that each had before."""
    ModerationEvent.objects.bulk_create(
        ModerationEvent(
            comment=comment,
            verb=verb,
            from_status=was[comment.pk],
            to_status=comment.status,
            actor_kind=kind,
            actor=by,
            reason=reason,
            created_at=now,
        )
        for comment in comments
    )
    if kind != ActorKind.HUMAN:
        return
    content_type = ContentType.objects.get_for_model(VisitorComment)
    context = get_active_log_context()
    ModelLogEntry.objects.bulk_create(
        ModelLogEntry(
            content_type=content_type,
            object_id=comment.pk,
            label=str(comment),
            action=f"{LOG_PREFIX}.{verb}",
            data={"from": was[comment.pk], "to": comment.status},
            timestamp=timezone.now(),  # as for every entry of Wagtail's log
            uuid=context.uuid,
            user=by or context.user,
        )
        for comment in comments
    )


def record_verdicts(
    comment: VisitorComment, verdicts: Iterable[Verdict], *, now: datetime, version: int | None = None
) -> None:
    """Keep what each check said about a version of the text; without `version`, the one that it has now."""
    about = comment.version if version is None else version
    CommentVerdict.objects.bulk_create(_verdict_row(comment, verdict, about, now) for verdict in verdicts)


def _verdict_row(comment: VisitorComment, verdict: Verdict, version: int, now: datetime) -> CommentVerdict:
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
        comment_version=version,
        created_at=now,
    )


def announce(signal: Signal, comment: VisitorComment, *, by: Any, now: datetime) -> None:
    """Send `signal` once the transaction is committed; a receiver that fails does not undo anything."""
    transaction.on_commit(partial(signal.send_robust, sender=VisitorComment, comment=comment, by=by, now=now))
