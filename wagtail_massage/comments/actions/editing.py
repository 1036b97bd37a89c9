"""Edit: an author, or a moderator, changes a comment's text."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from .. import ledger, signals, text
from ..drafts import Draft, Origin
from ..models import CommentRevision, VisitorComment
from ..screening import pipeline
from ..states import ActorKind, Status
from ..threads import lock_thread, policy_of
from .cleaning import clean
from .deciding import IllegalTransition, change_status
from .recording import announce, record, record_verdicts
from .submitting import screen

_EDITABLE = frozenset({Status.UNCONFIRMED, Status.PENDING, Status.APPROVED})


def edit(
    comment: VisitorComment, *, body: str, by: Any, now: datetime, origin: Origin | None = None
) -> VisitorComment:
    """Replace the text, keep the old one as a `CommentRevision`, and screen the new one.

    An author's new text is never silently public: it stays APPROVED only where the policy publishes at once and no
    check objects. A moderator's edit (`by` is a user) keeps the status, for the moderator has just read it.

    Raises:
        Refused: as `submit`.
        IllegalTransition: if the comment is rejected, spam, removed or erased.
        StaleState: if it has changed since it was loaded.
    """
    if comment.status not in _EDITABLE or comment.page is None:
        raise IllegalTransition(comment.status, comment.status)
    draft = clean(Draft(body=body, author_name=comment.author_name, author_email=comment.author_email))
    origin = origin or Origin()
    with transaction.atomic():
        thread = lock_thread(comment.page)
        verdicts = screen(page=comment.page, draft=draft, origin=origin, now=now, comment=comment)
        to = _status_after(
            comment, pipeline.decide(verdicts, policy=policy_of(thread, comment.page, now=now).policy), by
        )
        replaced = CommentRevision(
            comment=comment, version=comment.version, body=comment.body, created_at=now
        )
        changes = {"body": draft.body, "body_hash": text.body_hash(draft.body), "edited_at": now}
        from_status = change_status(comment, to, **changes)
        replaced.save(force_insert=True)
        ledger.settle(comment, from_status=from_status)
        record_verdicts(comment, verdicts, now=now)
        kind = ActorKind.AUTHOR if by is None else ActorKind.HUMAN
        record(comment, verb="edit", from_status=from_status, kind=kind, by=by, now=now)
        announce(signals.comment_edited, comment, by=by, now=now)
    return comment


def _status_after(comment: VisitorComment, decided: Status, by: Any) -> Status:
    if by is not None or (comment.status == Status.UNCONFIRMED and decided != Status.SPAM):
        return Status(comment.status)
    if comment.status == Status.PENDING and decided == Status.APPROVED:
        return Status.PENDING  # a moderator was asked before; an edit does not withdraw the question
    return decided
