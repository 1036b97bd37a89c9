"""Which pages the public may read comments on, with what their threads say: the one query of every read.

Django takes longer to make SQL of a queryset than a database takes to answer this one, so it is made once for each
site and number of pages, and run with other values after that.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from functools import lru_cache
from typing import Any, NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONObject
from django.utils import timezone
from wagtail.models import Site

from ..statements import Statement, a_moment, some_ids
from ..visibility import paths_of, public_within
from .models import CommentThread
from .policies import nearest_choice, nearest_policy

_NO_THREAD = {"count": 0, "version": 0, "pinned": None}


def readable_pages(page_ids: Collection[int], *, site: Site) -> list[Any]:
    """Return those of some pages of `site` that are public. Costs one query.

    Each has the attributes `massage_choice` (as `policies.nearest_choice` gives it) and `massage_thread`: {"count",
    "version", "pinned"} of its own thread. An alias is returned as it is; its thread is that of its source.
    """
    roots = paths_of(site)
    if not page_ids or not roots:
        return []
    pages = _readable(roots, len(page_ids)).run([timezone.now(), *page_ids])
    return [as_readable(page) for page in pages]


@lru_cache(maxsize=512)
def _readable(roots: tuple[str, ...], size: int) -> Statement:
    """So many pages: takes the moment and their ids."""
    ids = some_ids(size)
    pages = public_within(roots, now=a_moment()).annotate(**page_annotations())
    return Statement(pages.filter(pk__in=ids), [a_moment(), *ids])


class CountedPage(NamedTuple):
    """What it takes to tell how many comments a page has: of twenty pages the instances cost more than all the rest."""

    pk: int
    alias_of_id: int | None
    type_id: int
    policy: str | None  # None: nobody has chosen
    comments: int | None  # None: nobody has written

    @property
    def specific_class(self) -> Any:
        """The model of the page, as `Page.specific_class` tells it."""
        return ContentType.objects.get_for_id(self.type_id).model_class()


def counted_pages(page_ids: Collection[int], *, site: Site) -> list[CountedPage]:
    """Return of the same pages, for the same one query, no more than their counts take."""
    roots = paths_of(site)
    if not page_ids or not roots:
        return []
    return [CountedPage._make(row) for row in _counted(roots, len(page_ids)).run([timezone.now(), *page_ids])]


@lru_cache(maxsize=512)
def _counted(roots: tuple[str, ...], size: int) -> Statement:
    """So many pages: takes the moment and their ids."""
    ids = some_ids(size)
    count = Subquery(CommentThread.objects.filter(page=OuterRef("pk")).values("visible_count")[:1])
    pages = public_within(roots, now=a_moment()).filter(pk__in=ids).order_by()
    columns = ("pk", "alias_of_id", "content_type_id", nearest_policy(OuterRef("path")), count)
    return Statement(pages.values_list(*columns), [a_moment(), *ids])


def page_annotations() -> dict[str, Any]:
    """Return what makes pages of any query readable by `as_readable`: their choice of policy, and their thread."""
    thread = CommentThread.objects.filter(page=OuterRef("pk"))
    columns = JSONObject(count="visible_count", version="version", pinned="pinned_id")
    return {
        "massage_choice": nearest_choice(OuterRef("path")),
        "massage_thread": Subquery(thread.values(columns=columns)[:1]),
    }


def as_readable(page: Any) -> Any:
    """Return `page`, from a query with `page_annotations`, with these as `readable_pages` has them."""
    page.massage_choice = _loaded(page.massage_choice)
    page.massage_thread = _loaded(page.massage_thread) or _NO_THREAD
    return page


def _loaded(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value
