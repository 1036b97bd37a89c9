"""The lists and the pages. Each narrows the public pages of one site; none reads a cookie, none needs a token."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import translation
from django.utils.translation import gettext as _
from ninja import Query, Router
from ninja.decorators import decorate_view
from wagtail.models import Site

from wagtail_massage import epochs
from wagtail_massage.benefits.conf import settings as image_settings
from wagtail_massage.caching import answer, keep_parts, public_page, version_tag
from wagtail_massage.problem_schemas import MassageProblemDetail
from wagtail_massage.problems import Problem, known_parameters
from wagtail_massage.sites import locales
from wagtail_massage.slots import comments_link
from wagtail_massage.tags import comments_tag, list_tag, page_tag
from wagtail_massage.visibility import find_site

from ..abstract import BenefitListMixin, TreatmentMixin
from ..addresses import base_url_of
from ..conf import currency_for
from ..loading import find_list, find_page, load_pages
from .details import list_items, page_document
from .filters import benefit_list_condition, treatment_condition
from .schemas import (
    MassageBenefitListDetail,
    MassageBenefitListList,
    MassageBenefitListQuery,
    MassageListQuery,
    MassageSiteQuery,
    MassageTreatmentDetail,
    MassageTreatmentList,
    MassageTreatmentQuery,
)

router = Router(tags=["pages"])

READ_PROBLEMS: dict[int, Any] = {304: None, 400: MassageProblemDetail, 404: MassageProblemDetail}


@router.get(
    "treatments/",
    response={200: MassageTreatmentList, **READ_PROBLEMS},
    operation_id="massage_treatments_list",
    url_name="massage_treatments",
    summary="List treatments",
)
@decorate_view(known_parameters(*MassageTreatmentQuery.model_fields), public_page)
def list_treatments(request: HttpRequest, query: Query[MassageTreatmentQuery]) -> HttpResponse:
    """Cards of the public treatments of one site, by title unless `order` says otherwise."""
    return _list("treatments", TreatmentMixin, request, query, treatment_condition(query), query.order)


@router.get(
    "treatments/{int:page_id}/",
    response={200: MassageTreatmentDetail, **READ_PROBLEMS},
    operation_id="massage_treatments_detail",
    url_name="massage_treatment",
    summary="One treatment",
)
@decorate_view(known_parameters("site"), public_page)
def read_treatment(request: HttpRequest, page_id: int, query: Query[MassageSiteQuery]) -> HttpResponse:
    """One public treatment with its body, options, advice, contraindications and the articles about it."""
    return _page(TreatmentMixin, request, page_id, query)


@router.get(
    "benefit-lists/",
    response={200: MassageBenefitListList, **READ_PROBLEMS},
    operation_id="massage_benefit_lists_list",
    url_name="massage_benefit_lists",
    summary="List articles",
)
@decorate_view(known_parameters(*MassageBenefitListQuery.model_fields), public_page)
def list_benefit_lists(request: HttpRequest, query: Query[MassageBenefitListQuery]) -> HttpResponse:
    """Cards of the public articles of one site, the newest first unless `order` says otherwise."""
    return _list(
        "benefit-lists", BenefitListMixin, request, query, benefit_list_condition(query), query.order
    )


@router.get(
    "benefit-lists/{int:page_id}/",
    response={200: MassageBenefitListDetail, **READ_PROBLEMS},
    operation_id="massage_benefit_lists_detail",
    url_name="massage_benefit_list",
    summary="One article",
)
@decorate_view(known_parameters("site"), public_page)
def read_benefit_list(request: HttpRequest, page_id: int, query: Query[MassageSiteQuery]) -> HttpResponse:
    """One public article with its body, its contents, its author and the treatments it is about."""
    return _page(BenefitListMixin, request, page_id, query)


def page_answer(
    page: Any, site: Site, request: HttpRequest, *, version: list[Any], wrap: Any = None
) -> HttpResponse:
    """Answer the document of a page that `find_page` has found, under an ETag that costs no further query.

    `version` is the `site_version` from before the page was read: what changes in between must not keep an old page
    under the new one. `wrap` may put the document into another.
    """
    link = comments_link(page, site)
    told = ["page", page.pk, page.live_revision_id, page.last_published_at, page.url_path, link]
    etag = version_tag(*told, bool(wrap), *version)

    def make() -> bytes:
        with translation.override(page.locale.language_code):
            document = page_document(page, site, request)
        return JsonResponse(wrap(document) if wrap else document).content

    return answer(request, etag=etag, make=make, tags=[page_tag(page.pk), comments_tag(page.pk)])


def _list(
    name: str, mixin: Any, request: HttpRequest, query: MassageListQuery, condition: Q, order: str
) -> HttpResponse:
    """Answer a part of a list. Only columns of the base page are ordered by."""
    site = find_site(request, query.site)
    version = site_version(site)
    found = find_list(
        mixin,
        site,
        condition=condition,
        locale_id=None if query.locale is None else _locale_id(query.locale),
        order=[order],
        offset=query.offset,
        limit=query.limit,
    )
    etag = version_tag("list", name, query.include, found.total, found.versions, *version)

    def make() -> bytes:
        keys = {
            version_tag("item", query.include, *page_version, *version): page_version.pk
            for page_version in found.versions
        }
        items = keep_parts(keys, lambda ids: _items(mixin, ids, site, request, query))
        return b'{"items": [%b], "count": %d}' % (b", ".join(items), found.total)

    # The items are kept, so that each is there once, however many lists show it.
    tags = _list_tags(name, (page_version.pk for page_version in found.versions))
    return answer(request, etag=etag, make=make, tags=tags, keep=False)


def _items(
    mixin: Any, ids: Sequence[int], site: Site, request: HttpRequest, query: MassageListQuery
) -> dict[int, bytes]:
    """Return the JSON of pages in a list, by id; one that is gone meanwhile is not among them."""
    pages = load_pages(mixin, ids)
    items = list_items(mixin, list(pages.values()), site, request, with_bodies=query.include == "body")
    return {pk: JsonResponse(item).content for pk, item in zip(pages, items, strict=True)}


def _list_tags(name: str, ids: Iterable[int]) -> list[str]:
    return [list_tag(name), *map(page_tag, ids)]


def _page(mixin: Any, request: HttpRequest, page_id: int, query: MassageSiteQuery) -> HttpResponse:
    """Answer a public page of the site; whatever hides it, the refusal is the same."""
    site = find_site(request, query.site)
    version = site_version(site)
    page = find_page(mixin, site, page_id)
    if page is None:
        raise Problem(
            404, "not-found", _("There is no public page with the id %(id)s here.") % {"id": page_id}
        )
    return page_answer(page, site, request, version=version)


def site_version(site: Site) -> list[Any]:
    """Return what else every document shows: addresses, sizes of images, prices."""
    sizes = [*image_settings.image_widths, *image_settings.image_formats]
    return [site.pk, site.root_url, base_url_of(site), currency_for(site), sizes, epochs.current()]


def _locale_id(language_code: str) -> int:
    by_code = {locale.language_code: pk for pk, locale in locales().items()}
    if language_code not in by_code:
        detail = _("This site knows no locale “%(value)s”. It knows: %(allowed)s.")
        allowed = ", ".join(sorted(by_code))
        raise Problem(400, "invalid-parameter", detail % {"value": language_code, "allowed": allowed})
    return by_code[language_code]
