"""`{% load demo_site %}`: what the demo's header and footer print."""

from __future__ import annotations

from typing import Any, NamedTuple

from django import template
from wagtail.models import Site

from wagtail_massage.visibility import public_pages

from ..models import SiteDetails

register = template.Library()


class MenuEntry(NamedTuple):
    """One link of the menu; `is_current` also holds for pages below it."""

    title: str
    url: str
    is_current: bool


class Frame(NamedTuple):
    """What surrounds every page."""

    site: Site | None
    details: SiteDetails | None
    menu: list[MenuEntry]


@register.simple_tag(takes_context=True)
def site_frame(context: template.Context) -> Frame:
    """Return site, details and menu, as far as there are any: `{% site_frame as frame %}`."""
    request = context.get("request")
    site = Site.find_for_request(request) if request else None
    if site is None:
        return Frame(None, None, [])
    children = public_pages(site).child_of(site.root_page).filter(show_in_menus=True).order_by("path")
    return Frame(site, SiteDetails.for_request(request), [_entry(page, request) for page in children])


def _entry(page: Any, request: Any) -> MenuEntry:
    url = page.get_url(request) or ""
    return MenuEntry(page.title, url, request.path.startswith(url))
