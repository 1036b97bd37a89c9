"""JSON in a cache that is purged by address, thrown away when a page is published, moved, hidden or withdrawn.

Wagtail purges the page's own address then. Where `wagtail.contrib.frontend_cache` is not installed, nothing happens.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
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
"""Pages below one that is moved or hidden whose JSON is purged too; what is further down is old for ten minutes."""

_ROOMS: tuple[tuple[Any, str, str], ...] = (
    (TreatmentMixin, f"{API}:massage_treatment", f"{API}:massage_treatments"),
    (BenefitListMixin, f"{API}:massage_benefit_list", f"{API}:massage_benefit_lists"),
)


def connect() -> None:
    """Listen to what changes one page, and to what changes all that are below it."""
    for signal, receiver in (
        (page_published, _purge_page),
        (page_unpublished, _purge_page),
        (page_slug_changed, _purge_moved),
        (post_page_move, _purge_moved),
        (post_save, _purge_restricted),
        (post_delete, _purge_restricted),
    ):
        sender = PageViewRestriction if receiver is _purge_restricted else None
        signal.connect(
            receiver, sender=sender, dispatch_uid=f"wagtail_massage_treatments.{receiver.__name__}"
        )


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
    if _is_cached() and before:
        now = _with_below(instance)
        _purge([*now, *(_at(page, before + page.url_path[len(instance.url_path) :]) for page in now)])


def _purge_restricted(sender: type, instance: Any, **kwargs: Any) -> None:
    if _is_cached():
        _purge(_with_below(instance.page))


def _with_below(page: Any) -> list[Any]:
    return [page, *page.get_descendants().live()[:MOST]]


def _at(page: Any, url_path: str) -> Any:
    before = copy.copy(page)
    before.url_path = url_path
    return before


def _purge(pages: list[Any]) -> None:
    """Purge the JSON of pages once the change is committed."""
    if not _is_cached():
        return
    urls = sorted({url for page in pages for url in json_urls(page)})
    if urls:
        transaction.on_commit(lambda: _tell(urls))


def _is_cached() -> bool:
    return apps.is_installed("wagtail.contrib.frontend_cache")


def _tell(urls: list[str]) -> None:
    from wagtail.contrib.frontend_cache.utils import PurgeBatch

    batch = PurgeBatch()
    batch.add_urls(urls)
    batch.purge()
