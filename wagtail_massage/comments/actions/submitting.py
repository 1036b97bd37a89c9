"""Submit: the one way in for what a visitor writes."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, validate_email
from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .. import ledger, signals, text, throttling
from ..conf import comments_settings
from ..drafts import Draft, Origin
from ..models import CommentThread, VisitorComment
from ..screening import pipeline
from ..screening.base import Candidate, Outcome, Verdict
from ..states import WRITABLE, ActorKind, Status
from ..threads import accepts_comments, lock_thread, policy_of
from .placing import find_parent, place
from .recording import announce, record, record_verdicts


class Refused(Exception):
    """The draft cannot be taken as it is. `errors` maps a field of the draft to a sentence for its author."""

    def __init__(self, errors: dict[str, str]) -> None:
        super().__init__(" ".join(errors.values()))
        self.errors = errors


class NotCommentable(Exception):
    """Pages of this type take no comments; to the outside there is nothing here."""


class Closed(Exception):
    """The page's policy lets nobody write now."""

    def __init__(self) -> None:
        super().__init__(_("Comments on this page are closed."))


class KeyReused(Exception):
    """The Idempotency-Key came before with another comment."""

    def __init__(self) -> None:
        super().__init__(
            _("This Idempotency-Key was used for a different comment. Send a new key with a new comment.")
        )


@dataclass(frozen=True, kw_only=True)
class Submission:
    """What became of a draft. `is_new` is False when the same post had been stored before."""

    comment: VisitorComment
    is_new: bool


def submit(*, page: Any, draft: Draft, origin: Origin, now: datetime) -> Submission:
    """Screen a draft and store it as PENDING, APPROVED or SPAM; the same post twice is stored once.

    `page` must be the thread's own page (`threads.home_of`) and public; the caller has asked
    `wagtail_massage.visibility`.

    Raises:
        Refused: malformed or too long, or a parent that cannot be answered; nothing is stored.
        NotCommentable, Closed: the page does not take comments.
        KeyReused: an Idempotency-Key with another body.
        throttling.Throttled: too many at once.
    """
    if not accepts_comments(page):
        raise NotCommentable(page.pk)
    draft = clean(draft)
    with transaction.atomic():
        thread = lock_thread(page)
        if policy_of(thread) not in WRITABLE:
            raise Closed
        key, fingerprint = _keys(page, draft, origin, now)
        if twin := VisitorComment.objects.filter(idempotency_key=key).first():
            if twin.request_hash != fingerprint:
                raise KeyReused
            return Submission(comment=twin, is_new=False)
        throttling.admit(page_id=page.pk, address=origin.address, now=now)
        parent = find_parent(thread, draft.parent)
        if draft.parent and parent is None:
            raise Refused({"parent": _("The comment you answered is no longer there.")})
        verdicts = screen(page=page, draft=draft, origin=origin, now=now)
        comment = _store(thread, parent, draft, origin, verdicts, key=key, fingerprint=fingerprint, now=now)
        announce(signals.comment_submitted, comment, by=origin.user, now=now)
        if comment.status == Status.APPROVED:
            announce(signals.comment_approved, comment, by=None, now=now)
    return Submission(comment=comment, is_new=True)


def clean(draft: Draft) -> Draft:
    """Return the draft as it would be stored.

    Raises:
        Refused: with a sentence for each field that cannot be stored.
    """
    errors: dict[str, str] = {}
    body = _clean_body(draft.body, errors)
    author_name = _clean_name(draft.author_name, errors)
    author_email = draft.author_email.strip()
    if author_email:
        try:
            validate_email(author_email)
            _fits_column(author_email)
        except ValidationError:
            errors["author_email"] = _(
                "This does not look like an e-mail address. Correct it, or leave it empty."
            )
    if errors:
        raise Refused(errors)
    return dataclasses.replace(draft, body=body, author_name=author_name, author_email=author_email)


def screen(
    *, page: Any, draft: Draft, origin: Origin, now: datetime, comment: VisitorComment | None = None
) -> list[Verdict]:
    """Let every check look at a cleaned draft.

    Raises:
        Refused: if a check refuses it.
    """
    digest = text.body_hash(draft.body)
    candidate = Candidate(draft=draft, origin=origin, page=page, body_hash=digest, now=now, comment=comment)
    verdicts = pipeline.run(candidate)
    if pipeline.gravest(verdicts) == Outcome.REFUSE:
        raise Refused({"body": _("This comment cannot be published here.")})
    return verdicts


_fits_column = MaxLengthValidator(254)  # RFC 5321; validate_email lets 320 characters pass


def _clean_body(raw: str, errors: dict[str, str]) -> str:
    try:
        body = text.clean_body(raw)
    except text.Unreadable as error:
        errors["body"] = str(error)
        return ""
    limit = comments_settings.max_length
    if text.is_blank(body):
        errors["body"] = _("Please write something.")
    elif len(body) > limit:
        errors["body"] = ngettext(
            "Your comment has %(length)d characters; %(limit)d is the most that fits. Please shorten it.",
            "Your comment has %(length)d characters; %(limit)d are the most that fit. Please shorten it.",
            limit,
        ) % {"length": len(body), "limit": limit}
    return body


def _clean_name(raw: str, errors: dict[str, str]) -> str:
    try:
        name = text.clean_name(raw)
    except text.Unreadable as error:
        errors["author_name"] = str(error)
        return ""
    if text.is_blank(name):
        errors["author_name"] = _("Please give a name. It need not be your full name.")
    elif len(name) > text.NAME_MAX:
        errors["author_name"] = _("Please use a name of at most %(limit)d characters.") % {
            "limit": text.NAME_MAX
        }
    return name


def _keys(page: Any, draft: Draft, origin: Origin, now: datetime) -> tuple[str, str]:
    """Return (idempotency key, fingerprint of the request), both keyed digests.

    Without a key from the client a second tap on the button is recognised by its content, for the rest of the day.
    """
    said = [str(page.pk), str(draft.parent or ""), draft.author_name, draft.author_email, draft.body]
    fingerprint = _digest("request", *said)
    if origin.idempotency_key:
        return _digest("client", str(page.pk), origin.idempotency_key), fingerprint
    return _digest("content", now.date().isoformat(), fingerprint), fingerprint


def _digest(purpose: str, *parts: str) -> str:
    joined = "\x1f".join(parts)
    return salted_hmac(f"wagtail_massage_comments.{purpose}", joined, algorithm="sha256").hexdigest()


def _store(
    thread: CommentThread,
    parent: VisitorComment | None,
    draft: Draft,
    origin: Origin,
    verdicts: list[Verdict],
    *,
    key: str,
    fingerprint: str,
    now: datetime,
) -> VisitorComment:
    identity = str(origin.user.pk) if origin.user is not None else draft.author_email.casefold()
    comment = place(
        thread,
        parent,
        status=pipeline.decide(verdicts, policy=policy_of(thread)),
        author_kind=origin.author_kind,
        author_user=origin.user,
        author_key=text.author_key(origin.author_kind, identity) if identity else "",
        author_name=draft.author_name,
        author_email=draft.author_email,
        body=draft.body,
        body_hash=text.body_hash(draft.body),
        locale=draft.locale,
        data=draft.data,
        idempotency_key=key,
        request_hash=fingerprint,
        created_at=now,
    )
    ledger.settle(comment, from_status="")
    record_verdicts(comment, verdicts, now=now)
    record(comment, verb="submit", from_status="", kind=ActorKind.AUTHOR, by=origin.user, now=now)
    return comment
