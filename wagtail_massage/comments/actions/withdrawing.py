"""Withdraw: an author takes the own comment back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from .. import ledger, signals
from ..models import CommentReport, CommentThread, VisitorComment
from ..states import ActorKind, Status
from .deciding import change_status
from .erasing import erase_many
from .recording import announce, record

WITHDRAWN = "withdrawn"
"""The reason code of a removal by the author."""


def withdraw(comment: VisitorComment, *, now: datetime) -> VisitorComment:
    """Take the comment off the page for its author, whatever its state and whatever became of the page.

    Visible replies keep their place under a tombstone. It is never too late and never stale: what a moderator has
    decided in the meantime does not matter. Withdrawing twice changes nothing; nobody but the author can undo it, and
    nobody is offered to (`restore` refuses). A health question is erased with it.
    """
    with transaction.atomic():
        CommentThread.objects.select_for_update().get(pk=comment.thread_id)
        comment.refresh_from_db()
        if comment.is_tombstone:
            if comment.is_health:  # a moderator has removed it, which keeps its text
                erase_many([comment.pk], by=None, now=now)
            return comment
        CommentReport.objects.filter(comment=comment, handled_at=None).update(handled_at=now)
        from_status = change_status(comment, Status.REMOVED, report_count=0, origin={})
        ledger.settle(comment, from_status=from_status)
        record(
            comment,
            verb="withdraw",
            from_status=from_status,
            kind=ActorKind.AUTHOR,
            by=None,
            now=now,
            reason=WITHDRAWN,
        )
        announce(signals.comment_removed, comment, by=None, now=now)
        if comment.is_health:  # nothing of it is worth keeping against her will
            erase_many([comment.pk], by=None, now=now)
    return comment
