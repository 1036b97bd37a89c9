"""One decision about many comments: what the actions of `deciding` do, in a constant number of statements a batch."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import connection, transaction
from django.db.models import F, prefetch_related_objects
from django.dispatch import Signal

from .. import counting, outbox, signals
from ..models import CommentReport, CommentThread, VisitorComment
from ..states import TOMBSTONES, ActorKind, Status
from .deciding import legal_verbs
from .recording import announce_many, record_many

BATCH = 1000

_VERBS: dict[str, tuple[Status, Signal]] = {
    "approve": (Status.APPROVED, signals.comment_approved),
    "reject": (Status.REJECTED, signals.comment_rejected),
    "mark_spam": (Status.SPAM, signals.comment_marked_spam),
    "restore": (Status.PENDING, signals.comment_restored),
    "remove": (Status.REMOVED, signals.comment_removed),
}


@dataclass(kw_only=True)
class Decisions:
    """What became of a decision about many comments, by their pk.

    Attributes:
        done: decided now.
        stale: somebody was faster: another version than the one seen, or gone.
        illegal: in a state from which the verb leads nowhere.
    """

    done: list[int] = field(default_factory=list)
    stale: list[int] = field(default_factory=list)
    illegal: list[int] = field(default_factory=list)


def bulk_verbs(status: str) -> set[str]:
    """Return the verbs that lead somewhere from `status` for many comments: of what was removed, each goes back to a
    state of its own, so those are restored one by one."""
    verbs = _VERBS.keys() & set(legal_verbs(status))
    return verbs - {"restore"} if status in TOMBSTONES else verbs


def decide_many(seen: Mapping[int, int], verb: str, *, by: Any, now: datetime, reason: str = "") -> Decisions:
    """Decide about comments as a moderator saw them. Whether she may is the caller's to ask.

    Each batch of 1,000 is a transaction of its own and takes at most 15 statements on PostgreSQL (twice as many
    batches where a database caps the parameters of a statement). Afterwards everything is as if each comment had been
    decided on its own, but that a thread's version rises by one for each batch.

    Args:
        seen: the version that was seen of each comment, by its pk.
        verb: "approve", "reject", "mark_spam", "restore" or "remove".

    Raises:
        ValueError: for another verb.
    """
    if verb not in _VERBS:
        raise ValueError(f"{verb!r} cannot be decided in bulk, only {', '.join(_VERBS)}.")
    decisions = Decisions()
    for batch in _batches(seen):
        with transaction.atomic():
            _decide_batch(batch, verb, decisions, by=by, now=now, reason=reason)
    return decisions


def _batches(seen: Mapping[int, int]) -> Iterator[dict[int, int]]:
    cap = connection.features.max_query_params
    size = min(BATCH, cap // 2 - 5) if cap else BATCH  # the trees take two for each comment, and a few
    items = iter(seen.items())
    while batch := dict(islice(items, size)):
        yield batch


def _decide_batch(
    batch: dict[int, int], verb: str, decisions: Decisions, *, by: Any, now: datetime, reason: str
) -> None:
    comments = VisitorComment.objects.among(batch)
    # Whoever changes a comment holds its thread, so what is read from here on stays true until the commit.
    list(CommentThread.objects.select_for_update().filter(pk__in=comments.values("thread")).order_by("pk"))
    rows = _sort_out(comments, batch, verb, decisions)
    if not rows:
        return
    to, signal = _VERBS[verb]
    kind = ActorKind.AUTHOR if by is None else ActorKind.HUMAN
    was = {row.pk: row.status for row in rows}
    changes = _looked_at(rows, kind, now)
    decided = VisitorComment.objects.among(was)  # one list: of two, PostgreSQL reads the whole table
    record_many(decided, verb=verb, to=to, kind=kind, by=by, now=now, reason=reason)
    # As in one decision: whatever an outside check still says, it has been decided.
    _store(rows, was, status=to, origin={}, **changes)
    if to in TOMBSTONES:
        CommentThread.objects.filter(pinned__in=was).update(pinned=None)
    rows.sort(key=lambda row: row.pk)
    prefetch_related_objects(rows, "in_reply_to")
    outbox.note_decisions(rows, now=now)
    announce_many(signal, rows, by=by, now=now)


def _store(rows: list[VisitorComment], was: dict[int, str], **changes: Any) -> None:
    """Change comments in memory and in the database, with everything that follows for their trees and threads.

    What they become is worked out first, so that each row is written once: it stands in a dozen indexes.
    """
    for row in rows:
        row.was_visible = row.is_visible
        row.version += 1
        for name, value in changes.items():
            setattr(row, name, value)
    settled = counting.work_out(counting.whole_trees(rows), was=was)
    right = {row.pk: row for row in settled.new}
    for row in rows:
        row.is_visible, row.reply_count = right[row.pk].is_visible, right[row.pk].reply_count
    for is_visible in (True, False):
        if pks := [row.pk for row in rows if row.is_visible == is_visible]:
            found = VisitorComment.objects.among(pks)
            found.update(version=F("version") + 1, is_visible=is_visible, **changes)
    stored = [
        row._replace(is_visible=right[row.pk].is_visible) if row.pk in was else row for row in settled.old
    ]
    counting.store(stored, settled.new)
    counting.apply(settled.changes)


def _sort_out(comments: Any, batch: dict[int, int], verb: str, decisions: Decisions) -> list[VisitorComment]:
    """Return the comments that can be decided; note of every one what becomes of it."""
    found = {row.pk: row for row in comments}
    rows = []
    for pk, version in batch.items():
        row = found.get(pk)
        if row is None or row.version != version:
            decisions.stale.append(pk)
        elif verb not in bulk_verbs(row.status) or (verb == "approve" and row.is_health):
            decisions.illegal.append(pk)
        else:
            decisions.done.append(pk)
            rows.append(row)
    return rows


def _looked_at(rows: list[VisitorComment], kind: ActorKind, now: datetime) -> dict[str, Any]:
    if kind != ActorKind.HUMAN:
        return {}
    if reported := [row.pk for row in rows if row.report_count]:
        CommentReport.objects.filter(comment__in=reported, handled_at=None).update(handled_at=now)
    return {"reviewed_at": now, "report_count": 0}
