"""What pages do: they are published, unpublished, deleted, moved, get another address, become private or public.

Wagtail's own signals come after the page is stored, some after commit. These receivers hear Django's, which are sent
within `Page.save()` and its transaction, and compare the row as it was with the row as it will be: the event and the
change are there together, or neither is. Where no endpoint listens, a save costs nothing more.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from django.utils import timezone
from wagtail.models import AbstractPage, PageViewRestriction

from ..base_page import get_page_model
from ..sites import root_paths
from ..visibility import public_within
from . import outbox
from .audience import listeners
from .events import EventType
from .models import WebhookEndpoint
from .places import Place, page_tags, place_of

MOST = 200
"""An event names so many pages at most; `data.is_complete` tells whether those were all."""

_WATCHED = {"live", "slug", "url_path", "last_published_at"}
_REMEMBERED = "_massage_webhooks_before"


@dataclass(frozen=True, kw_only=True)
class _Before:
    """What was known before a save: who listens, and the row (None for a new page)."""

    endpoints: list[WebhookEndpoint]
    row: dict[str, Any] | None


def connect() -> None:
    """Listen to pages of every type, and to their restrictions."""
    room = "wagtail_massage_webhooks"
    pre_save.connect(remember, dispatch_uid=f"{room}.remember")
    post_save.connect(note_save, dispatch_uid=f"{room}.note_save")
    # Deleting a page announces each model that it is made of; the base page is one of them, once.
    pre_delete.connect(note_deletion, sender=get_page_model(), dispatch_uid=f"{room}.note_deletion")
    for signal in (post_save, post_delete):
        signal.connect(note_access, sender=PageViewRestriction, dispatch_uid=f"{room}.note_access")


def remember(sender: Any, instance: Any, raw: bool = False, update_fields: Any = None, **kwargs: Any) -> None:
    """Keep how the row is before it is written, if that will matter."""
    if not isinstance(instance, AbstractPage):
        return
    vars(instance).pop(_REMEMBERED, None)
    if raw or (update_fields is not None and not _WATCHED & set(update_fields)):
        return
    if endpoints := listeners():
        vars(instance)[_REMEMBERED] = _Before(endpoints=endpoints, row=_row(instance.pk))


def note_save(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Compare with what was remembered, and note what that means to the public."""
    before = vars(instance).pop(_REMEMBERED, None)
    if before is not None:
        outbox.post(_events_of_save(instance, before.row), to=before.endpoints, now=timezone.now())


def note_deletion(sender: Any, instance: Any, **kwargs: Any) -> None:
    """A live page that is deleted has left the site. Wagtail may have set `live` on the object already."""
    endpoints = listeners()
    row = _row(instance.pk) if endpoints else None
    if row and row["live"]:
        place = place_of(instance, row["url_path"])
        events = _told(EventType.PAGE_UNPUBLISHED, instance, [place], [instance])
        outbox.post(events, to=endpoints, now=timezone.now())


def note_access(sender: Any, instance: PageViewRestriction, raw: bool = False, **kwargs: Any) -> None:
    """A restriction came, changed or went: the page and all below it may have become private or public."""
    if raw or not (endpoints := listeners()):
        return
    page = get_page_model().objects.filter(pk=instance.page_id).first()
    if page is not None:
        events = _events_of_tree(EventType.PAGE_ACCESS_CHANGED, page, page.url_path)
        outbox.post(events, to=endpoints, now=timezone.now())


def _row(pk: Any) -> dict[str, Any] | None:
    return get_page_model().objects.filter(pk=pk).values(*_WATCHED).first() if pk else None


def _events_of_save(page: Any, was: dict[str, Any] | None) -> Iterator[outbox.Event]:
    was_live = was is not None and was["live"]
    if was is not None and was["url_path"] != page.url_path:
        kind = EventType.PAGE_MOVED if was["slug"] == page.slug else EventType.PAGE_SLUG_CHANGED
        yield from _events_of_tree(kind, page, was["url_path"], is_live=was_live and page.live)
    if was_live and not page.live:
        place = place_of(page, was["url_path"] if was else None)
        yield from _told(EventType.PAGE_UNPUBLISHED, page, [place], [page])
    is_again = was_live and was is not None and was["last_published_at"] == page.last_published_at
    if page.live and not is_again and _is_public(page):
        yield from _told(EventType.PAGE_PUBLISHED, page, [place_of(page)], [page])


def _is_public(page: Any) -> bool:
    roots = tuple(root.root_path for root in root_paths())
    return public_within(roots, now=timezone.now()).filter(pk=page.pk).exists()


def _events_of_tree(
    kind: EventType, page: Any, old_path: str, *, is_live: bool | None = None
) -> Iterator[outbox.Event]:
    """Name a page and the live pages below it, where they were and where they are; pages below are still stored with
    their old addresses at this moment."""
    below = get_page_model().objects.filter(
        path__startswith=page.path, depth__gt=page.depth, url_path__startswith=old_path, live=True
    )
    below = list(below.order_by("path")[: MOST + 1])
    pages = [page] if (page.live if is_live is None else is_live) else []
    is_complete = len(below) <= MOST
    pages += below[:MOST]
    places = []
    for moved in pages:
        was = old_path if moved is page else moved.url_path
        places += [place_of(moved, was), place_of(moved, page.url_path + was[len(old_path) :])]
    yield from _told(kind, page, places, pages, is_complete=is_complete)


def _told(
    kind: EventType, page: Any, places: list[Place | None], pages: list[Any], **data: Any
) -> Iterator[outbox.Event]:
    """Say it once to each site that is concerned, with the paths on it."""
    by_site: dict[tuple[int, str], list[str]] = {}
    for place in filter(None, places):
        by_site.setdefault((place.site_pk, place.site), []).append(place.path)
    for (site_pk, site), paths in by_site.items():
        yield outbox.Event(
            type=kind,
            tags=page_tags(pages),
            paths=list(dict.fromkeys(paths)),
            site=site,
            site_pk=site_pk,
            locale=page.locale.language_code,
            data={"page": page.pk, **data},
        )
