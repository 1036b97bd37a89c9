"""WordPress's export (WXR 1.0 to 1.2, and what others write in its manner, Disqus's import format among them)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from urllib.parse import unquote

from .found_threads import APPROVED, PENDING, SPAM, TRASH, FoundComment, FoundThread
from .xml_stream import Event

UUID_KEY = "_wagtail_massage_uuid"
BADGE_KEY = "_wagtail_massage_badge"
"""Keys of comment metadata that our own exports write."""

_STATUSES = {"1": APPROVED, "approved": APPROVED, "spam": SPAM, "trash": TRASH, "post-trashed": TRASH}
_OF_COMMENT = (
    "comment_id comment_parent comment_type comment_approved comment_author comment_author_email "
    "comment_content comment_date comment_date_gmt meta_key meta_value"
)
_OF_ITEM = "post_id post_name post_type post_date post_date_gmt post_password status"
WANTED = frozenset(
    [f"wp:{name}" for name in f"{_OF_COMMENT} {_OF_ITEM} base_blog_url base_site_url".split()]
    + ["title", "link", "guid", "dsq:thread_identifier"]
)

_PUBLIC = frozenset({"", "publish", "inherit"})
_DATE = re.compile(r"\s*(\d{4})-(\d\d?)-(\d\d?)[ T](\d\d?):(\d\d?):(\d\d?)")
_SCHEME = re.compile(r"^\w+://")


def short_name(tag: str) -> str:
    """Name elements by what their namespaces mean; prefixes, and versions of WXR, differ from file to file."""
    space, _brace, name = tag.rpartition("}")
    if not space:
        return name
    if "wordpress.org/export/" in space and "excerpt" not in space:
        return f"wp:{name}"
    if "disqus.com" in space:
        return f"dsq:{name}"
    return ""


def read_wxr(events: Iterable[Event]) -> Iterator[FoundThread]:
    """Return a thread for each item of the file, whether it has comments or not. Holds one item at a time."""
    site = ""
    fields: dict[str, str] = {}  # of the channel, then of each item
    comment: dict[str, str] | None = None
    comments: list[FoundComment] = []
    for is_start, name, _attributes, text in events:
        if is_start:
            if name == "item":
                site = site or _site_of(fields)
                fields, comments = {}, []
            elif name == "wp:comment":
                comment = {}
            continue
        if name == "wp:comment" and comment is not None:
            comments.append(_comment(comment))
            comment = None
        elif name == "item":
            yield _thread(fields, comments, site)
            fields = {}
        elif comment is not None:
            _note(comment, name, text)
        elif text:
            fields.setdefault(name, text)


def _note(comment: dict[str, str], name: str, text: str) -> None:
    if name == "wp:meta_value":
        comment[comment.get("wp:meta_key", "")] = text
    else:
        comment[name] = text


def _site_of(channel: dict[str, str]) -> str:
    for name in ("wp:base_blog_url", "link", "wp:base_site_url"):
        if address := channel.get(name, "").strip():
            return _SCHEME.sub("", address).rstrip("/").lower()
    return ""


def _thread(fields: dict[str, str], comments: list[FoundComment], site: str) -> FoundThread:
    url = fields.get("link", "").strip()
    own = fields.get("wp:post_id") or fields.get("dsq:thread_identifier") or url or fields.get("guid", "")
    return FoundThread(
        source=f"wxr:{site or _SCHEME.sub('', url).partition('/')[0].lower()}",
        id=own.strip(),
        kind=fields.get("wp:post_type", "").strip(),
        title=fields.get("title", "").strip(),
        url=url,
        slug=unquote(fields.get("wp:post_name", "").strip()),
        is_public=fields.get("wp:status", "").strip() in _PUBLIC and not fields.get("wp:post_password"),
        published_at=read_date(fields.get("wp:post_date_gmt", ""), is_gmt=True)
        or read_date(fields.get("wp:post_date", "")),
        comments=comments,
    )


def _comment(fields: dict[str, str]) -> FoundComment:
    def given(name: str) -> str:
        return fields.get(f"wp:comment_{name}", "").strip()

    parent = given("parent")
    return FoundComment(
        id=given("id"),
        parent_id="" if parent == "0" else parent,
        kind=given("type") or "comment",
        status=_STATUSES.get(given("approved"), PENDING),
        author=given("author"),
        email=given("author_email"),
        html=fields.get("wp:comment_content", ""),
        written_at=read_date(given("date_gmt"), is_gmt=True) or read_date(given("date")),
        uuid=fields.get(UUID_KEY, "").strip(),
        badge=fields.get(BADGE_KEY, "").strip(),
    )


def read_date(text: str, *, is_gmt: bool = False) -> datetime | None:
    """Read "2023-08-16 12:18:00"; None for "0000-00-00 00:00:00" and whatever else is no date."""
    match = _DATE.match(text)
    if match is None:
        return None
    try:
        return datetime(*map(int, match.groups()), tzinfo=UTC if is_gmt else None)  # type: ignore[misc, arg-type]
    except ValueError:
        return None
