"""What every action leaves behind: an event, verdict rows, a line in Wagtail's audit log, an announcement."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import partial
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import CharField, Expression, F, QuerySet, Value
from django.db.models.functions import Cast, Concat, JSONObject, Substr
from django.dispatch import Signal
from django.utils import timezone
from wagtail.log_actions import get_active_log_context, log
from wagtail.models import ModelLogEntry

from .. import signals
from ..copying import insert_from, insert_values
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
    event = {
        "comment_id": comment.pk,
        "verb": verb,
        "from_status": from_status,
        "to_status": comment.status,
        "actor_kind": kind,
        "actor_id": by and by.pk,
        "reason": reason,
        "data": data or {},
        "created_at": now,
    }
    insert_values(ModerationEvent, [event])
    if kind == ActorKind.HUMAN:
        # Nothing else: the audit log outlives the comment, and a reason may be somebody's own words.
        change = {"from": from_status, "to": comment.status}
        log(instance=comment, action=f"{LOG_PREFIX}.{verb}", user=by, data=change)


def record_many(
    comments: QuerySet[VisitorComment],
    *,
    verb: str,
    to: str,
    kind: ActorKind,
    by: Any,
    now: datetime,
    reason: str = "",
) -> None:
    """Do as `record` for many comments in two statements, before their status changes to `to`."""
    insert_from(
        comments,
        ModerationEvent,
        comment=F("pk"),
        verb=verb,
        from_status=F("status"),
        to_status=to,
        actor_kind=kind,
        actor=by,
        reason=reason,
        created_at=now,
    )
    if kind != ActorKind.HUMAN:
        return
    context = get_active_log_context()
    insert_from(
        comments,
        ModelLogEntry,
        content_type=ContentType.objects.get_for_model(VisitorComment),
        object_id=Cast("pk", CharField()),
        label=_label(),
        action=f"{LOG_PREFIX}.{verb}",
        data=JSONObject(**{"from": F("status"), "to": Cast(Value(to), CharField())}),
        timestamp=timezone.now(),  # as for every entry of Wagtail's log
        uuid=context.uuid,
        user=by or context.user,
    )


def _label() -> Expression:
    """Return `str(comment)` as the database makes it."""
    before, _id, after = VisitorComment.label("\0").partition("\0")
    digits = Substr(Cast("uuid", CharField()), 1, VisitorComment.LABEL_DIGITS)
    return Concat(Value(before), digits, Value(after))


def record_verdicts(
    comment: VisitorComment, verdicts: Iterable[Verdict], *, now: datetime, version: int | None = None
) -> None:
    """Keep what each check said about a version of the text; without `version`, the one that it has now."""
    about = comment.version if version is None else version
    insert_values(CommentVerdict, [_verdict_values(comment, verdict, about, now) for verdict in verdicts])


def verdict_row(comment: VisitorComment, verdict: Verdict, version: int, now: datetime) -> CommentVerdict:
    """Return the row that keeps what a check said about a version of the text."""
    return CommentVerdict(**_verdict_values(comment, verdict, version, now))


def _verdict_values(comment: VisitorComment, verdict: Verdict, version: int, now: datetime) -> dict[str, Any]:
    start, end = verdict.finding.span or (None, None)
    return {
        "comment_id": comment.pk,
        "check_name": verdict.check_name,
        "check_version": verdict.check_version,
        "outcome": verdict.finding.outcome,
        "score": verdict.finding.score,
        "reason": verdict.finding.reason,
        "span_start": start,
        "span_end": end,
        "comment_version": version,
        "created_at": now,
    }


def announce(signal: Signal, comment: VisitorComment, *, by: Any, now: datetime) -> None:
    """Send `signal` once the transaction is committed; a receiver that fails does not undo anything."""
    announce_many(signal, [comment], by=by, now=now)


def announce_many(signal: Signal, comments: list[VisitorComment], *, by: Any, now: datetime) -> None:
    """Do as `announce` for each comment. Who has to write rows in this transaction is told of all at once, now."""
    signals.change_recorded.send(sender=VisitorComment, announcement=signal, comments=comments, now=now)
    transaction.on_commit(partial(_send, signal, comments, by=by, now=now))


def _send(signal: Signal, comments: list[VisitorComment], **values: Any) -> None:
    for comment in comments:
        signal.send_robust(sender=VisitorComment, comment=comment, **values)
