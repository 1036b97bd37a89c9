"""Where a new comment goes in its thread."""

from __future__ import annotations

from functools import cache
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q

from ...statements import Statement, some_texts, some_uuids
from ..models import CommentThread, VisitorComment
from ..paths import MAX_DEPTH, depth_of, make_path
from ..states import Status

_TRIES = 5


def find_twin_and_parent(
    thread: CommentThread, *, key: str, parent_id: UUID | None
) -> tuple[VisitorComment | None, VisitorComment | None]:
    """Return the comment that is stored under the idempotency key, and the one that is answered if it is public, has
    text and belongs to the same thread. Costs one query."""
    found = _twin().run([key]) if parent_id is None else _twin_and_parent().run([key, parent_id])
    twin = next((comment for comment in found if comment.idempotency_key == key), None)
    parents = [comment for comment in found if comment.uuid == parent_id and _is_answerable(comment, thread)]
    return twin, parents[0] if parents else None


@cache
def _twin() -> Statement:
    """Takes an idempotency key."""
    keys = some_texts(1)
    return Statement(VisitorComment.objects.filter(idempotency_key=keys[0]), keys)


@cache
def _twin_and_parent() -> Statement:
    """Takes an idempotency key and a public id."""
    [key], [public_id] = some_texts(1), some_uuids(1)
    wanted = Q(idempotency_key=key) | Q(uuid=public_id)
    return Statement(VisitorComment.objects.filter(wanted), [key, public_id])


def _is_answerable(comment: VisitorComment, thread: CommentThread) -> bool:
    is_public = comment.is_visible and comment.page_id is not None and comment.status == Status.APPROVED
    return is_public and comment.thread_id == thread.pk


def place(thread: CommentThread, target: VisitorComment | None, **fields: Any) -> VisitorComment:
    """Insert a comment below `target` (None: at the top).

    A reply to the deepest level attaches beside what it answers and keeps the true target in `in_reply_to`.
    """
    parent = target
    if target is not None and target.depth >= MAX_DEPTH:
        parent = target.parent
    for _attempt in range(_TRIES):
        path = make_path(parent.path if parent else "", fields["created_at"])
        comment = VisitorComment(
            thread=thread,
            page_id=thread.page_id,
            parent=parent,
            root_id=(parent.root_id or parent.pk) if parent else None,
            in_reply_to=target,
            path=path,
            depth=depth_of(path),
            **fields,
        )
        try:
            with transaction.atomic():
                comment.save(force_insert=True)
        except IntegrityError:
            if not VisitorComment.objects.filter(page=thread.page_id, path=path).exists():
                raise  # not the place was taken, but a key
        else:
            return comment
    raise RuntimeError(f"No free place was found at {fields['created_at']} in {_TRIES} tries.")
