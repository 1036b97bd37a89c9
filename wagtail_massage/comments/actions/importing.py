"""Import: a comment that was published elsewhere, with its own date and status. Nothing is announced."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from .. import ledger, text
from ..drafts import Draft, Origin
from ..models import VisitorComment
from ..screening import pipeline
from ..screening.base import Candidate, Verdict
from ..screening.health import HEALTH, HealthCheck
from ..states import ActorKind, AuthorKind, Badge, Status
from ..threads import lock_thread
from .cleaning import clean
from .erasing import erased_source_key
from .placing import place
from .recording import record, record_verdicts
from .setting_apart import note_health
from .submitting import Submission

_UNDECIDED = frozenset({Status.UNCONFIRMED, Status.PENDING})  # all others were decided where they come from


def import_comment(
    *,
    page: Any,
    draft: Draft,
    status: Status,
    source_key: str,
    created_at: datetime,
    by: Any,
    now: datetime,
    parent: VisitorComment | None = None,
    badge: Badge = Badge.NONE,
) -> Submission:
    """Store a comment found by an importer; the same `source_key` again stores nothing.

    Every check looks at one that waits, for whoever decides about it; none changes its status. What was decided
    elsewhere is only looked at for a health question, and that one waits, whatever `status` is.

    Args:
        page: the thread's own page; it need be neither public nor open.
        source_key: where it was found, at most 200 characters, unique over the whole installation.
        created_at: when it was written (aware), which also gives its place in the thread.
        by: who runs the import, None from the command line.
        badge: what stands beside the name; the importer answers for it.

    Raises:
        Refused: if the text cannot be stored.
    """
    draft = clean(draft)
    with transaction.atomic():
        thread = lock_thread(page)
        keys = (source_key, erased_source_key(source_key))  # what was erased does not come back
        if known := VisitorComment.objects.filter(source_key__in=keys).first():
            return Submission(comment=known, is_new=False)
        verdicts = _verdicts(status, _candidate(page, draft, now))
        if status == Status.APPROVED and verdicts:
            status = Status.PENDING
        comment = place(
            thread,
            parent,
            status=status,
            reviewed_at=None if status in _UNDECIDED else now,
            badge=badge,
            source_key=source_key,
            created_at=created_at,
            **_written(draft),
        )
        ledger.settle(comment, from_status="")
        record_verdicts(comment, verdicts, now=now)
        note_health(comment, verdicts, now=now, is_quiet=True)
        record(comment, verb="import", from_status="", kind=ActorKind.TASK, by=by, now=now)
    return Submission(comment=comment, is_new=True)


def _verdicts(status: Status, candidate: Candidate) -> list[Verdict]:
    """Return what the checks that are to look at it say. Nobody outside is asked: it was written long ago."""
    if status in _UNDECIDED:
        return pipeline.run(candidate, may_ask=False)
    if status != Status.APPROVED:
        return []
    checks = [check for check in pipeline.load_checks() if isinstance(check, HealthCheck)]
    verdicts = pipeline.look(checks, candidate)
    return verdicts if any(verdict.finding.reason == HEALTH for verdict in verdicts) else []


def _candidate(page: Any, draft: Draft, now: datetime) -> Candidate:
    digest = text.body_hash(draft.body)
    return Candidate(draft=draft, origin=Origin(), page=page, body_hash=digest, now=now)


def _written(draft: Draft) -> dict[str, Any]:
    """Return what a comment holds of its draft."""
    key = text.author_key(AuthorKind.GUEST, draft.author_email.casefold()) if draft.author_email else ""
    return {
        "author_kind": AuthorKind.GUEST,
        "author_name": draft.author_name,
        "author_email": draft.author_email,
        "author_key": key,
        "body": draft.body,
        "body_hash": text.body_hash(draft.body),
        "locale": draft.locale,
        "data": draft.data,
    }
