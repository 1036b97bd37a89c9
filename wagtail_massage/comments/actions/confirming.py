"""Confirm: an author proves, by a link in a mail, that the address is theirs."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from .. import ledger, outbox, signals, trust
from ..models import CommentThread, CommentVerdict, VisitorComment
from ..policies import policy_in_force
from ..screening.base import Outcome
from ..screening.standing import standing
from ..states import AT_ONCE, ActorKind, Status
from .deciding import change_status
from .recording import announce, record


def confirm(comment: VisitorComment, *, now: datetime) -> VisitorComment:
    """Note that the author's address is confirmed; a comment that waited for it goes on its way.

    Where it goes was decided by the checks when it was written; trust, which only a confirmed address can have, is
    asked now. Confirming twice changes nothing.

    Raises:
        StaleState: if the comment has changed since it was loaded.
    """
    with transaction.atomic():
        CommentThread.objects.select_for_update().get(pk=comment.thread_id)
        comment.refresh_from_db()
        if comment.email_verified_at or not comment.author_email or comment.is_tombstone:
            return comment
        to = _status_after(comment, now=now)
        if to == comment.status:
            # What a moderator has in view is not changed by it, so neither is the version.
            VisitorComment.objects.filter(pk=comment.pk).update(email_verified_at=now)
            comment.email_verified_at = now
            return comment
        from_status = change_status(comment, to, email_verified_at=now)
        ledger.settle(comment, from_status=from_status)
        record(comment, verb="confirm", from_status=from_status, kind=ActorKind.AUTHOR, by=None, now=now)
        outbox.note_submission(comment, policy=policy_in_force(comment.page, now=now), now=now)
        if comment.is_health:
            outbox.note_health(comment, now=now)
        if to == Status.APPROVED:
            announce(signals.comment_approved, comment, by=None, now=now)
        announce(signals.comment_confirmed, comment, by=None, now=now)
    return comment


def _status_after(comment: VisitorComment, *, now: datetime) -> Status:
    if (
        comment.page is None
        or comment.reviewed_at
        or comment.report_count
        or comment.status not in {Status.UNCONFIRMED, Status.PENDING}
    ):
        return Status(comment.status)
    if comment.is_health or _gravest(comment) >= Outcome.HOLD:
        return Status.PENDING
    is_at_once = policy_in_force(comment.page, now=now).policy in AT_ONCE
    # A comment that waits already was put there by a policy; only trust takes it out.
    if trust.is_trusted(comment.author_key) or (is_at_once and comment.status == Status.UNCONFIRMED):
        return Status.APPROVED
    return Status.PENDING


def _gravest(comment: VisitorComment) -> int:
    """Return the gravest thing that was said of any text it had: an edit does not withdraw a question."""
    rows = standing(CommentVerdict.objects.filter(comment=comment))
    return max((row.outcome for row in rows), default=Outcome.PASS)
