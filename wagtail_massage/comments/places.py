"""Where one comment stands: the cursors that lead to it, and the conversation around it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from wagtail.models import Site

from .conf import comments_settings
from .models import VisitorComment
from .paths import STEP, ancestor_paths
from .reading import (
    PAST_LAST_DIGIT,
    REPLY_COLUMNS,
    NotPublic,
    PublicComment,
    PublicThread,
    ThreadPage,
    find_comment,
    part_size,
    public_comment,
    reply_cursor,
    take,
    thread_cursor,
)


@dataclass(frozen=True, kw_only=True)
class Place:
    """How a front end gets to a comment.

    Attributes:
        page: the id of the page whose thread it belongs to.
        root: the comment of depth 1 above it, or itself.
        cursor: the part of the page's list that begins with the root; None: it is on the first part.
        replies_cursor: the part of the root's replies that begins with the comment; None where it is the root, or
            among the replies that come with it.
    """

    page: int
    root: UUID
    cursor: str | None
    replies_cursor: str | None


@dataclass(frozen=True, kw_only=True)
class Conversation:
    """What stands above a comment, root first, and the comment itself with what follows, in reading order."""

    above: list[PublicComment]
    part: ThreadPage

    @property
    def root(self) -> PublicComment:
        return [*self.above, *self.part.items][0]


def find_place(comment_id: UUID, *, site: Site, sort: str = "oldest") -> Place:
    """Return where a public comment stands in its thread, in the order `sort` ("oldest" or "newest").

    First parts are taken to have the site's own sizes. Costs five queries at most.

    Raises:
        NotPublic: if the comment or its page is not public.
    """
    thread, comment = find_comment(comment_id, site=site)
    top = VisitorComment.objects.filter(page=thread.home.pk, path=comment.path[:STEP])
    found = top.values_list("pk", "uuid", "created_at").first()
    if found is None:
        raise NotPublic(comment_id)
    pk, root, created_at = found
    return Place(
        page=thread.page.pk,
        root=root,
        cursor=_cursor_to_root(thread, sort, created_at, pk),
        replies_cursor=_cursor_to_reply(comment, pk, root),
    )


def read_conversation(thread: PublicThread, comment: PublicComment) -> Conversation:
    """Return the way down to a comment, and a part of its thread from there to the end of the conversation."""
    page = VisitorComment.objects.filter(page=thread.home.pk).public()
    above = page.filter(path__in=ancestor_paths(comment.path)).order_by("path").values(*REPLY_COLUMNS)
    following = page.filter(path__gte=comment.path, path__lt=comment.path[:STEP] + PAST_LAST_DIGIT)
    lines = [public_comment(row) for row in above] if comment.depth > 1 else []
    rows, more = take(following.order_by("path").values(*REPLY_COLUMNS), None)
    items = [public_comment(row) for row in rows]
    root = [*lines, *items, comment][0]
    cursor = reply_cursor(root.id, items[-1].path) if more else None
    return Conversation(above=lines, part=ThreadPage(items=items, next=cursor, count=len(items)))


def _cursor_to_root(thread: PublicThread, sort: str, created_at: datetime, pk: int) -> str | None:
    roots = VisitorComment.objects.filter(page=thread.home.pk).roots().public()
    if sort == "newest":
        ahead: QuerySet[Any] = roots.after(created_at, pk).order_by("created_at", "pk")
    else:
        ahead = roots.before(created_at, pk).order_by("-created_at", "-pk")
    rows = list(ahead.values_list("created_at", "uuid")[: part_size()])
    return thread_cursor(thread, sort, *rows[0]) if len(rows) == part_size() else None


def _cursor_to_reply(comment: PublicComment, root_pk: int, root: UUID) -> str | None:
    if comment.depth == 1:
        return None
    shown = comments_settings.replies_shown
    ahead = VisitorComment.objects.public().filter(root=root_pk, path__lt=comment.path).order_by("-path")
    paths = list(ahead.values_list("path", flat=True)[: max(shown, 1)])
    if len(paths) < shown:
        return None
    return reply_cursor(root, paths[0] if paths else comment.path[:STEP])
