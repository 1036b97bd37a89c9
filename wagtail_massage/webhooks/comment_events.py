"""What the comments room records: comments that appear, change or disappear.

Only what the public could see before or sees now is told. Ids are told of comments that are public at that moment. What
has disappeared is not named: the tags say which page to fetch again, and nobody learns whether a comment was removed,
erased, or set apart as a health question. Nothing of a health question is told, nor of anything below one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.dispatch import Signal

from ..comments import signals
from ..sites import root_paths
from ..visibility import public_within
from . import outbox
from .audience import listeners
from .events import EventType
from .places import comment_tags, place_of

_APPEARS = (signals.comment_approved, signals.comment_restored)
_DISAPPEARS = (
    signals.comment_hidden,
    signals.comment_marked_spam,
    signals.comment_rejected,
    signals.comment_removed,
    signals.comment_restored,
    signals.comment_erased,
)
_CHANGES = (signals.comment_edited, signals.comment_pinned)


def connect() -> None:
    """Listen to what is recorded, within its transaction."""
    signals.change_recorded.connect(note_comments, dispatch_uid="wagtail_massage_webhooks.note_comments")


def note_comments(
    sender: Any, announcement: Signal, comments: list[Any], now: datetime, **kwargs: Any
) -> None:
    """Note one event for each page on which something changed for the public."""
    by_page: dict[EventType, dict[int, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for comment in comments:
        if comment.page_id and (kind := _kind_of(announcement, comment)):
            by_page[kind][comment.page_id].append(comment)
    if by_page and (endpoints := listeners()):
        outbox.post(_events(by_page, now), to=endpoints, now=now)


def _kind_of(announcement: Signal, comment: Any) -> EventType | None:
    if comment.is_visible and not comment.is_tombstone:
        if announcement in _APPEARS:
            return EventType.COMMENT_APPROVED
        return EventType.COMMENT_CHANGED if announcement in _CHANGES else None
    return EventType.COMMENT_REMOVED if comment.was_visible and announcement in _DISAPPEARS else None


def _events(by_page: dict[EventType, dict[int, list[Any]]], now: datetime) -> Iterator[outbox.Event]:
    shown_on = _public_pages({pk for pages in by_page.values() for pk in pages}, now)
    for kind, pages in by_page.items():
        for pk, comments in pages.items():
            data: dict[str, Any] = {"page": pk}
            if kind != EventType.COMMENT_REMOVED:
                data["comments"] = [str(comment.uuid) for comment in comments if not comment.is_health]
            yield from _of_page(kind, shown_on[pk], data)


def _public_pages(pks: set[int], now: datetime) -> dict[int, list[Any]]:
    """Return the pages that show the comments of each page: itself and its aliases, where the public may read them."""
    roots = tuple(root.root_path for root in root_paths())
    found: dict[int, list[Any]] = defaultdict(list)
    pages = public_within(roots, now=now).filter(Q(pk__in=pks) | Q(alias_of__in=pks))
    for page in pages.select_related("locale").order_by("pk"):
        found[page.pk if page.pk in pks else page.alias_of_id].append(page)
    return found


def _of_page(kind: EventType, pages: list[Any], data: dict[str, Any]) -> Iterator[outbox.Event]:
    by_site: dict[tuple[int, str], list[tuple[Any, str]]] = defaultdict(list)
    for page in pages:
        if place := place_of(page):
            by_site[place.site_pk, place.site].append((page, place.path))
    for (site_pk, site), shown in by_site.items():
        yield outbox.Event(
            type=kind,
            tags=comment_tags(page for page, _path in shown),
            paths=[path for _page, path in shown],
            site=site,
            site_pk=site_pk,
            locale=shown[0][0].locale.language_code,
            data=data,
        )
