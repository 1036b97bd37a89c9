"""The endpoints. Each narrows the public pages of one site; none reads a cookie, none needs a token."""

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils import translation
from django.utils.translation import gettext as _
from ninja import Query, Router
from ninja.decorators import decorate_view
from wagtail.models import Locale, Site

from wagtail_massage.problems import MassageProblemDetail, Problem, known_parameters, public_read
from wagtail_massage.visibility import find_site, public_pages

from .. import cards
from ..abstract import BenefitListMixin, TreatmentMixin
from .details import benefit_list_detail, treatment_detail
from .schemas import (
    MassageBenefitListDetail,
    MassageBenefitListList,
    MassageBenefitListQuery,
    MassageSiteQuery,
    MassageTreatmentDetail,
    MassageTreatmentList,
    MassageTreatmentQuery,
)

router = Router(tags=["pages"])

LIST_PARAMETERS = ("site", "locale", "limit", "offset", "order")
LIST_PROBLEMS = {400: MassageProblemDetail, 404: MassageProblemDetail}


@router.get(
    "treatments/",
    response={200: MassageTreatmentList, **LIST_PROBLEMS},
    operation_id="massage_treatments_list",
    url_name="massage_treatments",
    summary="List treatments",
)
@decorate_view(known_parameters(*LIST_PARAMETERS), public_read)
def list_treatments(request: HttpRequest, query: Query[MassageTreatmentQuery]) -> JsonResponse:
    """Cards of the public treatments of one site, by title unless `order` says otherwise."""
    return _list(TreatmentMixin, request, query)


@router.get(
    "treatments/{int:page_id}/",
    response={200: MassageTreatmentDetail, **LIST_PROBLEMS},
    operation_id="massage_treatments_detail",
    url_name="massage_treatment",
    summary="One treatment",
)
@decorate_view(known_parameters("site"), public_read)
def read_treatment(request: HttpRequest, page_id: int, query: Query[MassageSiteQuery]) -> JsonResponse:
    """One public treatment with its body, options, advice, contraindications and the articles about it."""
    site = find_site(request, query.site)
    page = _find_page(TreatmentMixin, site, page_id)
    with translation.override(page.locale.language_code):
        return JsonResponse(treatment_detail(page, site, request))


@router.get(
    "benefit-lists/",
    response={200: MassageBenefitListList, **LIST_PROBLEMS},
    operation_id="massage_benefit_lists_list",
    url_name="massage_benefit_lists",
    summary="List articles",
)
@decorate_view(known_parameters(*LIST_PARAMETERS), public_read)
def list_benefit_lists(request: HttpRequest, query: Query[MassageBenefitListQuery]) -> JsonResponse:
    """Cards of the public articles of one site, the newest first unless `order` says otherwise."""
    return _list(BenefitListMixin, request, query)


@router.get(
    "benefit-lists/{int:page_id}/",
    response={200: MassageBenefitListDetail, **LIST_PROBLEMS},
    operation_id="massage_benefit_lists_detail",
    url_name="massage_benefit_list",
    summary="One article",
)
@decorate_view(known_parameters("site"), public_read)
def read_benefit_list(request: HttpRequest, page_id: int, query: Query[MassageSiteQuery]) -> JsonResponse:
    """One public article with its body, its contents, its author and the treatments it is about."""
    site = find_site(request, query.site)
    page = _find_page(BenefitListMixin, site, page_id)
    with translation.override(page.locale.language_code):
        return JsonResponse(benefit_list_detail(page, site, request))


def _list(mixin: Any, request: HttpRequest, query: MassageTreatmentQuery) -> JsonResponse:
    """Answer one page of cards. Only columns of the base page are filtered and ordered by."""
    site = find_site(request, query.site)
    pages = cards.pages_of(mixin, public_pages(site))
    if query.locale is not None:
        pages = pages.filter(locale_id=_locale_id(query.locale))
    # The id makes the order total, so that no page of the list repeats or skips one.
    ids = pages.order_by(query.order, "pk").values_list("pk", flat=True)
    shown = cards.load_pages(mixin, list(ids[query.offset : query.offset + query.limit]))
    return JsonResponse({"items": mixin.make_cards(shown, site, request), "count": pages.count()})


def _find_page(mixin: Any, site: Site, page_id: int) -> Any:
    """Return a public page of `site`; whatever hides it, the answer is the same."""
    found = cards.pages_of(mixin, public_pages(site)).filter(pk=page_id).values_list("pk", flat=True)
    for page in cards.load_pages(mixin, list(found)):
        return page
    raise Problem(404, "not-found", _("There is no public page with the id %(id)s here.") % {"id": page_id})


def _locale_id(language_code: str) -> int:
    by_code = dict(Locale.objects.values_list("language_code", "pk"))
    if language_code not in by_code:
        detail = _("This site knows no locale “%(value)s”. It knows: %(allowed)s.")
        allowed = ", ".join(sorted(by_code))
        raise Problem(400, "invalid-parameter", detail % {"value": language_code, "allowed": allowed})
    return by_code[language_code]
