"""What stands at an address, and all addresses there are: how a front end finds pages by path."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.db.models import Count, Window
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from ninja import Query
from ninja.decorators import decorate_view
from wagtail.models import Site

from wagtail_massage import epochs
from wagtail_massage.caching import answer, public_page, tagged, version_tag
from wagtail_massage.problems import Problem, known_parameters
from wagtail_massage.tags import SITEMAP
from wagtail_massage.visibility import find_site, public_pages

from .. import documents
from ..abstract import BenefitListMixin, TreatmentMixin
from ..addresses import find_redirect, url_paths
from ..loading import find_page
from .schemas import MassageRoute, MassageRouteQuery, MassageSitemap, MassageSitemapQuery
from .views import READ_PROBLEMS, page_answer, router, site_version


@router.get(
    "route/",
    response={200: MassageRoute, **READ_PROBLEMS},
    operation_id="massage_route",
    url_name="massage_route",
    summary="What is at a path",
)
@decorate_view(known_parameters("site", "path"), public_page)
def read_route(request: HttpRequest, query: Query[MassageRouteQuery]) -> HttpResponse:
    """The public page at a path of the site, whole; or where an editor's redirect leads; or a 404 problem."""
    site = find_site(request, query.site)
    version = site_version(site)
    page = _page_at(query.path, site)
    if page is not None:
        return page_answer(page, site, request, version=version, wrap=_route_to)
    redirect = find_redirect(query.path, site)
    if redirect is None:
        raise Problem(404, "not-found", _("There is nothing at “%(path)s”.") % {"path": query.path})
    route = {
        "kind": "redirect",
        "page": None,
        "location": redirect.location,
        "is_permanent": redirect.is_permanent,
    }
    return tagged(JsonResponse(route), [SITEMAP])


@router.get(
    "sitemap/",
    response={200: MassageSitemap, **READ_PROBLEMS},
    operation_id="massage_sitemap",
    url_name="massage_sitemap",
    summary="List all pages",
)
@decorate_view(known_parameters("site", "limit", "offset"), public_page)
def read_sitemap(request: HttpRequest, query: Query[MassageSitemapQuery]) -> HttpResponse:
    """Path, time of the last publication and translations of every public page of one site."""
    site = find_site(request, query.site)
    part = _sitemap_pages(site).annotate(massage_count=Window(Count("pk")))
    pages = list(part[query.offset : query.offset + query.limit])
    count = pages[0].massage_count if pages else (query.offset and _sitemap_pages(site).count())
    shown = [(page.pk, page.last_published_at, page.url_path) for page in pages]
    etag = version_tag("sitemap", count, shown, site.pk, site.root_url, epochs.current())

    def make() -> bytes:
        return JsonResponse({"items": _entries(pages, site, request), "count": count}).content

    return answer(request, etag=etag, make=make, tags=[SITEMAP])


def _page_at(path: str, site: Site) -> Any | None:
    """Return the page at a path, as its type has it where that is one of ours. Two queries."""
    found = (
        public_pages(site).filter(url_path__in=url_paths(path, site)).select_related("locale", "content_type")
    )
    page: Any = found.first()
    if page is None:
        return None
    model = page.content_type.model_class()
    for mixin in (TreatmentMixin, BenefitListMixin):
        if model is not None and issubclass(model, mixin):
            return find_page(mixin, site, page.pk)
    return page.get_specific() if model is not None else page


def _route_to(document: Any) -> dict[str, Any]:
    return {"kind": "page", "page": document, "location": None, "is_permanent": None}


def _sitemap_pages(site: Site) -> Any:
    return public_pages(site).select_related("locale").order_by("path")


def _entries(pages: list[Any], site: Site, request: HttpRequest) -> list[dict[str, Any]]:
    """Return the entries of pages that have an address, each with its translations. One query more."""
    keys = {page.translation_key for page in pages}
    by_key: dict[Any, list[Any]] = defaultdict(list)
    for other in public_pages(site).filter(translation_key__in=keys).select_related("locale"):
        other.massage_locale = other.locale.language_code
        by_key[other.translation_key].append(other)
    entries = []
    for page in pages:
        url, path = documents.addresses(page, request)
        if url is not None:
            others = [other for other in by_key[page.translation_key] if other.pk != page.pk]
            entries.append(
                {
                    "id": page.pk,
                    "path": path,
                    "html_url": url,
                    "locale": page.locale.language_code,
                    "last_modified_at": page.last_published_at and page.last_published_at.isoformat(),
                    "alternates": documents.alternates(others, request),
                }
            )
    return entries
