"""The JSON shapes of this room, and how each is made from a page. API v2, Wagtail's v3 and our own API share them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from typing_extensions import TypedDict

from wagtail_massage.benefits.images import ImageObject, image_objects
from wagtail_massage.benefits.rich_text import expand_html, html_to_text

from .conf import currency_for
from .reading import minutes


class MassageRichText(TypedDict):
    """Rich text for display: links resolved, and as plain text."""

    html: str
    text: str


class MassageGuidance(TypedDict):
    """What to know before and after a treatment."""

    what_to_expect: MassageRichText
    prepare: MassageRichText
    aftercare: MassageRichText


class MassageOption(TypedDict):
    """One way to have a treatment. `price` is a decimal in a string; null means: please ask."""

    label: str
    minutes: int
    price: str | None
    price_from: bool
    currency: str
    booking_url: str


class MassageContraindication(TypedDict):
    """A condition with its sentence for guests. `clinically_reviewed_date` null: no clinician has checked it."""

    id: int
    name: str
    slug: str
    synonyms: list[str]
    level: str
    instruction: str
    explanation: str
    clinically_reviewed_date: str | None


class MassageBodyArea(TypedDict):
    """A part of the body."""

    name: str
    slug: str


class MassageAuthor(TypedDict):
    """Who wrote an article."""

    id: int
    name: str
    role: str
    credentials: str


class MassagePageLink(TypedDict):
    """Another page; `html_url` is null where the site has no address for it."""

    id: int
    title: str
    html_url: str | None


class MassageReading(TypedDict):
    """The length of a body."""

    word_count: int
    minutes: int


class MassageParts(TypedDict):
    """Ids of the blocks that make up the introduction and the closing."""

    intro: list[str]
    outro: list[str]


def guidance(page: Any) -> MassageGuidance:
    """Return the three texts around a treatment, expanded together."""
    sources = [page.what_to_expect or "", page.prepare or "", page.aftercare or ""]
    what_to_expect, prepare, aftercare = (
        MassageRichText(html=html, text=html_to_text(html)) for html in expand_html(sources)
    )
    return MassageGuidance(what_to_expect=what_to_expect, prepare=prepare, aftercare=aftercare)


def options(rows: Iterable[Any], site: Any) -> list[MassageOption]:
    """Return the options that are offered, priced in the currency of `site`."""
    currency = currency_for(site)
    return [
        MassageOption(
            label=row.label,
            minutes=row.minutes,
            price=None if row.price is None else f"{row.price:.2f}",
            price_from=row.price_from,
            currency=currency,
            booking_url=row.booking_url,
        )
        for row in rows
        if row.active
    ]


def contraindications(rows: Iterable[Any]) -> list[MassageContraindication]:
    """Return contraindications in the order given."""
    return [
        MassageContraindication(
            id=row.pk,
            name=row.name,
            slug=row.slug,
            synonyms=row.synonym_list,
            level=row.level,
            instruction=row.instruction,
            explanation=row.explanation,
            clinically_reviewed_date=row.clinically_reviewed_date
            and row.clinically_reviewed_date.isoformat(),
        )
        for row in rows
    ]


def body_areas(rows: Iterable[Any]) -> list[MassageBodyArea]:
    """Return body areas by name."""
    areas = [MassageBodyArea(name=row.name, slug=row.slug) for row in rows]
    return sorted(areas, key=lambda area: area["name"])


def author(person: Any) -> MassageAuthor | None:
    """Return an author, or None where the article names none."""
    if person is None:
        return None
    return MassageAuthor(id=person.pk, name=person.name, role=person.role, credentials=person.credentials)


def page_links(pages: Iterable[Any], request: HttpRequest | None = None) -> list[MassagePageLink]:
    """Return links to pages. The request, where there is one, remembers the site's root paths."""
    return [
        MassagePageLink(id=page.pk, title=page.title, html_url=page.get_full_url(request)) for page in pages
    ]


def reading(page: Any) -> MassageReading:
    """Return the length of a page's body."""
    words = page.word_count
    return MassageReading(word_count=words, minutes=minutes(words))


def parts(page: Any) -> MassageParts:
    """Return which blocks introduce and which close an article."""
    intro, outro = page.parts
    return MassageParts(intro=intro, outro=outro)


def heroes(pages: Iterable[Any]) -> list[ImageObject | None]:
    """Return the hero image of each page, with the page's own description; renditions are fetched together."""
    pages = list(pages)
    with_image = [page for page in pages if page.hero_image is not None]
    by_page: dict[int, ImageObject] = {}
    for page, image in zip(with_image, image_objects([page.hero_image for page in with_image]), strict=True):
        image["alt"] = page.get_hero_alt()
        by_page[page.pk] = image
    return [by_page.get(page.pk) for page in pages]
