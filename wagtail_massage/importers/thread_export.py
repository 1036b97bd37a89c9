"""Threads on their way out: what may leave, and the two forms in which it does.

`wxr`: WordPress's form (WXR 1.2), which Disqus and others take too, and `import_comments` of another site of this kind.
`json`: everything by its own name, a thread after the other.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from wagtail.models import Site

from ..comments.models import CommentThread, VisitorComment
from ..comments.paths import ancestor_paths
from ..comments.policies import resolve
from ..comments.readable import as_readable, page_annotations
from ..comments.states import Policy, Status
from ..sites import root_paths
from ..visibility import public_within
from .wxr import BADGE_KEY, UUID_KEY

_CHUNK = 500
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_WORDPRESS = {
    Status.APPROVED: "1",
    Status.PENDING: "0",
    Status.UNCONFIRMED: "0",
    Status.SPAM: "spam",
    Status.REJECTED: "trash",
    Status.REMOVED: "trash",
}


@dataclass(frozen=True, kw_only=True)
class Scope:
    """What is exported.

    Attributes:
        pages: the pages to look at; None for all, and then also those that were deleted.
        everything: also what the public cannot read, with e-mail addresses. Erased comments are never exported.
        health: with `everything`, personal health questions too.
    """

    pages: QuerySet[Any] | None = None
    everything: bool = False
    health: bool = False


@dataclass(frozen=True, kw_only=True)
class Exported:
    """A comment, and the one above it that is exported as well: what it answers if that is, else the nearest."""

    comment: VisitorComment
    above: VisitorComment | None
    email: str


def find_threads(scope: Scope, *, now: datetime) -> Iterator[CommentThread]:
    """Return the threads that have something to export, in the order of their making."""
    threads = CommentThread.objects.select_related("page").order_by("pk")
    if scope.pages is not None:
        threads = threads.filter(page__in=scope.pages.order_by())
    if not scope.everything:
        threads = threads.filter(visible_count__gt=0, page__isnull=False)
    last = 0
    while part := list(threads.filter(pk__gt=last)[:_CHUNK]):
        last = part[-1].pk
        readable = None if scope.everything else _readable([thread.page_id for thread in part], now=now)
        yield from (thread for thread in part if readable is None or thread.page_id in readable)


def _readable(pages: list[int | None], *, now: datetime) -> set[int]:
    """Return those of some pages on which the public may read comments."""
    roots = tuple(root.root_path for root in root_paths())
    found = public_within(roots, now=now).filter(pk__in=pages).annotate(**page_annotations())
    return {
        page.pk
        for page in map(as_readable, found)
        if resolve(page.massage_choice, page, now=now).policy != Policy.OFF
    }


def find_comments(thread: CommentThread, scope: Scope) -> Iterator[Exported]:
    """Return what is exported of a thread, in reading order, so that parents come first."""
    found = VisitorComment.objects.filter(thread=thread).order_by("path").defer("origin", "data")
    if scope.everything:
        found = found.exclude(status=Status.ERASED)
        found = found if scope.health else found.filter(is_health=False)
    else:
        found = found.public().filter(status=Status.APPROVED, is_health=False)
    by_path: dict[str, VisitorComment] = {}
    by_pk: dict[int, VisitorComment] = {}
    for comment in found.iterator(chunk_size=_CHUNK):
        above = by_pk.get(comment.in_reply_to_id or 0)
        for path in () if above else reversed(ancestor_paths(comment.path)):
            if above := by_path.get(path):
                break
        yield Exported(comment=comment, above=above, email=comment.author_email if scope.everything else "")
        slim = VisitorComment(pk=comment.pk, uuid=comment.uuid)  # texts need not stay in memory
        by_path[comment.path] = by_pk[comment.pk] = slim


def wxr_lines(threads: Iterable[CommentThread], scope: Scope) -> Iterator[str]:
    """Return a file of WXR 1.2, piece by piece."""
    site = Site.objects.order_by("-is_default_site", "pk").first()
    url = site.root_url if site else ""
    yield (
        '<?xml version="1.0" encoding="UTF-8" ?>\n<rss version="2.0"'
        ' xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"'
        ' xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dsq="http://www.disqus.com/"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">\n<channel>\n'
    )
    yield _elements(
        {
            "title": site.site_name if site else "",
            "link": url,
            "wp:wxr_version": "1.2",
            "wp:base_site_url": url,
            "wp:base_blog_url": url,
        }
    )
    for thread in threads:
        comments = find_comments(thread, scope)
        first = next(comments, None)
        if first is None:
            continue
        yield f"<item>\n{_elements(_wxr_post(thread))}"
        yield _wxr_comment(first)
        yield from map(_wxr_comment, comments)
        yield "</item>\n"
    yield "</channel>\n</rss>\n"


def _wxr_post(thread: CommentThread) -> dict[str, str]:
    page = thread.page
    moment = page.first_published_at if page else None
    return {
        "title": page.title if page else thread.page_title,
        "link": _url_of(thread),
        "dsq:thread_identifier": str(thread.page_id or f"deleted-{thread.pk}"),
        "content:encoded": "",
        "wp:post_id": str(thread.page_id or f"deleted-{thread.pk}"),
        "wp:post_date": _date(moment and timezone.localtime(moment)),
        "wp:post_date_gmt": _date(moment and moment.astimezone(UTC)),
        "wp:comment_status": "open",
        "wp:post_name": page.slug if page else "",
        "wp:status": "publish" if page and page.live else "draft",
        "wp:post_parent": "0",
        "wp:post_type": "post",
    }


def _wxr_comment(exported: Exported) -> str:
    comment = exported.comment
    values = {
        "wp:comment_id": str(comment.pk),
        "wp:comment_author": escape(comment.author_name, quote=False),
        "wp:comment_author_email": exported.email,
        "wp:comment_author_url": "",
        "wp:comment_author_IP": "",
        "wp:comment_date": _date(timezone.localtime(comment.created_at)),
        "wp:comment_date_gmt": _date(comment.created_at.astimezone(UTC)),
        "wp:comment_content": escape(comment.body, quote=False),  # WordPress takes it for HTML
        "wp:comment_approved": _WORDPRESS[Status(comment.status)],
        "wp:comment_type": "comment",
        "wp:comment_parent": str(exported.above.pk) if exported.above else "0",
        "wp:comment_user_id": "0",
    }
    own = {UUID_KEY: str(comment.uuid)} | ({BADGE_KEY: comment.badge} if comment.badge else {})
    meta = "".join(
        f"<wp:commentmeta>\n{_elements({'wp:meta_key': key, 'wp:meta_value': value})}</wp:commentmeta>\n"
        for key, value in own.items()
    )
    return f"<wp:comment>\n{_elements(values)}{meta}</wp:comment>\n"


def _elements(values: dict[str, str]) -> str:
    return "".join(f"<{name}>{_cdata(value)}</{name}>\n" for name, value in values.items())


def _cdata(text: str) -> str:
    if not text:
        return ""
    return f"<![CDATA[{_NOT_IN_XML.sub('', text).replace(']]>', ']]]]><![CDATA[>')}]]>"


def json_lines(threads: Iterable[CommentThread], scope: Scope) -> Iterator[str]:
    """Return a document of JSON, piece by piece."""
    yield '{"format": "wagtail-massage-threads", "version": 1, "threads": ['
    comma = ""
    for thread in threads:
        comments = find_comments(thread, scope)
        first = next(comments, None)
        if first is None:
            continue
        page = {
            "id": thread.page_id,
            "title": thread.page.title if thread.page else thread.page_title,
            "url": _url_of(thread),
        }
        yield f'{comma}\n{{"page": {_dump(page)}, "comments": [\n{_dump(_json_comment(first))}'
        yield from (f",\n{_dump(_json_comment(exported))}" for exported in comments)
        yield "\n]}"
        comma = ","
    yield "\n]}\n"


def _json_comment(exported: Exported) -> dict[str, Any]:
    comment = exported.comment
    found = {
        "id": str(comment.uuid),
        "parent": str(exported.above.uuid) if exported.above else None,
        "status": comment.status,
        "author": comment.author_name,
        "badge": comment.badge or None,
        "created_at": comment.created_at.isoformat(),
        "edited_at": comment.edited_at.isoformat() if comment.edited_at else None,
        "body": comment.body,
    }
    return found | ({"email": exported.email} if exported.email else {})


def _url_of(thread: CommentThread) -> str:
    return (thread.page.full_url if thread.page else None) or thread.page_url


def _date(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S}" if moment else "0000-00-00 00:00:00"


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
