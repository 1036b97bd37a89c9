"""Subscribe: whoever gets mails about comments says which may follow."""

from __future__ import annotations

from datetime import datetime

from ..models import MailRefusal, VisitorComment


def set_wants_mail(comment: VisitorComment, *, wants_mail: bool) -> VisitorComment:
    """Note whether the author wants to be told of what happens to the comment.

    It is not part of what a moderator decides on, so the comment's version stays.
    """
    VisitorComment.objects.filter(pk=comment.pk).update(wants_mail=wants_mail)
    comment.wants_mail = wants_mail
    return comment


def refuse_mails(keys: list[str], *, now: datetime) -> None:
    """Note that a mailbox wants no mails about comments, whoever gives its address. `keys` are `text.recipient_keys`,
    the present one first."""
    MailRefusal.objects.get_or_create(recipient_key=keys[0], defaults={"created_at": now})


def accept_mails(keys: list[str]) -> None:
    """Take a mailbox's refusal back."""
    MailRefusal.objects.filter(recipient_key__in=keys).delete()
