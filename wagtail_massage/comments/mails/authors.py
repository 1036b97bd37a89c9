"""Mails to those who wrote a comment: please confirm, it is published, it will not be, somebody answered.

What a mail tells of is asked again at the moment of sending, through the same door that visitors read by: nothing is
told that the public cannot see then, nothing to an address that was not confirmed (except the question whether it is
theirs), and not too much to any address.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.core.mail import EmailMessage
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import override

from .. import reading
from ..conf import comments_settings
from ..models import CommentMail, VisitorComment
from ..outbox import may_be_mailed, needs_confirmation
from ..states import MailKind, MailOutcome, Status
from ..text import recipient_keys
from .letters import NotSent, compose, known_language, list_id, one_line
from .links import confirm_url, is_refused, receipt_url, unsubscribe_url

_PERMALINK = "wagtail_massage_comments:permalink"

CONFIRMS_A_DAY = 3
MAILS_A_DAY = 20
"""The most that one mailbox gets in 24 hours. Counted in the outbox, so it holds whatever happens to a cache."""


def write(row: CommentMail, *, now: datetime) -> EmailMessage:
    """Return the mail of a row.

    Raises:
        NotSent: if its occasion has passed, the recipient wants none, or has had enough for today.
    """
    comment = row.comment
    if comment is None or not _is_still_true(row, comment):
        raise NotSent(MailOutcome.VOID)
    keys = recipient_keys(comment.author_email)
    if row.recipient_key not in keys:
        raise NotSent(MailOutcome.VOID)
    if is_refused(*keys):
        raise NotSent(MailOutcome.REFUSED)
    if _has_had_enough(row, now):
        raise NotSent(MailOutcome.LIMITED)
    page = comment.page
    site = page.get_site() if page is not None else None
    if site is None:
        raise NotSent(MailOutcome.VOID)
    _require_public(row, comment, page, site)
    with override(known_language(comment.locale)):
        context = _context(row, comment, page, site)
        headers = _list_headers(comment, context["unsubscribe_url"])
        return compose(row, to=comment.author_email, context=context, headers=headers)


def _is_still_true(row: CommentMail, comment: VisitorComment) -> bool:
    if comment.author_user is not None and not comment.author_user.is_active:
        return False
    if row.kind == MailKind.CONFIRM:
        return needs_confirmation(comment)
    if row.kind == MailKind.ANSWERED:  # also where a site sends no other mails to authors
        return comment.is_health and comment.wants_mail and comment.email_verified_at is not None
    if not may_be_mailed(comment):
        return False
    if row.kind == MailKind.REPLY:
        return row.about is not None and row.about.status == Status.APPROVED
    return comment.status == (Status.APPROVED if row.kind == MailKind.APPROVED else Status.REJECTED)


def _has_had_enough(row: CommentMail, now: datetime) -> bool:
    """Count what was sent in the last day, and what stands before `row` in the queue."""
    was_sent = Q(outcome=MailOutcome.SENT, finished_at__gt=now - timedelta(days=1))
    comes_first = Q(finished_at=None, pk__lt=row.pk)
    others = CommentMail.objects.filter(was_sent | comes_first, recipient_key=row.recipient_key)
    counts = others.aggregate(all=Count("pk"), confirms=Count("pk", filter=Q(kind=MailKind.CONFIRM)))
    too_many_questions = row.kind == MailKind.CONFIRM and counts["confirms"] >= CONFIRMS_A_DAY
    return too_many_questions or counts["all"] >= MAILS_A_DAY


def _require_public(row: CommentMail, comment: VisitorComment, page: Any, site: Any) -> None:
    """Nobody hears of a page, a comment or an answer that a visitor cannot read at this moment."""
    shown = {MailKind.APPROVED: comment, MailKind.REPLY: row.about}.get(MailKind(row.kind))
    try:
        if shown is None:
            reading.find_thread(page.pk, site=site)
        else:
            reading.find_comment(shown.uuid, site=site)
    except reading.NotPublic as error:
        raise NotSent(MailOutcome.VOID) from error


def _context(row: CommentMail, comment: VisitorComment, page: Any, site: Any) -> dict[str, Any]:
    root_url = site.root_url
    return {
        "site_name": one_line(site.site_name or site.hostname),
        "site": site,
        "page": page,
        "page_title": one_line(page.title),
        "comment_url": root_url + reverse(_PERMALINK, args=[page.pk, (row.about or comment).uuid]),
        "receipt_url": receipt_url(comment, root_url=root_url),
        "confirm_url": confirm_url(comment, root_url=root_url),
        "days": comments_settings.keep_unconfirmed_days,
        "unsubscribe_url": unsubscribe_url(comment, root_url=root_url),
    }


def _list_headers(comment: VisitorComment, url: str) -> dict[str, str]:
    """RFC 8058: the mail program may show a button that stops these mails (`views.mails.unsubscribe`)."""
    return {
        "List-Id": list_id(str(comment.uuid)),
        "List-Unsubscribe": f"<{url}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
