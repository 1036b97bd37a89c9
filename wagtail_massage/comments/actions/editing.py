"""Edit: an author, or a moderator, changes a comment's text."""

from __future__ import annotations

import dataclasses
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ...tasks import enqueue_on_commit
from .. import ledger, outbox, signals, tasks, text, throttling, trust
from ..conf import comments_settings
from ..drafts import Author, Draft, Origin
from ..models import CommentRevision, HealthAnswer, HealthQuestion, VisitorComment
from ..policies import PolicyInForce
from ..screening import pipeline
from ..screening.base import Verdict
from ..states import ActorKind, AuthorKind, Status
from ..threads import PageGone, lock_thread, policy_of
from .cleaning import clean
from .deciding import IllegalTransition, change_status
from .recording import announce, record, record_verdicts
from .setting_apart import note_health
from .submitting import screen

# Spam too, for its author must not learn of it; the text changes and the status does not.
_EDITABLE = frozenset({Status.UNCONFIRMED, Status.PENDING, Status.APPROVED, Status.SPAM})


class EditClosed(Exception):
    """The author's time to change the text is over, or the page lets nobody write any more."""

    def __init__(self) -> None:
        super().__init__(_("The text can no longer be changed. You can still withdraw the comment."))


def editable_until(
    comment: VisitorComment, *, policy: PolicyInForce | None, now: datetime
) -> datetime | None:
    """Return until when the author may change the text, None when that is over.

    Args:
        policy: what holds on the comment's page now; None when the page is gone. On a page that is read only an edit
            is still welcome (it waits); where comments are closed or off it is not.
    """
    if policy is None or not policy.is_answerable or comment.status not in _EDITABLE:
        return None
    until = comment.created_at + timedelta(minutes=comments_settings.edit_minutes)
    return until if now < until else None


def edit(
    comment: VisitorComment, *, body: str, by: Any, now: datetime, origin: Origin | None = None
) -> VisitorComment:
    """Replace the text, keep the old one as a `CommentRevision`, and screen the new one.

    An author's new text (`by` is None) is never silently public: it stays APPROVED only where the policy publishes at
    once, or the author is trusted, and no check objects; otherwise it waits again, and the desk is told. A moderator's
    edit keeps the status, for the moderator has just read it. The same text again changes nothing.

    Raises:
        Refused: as `submit`.
        IllegalTransition: if the comment is rejected, removed or erased, or its page is gone.
        EditClosed: if the author comes too late (`editable_until`).
        StaleState: if it has changed since it was loaded.
        throttling.Throttled: if too much comes from the author's network (`origin`); an edit counts as a post.
    """
    if comment.status not in _EDITABLE or comment.page is None:
        raise IllegalTransition(comment.status, comment.status)
    draft = clean(Draft(body=body, author_name=comment.author_name, author_email=comment.author_email))
    with transaction.atomic():
        try:
            thread = lock_thread(comment.page)
        except PageGone as error:
            raise IllegalTransition(comment.status, comment.status) from error
        policy = policy_of(thread, comment.page, now=now)
        if by is None and editable_until(comment, policy=policy, now=now) is None:
            raise EditClosed
        if draft.body == comment.body:
            return comment
        if origin is not None and by is None:
            throttling.admit(page_id=comment.page.pk, address=origin.address, now=now)
        origin = dataclasses.replace(origin or Origin(), author=_author_of(comment))
        # What a moderator writes is nobody's to judge; a health question is nobody's outside.
        may_ask = by is None and not comment.is_health
        verdicts = screen(
            page=comment.page, draft=draft, origin=origin, now=now, comment=comment, may_ask=may_ask
        )
        to = Status(comment.status) if by is not None else _status_after(comment, verdicts, policy)
        owed = pipeline.origin_for_outside_checks(origin, verdicts) if may_ask else {}
        from_status = _replace(comment, draft.body, to, by=by, now=now, owed=owed)
        record_verdicts(comment, verdicts, now=now)
        kind = ActorKind.AUTHOR if by is None else ActorKind.HUMAN
        record(comment, verb="edit", from_status=from_status, kind=kind, by=by, now=now)
        if by is None:
            _hand_on(comment, verdicts, from_status=from_status, policy=policy, now=now)
        if comment.origin:
            enqueue_on_commit(tasks.ask_outside_checks, comment.pk)
        _announce(comment, from_status, by=by, now=now)
    return comment


def _hand_on(
    comment: VisitorComment,
    verdicts: list[Verdict],
    *,
    from_status: str,
    policy: PolicyInForce,
    now: datetime,
) -> None:
    """Pass an author's new text to whoever has to read it."""
    # Nobody has read the new words, so they cannot stay where the old ones were published.
    HealthQuestion.objects.filter(comment=comment).update(published_at=None)
    HealthAnswer.objects.filter(question__comment=comment).update(published_at=None)
    note_health(comment, verdicts, now=now)
    outbox.note_edit(comment, from_status=from_status, policy=policy, now=now)


def _replace(
    comment: VisitorComment, body: str, to: Status, *, by: Any, now: datetime, owed: dict[str, Any]
) -> str:
    """Store the new text and keep the old one; return the status that the comment had."""
    replaced = CommentRevision(comment=comment, version=comment.version, body=comment.body, created_at=now)
    changes = {"body": body, "body_hash": text.body_hash(body), "edited_at": now, "origin": owed}
    if by is None and to == Status.APPROVED:
        changes["reviewed_at"] = None  # nobody has read what is public now
    from_status = change_status(comment, to, **changes)
    replaced.save(force_insert=True)
    ledger.settle(comment, from_status=from_status)
    return from_status


def _status_after(comment: VisitorComment, verdicts: list[Verdict], policy: PolicyInForce) -> Status:
    """Where an author's new text goes. An edit never answers a question that somebody was asked before: what waits
    goes on waiting, for a moderator or for the confirmation, and spam stays where it is."""
    if comment.status == Status.SPAM:
        return Status.SPAM
    is_trusted = comment.has_verified_author and trust.is_trusted(comment.author_key)
    decided = pipeline.decide(verdicts, policy=policy.policy, is_trusted=is_trusted)
    if decided == Status.SPAM or comment.status == Status.APPROVED:
        return decided
    return Status(comment.status)


def _author_of(comment: VisitorComment) -> Author | None:
    """Return the account behind a comment for the checks; its identity is kept as a digest only."""
    if comment.author_kind == AuthorKind.GUEST:
        return None
    return Author(
        kind=AuthorKind(comment.author_kind),
        identity=comment.author_key,
        name=comment.author_name,
        email=comment.author_email,
        user=comment.author_user,
    )


def _announce(comment: VisitorComment, from_status: str, *, by: Any, now: datetime) -> None:
    left = {Status.PENDING: signals.comment_hidden, Status.SPAM: signals.comment_marked_spam}
    if from_status != comment.status:
        announce(left[Status(comment.status)], comment, by=by, now=now)
    announce(signals.comment_edited, comment, by=by, now=now)
