"""Receipts: what an author may know of the own comment, and may still do with it.

A receipt is a signed note that names one comment. Whoever has it is the author: no cookie, no account, no address is
asked. It goes to whoever sent the comment, in the answer, and is never handed out again to somebody who cannot prove
to be the same (`actions.Submission.is_authors`).

An author is told whether a comment waits, is published or was rejected, never that it was taken for spam: it waits.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from .actions.deciding import IllegalTransition, StaleState
from .actions.editing import EditClosed, edit, editable_until
from .conf import comments_settings
from .drafts import Origin
from .health import OwnHealth, own_health
from .models import ModerationEvent, VisitorComment
from .policies import PolicyInForce, policy_in_force
from .states import STATEMENTS, AuthorKind, EmailRule, RejectionReason, Status
from .text import network_key
from .throttling import network_of
from .tokens import BadToken, Purpose, make_token, read_token

SECOND_TAP = timedelta(seconds=30)


class NoReceipt(LookupError):
    """The token is no receipt, is too old, or nothing is left of its comment; which of them is nobody's business."""


class Outdated(Exception):
    """What the author wants to change is not what is stored now."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "The comment has changed since you read it. Read it again, then change it if it is still needed."
            )
        )


@dataclass(frozen=True, kw_only=True)
class OwnComment:
    """A comment as its author may see it.

    Attributes:
        row: the comment.
        state: a `Status`, PENDING in place of SPAM.
        version: what an edit is based on. It moves with the row's own version, except that a comment which becomes
            spam shows no sign of it.
        editable_until: until when the text may be changed, None when it may not.
        reason: the code that came with a rejection or removal; "withdrawn" where the author took it back.
        expires_at: when the receipt stops working.
        policy: what holds on the page now; None when the page is gone.
        health: the health question that it is, None for any other comment.
    """

    row: VisitorComment
    state: Status
    version: int
    editable_until: datetime | None
    reason: str
    expires_at: datetime
    policy: PolicyInForce | None
    health: OwnHealth | None

    @property
    def reason_text(self) -> str:
        """The moderator's reason as a sentence for the author; "" where none was given."""
        is_reason = self.reason in RejectionReason.values
        return str(STATEMENTS[RejectionReason(self.reason)]) if is_reason else ""

    @property
    def body(self) -> str:
        return "" if self.row.is_tombstone else self.row.body


def make_receipt(comment: VisitorComment) -> str:
    """Return the receipt of a comment."""
    return make_token(Purpose.RECEIPT, str(comment.uuid))


def find_own(token: str) -> VisitorComment:
    """Return the comment of a receipt, with its page and thread. Costs one query.

    Raises:
        NoReceipt: if the token opens nothing.
    """
    try:
        max_age = timedelta(days=comments_settings.receipt_days)
        (name,) = read_token(Purpose.RECEIPT, token, max_age=max_age)
        comment_id = UUID(name)
    except (BadToken, ValueError) as error:
        raise NoReceipt from error
    rows = VisitorComment.objects.select_related("thread", "page", "parent", "in_reply_to")
    comment = rows.exclude(status=Status.ERASED).filter(uuid=comment_id).first()
    if comment is None:
        raise NoReceipt
    return comment


def is_second_tap(comment: VisitorComment, *, address: str, now: datetime) -> bool:
    """Tell whether an equal form that came again is the second tap on a button: from the same network within half a
    minute, about a comment that nobody else has ever seen and that has not changed since.

    A form of a cached page holds no secret by which its sender could be known again, and a browser shows only the
    answer to the last tap.
    """
    if comment.version != 1 or comment.is_visible or now - comment.created_at > SECOND_TAP:
        return False
    network = network_key(network_of(address), comment.created_at)
    return bool(network) and constant_time_compare(network, comment.network_key)


def view_own(comment: VisitorComment, *, now: datetime) -> OwnComment:
    """Return what the author may see of a comment. Costs two queries, whatever its state."""
    policy = policy_in_force(comment.page, now=now) if comment.page is not None else None
    events = ModerationEvent.objects.filter(comment=comment, to_status=comment.status)
    event = events.exclude(from_status=comment.status).order_by("-pk").first()  # what brought it where it is
    shows_reason = comment.status in {Status.REJECTED, Status.REMOVED}
    return OwnComment(
        row=comment,
        state=_state(comment, policy),
        version=_version(comment, event),
        editable_until=editable_until(comment, policy=policy, now=now),
        reason=event.reason if event is not None and shows_reason else "",
        expires_at=comment.created_at + timedelta(days=comments_settings.receipt_days),
        policy=policy,
        health=own_health(comment),
    )


def edit_own(comment: VisitorComment, *, body: str, version: int, origin: Origin, now: datetime) -> None:
    """Change the text for the author; `version` is the one that the author has seen (`OwnComment.version`).

    Sending the same again is fine, whatever its version: nothing is left to do.

    Raises:
        Outdated: if the comment has changed since that version.
        actions.Refused, actions.EditClosed, throttling.Throttled: as `actions.edit`.
    """
    own = view_own(comment, now=now)
    if own.editable_until is None:
        raise EditClosed
    if own.version != version and comment.body != body:
        raise Outdated
    try:
        edit(comment, body=body, by=None, origin=origin, now=now)
    except StaleState as error:
        raise Outdated from error
    except IllegalTransition as error:
        raise EditClosed from error


def _state(comment: VisitorComment, policy: PolicyInForce | None) -> Status:
    """Spam is shown as what it would be if it were none: it waits, where the site asks for it for its author first."""
    if comment.status != Status.SPAM:
        return Status(comment.status)
    is_unproved = comment.author_kind == AuthorKind.GUEST and comment.email_verified_at is None
    must_confirm = policy is not None and policy.email_rule == EmailRule.CONFIRMED
    return Status.UNCONFIRMED if is_unproved and must_confirm else Status.PENDING


def _version(comment: VisitorComment, event: ModerationEvent | None) -> int:
    is_betrayed = comment.status == Status.SPAM and event is not None and event.verb not in {"submit", "edit"}
    return comment.version - 1 if is_betrayed else comment.version
