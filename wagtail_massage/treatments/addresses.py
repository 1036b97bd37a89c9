"""Addresses in both directions: what a front end on another origin needs, and which page stands at a path."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.apps import apps
from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils import translation
from wagtail.models import Site

from wagtail_massage.sites import root_paths


class Destination(NamedTuple):
    """Where a redirect leads."""

    location: str
    is_permanent: bool


def base_url_of(site: Site) -> str:
    """Return what stands before the paths of files in JSON: WAGTAILAPI_BASE_URL, else the site's own address."""
    return (getattr(settings, "WAGTAILAPI_BASE_URL", "") or site.root_url).rstrip("/")


def url_paths(path: str, site: Site) -> list[str]:
    """Return the `url_path`s that pages shown at `path` may have, one for each language of the site.

    The URLconf says which part of the path is Wagtail's, so a prefix before it and languages in it do no harm.
    """
    language = translation.get_language_from_path(path)
    path = path if path.endswith("/") else f"{path}/"
    served = _served_part(path, language)
    roots = [root for root in root_paths() if root.site_id == site.pk]
    if language is not None and len(roots) > 1:
        roots = [root for root in roots if root.language_code == language] or roots
    return [f"{root.root_path.rstrip('/')}/{served}" for root in roots]


def find_redirect(path: str, site: Site) -> Destination | None:
    """Return where an editor's redirect, or one that Wagtail has made of a move, leads from `path`. One query."""
    if not apps.is_installed("wagtail.contrib.redirects"):
        return None
    from wagtail.contrib.redirects.models import Redirect

    normalised = Redirect.normalise_path(path)
    candidates = [normalised] if "?" not in normalised else [normalised, normalised.split("?")[0]]
    found: list[Any] = list(
        Redirect.get_for_site(site).filter(old_path__in=candidates).select_related("redirect_page")
    )
    found.sort(key=lambda redirect: (redirect.site_id is None, candidates.index(redirect.old_path)))
    for redirect in found:
        if redirect.link:
            return Destination(redirect.link, redirect.is_permanent)
    return None


def _served_part(path: str, language: str | None) -> str:
    if not path.startswith("/"):
        path = f"/{path}"
    try:
        with translation.override(language or translation.get_language()):
            match = resolve(path.split("?")[0])
    except Resolver404:
        match = None
    if match is not None and match.url_name == "wagtail_serve":
        return match.args[0] if match.args else match.kwargs.get("path", "")
    return path.split("?")[0].removeprefix("/")
