"""How rooms meet without an import: named places that one room prints and others fill.

A page template prints `{% massage_slot "page_end" page %}`; the comments room, if installed, has registered a
renderer for `page_end` in its `AppConfig.ready()`. Nothing registered, nothing printed. In the same way a page's JSON
holds a short note of what another room has on it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from typing_extensions import TypedDict

Renderer = Callable[[dict[str, Any], Any], str]
"""Takes the template context (flattened to a dict) and the page; returns safe HTML, or "" for nothing."""

_renderers: dict[str, dict[str, Renderer]] = {}


def register(slot: str, *, key: str, renderer: Renderer) -> None:
    """Fill `slot` with `renderer`. Registering the same `key` again replaces it; keys render in order of arrival."""
    _renderers.setdefault(slot, {})[key] = renderer


def render(slot: str, *, context: dict[str, Any], page: Any) -> SafeString:
    """Return the HTML of everything registered for `slot`, "" when there is nothing."""
    rendered = [renderer(context, page) for renderer in _renderers.get(slot, {}).values()]
    return mark_safe("".join(rendered))  # each renderer answers for the safety of its own HTML


class MassageCommentsLink(TypedDict):
    """How many comments a page has and where they are read. The comments themselves are no part of a page."""

    count: int
    url: str


CommentsLink = Callable[[Any, Any], MassageCommentsLink | None]
"""Takes a public page and its Wagtail Site; returns None where the public can read no comments."""

_comments_links: list[CommentsLink] = []


def register_comments_link(provider: CommentsLink) -> None:
    """Let page documents say how many comments there are. The last one registered is asked."""
    _comments_links[:] = [provider]


def comments_link(page: Any, site: Any) -> MassageCommentsLink | None:
    """Return the note on a page's comments, None where there are none to read or no room for them."""
    return _comments_links[0](page, site) if _comments_links else None
