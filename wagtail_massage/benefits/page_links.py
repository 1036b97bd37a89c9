"""Links to pages in rich text, put in from pages that were fetched with others.

Wagtail asks for the pages of each text that it expands, then for their specific types: two queries or more. Where all
that those would say is an address, and the addresses are known already, they are written here, as Wagtail writes them.
Any other link, and everything on a site that links pages in a way of its own, stays for Wagtail.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.utils.html import escape
from wagtail.blocks import RichTextBlock
from wagtail.rich_text import features
from wagtail.rich_text.rewriters import FIND_A_TAG, extract_attrs

from ..base_page import get_page_model
from .stored import walk_stored

_MADE_OF = ("get_url_parts", "get_url", "url", "localized")
DIGITS_OF_AN_ID = 18  # a longer number is no page's id, and asking some databases for it is a fault
NOBODY = 0
_PAGE_LINK = re.compile(r'linktype="page"')


def linked_ids(streams: Iterable[Any], texts: Iterable[str] = ()) -> set[int]:
    """Return the ids of all pages that the rich text of streams, and `texts`, link to. No query."""
    if not _is_wagtails_own_way():
        return set()
    found: set[int] = set()
    for text in [*_rich_texts(streams), *texts]:
        if _PAGE_LINK.search(text):
            found |= {pk for pk in map(_linked_id, FIND_A_TAG.finditer(text)) if pk is not None}
    return found


def write_links(text: str, urls: Mapping[int, str | None]) -> str:
    """Return stored rich text with those links to pages written that `urls` knows; None is a page that is gone."""
    if not _PAGE_LINK.search(text):
        return text

    def written(match: re.Match[str]) -> str:
        pk = _linked_id(match)
        if pk is None or (pk != NOBODY and pk not in urls):
            return match[0]
        url = urls.get(pk)
        return "<a>" if url is None else f'<a href="{escape(url)}">'

    return FIND_A_TAG.sub(written, text)


def has_plain_address(model: Any) -> bool:
    """Whether pages of this type have the addresses that any page at their place in the tree has."""
    return all(getattr(model, name) is getattr(get_page_model(), name) for name in _MADE_OF)


def _is_wagtails_own_way() -> bool:
    from wagtail.rich_text.pages import PageLinkHandler  # needs the page model to be loaded

    is_stock = features.get_link_types().get("page") is PageLinkHandler
    return is_stock and not getattr(settings, "WAGTAIL_I18N_ENABLED", False)


def _rich_texts(streams: Iterable[Any]) -> Iterable[str]:
    for stream in streams:
        if stream:
            for block, _id, raw in walk_stored(stream.stream_block, list(stream.raw_data)):
                if isinstance(block, RichTextBlock) and isinstance(raw, str):
                    yield raw


def _linked_id(match: re.Match[str]) -> int | None:
    attributes = extract_attrs(match[1])
    pk = attributes.get("id", "")
    if attributes.get("linktype") != "page" or not pk.isdecimal():
        return None
    return int(pk) if len(pk) <= DIGITS_OF_AN_ID else NOBODY
