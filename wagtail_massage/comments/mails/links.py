"""Signed links in mails: confirm an address, stop mails. A token is bound to a comment and to the mailbox it went to.

Neither the address nor anything of the comment stands in a token.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.urls import reverse

from ..conf import comments_settings
from ..models import MailRefusal, VisitorComment
from ..text import recipient_key, recipient_keys
from ..tokens import BadToken, Purpose, make_token, read_token

UNSUBSCRIBE_DAYS = 400
"""How long a link to stop mails works: longer than most people keep a mail that they mean to act on."""

_NAMESPACE = "wagtail_massage_comments"


@dataclass(frozen=True, kw_only=True)
class Recipient:
    """Who holds a link to stop mails.

    Attributes:
        keys: the keyed digests of the mailbox, the present one first.
        comment: the comment that the mail was about; None when it, or its author's address, is gone.
        is_refused: whether the mailbox wants no mails at all.
    """

    keys: list[str]
    comment: VisitorComment | None
    is_refused: bool

    @property
    def wants_mail(self) -> bool:
        """Whether mails about the comment may follow."""
        return not self.is_refused and self.comment is not None and self.comment.wants_mail


def receipt_url(comment: VisitorComment, *, root_url: str = "") -> str:
    """Return the address of the author's private page, receipt included."""
    return root_url + reverse(f"{_NAMESPACE}:receipt", args=[make_token(Purpose.RECEIPT, str(comment.uuid))])


def confirm_url(comment: VisitorComment, *, root_url: str) -> str:
    """Return the address at which the author of `comment` confirms theirs."""
    return root_url + reverse(f"{_NAMESPACE}:confirm", args=[confirm_token(comment)])


def unsubscribe_url(comment: VisitorComment, *, root_url: str) -> str:
    """Return the address at which mails about `comment` are stopped; a mail program may post there (RFC 8058)."""
    return root_url + reverse(f"{_NAMESPACE}:unsubscribe", args=[unsubscribe_token(comment)])


def confirm_token(comment: VisitorComment) -> str:
    """Return the token that confirms the address of `comment`'s author."""
    return make_token(Purpose.CONFIRM, str(comment.uuid), recipient_key(comment.author_email))


def unsubscribe_token(comment: VisitorComment) -> str:
    """Return the token that stops mails to the author of `comment`."""
    return make_token(Purpose.UNSUBSCRIBE, str(comment.uuid), recipient_key(comment.author_email))


def comment_to_confirm(token: str) -> VisitorComment:
    """Return the comment whose author's address `token` proves. Costs one query.

    Raises:
        BadToken: if it is no such token, too old, or there is no such comment any more.
    """
    days = timedelta(days=comments_settings.keep_unconfirmed_days)
    public_id, key = read_token(Purpose.CONFIRM, token, max_age=days, count=2)
    comment = _comment_of(public_id, key)
    if comment is None:
        raise BadToken
    return comment


def recipient_of(token: str) -> Recipient:
    """Return who may stop mails with `token`. Costs two queries.

    Raises:
        BadToken: if it is no such token, or too old.
    """
    public_id, key = read_token(Purpose.UNSUBSCRIBE, token, max_age=timedelta(days=UNSUBSCRIBE_DAYS), count=2)
    comment = _comment_of(public_id, key)
    keys = recipient_keys(comment.author_email) if comment else [key]
    return Recipient(keys=keys, comment=comment, is_refused=is_refused(*keys))


def is_refused(*keys: str) -> bool:
    """Tell whether the mailbox with one of these keys wants no mails at all."""
    return MailRefusal.objects.filter(recipient_key__in=keys).exists()


def _comment_of(public_id: str, key: str) -> VisitorComment | None:
    """Return the comment if it still is the mailbox's: nothing is left to do for one that was erased."""
    try:
        comments = VisitorComment.objects.filter(uuid=UUID(public_id)).select_related("page")
    except ValueError as error:
        raise BadToken from error
    comment = comments.first()
    if comment is None or comment.is_tombstone or not comment.author_email:
        return None
    return comment if key in recipient_keys(comment.author_email) else None
