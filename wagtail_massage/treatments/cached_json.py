"""Copies of JSON in a cache that is purged by address, thrown away when a page is published, moved or withdrawn.

Wagtail purges the page's own address then. Where `wagtail.contrib.frontend_cache` is not installed, nothing happens.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from django.apps import apps
from django.db import transaction
from django.dispatch import Signal
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from wagtail_massage.caching import mounted

from .abstract import BenefitListMixin, TreatmentMixin

API = "wagtail_massage_api"

_CHANGES: tuple[Signal, ...] = (page_published, page_unpublished, page_slug_changed, post_page_move)
_ROOMS: tuple[tuple[Any, str, str], ...] = (
    (TreatmentMixin, "massage_treatment", "massage_treatments"),
    (BenefitListMixin, "massage_benefit_list", "massage_benefit_lists"),
)


def connect() -> None:
    for signal in _CHANGES:
        signal.connect(purge_after_change, dispatch_uid="wagtail_massage_treatments.purge_after_change")


def purge_after_change(
    sender: type, instance: Any, instance_before: Any = None, url_path_before: str = "", **kwargs: Any
) -> None:
    """Purge what shows the page as JSON, at its old path too, once the change is committed."""
    if not apps.is_installed("wagtail.contrib.frontend_cache"):
        return
    if url_path_before:
        instance_before = copy.copy(instance)
        instance_before.url_path = url_path_before
    urls = {url for page in (instance, instance_before) if page is not None for url in json_urls(page)}
    if urls:
        transaction.on_commit(lambda: _purge(urls))


def json_urls(page: Any) -> Iterator[str]:
    """Yield the absolute addresses of the page, of its path, of the list it stands in and of the sitemap.

    A list with parameters has too many addresses to be named; it is a minute old at most.
    """
    parts = page.get_url_parts()
    if parts is None:  # it is in no site's tree
        return
    _site_id, root_url, path = parts
    for mixin, one, many in _ROOMS:
        if isinstance(page, mixin):
            yield from mounted(root_url, f"{API}:{one}", page.pk)
            yield from mounted(root_url, f"{API}:{many}")
    yield from mounted(root_url, f"{API}:massage_sitemap")
    for route in mounted(root_url, f"{API}:massage_route"):
        yield f"{route}?path={quote(path)}"  # as people write it
        yield f"{route}?path={quote(path, safe='')}"  # as programs do


def _purge(urls: set[str]) -> None:
    from wagtail.contrib.frontend_cache.utils import PurgeBatch

    batch = PurgeBatch()
    batch.add_urls(sorted(urls))
    batch.purge()
