"""Pin: one comment of a thread stands above all others, as long as the public sees it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from .. import signals
from ..models import CommentThread, VisitorComment
from ..states import ActorKind, Status
from .recording import announce, record


class NotPinnable(Exception):
    """Only a public comment that answers no other can stand above the rest."""

    def __init__(self) -> None:
        super().__init__(_("Only a public comment that answers no other comment can be pinned."))


def pin(comment: VisitorComment, *, by: Any, now: datetime) -> VisitorComment:
    """Put a comment above all others of its thread, in place of the one that was there. Pinning twice changes nothing.

    Raises:
        NotPinnable: if it is not public, or an answer.
    """
    with transaction.atomic():
        thread = _locked(comment)
        if thread.pinned_id == comment.pk:
            return comment
        if comment.status != Status.APPROVED or not comment.is_visible or comment.depth > 1:
            raise NotPinnable
        if thread.pinned is not None:
            _record("unpin", thread.pinned, by=by, now=now)
        _put(thread, comment)
        _record("pin", comment, by=by, now=now)
    return comment


def unpin(comment: VisitorComment, *, by: Any, now: datetime) -> VisitorComment:
    """Let a pinned comment stand in its own place only. Nothing changes where it was not pinned."""
    with transaction.atomic():
        thread = _locked(comment)
        if thread.pinned_id == comment.pk:
            _put(thread, None)
            _record("unpin", comment, by=by, now=now)
    return comment


def _locked(comment: VisitorComment) -> CommentThread:
    thread = CommentThread.objects.select_for_update().get(pk=comment.thread_id)
    comment.refresh_from_db()
    return thread


def _put(thread: CommentThread, comment: VisitorComment | None) -> None:
    CommentThread.objects.filter(pk=thread.pk).update(pinned=comment, version=F("version") + 1)


def _record(verb: str, comment: VisitorComment, *, by: Any, now: datetime) -> None:
    record(comment, verb=verb, from_status=comment.status, kind=ActorKind.HUMAN, by=by, now=now)
    announce(signals.comment_pinned, comment, by=by, now=now)
