"""Cards: all that a list needs of a page, for a whole list in a constant number of queries for each page type."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from typing_extensions import TypedDict
from wagtail.models import Site

from wagtail_massage.benefits.images import ImageObject
from wagtail_massage.visibility import public_pages

from . import documents, reading
from .discovery import page_models
from .documents import MassageAuthor, MassageBodyArea, MassageOption, MassagePageLink, MassageReading

CARD_HEADINGS = 3


class MassageCard(TypedDict):
    """What treatments and articles have in common on a card."""

    id: int
    type: str
    title: str
    slug: str
    locale: str
    html_url: str | None
    standfirst: str
    hero: ImageObject | None
    tags: list[str]
    first_published_at: str | None
    last_published_at: str | None


class MassageTreatmentCard(MassageCard):
    """One treatment in a list."""

    options: list[MassageOption]
    body_areas: list[MassageBodyArea]
    is_clinical: bool


class MassageBenefitListCard(MassageCard):
    """One article in a list. `benefit_count` counts all its lists; `headings` are the first three."""

    author: MassageAuthor | None
    display_date: str | None
    benefit_count: int
    headings: list[str]
    reading: MassageReading
    treatments: list[MassagePageLink]


def pages_of(mixin: Any, pages: Any) -> QuerySet[Any]:
    """Narrow base pages to those of the types made with `mixin`."""
    models = page_models(mixin)
    return pages.type(*models) if models else pages.none()


def load_pages(mixin: Any, ids: Sequence[int]) -> list[Any]:
    """Return the specific pages with these ids, in this order, with all that their cards need."""
    found: dict[int, Any] = {}
    for model in page_models(mixin):
        found |= (
            model.objects.filter(pk__in=ids)
            .select_related(*mixin.card_select)
            .prefetch_related(*mixin.card_prefetch)
            .in_bulk(field_name="pk")
        )
    return [found[pk] for pk in ids if pk in found]


def treatment_cards(
    pages: Sequence[Any], site: Site, request: HttpRequest | None = None
) -> list[MassageTreatmentCard]:
    """Return the cards of treatments that `load_pages` has fetched."""
    return [
        MassageTreatmentCard(
            **_card(page, hero, request),
            options=documents.options(page.options.all(), site),
            body_areas=documents.body_areas(page.body_areas.all()),
            is_clinical=page.is_clinical,
        )
        for page, hero in zip(pages, documents.heroes(pages), strict=True)
    ]


def benefit_list_cards(
    pages: Sequence[Any], site: Site, request: HttpRequest | None = None
) -> list[MassageBenefitListCard]:
    """Return the cards of articles that `load_pages` has fetched."""
    links = _treatment_links(pages, site, request)
    return [
        _benefit_list_card(page, hero, links, request)
        for page, hero in zip(pages, documents.heroes(pages), strict=True)
    ]


def _benefit_list_card(
    page: Any, hero: ImageObject | None, links: dict[int, MassagePageLink], request: HttpRequest | None
) -> MassageBenefitListCard:
    outline = reading.find_outline(page.body)
    subjects = [subject.treatment_id for subject in page.subjects.all()]
    return MassageBenefitListCard(
        **_card(page, hero, request),
        author=documents.author(page.author),
        display_date=page.shown_date and page.shown_date.isoformat(),
        benefit_count=outline.benefit_count,
        headings=outline.headings[:CARD_HEADINGS],
        reading=documents.reading(page),
        treatments=[links[pk] for pk in subjects if pk in links],
    )


def _card(page: Any, hero: ImageObject | None, request: HttpRequest | None) -> MassageCard:
    return MassageCard(
        id=page.pk,
        type=page._meta.label,
        title=page.title,
        slug=page.slug,
        locale=page.locale.language_code,
        html_url=page.get_full_url(request),
        standfirst=page.standfirst,
        hero=hero,
        tags=sorted(tag.name for tag in page.tags.all()),
        first_published_at=page.first_published_at and page.first_published_at.isoformat(),
        last_published_at=page.last_published_at and page.last_published_at.isoformat(),
    )


def _treatment_links(
    pages: Sequence[Any], site: Site, request: HttpRequest | None
) -> dict[int, MassagePageLink]:
    """Return links to the public treatments that any of `pages` is about, by id."""
    ids = {subject.treatment_id for page in pages for subject in page.subjects.all()}
    treatments = public_pages(site).filter(pk__in=ids).select_related("locale") if ids else []
    return {link["id"]: link for link in documents.page_links(treatments, request)}
