"""Undo: the last decision that a person took about a comment is taken back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.dispatch import Signal
from django.utils.translation import gettext as _

from .. import ledger, signals
from ..conf import comments_settings
from ..models import CommentThread, ModerationEvent, VisitorComment
from ..states import TRANSITIONS, ActorKind, Status
from .deciding import IllegalTransition, StaleState, change_status, looked_at
from .recording import announce, record

DECISIONS = frozenset({"approve", "reject", "mark_spam", "hide", "remove", "restore"})
"""Verbs that can be taken back."""

_ASIDE = frozenset({"acknowledge", "dismiss_reports", "pin", "unpin", "screen", "answer"})
"""Verbs that leave a comment as it was decided."""

_ANNOUNCED: dict[str, Signal] = {
    Status.APPROVED: signals.comment_approved,
    Status.REJECTED: signals.comment_rejected,
    Status.SPAM: signals.comment_marked_spam,
    Status.REMOVED: signals.comment_removed,
}


class NothingToUndo(IllegalTransition):
    """The last thing that happened to the comment was no decision that can be taken back."""

    def __init__(self) -> None:
        Exception.__init__(
            self,
            _(
                "There is no decision to take back: something else has happened since, it was too long ago, or the "
                "way back does not exist. Use the buttons beside the comment instead."
            ),
        )


def undoable(events: Iterable[ModerationEvent], *, now: datetime) -> ModerationEvent | None:
    """Return the decision that can be taken back, None if there is none. No query.

    It is the newest thing that happened to the comment's state or text, a person took it, the table of transitions
    leads back, and a removal is no older than WAGTAIL_MASSAGE_COMMENTS_UNDO_DAYS.

    Args:
        events: the comment's whole history in the order in which it was written.
    """
    told = [event for event in events if event.verb not in _ASIDE or event.from_status != event.to_status]
    if not told:
        return None
    last = told[-1]
    if last.verb not in DECISIONS or last.actor_kind != ActorKind.HUMAN:
        return None
    if last.from_status not in TRANSITIONS[last.to_status]:
        return None
    window = timedelta(days=comments_settings.undo_days)
    is_too_late = last.to_status == Status.REMOVED and now - last.created_at > window
    return None if is_too_late else last


def undo(comment: VisitorComment, *, by: Any, now: datetime) -> VisitorComment:
    """Give the comment the status that it had before the last decision of a person.

    Only the status comes back: reports that were handled stay handled, and what was pinned is not pinned again. No
    mail tells of it; one that waits in the outbox is not sent, for it is no longer true.

    Raises:
        StaleState: if the comment has changed since it was loaded.
        NothingToUndo: if there is no such decision (`undoable`).
    """
    with transaction.atomic():
        CommentThread.objects.select_for_update().get(pk=comment.thread_id)
        fresh = VisitorComment.objects.get(pk=comment.pk)
        if (fresh.status, fresh.version) != (comment.status, comment.version):
            raise StaleState(fresh)
        last = undoable(ModerationEvent.objects.filter(comment=comment).order_by("pk"), now=now)
        if last is None or last.to_status != comment.status:
            raise NothingToUndo
        to, kind = Status(last.from_status), ActorKind.HUMAN
        from_status = change_status(comment, to, origin={}, **looked_at(comment, kind, now))
        ledger.settle(comment, from_status=from_status)
        record(comment, verb="undo", from_status=from_status, kind=kind, by=by, now=now)
        announce(_signal(from_status, to), comment, by=by, now=now)
    return comment


def _signal(from_status: str, to: Status) -> Signal:
    if from_status == Status.APPROVED and to == Status.PENDING:
        return signals.comment_hidden
    if from_status == Status.REMOVED or to == Status.PENDING:
        return signals.comment_restored
    return _ANNOUNCED[to]
