"""What a page says about itself in its <head>."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.http import HttpRequest

from .conf import app_settings

SOCIAL_FILTER = "fill-1200x630|format-jpeg"
"""The size and kind of image that every social network can show."""


class Head(NamedTuple):
    """The texts and addresses of one page. `emit` is False where the site's base template prints its own."""

    emit: bool
    title: str
    description: str
    canonical: str
    image_url: str
    image_alt: str


def head(page: Any, request: HttpRequest | None = None) -> Head:
    """Return the head of `page`: Wagtail's SEO fields, or title and standfirst where they are empty or missing."""
    if not app_settings.emit_head:
        return Head(False, "", "", "", "", "")
    title, description = seo_texts(page)
    return Head(
        emit=True,
        title=title,
        description=description,
        canonical=page.get_full_url(request) or "",
        image_url=_social_image_url(page),
        image_alt=page.get_hero_alt() if page.hero_image else "",
    )


def seo_texts(page: Any) -> tuple[str, str]:
    """Return title and description as search engines should have them."""
    return getattr(page, "seo_title", "") or page.title, getattr(page, "search_description", "") or getattr(
        page, "standfirst", ""
    )


def _social_image_url(page: Any) -> str:
    return page.hero_image.get_rendition(SOCIAL_FILTER).full_url if page.hero_image else ""
