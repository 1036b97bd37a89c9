"""The bookkeeping behind every change: who is visible now, and the counts that follow from it.

Called by `actions` inside their transaction, under the lock on the thread's row. Visible is a comment that is
APPROVED while everything above it is open; a tombstone is listed while something below it is visible.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from django.db.models import F, Q, Value
from django.db.models.functions import NullIf

from .models import CommentThread, VisitorComment
from .paths import STEP, ancestor_paths
from .states import OPEN, TOMBSTONES, Status


class Row(NamedTuple):
    """What the visibility of one comment depends on."""

    pk: int
    path: str
    status: str
    is_visible: bool


def settle(comment: VisitorComment, *, from_status: str) -> bool:
    """Store the visibility and counts that follow from `comment.status`, which was `from_status` ("" when new).

    A new comment may have been stored as visible already, by whoever knows that everything above it is.

    Returns:
        Whether anything changed that the public can see.
    """
    if not from_status and (comment.is_visible or comment.status != Status.APPROVED):
        # Nothing hangs below a new comment, and what it hangs from stays as it is.
        _count_replies(comment, int(comment.is_visible and comment.root_id is not None))
        _count(comment, from_status="", visible=int(comment.is_visible), is_public=comment.is_visible)
        return comment.is_visible
    new = Row(comment.pk, comment.path, comment.status, comment.is_visible)
    below = _rows(VisitorComment.objects.subtree_of(comment)) if from_status else [new]
    above = _rows(VisitorComment.objects.filter(_tree(comment), path__in=ancestor_paths(comment.path)))
    rows = above + below
    before = {row.path for row in rows if row.is_visible}
    after = _visible_paths(above, below, kept=_kept_tombstones(comment, above))

    _store(rows, before=before, after=after)
    counted_before = {
        row.path for row in rows if row.path in before and _old(row, comment, from_status) not in TOMBSTONES
    }
    counted_after = {row.path for row in rows if row.path in after and row.status not in TOMBSTONES}
    _count_replies(comment, _replies(counted_after) - _replies(counted_before))
    is_public = before != after or comment.path in before | after
    _count(
        comment,
        from_status=from_status,
        visible=len(counted_after) - len(counted_before),
        is_public=is_public,
    )
    comment.was_visible, comment.is_visible = comment.path in before, comment.path in after
    return is_public


def _rows(comments: Any) -> list[Row]:
    return [
        Row(*values) for values in comments.order_by("path").values_list("pk", "path", "status", "is_visible")
    ]


def _tree(comment: VisitorComment) -> Q:
    """Condition for all comments of the same root."""
    root = comment.root_id or comment.pk
    return Q(pk=root) | Q(root=root)


def _old(row: Row, comment: VisitorComment, from_status: str) -> str:
    return from_status if row.pk == comment.pk else row.status


def _kept_tombstones(comment: VisitorComment, above: list[Row]) -> set[str]:
    """Return the paths of tombstones above that stay listed because of visible comments in other branches."""
    kept = set()
    for row in above:
        if row.status in TOMBSTONES and row.is_visible:
            others = VisitorComment.objects.filter(
                _tree(comment), path__startswith=row.path, status=Status.APPROVED
            )
            if others.filter(is_visible=True).exclude(path__startswith=comment.path).exists():
                kept.add(row.path)
    return kept


def _visible_paths(above: list[Row], below: list[Row], *, kept: set[str]) -> set[str]:
    is_open = {"": True}
    visible = set(kept)
    tombstones: set[str] = set()
    for row in above + below:  # in path order, so parents come first
        is_open[row.path] = is_open[row.path[:-STEP]] and row.status in OPEN
        if is_open[row.path]:
            (tombstones if row.status in TOMBSTONES else visible).add(row.path)
    held_up = {path for leaf in visible for path in ancestor_paths(leaf)}
    return visible | (tombstones & held_up)


def _store(rows: list[Row], *, before: set[str], after: set[str]) -> None:
    for is_visible, paths in ((True, after - before), (False, before - after)):
        pks = [row.pk for row in rows if row.path in paths]
        for start in range(0, len(pks), 500):
            VisitorComment.objects.filter(pk__in=pks[start : start + 500]).update(is_visible=is_visible)


def _replies(paths: set[str]) -> int:
    return sum(len(path) > STEP for path in paths)


def _count_replies(comment: VisitorComment, change: int) -> None:
    if change:
        root = comment.root_id or comment.pk
        VisitorComment.objects.filter(pk=root).update(reply_count=F("reply_count") + change)


def _count(comment: VisitorComment, *, from_status: str, visible: int, is_public: bool) -> None:
    changes: dict[str, Any] = {}
    if from_status != comment.status:
        if from_status:
            changes[_counter(from_status)] = F(_counter(from_status)) - 1
        changes[_counter(comment.status)] = F(_counter(comment.status)) + 1
    if visible:
        changes["visible_count"] = F("visible_count") + visible
    if is_public:
        changes["version"] = F("version") + 1
    if comment.status in TOMBSTONES and comment.depth == 1:
        changes["pinned"] = NullIf(F("pinned_id"), Value(comment.pk))  # what is gone is not pinned either
    if changes:
        CommentThread.objects.filter(pk=comment.thread_id).update(**changes)


def _counter(status: str) -> str:
    return f"{status.lower()}_count"
