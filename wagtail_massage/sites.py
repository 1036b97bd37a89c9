"""Which Wagtail site a request speaks about, and which language a page is in, usually without a query."""

from __future__ import annotations

import logging
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.http.request import split_domain_port
from wagtail.models import Locale, Site
from wagtail.models.sites import SiteRootPath

from .kept_rows import KeptRows

logger = logging.getLogger(__name__)

_sites = KeptRows(Site, "sites")
_locales = KeptRows(Locale, "locales")


def site_of(request: HttpRequest) -> Site | None:
    """Return what `Site.find_for_request` would, and remember it with the request as that does."""
    if not hasattr(request, "_wagtail_site"):
        hostname = split_domain_port(request._get_raw_host())[0]  # type: ignore[attr-defined]
        request._wagtail_site = _answering(hostname, request.get_port())  # type: ignore[attr-defined]
    return request._wagtail_site  # type: ignore[attr-defined]


def site_named(host: str) -> Site | None:
    """Return the site called "hostname" or "hostname:port", None when none is."""
    hostname, _colon, port = host.partition(":")
    sites = [site for site in _sites.all() if site.hostname == hostname and port in {"", str(site.port)}]
    return min(sites, key=lambda site: (not site.is_default_site, site.port), default=None)


def root_paths() -> list[SiteRootPath]:
    """Return `Site.get_site_root_paths()`, which Wagtail cannot tell while its cache is away."""
    try:
        return Site.get_site_root_paths()
    except Exception as error:  # whatever a cache backend raises
        logger.warning("The cache does not answer, so root paths are read anew (%s).", type(error).__name__)
        sites = Site.objects.select_related("root_page__locale")
        sites = sites.order_by("-root_page__url_path", "-is_default_site", "hostname")
        return [path for site in sites for path in _paths_of(site)]


def remember_root_paths(asked: Any) -> None:
    """Give a request, or a page, the root paths where Wagtail looks for them, so that a cache that is away breaks no
    address."""
    if asked is not None and not hasattr(asked, "_wagtail_cached_site_root_paths"):
        asked._wagtail_cached_site_root_paths = root_paths()


def _paths_of(site: Site) -> list[SiteRootPath]:
    roots = [site.root_page]
    if getattr(settings, "WAGTAIL_I18N_ENABLED", False):
        roots = list(site.root_page.get_translations(inclusive=True).select_related("locale"))
    return [SiteRootPath(site.pk, root.url_path, site.root_url, root.locale.language_code) for root in roots]


def locales() -> dict[int, Locale]:
    """Return the languages of this installation by primary key."""
    return {locale.pk: locale for locale in _locales.all()}


def connect() -> None:
    """Forget the rows as soon as one of them changes."""
    _sites.connect()
    _locales.connect()


def _answering(hostname: str, port: str) -> Site | None:
    """Wagtail's rule: host and port, else the default site if it has this host, else the only site that has it, else
    the default site."""
    sites: list[Site] = _sites.all()
    named = [site for site in sites if site.hostname == hostname]
    exact = [site for site in named if str(site.port) == port]
    default = [site for site in sites if site.is_default_site]
    only = named if len(named) == 1 else []
    best = [*exact, *(site for site in default if site in named), *only, *default]
    return best[0] if best else None
