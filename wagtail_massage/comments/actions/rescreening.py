"""Rescreen: outside checks are asked after the visitor has gone, and what they say decides what waited for them.

`comment.origin` is filled while outside checks owe an answer about the text as it is; whatever settles the matter
empties it. So the task that asks may run twice, late, or not at all: `ask_waiting` finds what it has left.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from .. import ledger, outbox, signals, trust
from ..drafts import Draft, Origin
from ..models import CommentThread, CommentVerdict, VisitorComment
from ..policies import policy_in_force
from ..screening import pipeline
from ..screening.base import Candidate, Outcome, Verdict
from ..screening.standing import standing
from ..states import ActorKind, Status
from .deciding import change_status
from .recording import announce, record, record_verdicts

LOST_AFTER = timedelta(minutes=10)

_SIGNALS = {Status.APPROVED: signals.comment_approved, Status.SPAM: signals.comment_marked_spam}


def ask_outside(comment: VisitorComment, *, now: datetime) -> VisitorComment:
    """Ask the outside checks about a comment that waits for them, and apply what they say. Never in a transaction:
    it takes as long as the network takes."""
    if not comment.origin or comment.page is None:
        return comment
    verdicts = pipeline.run_outside(_candidate(comment, now))
    return apply_outside_verdicts(comment, verdicts, now=now)


def ask_waiting(*, now: datetime, older_than: timedelta = LOST_AFTER) -> int:
    """Ask about the comments whose task was lost: those that wait for longer than `older_than`.

    Returns:
        How many were asked about.
    """
    since = now - older_than
    lost = VisitorComment.objects.filter(
        Q(edited_at=None) | Q(edited_at__lte=since),
        status__in=(Status.UNCONFIRMED, Status.PENDING),
        created_at__lte=since,
        page__isnull=False,
    ).exclude(origin={})
    pks = list(lost.order_by("created_at", "pk").values_list("pk", flat=True))
    for pk in pks:
        for comment in VisitorComment.objects.select_related("page").filter(pk=pk):
            ask_outside(comment, now=now)
    return len(pks)


def apply_outside_verdicts(
    comment: VisitorComment, verdicts: Iterable[Verdict], *, now: datetime
) -> VisitorComment:
    """Store what outside checks said of `comment` as it was when they were asked, and decide what waited for them.

    Compare-and-set: of a text that has changed since, nothing is kept; what a person has decided since stays. A check
    that owes an answer and gave none has failed, and the comment stays PENDING.
    """
    with transaction.atomic():
        CommentThread.objects.select_for_update().get(pk=comment.thread_id)
        current = VisitorComment.objects.select_related("page").get(pk=comment.pk)
        waiting = _waiting(current)
        if not waiting or current.body != comment.body or current.is_tombstone:
            return current
        answers = [verdict for verdict in verdicts if verdict.check_name in waiting]
        silent = set(waiting) - {verdict.check_name for verdict in answers}
        answers += [pipeline.failed(name, waiting[name].check_version) for name in sorted(silent)]
        version = next(iter(waiting.values())).comment_version
        record_verdicts(current, answers, now=now, version=version)
        if current.origin:
            _settle(current, answers, now=now)
    return current


def _settle(comment: VisitorComment, answers: list[Verdict], *, now: datetime) -> None:
    """Decide about a comment that nobody else has decided about in the meantime."""
    to = _status_after(comment, now=now)
    if to == comment.status:
        VisitorComment.objects.filter(pk=comment.pk).update(origin={})
        comment.origin = {}
    else:
        from_status = change_status(comment, to, origin={})
        ledger.settle(comment, from_status=from_status)
        reason = max(answers, key=lambda verdict: verdict.finding.outcome).finding.reason
        record(
            comment,
            verb="screen",
            from_status=from_status,
            kind=ActorKind.RULE,
            by=None,
            now=now,
            reason=reason,
        )
        announce(_SIGNALS[to], comment, by=None, now=now)
    if comment.page is not None:
        outbox.note_screening(comment, policy=policy_in_force(comment.page, now=now), now=now)


def _status_after(comment: VisitorComment, *, now: datetime) -> Status:
    if comment.status != Status.PENDING or comment.page is None or comment.is_health:
        return Status(comment.status)
    # Every text since a person last decided counts: an edit does not withdraw a question that was put to the desk.
    rows = CommentVerdict.objects.filter(comment=comment)
    if comment.reviewed_at:
        rows = rows.filter(created_at__gt=comment.reviewed_at)
    outcome = max((row.outcome for row in standing(rows)), default=Outcome.PASS)
    is_trusted = comment.has_verified_author and trust.is_trusted(comment.author_key)
    policy = policy_in_force(comment.page, now=now).policy
    return pipeline.status_for(outcome, policy=policy, is_trusted=is_trusted)


def _waiting(comment: VisitorComment) -> dict[str, CommentVerdict]:
    """Return, by the check's name, the verdicts that stand in for an answer about the text as it is."""
    rows = standing(CommentVerdict.objects.filter(comment=comment))
    newest = max((row.comment_version for row in rows), default=0)
    return {
        row.check_name: row
        for row in rows
        if row.reason == pipeline.CHECK_WAITING and row.comment_version == newest
    }


def _candidate(comment: VisitorComment, now: datetime) -> Candidate:
    origin = Origin(
        address=str(comment.origin.get("address", "")), user_agent=str(comment.origin.get("user_agent", ""))
    )
    draft = Draft(
        body=comment.body,
        author_name=comment.author_name,
        author_email=comment.author_email,
        parent=comment.in_reply_to.uuid if comment.in_reply_to else None,
        locale=comment.locale,
    )
    return Candidate(
        draft=draft, origin=origin, page=comment.page, body_hash=comment.body_hash, now=now, comment=comment
    )
