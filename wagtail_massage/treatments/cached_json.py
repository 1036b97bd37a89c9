"""JSON in a cache that is purged by address, thrown away when a page is published, moved, hidden or withdrawn.

Wagtail purges the page's own address then. Where `wagtail.contrib.frontend_cache` is not installed, nothing happens.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import quote, unquote

from django.apps import apps
from django.db import transaction
from django.db.models.signals import post_delete, post_save
from wagtail.models import PageViewRestriction
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from wagtail_massage.caching import mounted
from wagtail_massage.sites import remember_root_paths

from .abstract import BenefitListMixin, TreatmentMixin

API = "wagtail_massage_api"
MOST = 500
"""Pages below one that is moved or hidden whose JSON is purged too; those further down are left to their time."""

_ROOMS: tuple[tuple[Any, str, str], ...] = (
    (TreatmentMixin, f"{API}:massage_treatment", f"{API}:massage_treatments"),
    (BenefitListMixin, f"{API}:massage_benefit_list", f"{API}:massage_benefit_lists"),
)


def connect() -> None:
    """Listen to what changes one page, and to what changes all that are below it."""
    uid = "wagtail_massage_treatments.cached_json"
    for signal in (page_published, page_unpublished):
        signal.connect(_purge_page, dispatch_uid=uid)
    for signal in (page_slug_changed, post_page_move):
        signal.connect(_purge_moved, dispatch_uid=uid)
    for signal in (post_save, post_delete):
        signal.connect(_purge_restricted, sender=PageViewRestriction, dispatch_uid=uid)


def json_urls(page: Any) -> Iterator[str]:
    """Yield the absolute addresses of the page, of its path, of the list it stands in and of the sitemap.

    A list with parameters has too many addresses to be named; it is a minute old at most.
    """
    remember_root_paths(page)
    parts = page.get_url_parts()
    if parts is None:  # it is in no site's tree
        return
    _site_id, root_url, path = parts
    for mixin, one, many in _ROOMS:
        if issubclass(page.specific_class or type(page), mixin):
            yield from mounted(root_url, one, page.pk)
            yield from mounted(root_url, many)
    yield from mounted(root_url, f"{API}:massage_sitemap")
    for route in mounted(root_url, f"{API}:massage_route"):
        path = unquote(path)
        yield f"{route}?path={quote(path)}"  # as people write it
        yield f"{route}?path={quote(path, safe='')}"  # as programs do


def _purge_page(sender: type, instance: Any, **kwargs: Any) -> None:
    _purge([instance])


def _purge_moved(
    sender: type, instance: Any, instance_before: Any = None, url_path_before: str = "", **kwargs: Any
) -> None:
    """Purge a page with another path, and all below it, at the old paths and the new ones."""
    before = instance_before.url_path if instance_before is not None else url_path_before
    _purge(_at_both(instance, before))


def _purge_restricted(sender: type, instance: Any, **kwargs: Any) -> None:
    _purge(_with_below(instance.page))


def _with_below(page: Any) -> Iterator[Any]:
    yield page
    yield from page.get_descendants().live()[:MOST]


def _at_both(page: Any, url_path_before: str) -> Iterator[Any]:
    for moved in _with_below(page):
        yield moved
        before = copy.copy(moved)
        before.url_path = url_path_before + moved.url_path[len(page.url_path) :]
        yield before


def _purge(pages: Iterable[Any]) -> None:
    """Purge the JSON of pages once the change is committed. Without a cache to purge they are not even asked for."""
    if not apps.is_installed("wagtail.contrib.frontend_cache"):
        return
    urls = sorted({url for page in pages for url in json_urls(page)})
    if urls:
        transaction.on_commit(lambda: _tell(urls))


def _tell(urls: list[str]) -> None:
    from wagtail.contrib.frontend_cache.utils import PurgeBatch

    batch = PurgeBatch()
    batch.add_urls(urls)
    batch.purge()
