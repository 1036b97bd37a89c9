"""The bookkeeping of changes to many comments at once, in few statements, and the slow definition behind it.

`ledger` settles one decision; here whole trees are read and settled, so that the number of statements depends on the
number of batches. Callers hold the locks on the threads.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, NamedTuple

from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When

from .models import CommentThread, VisitorComment
from .paths import STEP, ancestor_paths
from .querysets import Among
from .states import OPEN, TOMBSTONES, Status

_CHUNK = 500  # row numbers in one IN list


class TreeRow(NamedTuple):
    """A comment as far as visibility and counts go."""

    thread: int
    path: str
    pk: int
    status: str
    is_visible: bool
    reply_count: int

    @property
    def is_counted(self) -> bool:
        return self.is_visible and self.status not in TOMBSTONES


@dataclass
class Change:
    """What changes on one thread: comments more or less in each status, and visible to the public."""

    statuses: Counter[str] = field(default_factory=Counter)
    visible: int = 0
    is_public: bool = False


def tree_rows(comments: QuerySet[VisitorComment]) -> QuerySet[Any, Any]:
    """Return the `TreeRow` values of `comments`, tree after tree, each in reading order."""
    ordered = comments.order_by("thread_id", "path")
    return ordered.values_list("thread_id", "path", "pk", "status", "is_visible", "reply_count")


def trees(rows: Iterable[Any]) -> Iterator[list[TreeRow]]:
    """Cut rows in the order of `tree_rows` into trees; each begins with its root."""
    for _tree, found in groupby(map(TreeRow._make, rows), key=lambda row: (row.thread, row.path[:STEP])):
        yield list(found)


def derive(tree: list[TreeRow]) -> list[TreeRow]:
    """Return one whole tree with the visibility and the reply count that follow from the states in it."""
    is_open = {"": True}
    shown, held_up = set(), set()
    for row in tree:  # in path order, so parents come first
        is_open[row.path] = is_open.get(row.path[:-STEP], False) and row.status in OPEN
        if is_open[row.path] and row.status not in TOMBSTONES:
            shown.add(row.path)
            held_up.update(ancestor_paths(row.path))
    derived = [row._replace(is_visible=row.path in shown or row.path in held_up) for row in tree]
    replies = sum(row.is_counted for row in derived if len(row.path) > STEP)
    return [row._replace(reply_count=0 if len(row.path) > STEP else replies) for row in derived]


def settle_trees(roots: Collection[int], *, was: Mapping[int, str]) -> None:
    """Store what follows for the trees with these roots after the statuses of some comments in them were changed.

    Args:
        was: the status that each changed comment (by its pk) had before.
    """
    rows = tree_rows(VisitorComment.objects.filter(Q(pk__in=roots) | _below(roots)))
    settled = work_out(rows, was=was)
    store(settled.old, settled.new)
    apply(settled.changes)


def _below(roots: Collection[int]) -> Q:
    """Condition for what hangs below `roots`. The range says no more than the list, but shows PostgreSQL that an index
    leads to few rows; before a list of a thousand it reads the whole table (100,000 comments: 110 ms against 1)."""
    return Q(Among(F("root"), roots), root__gte=min(roots), root__lte=max(roots)) if roots else Q(pk__in=())


class Settled(NamedTuple):
    """Trees as they are stored, as they must be, and what that changes on each thread (by its pk)."""

    old: list[TreeRow]
    new: list[TreeRow]
    changes: dict[int, Change]


def work_out(rows: Iterable[Any], *, was: Mapping[int, str]) -> Settled:
    """Return what follows for whole trees (in the order of `tree_rows`) in which some statuses have changed.

    Args:
        was: the status that each changed comment (by its pk) had before; `rows` hold the new one.
    """
    settled = Settled([], [], defaultdict(Change))
    for tree in trees(rows):
        derived = derive(tree)
        _note(settled.changes[tree[0].thread], tree, derived, was)
        settled.old.extend(tree)
        settled.new.extend(derived)
    return settled


def whole_trees(known: Iterable[VisitorComment]) -> list[TreeRow]:
    """Return the trees of comments that are in memory, those as they are there. One query."""
    own = {row.pk: row for row in map(_row_of, known)}
    roots = {comment.root_id or comment.pk for comment in known}
    others = VisitorComment.objects.filter(Q(Among(F("pk"), roots.difference(own))) | _below(roots))
    found = {row.pk: row for row in map(TreeRow._make, tree_rows(others))}
    return sorted((found | own).values())


def _row_of(comment: VisitorComment) -> TreeRow:
    state = comment.status, comment.is_visible, comment.reply_count
    return TreeRow(comment.thread_id, comment.path, comment.pk, *state)


def _note(change: Change, before: list[TreeRow], after: list[TreeRow], was: Mapping[int, str]) -> None:
    for stored, right in zip(before, after, strict=True):
        old_status = was.get(stored.pk, stored.status)
        if stored.pk in was:
            change.statuses.update({right.status: 1})
            change.statuses.subtract({old_status: 1})
        change.visible += right.is_counted - stored._replace(status=old_status).is_counted
        moved = stored.is_visible != right.is_visible
        change.is_public |= moved or (stored.pk in was and right.is_visible)


def store(before: Iterable[TreeRow], after: Iterable[TreeRow]) -> None:
    """Write visibility and reply counts where `after` differs from what is stored."""
    shown: dict[bool, list[int]] = {True: [], False: []}
    counts: dict[int, int] = {}
    for stored, right in zip(before, after, strict=True):
        if stored.is_visible != right.is_visible:
            shown[right.is_visible].append(right.pk)
        if stored.reply_count != right.reply_count:
            counts[right.pk] = right.reply_count
    for is_visible, pks in shown.items():
        for chunk in chunks(pks):
            VisitorComment.objects.filter(pk__in=chunk).update(is_visible=is_visible)
    for chunk in chunks(list(counts)):
        right_counts = _by_pk({pk: counts[pk] for pk in chunk})
        VisitorComment.objects.filter(pk__in=chunk).update(reply_count=right_counts)


def apply(changes: Mapping[int, Change]) -> None:
    """Add changes (by the thread's pk) to the counts of their threads, in one statement for each 500 threads."""
    for chunk in chunks([pk for pk, change in changes.items() if change != Change()]):
        columns: dict[str, dict[int, int]] = defaultdict(dict)
        for pk in chunk:
            change = changes[pk]
            steps = {f"{status.lower()}_count": count for status, count in change.statuses.items()}
            steps |= {"visible_count": change.visible, "version": int(change.is_public)}
            for name, step in steps.items():
                if step:
                    columns[name][pk] = step
        if columns:
            values = {name: F(name) + _by_pk(steps) for name, steps in columns.items()}
            CommentThread.objects.filter(pk__in=chunk).update(**values)


def count_statuses(rows: Iterable[TreeRow]) -> dict[str, int]:
    """Return what the counts of a thread with exactly these (derived) rows must be, by the name of the column."""
    counts = Counter({f"{status.lower()}_count": 0 for status in Status.values} | {"visible_count": 0})
    for row in rows:
        counts[f"{row.status.lower()}_count"] += 1
        counts["visible_count"] += row.is_counted
    return dict(counts)


def chunks(pks: list[int], size: int = _CHUNK) -> Iterator[list[int]]:
    """Cut a list of row numbers into pieces that fit into one statement."""
    for start in range(0, len(pks), size):
        yield pks[start : start + size]


def _by_pk(values: Mapping[int, int]) -> Case:
    whens = [When(pk=pk, then=Value(value)) for pk, value in values.items()]
    return Case(*whens, default=Value(0), output_field=IntegerField())
