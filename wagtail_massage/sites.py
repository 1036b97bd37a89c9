"""Which Wagtail site a request speaks about, answered from Django's cache instead of by a query.

The rows are kept as Wagtail keeps the root paths of its sites, but for a minute at most. Saving or deleting a site
forgets them at once, in every process that shares the cache.
"""

from __future__ import annotations

from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.http import HttpRequest
from django.http.request import split_domain_port
from wagtail.models import Site

SECONDS = 60

_KEY = "wagtail_massage:sites"
_FIELDS = [field.attname for field in Site._meta.concrete_fields]


def site_of(request: HttpRequest) -> Site | None:
    """Return what `Site.find_for_request` would, and remember it with the request as that does."""
    if not hasattr(request, "_wagtail_site"):
        hostname = split_domain_port(request._get_raw_host())[0]  # type: ignore[attr-defined]
        request._wagtail_site = _answering(hostname, request.get_port())  # type: ignore[attr-defined]
    return request._wagtail_site  # type: ignore[attr-defined]


def site_named(host: str) -> Site | None:
    """Return the site called "hostname" or "hostname:port", None when none is."""
    hostname, _colon, port = host.partition(":")
    sites = [site for site in _all_sites() if site.hostname == hostname and port in {"", str(site.port)}]
    return min(sites, key=lambda site: (not site.is_default_site, site.port), default=None)


def connect() -> None:
    """Forget the rows as soon as one of them changes."""
    for signal in (post_save, post_delete):
        signal.connect(_forget, sender=Site, dispatch_uid="wagtail_massage.sites")


def _answering(hostname: str, port: str) -> Site | None:
    """Wagtail's rule: host and port, else the default site if it has this host, else the only site that has it, else
    the default site."""
    sites = _all_sites()
    named = [site for site in sites if site.hostname == hostname]
    exact = [site for site in named if str(site.port) == port]
    default = [site for site in sites if site.is_default_site]
    only = named if len(named) == 1 else []
    best = [*exact, *(site for site in default if site in named), *only, *default]
    return best[0] if best else None


def _all_sites() -> list[Site]:
    rows = cache.get_or_set(_KEY, _rows, SECONDS)
    return [Site.from_db(None, _FIELDS, row) for row in rows]


def _rows() -> list[tuple[Any, ...]]:
    return list(Site.objects.order_by("pk").values_list(*_FIELDS))


def _forget(**kwargs: Any) -> None:
    """Now, for this transaction, and after it, for whoever has read the old rows meanwhile."""
    cache.delete(_KEY)
    transaction.on_commit(lambda: cache.delete(_KEY), robust=True)
