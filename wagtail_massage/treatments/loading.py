"""Fetching pages for documents: the public ones of a site, each query written once for a card, a body or a whole page.

A page costs one query, a list one, whatever is filtered; on a site with several page types made of one mixin a list
costs one for each type more. `relations.fetch` and `images_of` add one query each, for a whole list together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from django.db.models import Count, Q, QuerySet, Window
from django.utils import timezone
from wagtail.models import Site

from wagtail_massage.benefits.images import FetchedImage, fetch_images
from wagtail_massage.benefits.streams import image_ids
from wagtail_massage.sites import locales
from wagtail_massage.slots import comments_annotations
from wagtail_massage.statements import AN_OFFSET, Statement, a_moment, some_ids
from wagtail_massage.visibility import paths_of, public_within

from .discovery import page_models
from .relations import has_author

LARGEST_ID = 2**63 - 1


class Fetched(NamedTuple):
    """What was fetched for pages, beside what now hangs on them. No images at all: let each be asked for."""

    images: Mapping[int, FetchedImage] | None
    page_urls: Mapping[int, str | None]


class PageVersion(NamedTuple):
    """What tells one version of a public page from another."""

    pk: int
    live_revision_id: int | None
    last_published_at: datetime | None
    url_path: str


class PageList(NamedTuple):
    """A part of a list of pages, and the number of all of them."""

    versions: list[PageVersion]
    total: int


def find_page(mixin: Any, site: Site, page_id: int) -> Any | None:
    """Return the public page of a type made with `mixin`, with what comments note of it; None for anything else."""
    if not 0 < page_id <= LARGEST_ID:
        return None
    for model in page_models(mixin):
        if found := _one_page(model, paths_of(site)).run([timezone.now(), page_id]):
            return _in_locales(found)[0]
    return None


@lru_cache(maxsize=64)
def _one_page(model: Any, roots: tuple[str, ...]) -> Statement:
    """The page of type `model`: takes the moment and the id."""
    [pk] = some_ids(1)
    pages = _selected(model, public_within(roots, now=a_moment(), model=model))
    return Statement(pages.filter(pk=pk), [a_moment(), pk])


def find_list(
    mixin: Any,
    site: Site,
    *,
    condition: Q,
    order: Sequence[str],
    offset: int,
    limit: int,
    locale_id: int | None = None,
) -> PageList:
    """Return a part of the public pages made with `mixin` that fulfil `condition`, in an order of base page columns.

    With `locale_id` only those in that language. Without a condition the SQL is there already.
    """
    models, roots, now = tuple(page_models(mixin)), paths_of(site), timezone.now()
    if not models:
        return PageList([], 0)
    if condition:
        found = _listed(models, roots, now, order, locale_id).filter(condition)
        rows = list(found[offset : offset + limit])
    else:
        statement = _part_of_list(models, roots, tuple(order), limit, locale_id is not None)
        rows = statement.run([now, offset, locale_id])
    if not rows and offset:
        return PageList([], _listed(models, roots, now, order, locale_id).filter(condition).count())
    versions = [PageVersion._make(row[:-1]) for row in rows]
    return PageList(versions, rows[0][-1] if rows else 0)


@lru_cache(maxsize=256)
def _part_of_list(
    models: tuple[Any, ...], roots: tuple[str, ...], order: tuple[str, ...], limit: int, in_locale: bool
) -> Statement:
    """So many public pages: takes the moment, where they begin, and the id of their locale where it matters."""
    [locale_id] = some_ids(1)
    pages = _listed(models, roots, a_moment(), order, locale_id if in_locale else None)
    return Statement(pages[AN_OFFSET : AN_OFFSET + limit], [a_moment(), AN_OFFSET, locale_id])


def _listed(
    models: Sequence[Any], roots: tuple[str, ...], now: datetime, order: Sequence[str], locale_id: int | None
) -> QuerySet[Any]:
    """Return the versions of the public pages of these types, each with the number of all of them."""
    pages: Any = public_within(roots, now=now, model=models[0] if len(models) == 1 else None)
    if len(models) > 1:
        pages = pages.type(*models)
    if locale_id is not None:
        pages = pages.filter(locale_id=locale_id)
    # The id makes the order total, so that no part of the list repeats or skips a page.
    ordered = pages.annotate(massage_count=Window(Count("pk"))).order_by(*order, "pk")
    return ordered.values_list(*PageVersion._fields, "massage_count")


def load_pages(mixin: Any, ids: Sequence[int]) -> dict[int, Any]:
    """Return the pages with these ids, with all that `fetch` and `images_of` do not fetch. One query for each type."""
    found: dict[int, Any] = {}
    for model in page_models(mixin):
        pages = _in_locales(_pages_by_id(model, len(ids)).run(ids))
        found |= {page.pk: page for page in pages}
    return found


@lru_cache(maxsize=256)
def _pages_by_id(model: Any, size: int) -> Statement:
    """So many pages of type `model`: takes their ids."""
    ids = some_ids(size)
    return Statement(_selected(model, model.objects.filter(pk__in=ids), notes=False), ids)


def images_of(pages: Sequence[Any], *, bodies: bool, base_url: str) -> dict[int, FetchedImage]:
    """Return the hero images of pages, with those in their bodies where asked. One query once the renditions exist."""
    ids = {page.hero_image_id for page in pages} - {None}
    if bodies:
        ids |= image_ids(page.body for page in pages)
    return fetch_images(ids, base_url=base_url)


def _in_locales(pages: list[Any]) -> list[Any]:
    """Give pages their languages, which are known without a query."""
    known = locales()
    for page in pages:
        if page.locale_id in known:
            page.locale = known[page.locale_id]
    return pages


def _selected(model: Any, pages: QuerySet[Any], *, notes: bool = True) -> QuerySet[Any]:
    """Join what neither `fetch` nor `images_of` nor `_in_locales` brings."""
    brought = {"hero_image", "locale", *(["author"] if has_author(model) else [])}
    joined = [name for name in model.card_select if name not in brought]
    selected = pages.select_related(*joined) if joined else pages
    return selected.annotate(**(comments_annotations() if notes else {}))
