"""Erase: everything that leads to a person is taken from a comment, for good; an empty place is left in the thread."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.crypto import salted_hmac

from .. import counting, erasure_ledger, signals
from ..models import CommentThread, ModerationEvent, VisitorComment
from ..states import ActorKind, AuthorKind, Badge, Status
from .dropping import drop_records
from .recording import announce_many, record_many

BATCH = 200

_BLANK: dict[str, Any] = {
    "author_kind": AuthorKind.GUEST,
    "author_user": None,
    "author_key": "",
    "author_name": "",
    "author_email": "",
    "email_verified_at": None,
    "wants_mail": False,
    "badge": Badge.NONE,
    "network_key": "",
    "body": "",
    "body_hash": "",
    "locale": "",
    "data": {},
    "origin": {},
    "idempotency_key": None,
    "request_hash": "",
    "edited_at": None,
    "is_health": False,
    "report_count": 0,
}


def erase(
    comment: VisitorComment,
    *,
    by: Any,
    now: datetime,
    reference: str = "",
    kind: ActorKind | None = None,
) -> VisitorComment:
    """Erase one comment in whatever state it is; erasing it again changes nothing. See `erase_many`."""
    erase_many([comment.pk], by=by, now=now, reference=reference, kind=kind)
    comment.refresh_from_db()
    return comment


def erase_many(
    comments: Iterable[int],
    *,
    by: Any,
    now: datetime,
    reference: str = "",
    kind: ActorKind | None = None,
) -> list[VisitorComment]:
    """Erase comments (by pk), each batch of 200 in a transaction of its own and in the same number of statements.

    Text, name, addresses, digests, earlier texts, verdicts, reports and mails go; events keep what happened and when.
    What was below stays readable under a tombstone. After commit the public ids go into the erasure ledger.

    Args:
        by: the user who erases; None for the author, or with `kind` TASK for a command.
        reference: the number of the receipt, kept with the event.
        kind: who acts; by default a moderator where `by` is a user, else the author.

    Returns:
        The comments that were erased now, without those that had been erased before.
    """
    kind = kind or (ActorKind.AUTHOR if by is None else ActorKind.HUMAN)
    erased: list[VisitorComment] = []
    for batch in counting.chunks(list(dict.fromkeys(comments)), BATCH):
        erased += _erase_batch(batch, by=by, now=now, reference=reference, kind=kind)
    return erased


def _erase_batch(
    batch: list[int], *, by: Any, now: datetime, reference: str, kind: ActorKind
) -> list[VisitorComment]:
    with transaction.atomic():
        found = VisitorComment.objects.filter(pk__in=batch)
        list(CommentThread.objects.select_for_update().filter(pk__in=found.values("thread")).order_by("pk"))
        rows = list(found.exclude(status=Status.ERASED).only("root", "status", "is_visible", "source_key"))
        if not rows:
            return []
        was = {row.pk: row.status for row in rows}
        actor = None if kind == ActorKind.AUTHOR else by
        found = found.filter(pk__in=was)
        ModerationEvent.objects.filter(comment__in=was).thin_for_erasure()
        record_many(found, verb="erase", to=Status.ERASED, kind=kind, by=actor, now=now, reason=reference)
        _hide_source_keys(rows)
        found.update(**_BLANK, status=Status.ERASED, version=F("version") + 1)
        drop_records(was)
        counting.settle_trees({row.root_id or row.pk for row in rows}, was=was)
        comments = list(found.select_related("thread").order_by("pk"))
        transaction.on_commit(
            partial(erasure_ledger.append, [comment.uuid for comment in comments], now=now), robust=True
        )
        shown = {row.pk for row in rows if row.is_visible}
        for comment in comments:
            comment.was_visible = comment.pk in shown
        announce_many(signals.comment_erased, comments, by=actor, now=now)
    return comments


def erased_source_key(source_key: str) -> str:
    """Return what stands in place of the key of an erased comment: importing it again finds it, nobody reads it."""
    digest = salted_hmac("wagtail_massage_comments.source", source_key, algorithm="sha256").hexdigest()
    return f"erased:{digest}"


def _hide_source_keys(rows: list[VisitorComment]) -> None:
    imported = [row for row in rows if row.source_key is not None]
    for row in imported:
        row.source_key = erased_source_key(row.source_key or "")
    VisitorComment.objects.bulk_update(imported, ["source_key"])
