"""One whole page as JSON."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from wagtail.models import Site

from wagtail_massage.benefits.streams import stream_json
from wagtail_massage.benefits.title_count import find_title_count
from wagtail_massage.slots import comments_link

from .. import cards, documents, presentation
from ..head import seo_texts
from .schemas import (
    MassageBenefitListDetail,
    MassageContentsEntry,
    MassageListSummary,
    MassageSeo,
    MassageTreatmentDetail,
)


def treatment_detail(page: Any, site: Site, request: HttpRequest) -> MassageTreatmentDetail:
    """Return a treatment that `cards.load_pages` has fetched."""
    [card] = cards.treatment_cards([page], site, request)
    body: Any = stream_json(page.body, request=request)
    return MassageTreatmentDetail(
        **card,
        seo=_seo(page),
        body=body,
        reading=documents.reading(page),
        guidance=documents.guidance(page),
        contraindications=documents.contraindications(page.get_contraindications()),
        articles=documents.page_links(presentation.public_articles(page, site), request),
        comments=comments_link(page, site),
    )


def benefit_list_detail(page: Any, site: Site, request: HttpRequest) -> MassageBenefitListDetail:
    """Return an article that `cards.load_pages` has fetched."""
    [card] = cards.benefit_list_cards([page], site, request)
    body: Any = stream_json(page.body, request=request)
    return MassageBenefitListDetail(
        **card,
        seo=_seo(page),
        body=body,
        parts=documents.parts(page),
        list=_list_summary(page.title, card["benefit_count"]),
        contents=_contents(page.body),
        comments=comments_link(page, site),
    )


def _seo(page: Any) -> MassageSeo:
    title, description = seo_texts(page)
    return MassageSeo(title=title, description=description)


def _list_summary(title: str, count: int) -> MassageListSummary:
    found = find_title_count(title)
    title_count = found.value if found else None
    return MassageListSummary(count=count, title_count=title_count, count_ok=title_count in (None, count))


def _contents(stream: Any) -> list[MassageContentsEntry]:
    return [
        MassageContentsEntry(number=benefit.number, heading=benefit.heading, anchor=benefit.anchor)
        for child in stream
        if child.block_type == "benefit_list"
        for benefit in child.value.benefits_numbered
    ]
