"""Purge: what has been kept long enough goes, in batches, so that a site in use hardly notices.

Each step is a generator that yields the number of rows after each batch; a batch is a transaction of its own. Doing a
step twice, or half of it, harms nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from .. import counting, erasure_ledger, signals
from ..conf import comments_settings
from ..models import CommentMail, CommentThread, VisitorComment
from ..paths import MAX_DEPTH
from ..querysets import Among
from ..states import OPEN, TOMBSTONES, ActorKind, Status
from .dropping import drop_comments, drop_rows
from .erasing import erase_many

BATCH = 5000


def old_comments(before: datetime, statuses: Collection[str]) -> QuerySet[VisitorComment]:
    """Return the comments written before a moment that have one of `statuses`, or whose page was deleted."""
    return VisitorComment.objects.filter(Q(status__in=statuses) | Q(page=None), created_at__lt=before)


def purge_comments(comments: QuerySet[VisitorComment]) -> Iterator[int]:
    """Delete those of `comments` below which nothing is left, deepest level first, whole rows and all they own."""
    for depth in range(MAX_DEPTH, 0, -1):
        level, last = comments.filter(depth=depth), 0
        while pks := list(level.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]):
            last = pks[-1]
            yield _delete(pks, level)


def purge_hidden_branches(comments: QuerySet[VisitorComment], before: datetime) -> Iterator[int]:
    """Delete the `comments` that `purge_comments` had to leave because of replies that nobody can see and that are as
    old: approved answers to what turned out to be spam, say. What is younger keeps all that it hangs on."""
    closed = comments.exclude(status__in=OPEN)
    last = 0
    while tops := list(closed.filter(pk__gt=last).order_by("pk")[:100]):
        last = tops[-1].pk
        for top in tops:
            branch = VisitorComment.objects.subtree_of(top)
            seen = Q(is_visible=True, page__isnull=False)
            if branch.filter(seen | Q(created_at__gte=before)).exists():
                continue
            yield from purge_comments(branch)


def erase_what_must_stay(comments: QuerySet[VisitorComment], *, now: datetime) -> Iterator[int]:
    """Erase the `comments` that readable replies still hang on; the row stays as the place where they hang."""
    last = 0
    held = comments.filter(status__in=OPEN).exclude(status=Status.ERASED)
    while pks := list(held.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]):
        last = pks[-1]
        yield len(erase_many(pks, by=None, now=now, kind=ActorKind.TASK))


def purge_threads() -> Iterator[int]:
    """Delete the threads of deleted pages that hold no comment any more."""
    empty = CommentThread.objects.filter(page=None, comments=None).values_list("pk", flat=True)
    yield from _in_batches(empty, lambda pks: drop_rows(CommentThread.objects.filter(pk__in=pks)))


def forget_networks(before: datetime) -> Iterator[int]:
    """Blank the digests of networks, and where outside checks were to be told of, of comments older than that."""
    old = VisitorComment.objects.filter(created_at__lt=before)
    keyed = old.exclude(network_key="").values_list("pk", flat=True)
    yield from _in_batches(keyed, partial(_blank, network_key=""))
    told = old.exclude(origin={}).values_list("pk", flat=True)
    yield from _in_batches(told, partial(_blank, origin={}))


def purge_mails(before: datetime) -> Iterator[int]:
    """Delete notes of mails that were finished before a moment."""
    finished = CommentMail.objects.filter(finished_at__lt=before).values_list("pk", flat=True)
    yield from _in_batches(finished, lambda pks: drop_rows(CommentMail.objects.filter(pk__in=pks)))


def complete_ledger(*, now: datetime) -> int:
    """Add erased comments that the erasure ledger lacks, such as those of a day on which the disk was full.

    Raises:
        erasure_ledger.UnreadableLedger: if the file is not a ledger.
    """
    missing = missing_from_ledger()
    erasure_ledger.append(missing, now=now)
    return len(missing)


def missing_from_ledger() -> list[UUID]:
    """Return the public ids of erased comments that are not in the ledger; none where no ledger is set.

    Raises:
        erasure_ledger.UnreadableLedger: as `complete_ledger`.
    """
    path = comments_settings.erasure_ledger
    if not path:
        return []
    known = set(erasure_ledger.read(path)) if Path(path).exists() else set()
    erased = VisitorComment.objects.with_status(Status.ERASED).values_list("uuid", flat=True)
    return [uuid for uuid in erased.order_by("pk").iterator() if uuid not in known]


def _blank(pks: list[int], **columns: Any) -> int:
    return VisitorComment.objects.among(pks).update(**columns)


def _in_batches(rows: QuerySet[Any, int], change: Any) -> Iterator[int]:
    last = 0
    while pks := list(rows.filter(pk__gt=last).order_by("pk")[:BATCH]):
        last = pks[-1]
        yield change(pks)


def _delete(pks: list[int], comments: QuerySet[VisitorComment]) -> int:
    """Delete those of `pks` that still are among `comments` once their threads are locked, and have nothing below;
    settle what they leave."""
    with transaction.atomic():
        batch = VisitorComment.objects.among(pks)
        list(CommentThread.objects.select_for_update().filter(pk__in=batch.values("thread")).order_by("pk"))
        below = VisitorComment.objects.filter(parent=OuterRef("pk"))
        leaves = comments.filter(~Exists(below), Among(F("pk"), pks))
        rows = list(leaves.values_list("pk", "thread_id", "root_id", "status", "is_visible"))
        if not rows:
            return 0
        changes: dict[int, counting.Change] = defaultdict(counting.Change)
        roots = set()
        for _pk, thread, root, status, is_visible in rows:
            changes[thread].statuses.subtract({status: 1})
            if is_visible:
                changes[thread].is_public = True
                changes[thread].visible -= status not in TOMBSTONES
                roots.add(root)
        if public := [row[0] for row in rows if row[-1]]:
            _announce(public)
        deleted = drop_comments([row[0] for row in rows])
        counting.apply(changes)
        counting.settle_trees(roots - {None}, was={})
    return deleted


def _announce(pks: list[int]) -> None:
    """Tell each page, once its batch is gone, what the public saw of it there."""
    seen: dict[int, set[UUID]] = defaultdict(set)
    public = VisitorComment.objects.among(pks).filter(page__isnull=False)
    for page, *uuids in public.values_list("page", "uuid", "root__uuid"):
        seen[page].update(filter(None, uuids))
    for page, gone in seen.items():
        announcement = partial(signals.comments_purged.send_robust, sender=VisitorComment)
        transaction.on_commit(partial(announcement, page_id=page, uuids=gone))
