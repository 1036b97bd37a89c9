"""On which site, and under which path, the public finds a page; and under which tags it is kept in caches."""

from __future__ import annotations

import copy
from collections.abc import Iterable
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from django.apps import apps

from .. import tags
from ..sites import root_paths


class Place(NamedTuple):
    """`site` is written as the parameter `site` of the API: "hostname", or "hostname:port"."""

    site_pk: int
    site: str
    path: str


def place_of(page: Any, url_path: str | None = None) -> Place | None:
    """Return where `page` is, or would be with another `url_path`; None if it is in no site's tree."""
    page = copy.copy(page)
    page.url_path = page.url_path if url_path is None else url_path
    page._wagtail_cached_site_root_paths = root_paths()  # ours are known while the cache is away, too
    parts = page.get_url_parts()
    if parts is None:
        return None
    site_pk, root_url, path = parts
    if (
        root_url is None or path is None
    ):  # a site that serves no HTML: the path is the one below the site's root
        return _bare_place(site_pk, page.url_path)
    return Place(site_pk, urlsplit(root_url).netloc, path)


def _bare_place(site_pk: int, url_path: str) -> Place | None:
    for root in root_paths():
        if root.site_id == site_pk and url_path.startswith(root.root_path):
            return Place(site_pk, urlsplit(root.root_url).netloc, "/" + url_path[len(root.root_path) :])
    return None


def page_tags(pages: Iterable[Any]) -> list[str]:
    """Return the tags of everything in which one of `pages` stands: itself, its comments, lists, the sitemap."""
    found: dict[str, None] = {}
    for page in pages:
        found[tags.page_tag(page.pk)] = None
        if apps.is_installed("wagtail_massage.comments"):
            found[tags.comments_tag(page.pk)] = None
        found.update(dict.fromkeys(_list_tags(page.specific_class)))
    return [*found, tags.SITEMAP]


def comment_tags(pages: Iterable[Any]) -> list[str]:
    """Return the tags of everything that shows the comments of `pages`, or their number."""
    return [tag for page in pages for tag in (tags.comments_tag(page.pk), tags.page_tag(page.pk))]


def _list_tags(model: type | None) -> list[str]:
    if model is None or not apps.is_installed("wagtail_massage.treatments"):
        return []
    from ..treatments.abstract import BenefitListMixin, TreatmentMixin

    lists = {TreatmentMixin: "treatments", BenefitListMixin: "benefit-lists"}
    return [tags.list_tag(name) for mixin, name in lists.items() if issubclass(model, mixin)]
