"""The outbox: which mails follow from what happened, written in the same transaction.

A row tells who is to be told of what, never in which words and at which address; `mails` reads those when it sends.
A row whose occasion came before is left out (`CommentMail.key`).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from ..tasks import enqueue_on_commit
from . import tasks, text
from .conf import comments_settings
from .models import CommentMail, VisitorComment
from .policies import PolicyInForce
from .states import TOMBSTONES, AuthorKind, MailKind, MailLane, Policy, Status

_UNHEARD = frozenset({Status.SPAM, Status.REJECTED, *TOMBSTONES})
"""States in which nothing can follow that an author would want to be told of."""


def note_submission(comment: VisitorComment, *, policy: PolicyInForce, now: datetime) -> None:
    """A comment was stored: ask its author to confirm the address where that matters, and tell the desk."""
    mails = []
    if needs_confirmation(comment):
        mails.append(to_author(MailKind.CONFIRM, comment, now=now))
    post(mails + _news_of(comment, policy=policy, now=now))


def note_screening(comment: VisitorComment, *, policy: PolicyInForce, now: datetime) -> None:
    """Outside checks have said what they think of a comment: tell those who had to wait for it."""
    post(_news_of(comment, policy=policy, now=now))


def note_edit(comment: VisitorComment, *, from_status: str, policy: PolicyInForce, now: datetime) -> None:
    """An author has changed the text: tell the desk what waits again, or is public and nobody has read."""
    if comment.status == Status.PENDING and from_status != Status.PENDING and not comment.origin:
        post([to_desk(MailLane.WAITING, comment, now=now)])
    elif comment.status == Status.APPROVED and policy.policy == Policy.POST:
        post([to_desk(MailLane.PUBLISHED, comment, now=now)])


def _news_of(comment: VisitorComment, *, policy: PolicyInForce, now: datetime) -> list[CommentMail]:
    """Nobody is told of a comment about which outside checks may answer in a moment; of a health question those are
    told who may answer it (`note_health`)."""
    if comment.is_health:
        return []
    if comment.status == Status.PENDING and not comment.origin:
        return [to_desk(MailLane.WAITING, comment, now=now)]
    if comment.status != Status.APPROVED:
        return []
    mails = [to_desk(MailLane.PUBLISHED, comment, now=now)] if policy.policy == Policy.POST else []
    return mails + _to_answered(comment, now=now)


def note_decision(comment: VisitorComment, *, now: datetime) -> None:
    """A comment was approved or rejected: tell its author, and the author of what it answers, if they asked."""
    note_decisions([comment], now=now)


def note_decisions(comments: Iterable[VisitorComment], *, now: datetime) -> None:
    """Do as `note_decision` for many comments, in one statement if `in_reply_to` has been fetched."""
    post([mail for comment in comments for mail in _of_decision(comment, now=now)])


def _of_decision(comment: VisitorComment, *, now: datetime) -> list[CommentMail]:
    kinds = {Status.APPROVED: MailKind.APPROVED, Status.REJECTED: MailKind.REJECTED}
    mails = []
    if needs_confirmation(comment):  # it was spam before, so nobody has been asked yet
        mails.append(to_author(MailKind.CONFIRM, comment, now=now))
    if may_be_mailed(comment) and comment.status in kinds:
        mails.append(to_author(kinds[Status(comment.status)], comment, now=now))
    if comment.status == Status.APPROVED:
        mails += _to_answered(comment, now=now)
    return mails


def note_health(comment: VisitorComment, *, now: datetime) -> None:
    """A health question waits: tell those who may answer it."""
    post([to_desk(MailLane.HEALTH, comment, now=now)])


def note_overdue(comment: VisitorComment, *, now: datetime) -> None:
    """A health question waited too long: tell everybody who moderates there."""
    mail = to_desk(MailLane.HEALTH, comment, now=now)
    mail.key = f"{MailKind.MODERATORS}:OVERDUE:{comment.pk}"
    post([mail])


def note_health_answer(comment: VisitorComment, answer_pk: int, *, now: datetime) -> None:
    """A health question was answered: tell its author that something waits, if there is an address that is hers and
    she has not stopped it."""
    if comment.wants_mail and comment.author_email and comment.email_verified_at is not None:
        mail = to_author(MailKind.ANSWERED, comment, now=now)
        mail.key = f"{MailKind.ANSWERED}:{comment.pk}:{answer_pk}"
        post([mail])


def may_be_mailed(comment: VisitorComment) -> bool:
    """Tell whether the author asked for mails and the address is known to be theirs."""
    asked = comments_settings.author_mails and comment.wants_mail and bool(comment.author_email)
    return asked and comment.email_verified_at is not None


def _to_answered(comment: VisitorComment, *, now: datetime) -> list[CommentMail]:
    """The answer may still be hidden by what is above it; sending asks again whether the public sees it."""
    answered = comment.in_reply_to
    if answered is None or not may_be_mailed(answered) or answered.author_key == comment.author_key != "":
        return []
    return [to_author(MailKind.REPLY, answered, about=comment, now=now)]


def needs_confirmation(comment: VisitorComment) -> bool:
    """Tell whether a mail should ask the author to confirm the address: the comment waits for it, or the author
    wants mails. What a check takes for spam mails nobody."""
    if comment.author_kind != AuthorKind.GUEST or comment.email_verified_at or not comment.author_email:
        return False
    asked = comments_settings.author_mails and comment.wants_mail
    return comment.status == Status.UNCONFIRMED or (asked and comment.status not in _UNHEARD)


def to_author(
    kind: MailKind, comment: VisitorComment, *, now: datetime, about: VisitorComment | None = None
) -> CommentMail:
    """Return a mail to the comment's author; `about` is the answer that it tells of. An author is asked to confirm
    once, told of an answer once, and of each decision."""
    occasion = "" if kind == MailKind.CONFIRM else about.pk if about else comment.version
    return CommentMail(
        key=f"{kind}:{comment.pk}:{occasion}",
        kind=kind,
        comment=comment,
        about=about,
        recipient_key=text.recipient_key(comment.author_email),
        created_at=now,
        due_at=now,
    )


def to_desk(lane: MailLane, comment: VisitorComment, *, now: datetime) -> CommentMail:
    """Return a note that the desk has something new in `lane`; sending it finds out which moderators want to know."""
    occasion = f"{MailKind.MODERATORS}:{lane}:{comment.pk}:{comment.version}"
    return CommentMail(
        key=occasion, kind=MailKind.MODERATORS, lane=lane, comment=comment, created_at=now, due_at=now
    )


def post(mails: list[CommentMail]) -> None:
    """Put mails into the outbox, and have them sent after the transaction is committed."""
    if mails:
        CommentMail.objects.bulk_create(mails, ignore_conflicts=True)
        enqueue_on_commit(tasks.deliver_mails)
