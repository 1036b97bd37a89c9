"""Answer: the site's own people reply in public, with their badge and without waiting."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from .. import ledger, outbox, signals, text
from ..drafts import Draft
from ..models import VisitorComment
from ..states import ActorKind, AuthorKind, Badge, Status
from ..threads import lock_thread, policy_of
from .cleaning import clean
from .deciding import StaleState, approve
from .placing import place
from .recording import announce, record
from .submitting import Closed


def answer(
    comment: VisitorComment, *, body: str, by: Any, now: datetime, approve_first: bool = False
) -> VisitorComment:
    """Store a public answer by a member of the team, and return it. The same words twice are stored once.

    Args:
        body: plain text, held to the same limits as a visitor's; no check looks at it.
        approve_first: approve a comment that waits, in the same transaction.

    Raises:
        Refused: if the text cannot be stored.
        Closed: if the page's policy lets not even the team write, or the page is gone.
        StaleState: if the comment has changed since it was loaded, or cannot be answered in the state it has.
    """
    if comment.page is None:
        raise Closed
    draft = clean(Draft(body=body, author_name=public_name(by), locale=comment.locale))
    with transaction.atomic():
        thread = lock_thread(comment.page)
        if not policy_of(thread, comment.page, now=now).is_answerable:
            raise Closed
        key = _key(comment, draft, by)
        if twin := VisitorComment.objects.filter(idempotency_key=key).first():
            return twin
        if approve_first and comment.status == Status.PENDING:
            approve(comment, by=by, now=now)
        _check(comment)
        stored = place(
            thread,
            comment,
            status=Status.APPROVED,
            reviewed_at=now,
            author_kind=AuthorKind.USER,
            author_user=by,
            author_key=text.author_key(AuthorKind.USER, str(by.pk)),
            author_name=draft.author_name,
            badge=Badge.STAFF,
            body=draft.body,
            body_hash=text.body_hash(draft.body),
            locale=draft.locale,
            idempotency_key=key,
            created_at=now,
        )
        ledger.settle(stored, from_status="")
        record(stored, verb="answer", from_status="", kind=ActorKind.HUMAN, by=by, now=now)
        outbox.note_decision(stored, now=now)
        announce(signals.comment_submitted, stored, by=by, now=now)
        announce(signals.comment_approved, stored, by=by, now=now)
    return stored


def public_name(user: Any) -> str:
    """Return the full name of a member of the team. A login name is nobody's business."""
    return user.get_full_name().strip()[: text.NAME_MAX] or _("Team")


def _check(comment: VisitorComment) -> None:
    """Make sure, under the lock, that what is answered is public and as it was read."""
    found = VisitorComment.objects.filter(pk=comment.pk, version=comment.version, status=Status.APPROVED)
    if not found.exists():
        raise StaleState(VisitorComment.objects.get(pk=comment.pk))


def _key(comment: VisitorComment, draft: Draft, by: Any) -> str:
    """A second press of the button is recognised by what it says."""
    value = f"{comment.uuid}\x1f{by.pk}\x1f{draft.body}"
    return salted_hmac("wagtail_massage_comments.answer", value, algorithm="sha256").hexdigest()
