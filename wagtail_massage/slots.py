"""How rooms meet without an import: named places that one room prints and others fill.

A page template prints `{% massage_slot "page_end" page %}`; the comments room, if installed, has registered a
renderer for `page_end` in its `AppConfig.ready()`. Nothing registered, nothing printed. In the same way a page's JSON
holds a short note of what another room has on it, and the room that knows people and contraindications tells the one
that answers health questions how somebody signs and what to bear in mind.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
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

Annotations = Callable[[], dict[str, Any]]
"""Returns what a query of pages fetches besides, so that the provider has nothing left to ask for."""

_comments_links: list[tuple[CommentsLink, Annotations]] = []


def register_comments_link(provider: CommentsLink, *, annotations: Annotations = dict) -> None:
    """Let page documents say how many comments there are. The last one registered is asked."""
    _comments_links[:] = [(provider, annotations)]


def comments_annotations() -> dict[str, Any]:
    """Return what to annotate a query of pages with, so that `comments_link` costs no query of its own."""
    return _comments_links[0][1]() if _comments_links else {}


def comments_link(page: Any, site: Any) -> MassageCommentsLink | None:
    """Return the note on a page's comments, None where there are none to read or no room for them."""
    return _comments_links[0][0](page, site) if _comments_links else None


@dataclass(frozen=True, kw_only=True)
class Signature:
    """Who signs an answer to a health question, as it is printed: name, title, registration."""

    name: str
    title: str = ""
    registration: str = ""


@dataclass(frozen=True, kw_only=True)
class Caveat:
    """What the site's own pages say about a condition that a text names: shown to the person who answers."""

    name: str
    instruction: str


@dataclass(frozen=True, kw_only=True)
class Promotion:
    """Makes an unpublished page out of a question and its answers.

    Attributes:
        offers: `offers(page, user)` tells whether the user may have a page made near `page`.
        make: `make(near=page, title=str, paragraphs=list[str], by=user)` makes and returns it.
    """

    offers: Callable[[Any, Any], bool]
    make: Callable[..., Any]


_signatures: list[Callable[[Any], Signature | None]] = []
_caveats: list[Callable[[str], list[Caveat]]] = []
_promotions: list[Promotion] = []


def register_signatures(provider: Callable[[Any], Signature | None]) -> None:
    """Have `provider` asked for the signature of a user. The last one registered is asked."""
    _signatures[:] = [provider]


def signature_of(user: Any) -> Signature | None:
    """Return how `user` signs, None where nobody knows more than the account."""
    return _signatures[0](user) if _signatures else None


def register_caveats(provider: Callable[[str], list[Caveat]]) -> None:
    """Have `provider` asked what the site says about the conditions in a text. The last one registered is asked."""
    _caveats[:] = [provider]


def caveats_for(text: str) -> list[Caveat]:
    """Return what the site says about the conditions that `text` names, the gravest first."""
    return _caveats[0](text) if _caveats else []


def register_promotion(promotion: Promotion) -> None:
    """Let `promotion` make pages out of questions. The last one registered is asked."""
    _promotions[:] = [promotion]


def promotion() -> Promotion | None:
    """Return the maker of pages, None where no room makes any."""
    return _promotions[0] if _promotions else None
