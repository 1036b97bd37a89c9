"""Deliver: take what is due from the outbox, send it, and note what became of it.

Any number of processes may do so side by side. A row is leased by compare-and-set; whoever dies while sending loses
the lease after a while, and somebody else sends the mail, perhaps for the second time (with the same Message-ID). A
mail that the server did not take is tried again later.
"""

from __future__ import annotations

import logging
import smtplib
import time
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.core import mail as django_mail
from django.core.mail import EmailMessage
from django.db.models import Q, QuerySet
from django.utils import timezone

from ..models import CommentMail
from ..states import MailKind, MailOutcome
from . import authors, desk
from .letters import NotSent

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=10)
DELAYS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360))
"""How long a mail waits after each failure; after one more it is given up."""
PATIENCE_SECONDS = 5
"""How long the mail server may take for each answer, where the site has no EMAIL_TIMEOUT."""

_BATCH = 20
_TO_DESK = frozenset({MailKind.MODERATORS, MailKind.DIGEST})


class ServerAway(Exception):
    """The mail server cannot be reached, so there is no use in trying the next mail. `outcome` is that of this one."""

    def __init__(self, outcome: str) -> None:
        super().__init__(outcome)
        self.outcome = outcome


def deliver_due(*, now: datetime | None = None, seconds: float | None = None) -> Counter[str]:
    """Send the mails that are due. No failure of a mail or of the mail server comes out of here.

    Args:
        now: the moment to go by; without it the clock, read for each mail.
        seconds: after so many seconds no further mail is begun; what is left waits for the next run.

    Returns:
        How many rows came to each `MailOutcome`, and how many ("") will be tried again.
    """
    end = None if seconds is None else time.monotonic() + seconds
    outcomes: Counter[str] = Counter()
    for row in _leases(now):
        try:
            outcomes[_deliver(row, now or timezone.now())] += 1
        except ServerAway as away:
            outcomes[away.outcome] += 1
            break
        if end is not None and time.monotonic() >= end:
            break
    return outcomes


def _due(now: datetime) -> QuerySet[CommentMail]:
    is_free = Q(claimed_at=None) | Q(claimed_at__lt=now - LEASE)
    return CommentMail.objects.filter(is_free, finished_at=None, due_at__lte=now).order_by("due_at", "pk")


def _leases(now: datetime | None) -> Iterator[CommentMail]:
    """Lease what is due, one row after the other, until there is no more."""
    related = ("comment__page", "comment__author_user", "about", "recipient")
    while candidates := list(_due(now or timezone.now()).values_list("pk", "claimed_at")[:_BATCH]):
        for pk, claimed_at in candidates:
            unchanged = CommentMail.objects.filter(pk=pk, claimed_at=claimed_at, finished_at=None)
            if unchanged.update(claimed_at=now or timezone.now()):
                yield from CommentMail.objects.select_related(*related).filter(pk=pk)


def _deliver(row: CommentMail, now: datetime) -> str:
    try:
        if row.kind == MailKind.MODERATORS and row.recipient_id is None:
            desk.spread(row, now=now)
            return _finish(row, MailOutcome.SPREAD, now)
        letter = desk.write(row, now=now) if row.kind in _TO_DESK else authors.write(row, now=now)
    except NotSent as reason:
        return _finish(row, reason.outcome, now)
    except Exception as error:  # a template of the site, a cache that is away
        return _postpone(row, error, now)
    try:
        _send(letter)
    except Exception as error:  # whatever a mail backend raises
        outcome = _postpone(row, error, now)
        if _is_away(error):
            raise ServerAway(outcome) from error
        return outcome
    return _finish(row, MailOutcome.SENT, now)


def _send(letter: EmailMessage) -> None:
    connection = mail_server()
    if getattr(connection, "timeout", 0) is None:  # SMTP without EMAIL_TIMEOUT would wait for ever
        connection.timeout = PATIENCE_SECONDS
    connection.send_messages([letter])


def mail_server() -> Any:
    """Return the site's mail backend; Django 6.1 has a new word for it."""
    mailers = getattr(django_mail, "mailers", None)
    return mailers.default if mailers is not None else django_mail.get_connection()


def _finish(row: CommentMail, outcome: MailOutcome, now: datetime) -> str:
    CommentMail.objects.filter(pk=row.pk, finished_at=None).update(finished_at=now, outcome=outcome)
    return outcome


def _postpone(row: CommentMail, error: Exception, now: datetime) -> str:
    """Try again later, unless the address does not exist or it was tried often enough."""
    # The message of an SMTP error holds the address, so only its kind is logged.
    logger.warning("Mail %s (%s) was not sent: %s.", row.pk, row.kind, type(error).__name__)
    if row.attempts >= len(DELAYS) or _is_final(error):
        return _finish(row, MailOutcome.FAILED, now)
    CommentMail.objects.filter(pk=row.pk, finished_at=None).update(
        attempts=row.attempts + 1, due_at=now + DELAYS[row.attempts], claimed_at=None
    )
    return ""


def _is_final(error: Exception) -> bool:
    """Tell whether the server says that it will never take a mail to this address (SMTP 5xx)."""
    refused = isinstance(error, smtplib.SMTPRecipientsRefused)
    return refused and all(code >= 500 for code, _words in error.recipients.values())  # type: ignore[attr-defined]


def _is_away(error: Exception) -> bool:
    """Tell whether the failure is the server's and not this mail's. All SMTP errors are OSErrors too."""
    about_one_mail = (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused, smtplib.SMTPDataError)
    return isinstance(error, OSError) and not isinstance(error, about_one_mail)
