"""Are the stored counts true? The slow definition held against every row, thread by thread, and put right on demand."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Count, F

from .counting import TreeRow, count_statuses, derive, store, tree_rows, trees
from .models import CommentReport, CommentThread, VisitorComment
from .querysets import CommentQuerySet

BATCH = 100  # threads that are read, and locked, together


@dataclass(frozen=True, kw_only=True)
class Drift:
    """One stored value that is not what it should be.

    Attributes:
        thread: the row number of the thread.
        comment: the row number of the comment; None where the thread's own count is wrong.
        column: which of its columns.
        stored, right: what stands there, and what should.
    """

    thread: int
    comment: int | None
    column: str
    stored: int
    right: int


def walk(*, repair: bool) -> Iterator[tuple[int, list[Drift]]]:
    """Check all threads in batches; yield the number of threads read and what was wrong in them.

    With `repair` what is wrong is put right before it is yielded. Each batch is a transaction of its own and holds
    the locks on its threads, so nothing is taken for wrong that somebody is just changing.
    """
    last = 0
    while pks := list(
        CommentThread.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]
    ):
        last = pks[-1]
        yield len(pks), check(pks, repair=repair)


def check(threads: list[int], *, repair: bool = False) -> list[Drift]:
    """Check threads (by pk) and return what is wrong; with `repair` it is right afterwards."""
    with transaction.atomic():
        locked = list(CommentThread.objects.select_for_update().filter(pk__in=threads).order_by("pk"))
        comments = VisitorComment.objects.filter(thread__in=threads)
        wrong, right, counts = _read(comments)
        found = [drift for pair in zip(wrong, right, strict=True) for drift in _of_a_row(*pair)]
        found += _of_reports(threads, comments)
        found += [drift for thread in locked for drift in _of_a_thread(thread, counts[thread.pk])]
        if repair:
            store(wrong, right)
            _repair(found)
    return found


def _read(comments: CommentQuerySet) -> tuple[list[TreeRow], list[TreeRow], dict[int, Counter[str]]]:
    """Return the rows that are wrong, the same rows as they should be, and the right counts of each thread.

    Memory holds one tree at a time, and what is wrong.
    """
    wrong: list[TreeRow] = []
    right: list[TreeRow] = []
    counts: dict[int, Counter[str]] = defaultdict(Counter)
    for tree in trees(tree_rows(comments).iterator(chunk_size=5000)):
        derived = derive(tree)
        counts[tree[0].thread].update(count_statuses(derived))
        for stored, true in zip(tree, derived, strict=True):
            if stored != true:
                wrong.append(stored)
                right.append(true)
    return wrong, right, counts


def _of_a_row(stored: TreeRow, right: TreeRow) -> Iterator[Drift]:
    for column in ("is_visible", "reply_count"):
        values = int(getattr(stored, column)), int(getattr(right, column))
        if values[0] != values[1]:
            yield Drift(
                thread=stored.thread, comment=stored.pk, column=column, stored=values[0], right=values[1]
            )


def _of_reports(threads: list[int], comments: CommentQuerySet) -> Iterator[Drift]:
    waiting = CommentReport.objects.filter(handled_at=None, comment__thread__in=threads)
    right = {
        (thread, pk): count
        for thread, pk, count in waiting.values_list("comment__thread", "comment").annotate(count=Count("pk"))
    }
    stored = {
        (thread, pk): count
        for thread, pk, count in comments.filter(report_count__gt=0).values_list(
            "thread", "pk", "report_count"
        )
    }
    for thread, pk in sorted(right.keys() | stored.keys()):
        values = stored.get((thread, pk), 0), right.get((thread, pk), 0)
        if values[0] != values[1]:
            yield Drift(thread=thread, comment=pk, column="report_count", stored=values[0], right=values[1])


def _of_a_thread(thread: CommentThread, counts: Counter[str]) -> Iterator[Drift]:
    for column in count_statuses([]):
        stored, right = getattr(thread, column), counts[column]
        if stored != right:
            yield Drift(thread=thread.pk, comment=None, column=column, stored=stored, right=right)


def _repair(found: list[Drift]) -> None:
    """Put right what `counting.store` does not: the reports, and the threads, whose readers must look again."""
    changes: dict[int, dict[str, Any]] = defaultdict(dict)
    for drift in found:
        if drift.column == "report_count" and drift.comment is not None:
            VisitorComment.objects.filter(pk=drift.comment).update(report_count=drift.right)
        elif drift.comment is None:
            changes[drift.thread][drift.column] = drift.right
        if drift.column in {"is_visible", "visible_count", "reply_count"}:
            changes[drift.thread]["version"] = F("version") + 1
    for thread, columns in changes.items():
        CommentThread.objects.filter(pk=thread).update(**columns)
