"""Which pages the public may read comments on, with what their threads say: the one query of every read.

Django takes longer to make SQL of a queryset than a database takes to answer this one, so it is made once for each
site and number of pages, and run with other values after that.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.utils import timezone
from wagtail.models import Site

from ..base_page import get_page_model
from ..visibility import paths_of, public_within
from .models import CommentThread
from .policies import nearest_choice

# Values that stand in the SQL for those of each run; no page and no moment is ever called so.
_SOME_ID = 2**62
_SOME_TIME = datetime(1903, 2, 3, 4, 5, 6, 789, tzinfo=UTC)

_NO_THREAD = {"count": 0, "version": 0, "pinned": None}


def readable_pages(page_ids: Collection[int], *, site: Site) -> list[Any]:
    """Return those of some pages of `site` that are public. Costs one query.

    Each has the attributes `massage_choice` (as `policies.nearest_choice` gives it) and `massage_thread`: {"count",
    "version", "pinned"} of its own thread. An alias is returned as it is; its thread is that of its source.
    """
    roots = paths_of(site)
    if not page_ids or not roots:
        return []
    sql, params = _compile(roots, len(page_ids), connection.vendor)
    values: dict[Any, Any] = dict(enumerate(page_ids, _SOME_ID))
    adapt = connection.ops.adapt_datetimefield_value
    values[adapt(_SOME_TIME)] = adapt(timezone.now())
    pages = get_page_model().objects.raw(sql, [values.get(param, param) for param in params])
    return [as_readable(page) for page in pages]


@lru_cache(maxsize=512)
def _compile(roots: tuple[str, ...], size: int, vendor: str) -> tuple[str, tuple[Any, ...]]:
    """Return the SQL and its parameters, `_SOME_ID` and those after it in the place of `size` page ids."""
    pages = _query(roots).filter(pk__in=list(range(_SOME_ID, _SOME_ID + size)))
    return pages.query.sql_with_params()


def _query(roots: tuple[str, ...]) -> QuerySet[Any]:
    return public_within(roots, now=_SOME_TIME).annotate(**page_annotations())


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
