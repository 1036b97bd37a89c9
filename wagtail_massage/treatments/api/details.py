"""One whole page as JSON, and cards with their bodies."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpRequest
from wagtail.models import Site

from wagtail_massage.benefits.page_links import linked_ids
from wagtail_massage.benefits.streams import streams_json
from wagtail_massage.benefits.title_count import find_title_count
from wagtail_massage.benefits.title_mismatch import mismatch_of
from wagtail_massage.slots import comments_link

from .. import cards, documents, presentation
from ..abstract import BenefitListMixin, TreatmentMixin
from ..abstract.treatment import GUIDANCE_FIELDS
from ..addresses import base_url_of
from ..head import seo_texts
from ..loading import Fetched, images_of
from ..relations import fetch, linked
from .schemas import (
    MassageBenefitListDetail,
    MassageContentsEntry,
    MassageListSummary,
    MassageOtherPage,
    MassageSeo,
    MassageTreatmentDetail,
)


def page_document(page: Any, site: Site, request: HttpRequest, *, is_stored: bool = True) -> Any:
    """Return the document of a page of any type, by the mixin it is made of.

    Args:
        is_stored: False for a draft in a preview: what hangs on it is asked of the page itself.
    """
    if isinstance(page, TreatmentMixin):
        return treatment_detail(page, site, request, is_stored=is_stored)
    if isinstance(page, BenefitListMixin):
        return benefit_list_detail(page, site, request, is_stored=is_stored)
    return other_page(page, site, request)


def treatment_detail(
    page: Any, site: Site, request: HttpRequest, *, is_stored: bool = True
) -> MassageTreatmentDetail:
    """Return a whole treatment: two queries beside that for the page."""
    texts = [getattr(page, name) or "" for name in GUIDANCE_FIELDS]
    fetched = _prepare(page, site, is_stored=is_stored, texts=texts)
    [card] = cards.treatment_cards([page], site, request, fetched.images)
    articles = linked(page, "articles")
    if articles is None:
        articles = presentation.public_articles(page, site)
    return MassageTreatmentDetail(
        **card,
        seo=_seo(page),
        body=_bodies([page], fetched, site, request)[0],
        reading=documents.reading(page),
        guidance=documents.guidance(page, base_url=base_url_of(site), page_urls=fetched.page_urls),
        contraindications=documents.contraindications(page.get_contraindications()),
        articles=documents.page_links(articles, request),
        alternates=_alternates(page, request),
        comments=comments_link(page, site) if is_stored else None,
    )


def benefit_list_detail(
    page: Any, site: Site, request: HttpRequest, *, is_stored: bool = True
) -> MassageBenefitListDetail:
    """Return a whole article: two queries beside that for the page."""
    fetched = _prepare(page, site, is_stored=is_stored)
    [card] = cards.benefit_list_cards([page], site, request, fetched.images)
    return MassageBenefitListDetail(
        **card,
        seo=_seo(page),
        body=_bodies([page], fetched, site, request)[0],
        parts=documents.parts(page),
        list=_list_summary(page, card["benefit_count"]),
        contents=_contents(page.body),
        alternates=_alternates(page, request),
        comments=comments_link(page, site) if is_stored else None,
    )


def other_page(page: Any, site: Site, request: HttpRequest) -> MassageOtherPage:
    """Return what is known of a page of any type, such as an index."""
    return MassageOtherPage(
        **cards.any_card(page, site, request),
        kind="page",
        seo=_seo(page),
        alternates=[],
        comments=comments_link(page, site) if page.pk else None,
    )


def list_items(
    mixin: Any, pages: Sequence[Any], site: Site, request: HttpRequest, *, with_bodies: bool
) -> list[Any]:
    """Return the cards of pages, with their bodies where asked: two queries, however many pages there are."""
    pages = list(pages)
    urls = fetch(pages, site, links=linked_ids(page.body for page in pages) if with_bodies else ())
    fetched = Fetched(images_of(pages, bodies=with_bodies, base_url=base_url_of(site)), urls)
    items = mixin.make_cards(pages, site, request, fetched.images)
    if with_bodies:
        for item, body in zip(items, _bodies(pages, fetched, site, request), strict=True):
            item["body"] = body
    return items


def _prepare(page: Any, site: Site, *, is_stored: bool, texts: Iterable[str] = ()) -> Fetched:
    urls = fetch([page], site, whole=True, links=linked_ids([page.body], texts)) if is_stored else {}
    return Fetched(images_of([page], bodies=True, base_url=base_url_of(site)), urls)


def _bodies(pages: Sequence[Any], fetched: Fetched, site: Site, request: HttpRequest) -> Any:
    return streams_json(
        [page.body for page in pages],
        images=fetched.images,
        page_urls=fetched.page_urls,
        request=request,
        base_url=base_url_of(site),
    )


def _alternates(page: Any, request: HttpRequest) -> list[documents.MassageAlternate]:
    return documents.alternates(linked(page, "alternates") or [], request)


def _seo(page: Any) -> MassageSeo:
    title, description = seo_texts(page)
    return MassageSeo(title=title, description=description)


def _list_summary(page: Any, count: int) -> MassageListSummary:
    found = find_title_count(page.title)
    return MassageListSummary(
        count=count, title_count=found.value if found else None, count_ok=mismatch_of(page) is None
    )


def _contents(stream: Any) -> list[MassageContentsEntry]:
    return [
        MassageContentsEntry(number=benefit.number, heading=benefit.heading, anchor=benefit.anchor)
        for child in stream
        if child.block_type == "benefit_list"
        for benefit in child.value.benefits_numbered
    ]
