"""Report: a visitor tells the moderators that a public comment should not stand there.

Who reported is a digest of its own for every comment. For one account it can be made again, so what an account has
reported can be found when its owner asks; of guests only the network goes into it, and that is kept nowhere.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import ngettext

from .. import ledger, outbox, signals, text, throttling
from ..conf import comments_settings
from ..drafts import Origin
from ..models import CommentReport, CommentThread, VisitorComment
from ..states import ActorKind, AuthorKind, MailLane, ReportReason, Status
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
        key = _reporter_key(comment.uuid, _reporter(origin))
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


def reports_by_authors_of(comments: Collection[int]) -> list[CommentReport]:
    """Return the reports that the accounts behind `comments` (by pk) have made, oldest first. Reads all reports."""
    written = VisitorComment.objects.filter(pk__in=comments).exclude(author_kind=AuthorKind.GUEST)
    accounts = set(written.exclude(author_key="").values_list("author_key", flat=True))
    if not accounts:
        return []
    rows = CommentReport.objects.values_list("pk", "comment__uuid", "reporter_key")
    made = [
        pk
        for pk, comment, key in rows.iterator()
        if any(key == _reporter_key(comment, account) for account in accounts)
    ]
    return list(
        CommentReport.objects.filter(pk__in=made).select_related("comment").order_by("created_at", "pk")
    )


def forget_words_of_reporters(comments: Collection[int]) -> int:
    """Take away what the accounts behind `comments` (by pk) wrote when they reported others. That they did, and why,
    stays: it is about the reported comment. Returns the number of reports."""
    made = [report.pk for report in reports_by_authors_of(comments) if report.note]
    return CommentReport.objects.filter(pk__in=made).update(note="")


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


def _reporter(origin: Origin) -> str:
    """Return who reports. Guests are their network; those whose network is unknown count as one person together."""
    if author := origin.author:
        return text.author_key(author.kind, author.identity)
    return f"network:{throttling.network_of(origin.address)}"


def _reporter_key(comment: UUID, reporter: str) -> str:
    """Return a digest that is the same whenever one person reports this comment, and says nothing about any other."""
    value = f"{comment}\x1f{reporter}"
    return salted_hmac("wagtail_massage_comments.reporter", value, algorithm="sha256").hexdigest()


def _hold(comment: VisitorComment, *, now: datetime) -> None:
    from_status = change_status(comment, Status.PENDING)
    ledger.settle(comment, from_status=from_status)
    record(comment, verb="hide", from_status=from_status, kind=ActorKind.RULE, by=None, now=now, reason=HELD)
    announce(signals.comment_hidden, comment, by=None, now=now)
