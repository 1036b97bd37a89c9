"""What the page templates print, beside the page itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest
from wagtail.models import Site

from wagtail_massage.benefits.page_links import linked_ids
from wagtail_massage.sites import site_of
from wagtail_massage.visibility import public_pages

from . import cards, documents, links
from .conf import app_settings
from .head import head
from .loading import Fetched, images_of
from .relations import fetch, linked, rows


def lead_context(page: Any, request: HttpRequest) -> dict[str, Any]:
    """Return the head, the hero image and the tags of a page, and what was fetched for the rest of it."""
    fetched = _fetch(page, request)
    hero = documents.heroes([page], fetched.images)[0]
    tags = rows(page, "tags") if hasattr(page, "tags") else []
    return {
        "massage_head": head(page, request),
        "massage_hero": hero,
        "massage_tags": tags,
        "massage_fetched": fetched,
    }


def _fetch(page: Any, request: HttpRequest) -> Fetched:
    """Fetch what a published page with a body shows, in two queries. A draft in a preview is asked itself."""
    from .abstract import BodyMixin, TreatmentMixin
    from .abstract.treatment import GUIDANCE_FIELDS

    site = site_of(request)
    is_draft = getattr(request, "is_preview", False) or not page.live
    if is_draft or site is None or not isinstance(page, BodyMixin):
        return Fetched(None, {})
    texts = [getattr(page, name, "") or "" for name in GUIDANCE_FIELDS]
    links_within = linked_ids([page.body], texts)
    urls = fetch([page], site, whole=isinstance(page, TreatmentMixin), links=links_within)
    return Fetched(images_of([page], bodies=True, base_url=""), urls)


def public_articles(treatment: Any, site: Site | None) -> list[Any]:
    """Return the public articles about `treatment`, the newest first."""
    return list(links.articles_about(treatment, public_pages(site))) if site and treatment.pk else []


def public_treatments(article: Any, site: Site | None) -> list[Any]:
    """Return the public treatments that `article` is about, by title."""
    return list(links.treatments_of(article, public_pages(site))) if site else []


def treatment_context(page: Any, request: HttpRequest, page_urls: Mapping[int, str | None]) -> dict[str, Any]:
    """Return options, currency, safety notes and articles of a treatment."""
    site = page.get_site()
    notes = page.get_contraindications()
    articles = linked(page, "articles")
    if articles is None:
        articles = public_articles(page, site)
    return {
        "options": documents.options(page.get_options(), site),
        "guidance": documents.guidance(page, page_urls=page_urls),
        "contraindications": notes,
        # Where no note is reviewed, one line says so for all of them.
        "some_notes_reviewed": any(note.is_clinically_reviewed for note in notes),
        "articles": documents.page_links(articles, request),
    }


def benefit_list_context(page: Any, request: HttpRequest) -> dict[str, Any]:
    """Return the treatments of an article, by title."""
    treatments = linked(page, "treatments")
    if treatments is None:
        treatments = public_treatments(page, page.get_site())
    else:
        treatments = sorted(treatments, key=lambda treatment: treatment.massage_by_title)
    return {"treatments": documents.page_links(treatments, request)}


def index_context(page: Any, request: HttpRequest) -> dict[str, Any]:
    """Return the page of cards that `?page=` asks for; a number that is out of range gives the nearest one."""
    site = page.get_site()
    mixin = page.get_card_mixin()
    public: Any = public_pages(site) if site else type(page).objects.none()
    children = public.child_of(page) if page.pk else public.none()
    ids = cards.pages_of(mixin, children).order_by(*page.index_order).values_list("pk", flat=True)
    shown = Paginator(ids, app_settings.cards_per_page).get_page(request.GET.get("page"))
    pages = cards.load_pages(mixin, list(shown))
    return {"paginator_page": shown, "cards": mixin.make_cards(pages, site, request)}
