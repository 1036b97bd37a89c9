"""Fetching pages for documents: the public ones of a site, each query written once for a card, a body or a whole page.

A page costs one query, a list one, whatever is filtered; on a site with several page types made of one mixin a list
costs one for each type more. `relations.fetch` and `images_of` add one query each, for a whole list together.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from django.db.models import Count, Q, QuerySet, Window
from django.utils import timezone
from wagtail.models import Site

from wagtail_massage.benefits.images import FetchedImage, fetch_images
from wagtail_massage.benefits.streams import image_ids
from wagtail_massage.slots import comments_annotations
from wagtail_massage.statements import A_MOMENT, Statement, some_ids
from wagtail_massage.visibility import paths_of, public_pages, public_within

from .discovery import page_models

LARGEST_ID = 2**63 - 1


class PageList(NamedTuple):
    """A part of a list of pages, and the number of all of them."""

    pages: list[Any]
    total: int


def find_page(mixin: Any, site: Site, page_id: int) -> Any | None:
    """Return the public page of a type made with `mixin`, with what comments note of it; None for anything else."""
    if not 0 < page_id <= LARGEST_ID:
        return None
    for model in page_models(mixin):
        if found := _one_page(model, paths_of(site)).run([timezone.now(), page_id]):
            return found[0]
    return None


@lru_cache(maxsize=64)
def _one_page(model: Any, roots: tuple[str, ...]) -> Statement:
    """The page of type `model`: takes the moment and the id."""
    [pk] = some_ids(1)
    pages = _selected(model, public_within(roots, now=A_MOMENT, model=model))
    return Statement(pages.filter(pk=pk), [A_MOMENT, pk])


def find_list(
    mixin: Any, site: Site, *, condition: Q, order: Sequence[str], offset: int, limit: int
) -> PageList:
    """Return a part of the public pages made with `mixin` that fulfil `condition`, in an order of base page columns."""
    models = page_models(mixin)
    if len(models) == 1:
        found = _selected(models[0], public_pages(site, models[0]), notes=False)
    elif models:
        found = public_pages(site).type(*models)  # type: ignore[attr-defined]
    else:
        return PageList([], 0)
    found = found.filter(condition)
    # The id makes the order total, so that no part of the list repeats or skips a page.
    part = found.annotate(massage_count=Window(Count("pk"))).order_by(*order, "pk")
    pages = list(part[offset : offset + limit])
    if not pages and offset:
        return PageList([], found.count())
    count = pages[0].massage_count if pages else 0
    return PageList(pages if len(models) == 1 else _specific(models, mixin, pages), count)


def images_of(pages: Sequence[Any], *, bodies: bool, base_url: str) -> dict[int, FetchedImage]:
    """Return the hero images of pages, with those in their bodies where asked. One query once the renditions exist."""
    ids = {page.hero_image_id for page in pages} - {None}
    if bodies:
        ids |= image_ids(page.body for page in pages)
    return fetch_images(ids, base_url=base_url)


def _selected(model: Any, pages: QuerySet[Any], *, notes: bool = True) -> QuerySet[Any]:
    joined = [name for name in model.card_select if name != "hero_image"]
    return pages.select_related(*joined).annotate(**(comments_annotations() if notes else {}))


def _specific(models: Sequence[Any], mixin: Any, pages: Sequence[Any]) -> list[Any]:
    found: dict[int, Any] = {}
    for model in models:
        ids = [page.pk for page in pages]
        joined = [name for name in mixin.card_select if name != "hero_image"]
        found |= model.objects.filter(pk__in=ids).select_related(*joined).in_bulk(field_name="pk")
    return [found[page.pk] for page in pages if page.pk in found]
