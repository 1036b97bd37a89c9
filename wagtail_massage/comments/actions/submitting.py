"""Submit: the one way in for what a visitor writes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache, partial
from typing import Any

from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from ...tasks import enqueue_on_commit
from .. import ledger, outbox, signals, tasks, text, throttling, trust
from ..drafts import Draft, Origin
from ..models import CommentThread, ModerationEvent, VisitorComment
from ..notices import members_notice, policy_notice
from ..policies import PolicyInForce
from ..screening import pipeline
from ..screening.base import Candidate, Outcome, Verdict
from ..states import ActorKind, AuthorKind, EmailRule, Policy, Status
from ..threads import PageGone, accepts_comments, lock_thread, policy_of
from .cleaning import Refused, clean
from .deadlocks import begun_again
from .placing import find_twin_and_parent, place
from .recording import announce, record, record_verdicts
from .setting_apart import note_health


class NotCommentable(Exception):
    """Pages of this type take no comments; to the outside there is nothing here."""


class Closed(Exception):
    """The page's policy lets nobody write now. The message says so to visitors (`notices.policy_notice`)."""

    def __init__(self, notice: str = "") -> None:
        super().__init__(notice or _("Comments on this page are closed."))


class MembersOnly(Exception):
    """The page's policy lets only signed-in people write."""

    def __init__(self) -> None:
        super().__init__(members_notice())


class KeyReused(Exception):
    """The Idempotency-Key came before with another comment."""

    def __init__(self) -> None:
        super().__init__(
            _("This Idempotency-Key was used for a different comment. Send a new key with a new comment.")
        )


@dataclass(frozen=True, kw_only=True)
class Submission:
    """What became of a draft.

    Attributes:
        is_new: False when the same post had been stored before.
        is_authors: whether the sender is known to be the comment's author, and so may have its receipt. The same text
            by the same name is no proof: anybody could copy it from the page.
    """

    comment: VisitorComment
    is_new: bool
    is_authors: bool = False


def submit(*, page: Any, draft: Draft, origin: Origin, now: datetime) -> Submission:
    """Screen a draft and store it as UNCONFIRMED, PENDING, APPROVED or SPAM; the same post twice is stored once.

    Where the database ends its transaction in favour of another, it is begun again.

    `page` must be the thread's own page (`threads.home_of`) and public; the caller has asked
    `wagtail_massage.visibility`.

    Raises:
        Refused: malformed or too long, or a parent that cannot be answered; nothing is stored.
        NotCommentable, Closed, MembersOnly: the page does not take comments, or not from this visitor.
        KeyReused: an Idempotency-Key with another body.
        throttling.Throttled: too many at once.
    """
    if not accepts_comments(page):
        raise NotCommentable(page.pk)
    draft = clean(draft, author=origin.author)
    # Made once, it counts once, however often the transaction is begun.
    admit = cache(partial(throttling.admit, page_id=page.pk, address=origin.address, now=now))
    return begun_again(partial(_submit, page, draft, origin, now, admit))


def _submit(page: Any, draft: Draft, origin: Origin, now: datetime, admit: Callable[[], None]) -> Submission:
    with transaction.atomic():
        try:
            thread = lock_thread(page)
        except PageGone as error:
            raise NotCommentable(page.pk) from error
        policy = policy_of(thread, page, now=now)
        _let_in(policy, draft, origin)
        key, fingerprint = _keys(page, draft, origin, now)
        twin, parent = find_twin_and_parent(thread, key=key, parent_id=draft.parent)
        if twin is not None and not _makes_way(twin, origin):
            return _repeated(twin, fingerprint, origin)
        admit()
        if draft.parent and parent is None:
            raise Refused({"parent": _("The comment you answered is no longer there.")})
        verdicts = screen(page=page, draft=draft, origin=origin, now=now)
        status = _first_status(verdicts, policy, draft, origin)
        owed = pipeline.origin_for_outside_checks(origin, verdicts)
        keys = {"key": key, "fingerprint": fingerprint}
        comment = _store(thread, parent, draft, origin, status=status, owed=owed, now=now, **keys)
        record_verdicts(comment, verdicts, now=now)
        note_health(comment, verdicts, now=now)
        record(comment, verb="submit", from_status="", kind=ActorKind.AUTHOR, by=origin.user, now=now)
        outbox.note_submission(comment, policy=policy, now=now)
        if comment.origin:
            enqueue_on_commit(tasks.ask_outside_checks, comment.pk)
        announce(signals.comment_submitted, comment, by=origin.user, now=now)
        if comment.status == Status.APPROVED:
            announce(signals.comment_approved, comment, by=None, now=now)
    return Submission(comment=comment, is_new=True, is_authors=True)


def _makes_way(twin: VisitorComment, origin: Origin) -> bool:
    """Let somebody say again what was said and withdrawn. A client that repeats its key only repeats a request."""
    if twin.status != Status.REMOVED or origin.idempotency_key:
        return False
    if not ModerationEvent.objects.filter(comment=twin, verb="withdraw").exists():
        return False
    VisitorComment.objects.filter(pk=twin.pk).update(idempotency_key=None)
    return True


def _repeated(twin: VisitorComment, fingerprint: str, origin: Origin) -> Submission:
    if twin.request_hash != fingerprint:
        raise KeyReused
    is_authors = bool(origin.idempotency_key) or origin.author is not None
    return Submission(comment=twin, is_new=False, is_authors=is_authors)


def screen(
    *,
    page: Any,
    draft: Draft,
    origin: Origin,
    now: datetime,
    comment: VisitorComment | None = None,
    may_ask: bool = True,
) -> list[Verdict]:
    """Let every check look at a cleaned draft; outside checks answer later, and only if they `may_ask`.

    Raises:
        Refused: if a check refuses it.
    """
    digest = text.body_hash(draft.body)
    candidate = Candidate(draft=draft, origin=origin, page=page, body_hash=digest, now=now, comment=comment)
    verdicts = pipeline.run(candidate, may_ask=may_ask)
    if pipeline.gravest(verdicts) == Outcome.REFUSE:
        raise Refused({"body": _("This comment cannot be published here.")})
    return verdicts


def _let_in(policy: PolicyInForce, draft: Draft, origin: Origin) -> None:
    if not policy.is_open:
        raise Closed(policy_notice(policy))
    if origin.author is not None:
        return
    if policy.policy == Policy.MEMBERS:
        raise MembersOnly
    if policy.email_rule != EmailRule.OPTIONAL and not draft.author_email:
        raise Refused({"author_email": _("Please give your e-mail address. It is not shown.")})


def _first_status(verdicts: list[Verdict], policy: PolicyInForce, draft: Draft, origin: Origin) -> Status:
    author_key = _author_key(draft, origin) if origin.author is not None else ""
    status = pipeline.decide(
        verdicts, policy=policy.policy, is_trusted=bool(author_key) and trust.is_trusted(author_key)
    )
    must_confirm = origin.author is None and policy.email_rule == EmailRule.CONFIRMED
    return Status.UNCONFIRMED if must_confirm and status != Status.SPAM else status


def _author_key(draft: Draft, origin: Origin) -> str:
    """Guests are known by the address they typed, which proves nothing until it is confirmed."""
    if origin.author is not None:
        return text.author_key(origin.author.kind, origin.author.identity)
    return text.author_key(AuthorKind.GUEST, draft.author_email.casefold()) if draft.author_email else ""


def _keys(page: Any, draft: Draft, origin: Origin, now: datetime) -> tuple[str, str]:
    """Return (idempotency key, fingerprint of the request), both keyed digests.

    Without a key from the client a second tap on the button is recognised by its content, for the rest of the day.
    """
    who = [origin.author.kind, origin.author.identity] if origin.author else []
    said = [str(page.pk), str(draft.parent or ""), draft.author_name, draft.author_email, draft.body, *who]
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
    *,
    status: Status,
    key: str,
    fingerprint: str,
    owed: dict[str, Any],
    now: datetime,
) -> VisitorComment:
    comment = place(
        thread,
        parent,
        status=status,
        is_visible=status == Status.APPROVED,  # what it answers is public, and so is everything above that
        author_kind=origin.author_kind,
        author_user=origin.user,
        author_key=_author_key(draft, origin),
        author_name=draft.author_name,
        author_email=draft.author_email,
        email_verified_at=now if origin.author is not None and draft.author_email else None,
        wants_mail=draft.wants_mail and bool(draft.author_email),
        network_key=text.network_key(throttling.network_of(origin.address), now),
        body=draft.body,
        body_hash=text.body_hash(draft.body),
        locale=draft.locale,
        data=draft.data,
        origin=owed,
        idempotency_key=key,
        request_hash=fingerprint,
        created_at=now,
    )
    ledger.settle(comment, from_status="")
    return comment
