"""Reading comments as the public may: the one door for the HTML face, the JSON face and whatever comes later.

What leaves here is a `PublicComment`: it has no e-mail address, no key and no row number that a template or a
serializer could show by mistake. A page of a thread costs two queries whatever its size: the roots, each with the
place where its first replies end, and those replies. `find_thread` adds one for the page, its restrictions and its
policy.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from wagtail.models import Site

from .conf import comments_settings
from .cursors import make_cursor, read_cursor
from .models import VisitorComment
from .policies import PolicyInForce, is_readable, resolve
from .readable import as_readable, counted_pages, readable_pages
from .roots import COLUMNS, LARGEST_ID, position_of, root_rows
from .states import READABLE, TOMBSTONES, Policy, Status
from .threads import accepts_comments

MAX_LIMIT = 100
MAX_COUNTED_PAGES = 200
SORTS = ("oldest", "newest", "unanswered")
"""By date; or only what nobody has answered yet in public, the oldest first."""

PAST_LAST_DIGIT = "w"  # paths are written in 0-9 and a-v
REPLY_COLUMNS = (*COLUMNS, "parent__uuid", "in_reply_to__uuid")


class NotPublic(LookupError):
    """There is no such thing for the public; whether for lack of it or of permission is nobody's business."""


@dataclass(frozen=True, kw_only=True)
class PublicThread:
    """A page whose comments may be read now.

    Attributes:
        page: the page that was asked for.
        home: the page whose thread it shows: itself, or the source of an alias.
        terms: the policy in force, with its source and dates.
        count: how many comments a reader can reach (no tombstones).
        version: changes with every public change of the thread.
        pinned_pk: the comment that stands above all others, if the public sees it.
    """

    page: Any
    home: Any
    terms: PolicyInForce
    count: int
    version: int
    pinned_pk: int | None = None

    @property
    def policy(self) -> Policy:
        return self.terms.policy

    @property
    def is_open(self) -> bool:
        return self.terms.is_open


@dataclass(frozen=True, kw_only=True)
class PublicComment:
    """What the public may know of a comment.

    Attributes:
        state: APPROVED or REMOVED (a tombstone, without text, name and date of edit); PENDING only for its author.
        parent: the comment above it in the tree.
        in_reply_to: the comment it answers; another than `parent` where the tree is at its deepest.
        replies: the first replies to a root, all levels flat in reading order; None for a reply.
        pk, path: for the next query, never for the outside.
    """

    id: UUID
    state: str
    author_name: str
    badge: str
    body: str
    created_at: datetime
    edited_at: datetime | None
    depth: int
    parent: UUID | None
    in_reply_to: UUID | None
    replies: ThreadPage | None
    pk: int
    path: str


@dataclass(frozen=True, kw_only=True)
class ThreadPage:
    """A part of a list.

    Attributes:
        next: the cursor of what follows, None at the end.
        count: speaks of the whole list; of an unanswered thread too, it counts everything.
        pinned: on the first part of a thread the comment that stands above all others, without its replies.
    """

    items: list[PublicComment]
    next: str | None
    count: int
    pinned: PublicComment | None = None


_NOTHING = ThreadPage(items=[], next=None, count=0)


def find_thread(page_id: int, *, site: Site) -> PublicThread:
    """Return the thread of a page of `site`. Costs one query, two for an alias.

    Raises:
        NotPublic: if the page, or the source of an alias, is not public, or takes no comments.
    """
    if not 0 < page_id <= LARGEST_ID:
        raise NotPublic(page_id)
    threads = _public_threads([page_id], site=site)
    if not threads:
        raise NotPublic(page_id)
    return threads[0]


def thread_of(page: Any) -> PublicThread:
    """Return the thread of a public page that a query with `readable.page_annotations` has fetched. No query.

    Raises:
        NotPublic: if it takes no comments, or is an alias, which only `find_thread` can answer for.
    """
    thread = None if page.alias_of_id else _public_thread(page, as_readable(page))
    if thread is None:
        raise NotPublic(page.pk)
    return thread


def find_comment(comment_id: UUID, *, site: Site) -> tuple[PublicThread, PublicComment]:
    """Return a public comment (without its replies) and its thread. Costs two queries.

    Raises:
        NotPublic: if the comment or its page is not public.
    """
    row = VisitorComment.objects.public().filter(uuid=comment_id).values(*REPLY_COLUMNS, "page_id").first()
    if row is None:
        raise NotPublic(comment_id)
    thread = find_thread(row.pop("page_id"), site=site)
    replies = ThreadPage(items=[], next=None, count=row["reply_count"]) if row["depth"] == 1 else None
    return thread, public_comment(row, replies=replies)


def find_reportable(comment_id: UUID, *, site: Site) -> VisitorComment:
    """Return the row of a comment whose text is public, for `actions.report`. Costs three queries.

    Raises:
        NotPublic: if the comment or its page is not public, or the text is gone.
    """
    _thread, found = find_comment(comment_id, site=site)
    comment = VisitorComment.objects.filter(pk=found.pk, status=Status.APPROVED).first()
    if comment is None:
        raise NotPublic(comment_id)
    return comment


def read_thread(
    thread: PublicThread, *, cursor: str = "", sort: str = "oldest", limit: int | None = None
) -> ThreadPage:
    """Return a part of the thread: roots by date, each with its first replies. The first part costs one query more
    where a comment is pinned.

    Args:
        cursor: the `next` of the part before; "" for the beginning.
        sort: one of `SORTS`.
        limit: roots in the part, WAGTAIL_MASSAGE_COMMENTS_PAGE_SIZE where None, never above `MAX_LIMIT`.

    Raises:
        BadCursor: if `cursor` is not of this list in this order.
    """
    position = read_cursor(cursor, scope=["thread", thread.home.pk, sort]) if cursor else []
    size = part_size(limit)
    found = root_rows(thread.home.pk, position, sort=sort, size=size)
    rows, more = found[:size], len(found) > size
    replies = _first_replies(rows)
    items = [public_comment(row, replies=replies.get(row["pk"], _NOTHING)) for row in rows]
    following = thread_cursor(thread, sort, items[-1].created_at, items[-1].id) if more else None
    pinned = None if cursor else _pinned(thread)
    return ThreadPage(items=items, next=following, count=thread.count, pinned=pinned)


def thread_cursor(thread: PublicThread, sort: str, created_at: datetime, comment_id: UUID) -> str:
    """Return the cursor of what follows this root."""
    return make_cursor(["thread", thread.home.pk, sort], position_of(created_at, comment_id))


def _pinned(thread: PublicThread) -> PublicComment | None:
    if thread.pinned_pk is None:
        return None
    pinned = VisitorComment.objects.public().filter(pk=thread.pinned_pk, status=Status.APPROVED)
    row = pinned.values(*COLUMNS).first()
    return public_comment(row) if row else None


def read_newest(thread: PublicThread, *, limit: int) -> list[PublicComment]:
    """Return the newest comments of all depths, without replies and tombstones."""
    counted = VisitorComment.objects.filter(page=thread.home.pk).counted().order_by("-created_at", "-pk")
    return [public_comment(row) for row in counted.values(*COLUMNS)[:limit]]


def read_comment(thread: PublicThread, comment: PublicComment) -> PublicComment:
    """Return the comment, a root with its first replies."""
    if comment.replies is None or not comment.replies.count:
        return comment
    first = read_replies(thread, comment, limit=comments_settings.replies_shown)
    return dataclasses.replace(comment, replies=first)


def read_replies(
    thread: PublicThread, comment: PublicComment, *, cursor: str = "", limit: int | None = None
) -> ThreadPage:
    """Return a part of what stands below `comment`, all levels flat in reading order.

    Raises:
        BadCursor: if `cursor` is not of this list.
    """
    below = _below(thread, comment)
    count = comment.replies.count if comment.replies else below.counted().count()
    after = below.filter(path__gt=_reply_position(comment, cursor)) if cursor else below
    rows, more = take(after.order_by("path").values(*REPLY_COLUMNS), limit)
    following = reply_cursor(comment.id, rows[-1]["path"]) if more else None
    return ThreadPage(items=[public_comment(row) for row in rows], next=following, count=count)


def counts(page_ids: Iterable[int], *, site: Site) -> dict[int, int]:
    """Return how many comments each page has; pages whose comments the public cannot read are left out.

    Costs one query, two where there are aliases among them. Callers hold `page_ids` to `MAX_COUNTED_PAGES`.
    """
    wanted = {page_id for page_id in page_ids if 0 < page_id <= LARGEST_ID}
    found = _with_homes(counted_pages, wanted, site=site)
    return {
        page.pk: home.comments or 0
        for page, home in found
        if is_readable(home.policy) and accepts_comments(page)
    }


def own_comment(comment: VisitorComment) -> PublicComment:
    """Return a comment as its author sees it right after sending it: PENDING, whatever else a check thought of it."""
    row = {name: getattr(comment, name) for name in COLUMNS}
    for name in ("parent", "in_reply_to"):
        target = getattr(comment, name)
        row[f"{name}__uuid"] = target.uuid if target else None
    seen = public_comment(row)
    is_public = comment.is_visible and comment.status == Status.APPROVED
    return dataclasses.replace(seen, state="APPROVED" if is_public else "PENDING")


def _public_threads(page_ids: Collection[int], *, site: Site) -> list[PublicThread]:
    """Return the threads of those pages that are public."""
    threads = [_public_thread(page, home) for page, home in _with_homes(readable_pages, page_ids, site=site)]
    return [thread for thread in threads if thread is not None]


def _with_homes(read: Any, page_ids: Collection[int], *, site: Site) -> list[tuple[Any, Any]]:
    """Return those pages that are public, each with the page whose thread it shows. Aliases cost one query more,
    together: they show the threads of their sources, and are as public as those, within the same site.

    Args:
        read: `readable_pages` or `counted_pages`.
    """
    pages = read(page_ids, site=site)
    sources = {page.alias_of_id for page in pages} - {None}
    homes = {home.pk: home for home in read(sources, site=site)}
    found = [(page, homes.get(page.alias_of_id) if page.alias_of_id else page) for page in pages]
    return [(page, home) for page, home in found if home is not None]


def _public_thread(page: Any, home: Any) -> PublicThread | None:
    terms = resolve(home.massage_choice, home, now=timezone.now())
    if terms.policy not in READABLE or not accepts_comments(page):
        return None
    columns = home.massage_thread
    return PublicThread(
        page=page,
        home=home,
        terms=terms,
        count=columns["count"],
        version=columns["version"],
        pinned_pk=columns["pinned"],
    )


def part_size(limit: int | None = None) -> int:
    """Return how many rows a part of a list holds."""
    return max(1, min(limit or comments_settings.page_size, MAX_LIMIT))


def take(rows: Any, limit: int | None) -> tuple[list[dict[str, Any]], bool]:
    """Return at most `limit` rows, and whether there are more."""
    size = part_size(limit)
    taken = list(rows[: size + 1])
    return taken[:size], len(taken) > size


def _below(thread: PublicThread, comment: PublicComment) -> Any:
    """Everything public below a comment. A range of paths seeks where a LIKE would not, whatever the collation."""
    if comment.depth == 1:
        return VisitorComment.objects.public().filter(root=comment.pk)
    within = {"path__gt": comment.path, "path__lt": comment.path + PAST_LAST_DIGIT}
    return VisitorComment.objects.public().filter(page=thread.home.pk, **within)


def _first_replies(roots: list[dict[str, Any]]) -> dict[int, ThreadPage]:
    """Return the first replies of every root that has any, in one query."""
    answered = [root for root in roots if root["reply_count"]]
    if not answered:
        return {}
    wanted = Q(root__in=[root["pk"] for root in answered if root["cut"] is None])
    for root in answered:
        if root["cut"] is not None:
            wanted |= Q(root=root["pk"], path__lt=root["cut"])
    below: dict[int, list[dict[str, Any]]] = {root["pk"]: [] for root in answered}
    replies = VisitorComment.objects.public().filter(wanted).order_by("path")
    for row in replies.values(*REPLY_COLUMNS, "root_id"):
        below[row["root_id"]].append(row)
    return {root["pk"]: _shown_replies(root, below[root["pk"]]) for root in answered}


def _shown_replies(root: dict[str, Any], rows: list[dict[str, Any]]) -> ThreadPage:
    last = rows[-1]["path"] if rows else root["path"]
    return ThreadPage(
        items=[public_comment(row) for row in rows],
        next=None if root["cut"] is None else reply_cursor(root["uuid"], last),
        count=root["reply_count"],
    )


def reply_cursor(comment_id: UUID, path: str) -> str:
    return make_cursor(["replies", str(comment_id)], [path])


def _reply_position(comment: PublicComment, cursor: str) -> str:
    return read_cursor(cursor, scope=["replies", str(comment.id)])[0]


def public_comment(row: dict[str, Any], *, replies: ThreadPage | None = None) -> PublicComment:
    is_gone = row["status"] in TOMBSTONES
    return PublicComment(
        id=row["uuid"],
        state="REMOVED" if is_gone else "APPROVED",
        author_name="" if is_gone else row["author_name"],
        badge="" if is_gone else row["badge"],
        body="" if is_gone else row["body"],
        created_at=row["created_at"],
        edited_at=None if is_gone else row["edited_at"],
        depth=row["depth"],
        parent=row.get("parent__uuid"),
        in_reply_to=row.get("in_reply_to__uuid"),
        replies=replies,
        pk=row["pk"],
        path=row["path"],
    )
