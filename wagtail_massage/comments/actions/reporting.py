"""Report: a visitor tells the moderators that a public comment should not stand there."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import ngettext

from .. import ledger, outbox, signals, text, throttling
from ..conf import comments_settings
from ..drafts import Origin
from ..models import CommentReport, CommentThread, VisitorComment
from ..states import ActorKind, MailLane, ReportReason, Status
from .cleaning import Refused
from .deciding import change_status
from .recording import announce, record

NOTE_MAX = 500
HELD = "reported"
"""The reason of the event that hides a comment because of its reports."""


class NotReportable(LookupError):
    """The comment is not public (any more); to the outside there is nothing here."""


def report(
    comment: VisitorComment, *, reason: ReportReason, origin: Origin, now: datetime, note: str = ""
) -> CommentReport:
    """Store a report; the same person's second one on the same comment is the first.

    The first report that nobody has looked at tells the desk. When WAGTAIL_MASSAGE_COMMENTS_REPORT_THRESHOLD of them
    wait, the comment is hidden until a moderator decides, and so is what hangs below it. Whoever has decided with
    the reports in view is not overruled by them again; only reports of other people count.

    Args:
        note: the reporter's own words, read on the desk only; plain text, "" for none.

    Raises:
        Refused: if the note cannot be stored.
        NotReportable: if the public does not see the comment, or sees only that it was removed.
        throttling.Throttled: after too many reports from one network.
    """
    note = _clean_note(note)
    throttling.admit_report(address=origin.address, now=now)
    with transaction.atomic():
        CommentThread.objects.select_for_update().get(pk=comment.thread_id)
        comment = _public(comment)
        key = _reporter_key(comment, origin)
        if known := CommentReport.objects.filter(comment=comment, reporter_key=key).first():
            return known
        stored = CommentReport.objects.create(
            comment=comment, reporter_key=key, reason=reason, note=note, created_at=now
        )
        # What a moderator has in view stays as it was, so the version does too.
        comment.report_count += 1
        VisitorComment.objects.filter(pk=comment.pk).update(report_count=comment.report_count)
        if comment.report_count == 1:
            outbox.post([outbox.to_desk(MailLane.REPORTED, comment, now=now)])
        if 0 < comments_settings.report_threshold <= comment.report_count:
            _hold(comment, now=now)
        announce(signals.comment_reported, comment, by=None, now=now)
    return stored


def _public(comment: VisitorComment) -> VisitorComment:
    """Return the comment as it is now, under the lock."""
    found = VisitorComment.objects.public().filter(pk=comment.pk, status=Status.APPROVED).first()
    if found is None:
        raise NotReportable(comment.uuid)
    return found


def _clean_note(raw: str) -> str:
    try:
        note = text.clean_body(raw)
    except text.Unreadable as error:
        raise Refused({"note": str(error)}) from error
    if len(note) > NOTE_MAX:
        message = ngettext(
            "Please say it in at most %(limit)d character.",
            "Please say it in at most %(limit)d characters.",
            NOTE_MAX,
        )
        raise Refused({"note": message % {"limit": NOTE_MAX}})
    return "" if text.is_blank(note) else note


def _reporter_key(comment: VisitorComment, origin: Origin) -> str:
    """Return a digest that is the same whenever one person reports this comment, and says nothing about any other.

    Guests are their network. Those whose network is unknown count as one person together.
    """
    author = origin.author
    who = f"{author.kind}:{author.identity}" if author else f"network:{throttling.network_of(origin.address)}"
    value = f"{comment.uuid}\x1f{who}"
    return salted_hmac("wagtail_massage_comments.reporter", value, algorithm="sha256").hexdigest()


def _hold(comment: VisitorComment, *, now: datetime) -> None:
    from_status = change_status(comment, Status.PENDING)
    ledger.settle(comment, from_status=from_status)
    record(comment, verb="hide", from_status=from_status, kind=ActorKind.RULE, by=None, now=now, reason=HELD)
    announce(signals.comment_hidden, comment, by=None, now=now)
