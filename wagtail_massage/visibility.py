"""Which pages the public may see. Every public read of every room starts here.

`public_pages(site)` is evaluated at read time, so a page that is unpublished, expired, moved under a password or to
another site stops being readable at once, and so does everything that hangs on it.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from wagtail.models import PageViewRestriction, Site

from .base_page import get_page_model
from .sites import root_paths, site_named, site_of


class UnknownSite(LookupError):
    """No Wagtail site answers to the host, or to the `site` parameter, of the request."""


def find_site(request: HttpRequest, host: str | None = None) -> Site:
    """Return the site that a request speaks about, and make it that of the request. Usually costs no query.

    Args:
        request: the request; its Host decides when `host` is not given.
        host: "hostname" or "hostname:port" of one of this installation's sites.

    Raises:
        UnknownSite: if there is no such site. Two sites are never mixed.
    """
    site = site_of(request) if host is None else site_named(host)
    if site is None:
        raise UnknownSite(host or request.get_host())
    request._wagtail_site = site  # type: ignore[attr-defined]  # where Wagtail looks when it makes addresses
    return site


def public_pages(site: Site, model: Any = None) -> QuerySet[Any]:
    """Return the base pages of `site` that an anonymous visitor may read: live, not expired, not restricted.

    A translated tree of the site counts as part of it. The site's root paths come from Wagtail's cache. With `model`
    the pages are of that type, as instances of it.
    """
    return public_within(paths_of(site), now=timezone.now(), model=model)


def paths_of(site: Site) -> tuple[str, ...]:
    """Return where the URL paths of the pages of `site` begin: one for each language."""
    return tuple(root.root_path for root in root_paths() if root.site_id == site.pk)


def public_within(roots: tuple[str, ...], *, now: datetime, model: Any = None) -> QuerySet[Any]:
    """Return the pages below the `paths_of` a site that an anonymous visitor may read at `now`."""
    in_site = Q(pk__in=[])
    for root_path in roots:
        in_site |= Q(url_path__startswith=root_path)
    return (
        (model or get_page_model())
        .objects.live()
        .filter(in_site)
        .filter(Q(expire_at=None) | Q(expire_at__gt=now))
        .exclude(Exists(_restrictions_above()))
    )


def _restrictions_above() -> QuerySet[PageViewRestriction]:
    """Restrictions on a page or above it, as a subquery; Wagtail's `.public()` would ask separately."""
    restricted = ExpressionWrapper(OuterRef("path"), output_field=CharField())
    return PageViewRestriction.objects.alias(restricted=restricted).filter(
        restricted__startswith=F("page__path")
    )
