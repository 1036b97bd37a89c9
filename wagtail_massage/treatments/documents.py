"""The JSON shapes of this room, and how each is made from a page. API v2, Wagtail's v3 and our own API share them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from typing_extensions import TypedDict

from wagtail_massage.benefits.images import FetchedImage, ImageObject, image_objects
from wagtail_massage.benefits.rich_text import expand_html, html_to_text
from wagtail_massage.sites import remember_root_paths

from .conf import currency_for
from .reading import minutes

try:
    from pydantic import SkipValidation
except ImportError:  # Wagtail 7.4 without the extra “api”: the annotation describes, and nobody asks it
    SkipValidation = None  # type: ignore[misc]


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
    level: Annotated[Literal["AVOID", "AVOID_AREA", "ASK_DOCTOR", "ADAPT"], SkipValidation]
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
    """Another page; the addresses are null where the site has none for it. `path` is that within its site."""

    kind: Literal["page"]
    id: int
    title: str
    html_url: str | None
    href: str | None
    path: str | None


class MassageAlternate(TypedDict):
    """The same page in another language."""

    locale: str
    id: int
    title: str
    html_url: str | None
    path: str | None


class MassageReading(TypedDict):
    """The length of a body."""

    word_count: int
    minutes: int


class MassageParts(TypedDict):
    """Ids of the blocks that make up the introduction and the closing."""

    intro: list[str]
    outro: list[str]


def guidance(
    page: Any, *, base_url: str = "", page_urls: Mapping[int, str | None] | None = None
) -> MassageGuidance:
    """Return the three texts around a treatment, expanded together."""
    sources = [page.what_to_expect or "", page.prepare or "", page.aftercare or ""]
    what_to_expect, prepare, aftercare = (
        MassageRichText(html=html, text=html_to_text(html))
        for html in expand_html(sources, base_url=base_url, page_urls=page_urls)
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
    return [page_link(page, request) for page in pages]


def page_link(page: Any, request: HttpRequest | None = None) -> MassagePageLink:
    """Return a link to one page."""
    url, path = addresses(page, request)
    return MassagePageLink(kind="page", id=page.pk, title=page.title, html_url=url, href=url, path=path)


def alternates(pages: Iterable[Any], request: HttpRequest | None = None) -> list[MassageAlternate]:
    """Return the public translations that `relations.fetch` has found, by language."""
    found = [(page.massage_locale, page, *addresses(page, request)) for page in pages]
    return sorted(
        (
            MassageAlternate(locale=locale, id=page.pk, title=page.title, html_url=url, path=path)
            for locale, page, url, path in found
        ),
        key=lambda alternate: alternate["locale"],
    )


def addresses(page: Any, request: HttpRequest | None = None) -> tuple[str | None, str | None]:
    """Return the absolute address of a page, and its path within its site; None for both where it has none."""
    remember_root_paths(request)
    parts = page.get_url_parts(request)
    if parts is None or parts[1] is None:
        return None, None
    _site_id, root_url, path = parts
    return root_url + path, path


def site_name(site: Any) -> str:
    """Return "host:port" of a site, "" for none."""
    return f"{site.hostname}:{site.port}" if site else ""


def reading(page: Any) -> MassageReading:
    """Return the length of a page's body."""
    words = page.word_count
    return MassageReading(word_count=words, minutes=minutes(words))


def parts(page: Any) -> MassageParts:
    """Return which blocks introduce and which close an article."""
    intro, outro = page.parts
    return MassageParts(intro=intro, outro=outro)


def heroes(
    pages: Iterable[Any], images: Mapping[int, FetchedImage] | None = None
) -> list[ImageObject | None]:
    """Return the hero image of each page, with the page's own description; renditions are fetched together.

    With `images`, from `loading.images_of`, nothing is fetched.
    """
    pages = list(pages)
    if images is not None:
        return [_hero(page, images.get(page.hero_image_id)) for page in pages]
    with_image = [page for page in pages if page.hero_image is not None]
    by_page: dict[int, ImageObject] = {}
    for page, image in zip(with_image, image_objects([page.hero_image for page in with_image]), strict=True):
        image["alt"] = page.get_hero_alt()
        by_page[page.pk] = image
    return [by_page.get(page.pk) for page in pages]


def _hero(page: Any, found: FetchedImage | None) -> ImageObject | None:
    if found is None:
        return None
    page.hero_image = found.image
    return {**found.described, "alt": page.get_hero_alt()}
