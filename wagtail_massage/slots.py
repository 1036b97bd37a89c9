"""How rooms meet without an import: named places that one room prints and others fill.

A page template prints `{% massage_slot "page_end" page %}`; the comments room, if installed, has registered a
renderer for `page_end` in its `AppConfig.ready()`. Nothing registered, nothing printed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.safestring import SafeString, mark_safe

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
