"""Subscribe: whoever gets mails about comments says which may follow."""

from __future__ import annotations

import dataclasses
from datetime import datetime
from typing import Literal

from ..mails.links import Recipient
from ..models import MailRefusal, VisitorComment

Scope = Literal["COMMENT", "EVERYTHING"]


def set_mail_wish(recipient: Recipient, *, scope: Scope, wanted: bool, now: datetime) -> Recipient:
    """Stop mails to a mailbox, or let them come again, and return what holds then. Wishing twice changes nothing.

    Args:
        scope: COMMENT for what happens to the comment, EVERYTHING for all mails about comments, whoever gives the
            address. A wish for mails about the comment lifts a refusal of everything too.
    """
    if scope == "EVERYTHING" and not wanted:
        MailRefusal.objects.get_or_create(recipient_key=recipient.keys[0], defaults={"created_at": now})
        return dataclasses.replace(recipient, is_refused=True)
    if wanted:
        MailRefusal.objects.filter(recipient_key__in=recipient.keys).delete()
        recipient = dataclasses.replace(recipient, is_refused=False)
    if scope == "COMMENT" and recipient.comment is not None:
        # Not a part of what a moderator decides on, so the comment's version stays.
        VisitorComment.objects.filter(pk=recipient.comment.pk).update(wants_mail=wanted)
        recipient.comment.wants_mail = wanted
    return recipient
