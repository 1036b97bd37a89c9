"""The names by which caches and front ends are told what has changed.

The same strings stand in the Cache-Tag headers of the API and in webhooks, so that a front end, or a cache before it,
drops what a webhook names and nothing else. A tag holds lower-case ASCII letters, digits and hyphens only, which every
cache accepts.
"""

from __future__ import annotations

SITEMAP = "massage-sitemap"
"""The list of all pages: it changes with every publication, move and removal."""


def page_tag(pk: int) -> str:
    """Return the tag of one page's own content."""
    return f"massage-page-{pk}"


def comments_tag(page_pk: int) -> str:
    """Return the tag of the public comments below a page, and of their number."""
    return f"massage-comments-{page_pk}"


def list_tag(name: str) -> str:
    """Return the tag of every list of a kind, such as "treatments" or "benefit-lists"."""
    return f"massage-list-{name}"
