"""Redact: take some words out of a comment for good."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from .. import signals, text
from ..models import CommentRevision, CommentThread, CommentVerdict, VisitorComment
from ..states import ActorKind, Status
from .cleaning import Refused
from .deciding import change_status
from .dropping import drop_rows
from .recording import announce, record

BLANK = "[…]"


def redact(comment: VisitorComment, *, start: int, end: int, by: Any, now: datetime) -> VisitorComment:
    """Put `[…]` in place of `body[start:end]` (code points). It cannot be undone.

    Earlier texts and the places that checks pointed at go with it; the event says that it happened, not what it was.

    Raises:
        Refused: if there is nothing between `start` and `end`, or nothing would be left.
        StaleState: if the comment has changed since it was loaded.
    """
    body = comment.body
    if not 0 <= start < end <= len(body) or comment.is_tombstone:
        raise Refused({"body": _("Choose the words that are to go.")})
    if text.is_blank(body[:start] + body[end:]):
        raise Refused({"body": _("Nothing would be left. Remove the comment instead.")})
    with transaction.atomic():
        thread = CommentThread.objects.select_for_update().get(pk=comment.thread_id)
        left = body[:start] + BLANK + body[end:]
        from_status = change_status(
            comment, Status(comment.status), body=left, body_hash=text.body_hash(left), reviewed_at=now
        )
        drop_rows(CommentRevision.objects.filter(comment=comment))
        CommentVerdict.objects.filter(comment=comment).update(span_start=None, span_end=None)
        if comment.is_visible:
            thread.version += 1
            thread.save(update_fields=["version"])
        record(comment, verb="redact", from_status=from_status, kind=ActorKind.HUMAN, by=by, now=now)
        announce(signals.comment_edited, comment, by=by, now=now)
    return comment
