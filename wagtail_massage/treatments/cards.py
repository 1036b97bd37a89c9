"""Cards: all that a list needs of a page, for a whole list in a constant number of queries for each page type."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from django.db.models import QuerySet
from django.http import HttpRequest
from typing_extensions import TypedDict
from wagtail.models import Site

from wagtail_massage.benefits.images import FetchedImage, ImageObject
from wagtail_massage.visibility import public_pages

from . import documents, reading
from .discovery import page_models
from .documents import MassageAuthor, MassageBodyArea, MassageOption, MassagePageLink, MassageReading
from .relations import linked, rows

CARD_HEADINGS = 3


class MassageCard(TypedDict):
    """What treatments and articles have in common on a card.

    `site` is "host:port", as the parameter of that name takes it; `path` is the address within it, by which `route/`
    finds the page. `tags`, `headings` and the like are those of the page, in its `locale`.
    """

    id: int
    type: str
    title: str
    slug: str
    locale: str
    site: str
    html_url: str | None
    path: str | None
    standfirst: str
    hero: ImageObject | None
    tags: list[str]
    first_published_at: str | None
    last_published_at: str | None


class MassageTreatmentCard(MassageCard):
    """One treatment in a list."""

    kind: Literal["treatment"]
    options: list[MassageOption]
    body_areas: list[MassageBodyArea]
    is_clinical: bool


class MassageBenefitListCard(MassageCard):
    """One article in a list. `benefit_count` counts all its lists; `headings` are the first three."""

    kind: Literal["benefit-list"]
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
    pages: Sequence[Any],
    site: Site,
    request: HttpRequest | None = None,
    images: Mapping[int, FetchedImage] | None = None,
) -> list[MassageTreatmentCard]:
    """Return the cards of treatments. What `relations.fetch` and `loading.images_of` have fetched is taken as it is."""
    return [
        MassageTreatmentCard(
            **_card(page, hero, site, request),
            kind="treatment",
            options=documents.options(rows(page, "options"), site),
            body_areas=documents.body_areas(rows(page, "body_areas")),
            is_clinical=page.is_clinical,
        )
        for page, hero in zip(pages, documents.heroes(pages, images), strict=True)
    ]


def benefit_list_cards(
    pages: Sequence[Any],
    site: Site,
    request: HttpRequest | None = None,
    images: Mapping[int, FetchedImage] | None = None,
) -> list[MassageBenefitListCard]:
    """Return the cards of articles. What `relations.fetch` and `loading.images_of` have fetched is taken as it is."""
    links = _treatment_links(pages, site, request)
    return [
        _benefit_list_card(page, hero, treatments, site, request)
        for page, hero, treatments in zip(pages, documents.heroes(pages, images), links, strict=True)
    ]


def _benefit_list_card(
    page: Any,
    hero: ImageObject | None,
    treatments: list[MassagePageLink],
    site: Site,
    request: HttpRequest | None,
) -> MassageBenefitListCard:
    outline = reading.find_outline(page.body)
    return MassageBenefitListCard(
        **_card(page, hero, site, request),
        kind="benefit-list",
        author=documents.author(page.author),
        display_date=page.shown_date and page.shown_date.isoformat(),
        benefit_count=outline.benefit_count,
        headings=outline.headings[:CARD_HEADINGS],
        reading=documents.reading(page),
        treatments=treatments,
    )


def any_card(page: Any, site: Site, request: HttpRequest | None = None) -> MassageCard:
    """Return what a card says of a page of any type; what its type does not know is empty."""
    hero = (
        documents.heroes([page])[0] if hasattr(page, "hero_image") and hasattr(page, "get_hero_alt") else None
    )
    return _card(page, hero, site, request)


def _card(page: Any, hero: ImageObject | None, site: Site, request: HttpRequest | None) -> MassageCard:
    url, path = documents.addresses(page, request)
    return MassageCard(
        id=page.pk or 0,  # a page in a preview may never have been saved
        type=page._meta.label,
        title=page.title,
        slug=page.slug,
        locale=page.locale.language_code,
        site=documents.site_name(site),
        html_url=url,
        path=path,
        standfirst=getattr(page, "standfirst", ""),
        hero=hero,
        tags=sorted(tag.name for tag in rows(page, "tags")) if hasattr(page, "tags") else [],
        first_published_at=page.first_published_at and page.first_published_at.isoformat(),
        last_published_at=page.last_published_at and page.last_published_at.isoformat(),
    )


def _treatment_links(
    pages: Sequence[Any], site: Site, request: HttpRequest | None
) -> list[list[MassagePageLink]]:
    """Return for each page links to the public treatments that it is about, in the editors' order."""
    fetched = [linked(page, "treatments") for page in pages]
    if all(treatments is not None for treatments in fetched):
        return [documents.page_links(treatments or [], request) for treatments in fetched]
    subjects = [[subject.treatment_id for subject in page.subjects.all()] for page in pages]
    ids = {pk for of_page in subjects for pk in of_page}
    treatments = public_pages(site).filter(pk__in=ids).select_related("locale") if ids else []
    links = {link["id"]: link for link in documents.page_links(treatments, request)}
    return [[links[pk] for pk in of_page if pk in links] for of_page in subjects]
