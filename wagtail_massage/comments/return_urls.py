"""Where the plain form of a front end on another origin sends its visitors back to.

The form says so in `next`. Anybody can print a form, so only addresses that begin with one of
WAGTAIL_MASSAGE_COMMENTS_RETURN_URLS are believed; whatever else stands there is as if nothing did.
"""

from __future__ import annotations

import re
from urllib.parse import SplitResult, parse_qsl, urlencode, urlsplit, urlunsplit

from .conf import comments_settings

NEXT = "next"
"""The name of the field."""

_LONGEST = 2000
# A browser reads "\" as "/" and drops tabs and line ends; none of them belongs into an address.
_ODD = re.compile(r"[^\x21-\x7e]|\\")
_DOTS = re.compile(r"(?:^|/)(?:\.|%2e){1,2}(?:/|$)", re.IGNORECASE)


def allowed_return_url(url: str) -> str:
    """Return `url` where it is one that visitors may be sent to, else ""."""
    parts = _split(url)
    return url if parts and any(_is_below(parts, base) for base in comments_settings.return_urls) else ""


def after_return(url: str, *, state: str) -> str:
    """Return an allowed address with what became of the comment, for a front end to say: `?massage-comment=…`."""
    parts = urlsplit(url)
    query = [(name, value) for name, value in parse_qsl(parts.query) if name != "massage-comment"]
    query.append(("massage-comment", state))
    return urlunsplit(parts._replace(query=urlencode(query), fragment="comments"))


def is_return_url(url: object) -> bool:
    """Tell whether an entry of the setting can be the beginning of an address."""
    return isinstance(url, str) and _split(url) is not None


def _split(url: str) -> SplitResult | None:
    """Return the parts of a plain web address; None for anything that two readers could read in two ways."""
    if len(url) > _LONGEST or _ODD.search(url):
        return None
    try:
        parts = urlsplit(url)
        is_plain = parts.scheme in {"http", "https"} and parts.hostname and "@" not in parts.netloc
        parts.port  # noqa: B018 (raises for a port that is none)
    except ValueError:
        return None
    return parts if is_plain and not _DOTS.search(parts.path) else None


def _is_below(parts: SplitResult, base: object) -> bool:
    allowed = _split(base) if isinstance(base, str) else None
    if allowed is None or _origin(parts) != _origin(allowed):
        return False
    folder = allowed.path.rstrip("/")
    return parts.path == folder or parts.path.startswith(f"{folder}/")


def _origin(parts: SplitResult) -> tuple[str, str | None, int]:
    return parts.scheme, parts.hostname, parts.port or (443 if parts.scheme == "https" else 80)
