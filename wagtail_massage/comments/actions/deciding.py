"""Decisions about a stored comment: approve, reject, mark as spam, hide, restore, remove."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.dispatch import Signal
from django.utils.translation import gettext as _

from .. import ledger, outbox, signals
from ..models import CommentReport, CommentThread, ModerationEvent, VisitorComment
from ..states import TRANSITIONS, ActorKind, Status
from .recording import announce, record


class StaleState(Exception):
    """Somebody else has just decided, or the author has changed the text. `comment` is the row as it is now."""

    def __init__(self, comment: VisitorComment) -> None:
        super().__init__(
            _(
                "Somebody else was faster: the comment is now “%(status)s”. Look at it again before you decide."
            )
            % {"status": comment.get_status_display()}
        )
        self.comment = comment


class IllegalTransition(Exception):
    """A change that the table of transitions does not have, such as approving what is already approved."""

    def __init__(self, from_status: str, to_status: str) -> None:
        names = {"from": Status(from_status).label, "to": Status(to_status).label}
        super().__init__(_("A comment that is “%(from)s” cannot become “%(to)s”.") % names)


class HealthApart(IllegalTransition):
    """A health question is never approved; it is answered, and published on a page of its own."""

    def __init__(self) -> None:
        Exception.__init__(
            self, _("This is a personal health question, so it cannot be approved. Answer it instead.")
        )


class Withdrawn(IllegalTransition):
    """A removal that only its author could have undone."""

    def __init__(self) -> None:
        Exception.__init__(self, _("The author has withdrawn this comment, so it cannot be restored."))


def approve(comment: VisitorComment, *, by: Any, now: datetime, reason: str = "") -> VisitorComment:
    """Let the public see the comment (as soon as everything above it is open too)."""
    return _decide(
        comment, "approve", Status.APPROVED, signals.comment_approved, by=by, now=now, reason=reason
    )


def reject(comment: VisitorComment, *, by: Any, now: datetime, reason: str = "") -> VisitorComment:
    """Decide that a pending comment will not be published."""
    return _decide(
        comment, "reject", Status.REJECTED, signals.comment_rejected, by=by, now=now, reason=reason
    )


def mark_spam(comment: VisitorComment, *, by: Any, now: datetime, reason: str = "") -> VisitorComment:
    """Call the comment spam; a public one disappears."""
    return _decide(
        comment, "mark_spam", Status.SPAM, signals.comment_marked_spam, by=by, now=now, reason=reason
    )


def hide(comment: VisitorComment, *, by: Any, now: datetime, reason: str = "") -> VisitorComment:
    """Take an approved comment back to pending; what hangs below it is hidden with it."""
    return _decide(comment, "hide", Status.PENDING, signals.comment_hidden, by=by, now=now, reason=reason)


def remove(comment: VisitorComment, *, by: Any, now: datetime, reason: str = "") -> VisitorComment:
    """Take the text away for good, from whatever state; visible replies keep their place under a tombstone."""
    return _decide(comment, "remove", Status.REMOVED, signals.comment_removed, by=by, now=now, reason=reason)


def restore(comment: VisitorComment, *, by: Any, now: datetime, reason: str = "") -> VisitorComment:
    """Take a rejection or a spam mark back to pending, or a removal back to what the comment was before.

    Raises:
        Withdrawn: if it was the author who took the comment back.
    """
    to = Status.PENDING
    if comment.status == Status.REMOVED:
        removal = ModerationEvent.objects.filter(comment=comment, to_status=Status.REMOVED).latest("pk")
        if removal.verb == "withdraw":
            raise Withdrawn
        to = Status(removal.from_status or Status.PENDING)  # an import may have brought it in as removed
    return _decide(comment, "restore", to, signals.comment_restored, by=by, now=now, reason=reason)


_FROM: dict[str, frozenset[Status]] = {
    # where one target is reached by two verbs, each verb has its own way there
    "hide": frozenset({Status.APPROVED}),
    "restore": frozenset({Status.REJECTED, Status.SPAM, Status.REMOVED}),
    "approve": frozenset({Status.PENDING}),
    "reject": frozenset({Status.PENDING}),
    "mark_spam": frozenset({Status.PENDING, Status.APPROVED}),
}


def legal_verbs(status: str) -> tuple[str, ...]:
    """Return the verbs that a moderator may use on a comment in `status`, in the order in which a desk shows them."""
    targets = {
        "approve": Status.APPROVED,
        "reject": Status.REJECTED,
        "mark_spam": Status.SPAM,
        "hide": Status.PENDING,
        "remove": Status.REMOVED,
    }
    verbs = [verb for verb, to in targets.items() if _is_legal(verb, status, to)]
    return (*verbs, "restore") if status in _FROM["restore"] else tuple(verbs)


def _is_legal(verb: str, from_status: str, to: Status) -> bool:
    return to in TRANSITIONS[from_status] and from_status in _FROM.get(verb, TRANSITIONS)


def _decide(
    comment: VisitorComment, verb: str, to: Status, signal: Signal, *, by: Any, now: datetime, reason: str
) -> VisitorComment:
    if not _is_legal(verb, comment.status, to):
        raise IllegalTransition(comment.status, to)
    with transaction.atomic():
        CommentThread.objects.select_for_update().get(pk=comment.thread_id)
        if to == Status.APPROVED and VisitorComment.objects.filter(pk=comment.pk, is_health=True).exists():
            raise HealthApart
        kind = ActorKind.AUTHOR if by is None else ActorKind.HUMAN
        # Whatever an outside check still says, it has been decided.
        from_status = change_status(comment, to, origin={}, **looked_at(comment, kind, now))
        ledger.settle(comment, from_status=from_status)
        outbox.note_decision(comment, now=now)
        record(comment, verb=verb, from_status=from_status, kind=kind, by=by, now=now, reason=reason)
        announce(signal, comment, by=by, now=now)
    return comment


def looked_at(comment: VisitorComment, kind: ActorKind, now: datetime) -> dict[str, Any]:
    """Return what a person's decision settles besides the status: the comment was read, and so were its reports."""
    if kind != ActorKind.HUMAN:
        return {}
    # Whatever count was loaded: a report changes no version, so one may have come in since.
    CommentReport.objects.filter(comment=comment, handled_at=None).update(handled_at=now)
    return {"reviewed_at": now, "report_count": 0}


def change_status(comment: VisitorComment, to: Status, **changes: Any) -> str:
    """Compare and set: store `to` and `changes` if the row is still the version that `comment` shows.

    Returns:
        The status it had.

    Raises:
        StaleState: if the row has moved on.
    """
    seen = VisitorComment.objects.filter(pk=comment.pk, status=comment.status, version=comment.version)
    if not seen.update(status=to, version=F("version") + 1, **changes):
        raise StaleState(VisitorComment.objects.get(pk=comment.pk))
    from_status = comment.status
    comment.status, comment.version = to, comment.version + 1
    for name, value in changes.items():
        setattr(comment, name, value)
    return from_status
