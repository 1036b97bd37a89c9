"""Which page of the site a thread of an export belongs to: the one named for it, or the only one that can be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import Any, NamedTuple
from urllib.parse import SplitResult, quote, unquote, urlsplit

from django.apps import apps
from django.utils.translation import gettext as _

from ..base_page import get_page_model
from ..comments.threads import accepts_comments
from .found_threads import FoundThread
from .refusal import ImportRefused

MOST_CANDIDATES = 5
_ENDINGS = frozenset({".html", ".htm", ".php", ".aspx"})


class PageRow(NamedTuple):
    """A page that takes comments. `home` is the page whose thread it shares: itself, or the source of an alias."""

    home: int
    title: str
    address: str


class Match(NamedTuple):
    """The page that was found and by what ("map", "address", "redirect", "slug"), or those between which it is open."""

    page: PageRow | None
    by: str = ""
    candidates: tuple[PageRow, ...] = ()


class PageIndex:
    """The pages that take comments, read once.

    Args:
        section: only this page and what is below it; None for all pages.
        named: for addresses, slugs or ids of the source the id or the path of a page.

    Raises:
        ImportRefused: if `named` names no page that takes comments.
    """

    def __init__(self, *, section: Any = None, named: Iterable[tuple[str, str]] = ()) -> None:
        self._by_address: dict[str, list[PageRow]] = defaultdict(list)
        self._by_slug: dict[str, list[PageRow]] = defaultdict(list)
        self._by_pk: dict[int, PageRow] = {}
        for page in _pages(section):
            parts = page.get_url_parts()
            row = PageRow(page.alias_of_id or page.pk, page.title, parts[2] if parts else "")
            self._by_pk[page.pk] = row
            self._by_slug[page.slug].append(row)
            if parts:
                self._by_address[_path(row.address)].append(row)
        self._named = {_name(old): self._page_named(page) for old, page in named}
        self.unused = set(self._named)
        """What was named and has not been found in the file so far."""

    def find(self, thread: FoundThread) -> Match:
        """Return what belongs to `thread`. What was named comes first, then its address, a redirect, its slug."""
        for name in _names(thread):
            if name in self._named:
                self.unused.discard(name)
                return Match(self._named[name], "map")
        several: tuple[PageRow, ...] = ()
        for by, found in (
            ("address", self._at_address(thread.url)),
            ("redirect", self._redirected(thread.url)),
            ("slug", self._with_slug(thread)),
        ):
            homes = {row.home: row for row in found}
            if len(homes) == 1:
                return Match(next(iter(homes.values())), by)
            several = several or tuple(homes.values())[:MOST_CANDIDATES]
        return Match(None, candidates=several)

    def _at_address(self, url: str) -> list[PageRow]:
        path = _path(url)
        if not url or (path == "/" and _split(url).query):  # "/?p=12" is not the front page
            return []
        return self._by_address.get(path) or self._by_address.get(_bare(path), [])

    def _redirected(self, url: str) -> list[PageRow]:
        if not url or not apps.is_installed("wagtail.contrib.redirects"):
            return []
        from wagtail.contrib.redirects.models import Redirect

        whole = _split(url)._replace(scheme="", netloc="").geturl()
        paths = {Redirect.normalise_path(whole)}
        if _path(url) != "/":
            paths.add(Redirect.normalise_path(_split(url).path))
        found = Redirect.objects.filter(old_path__in=paths).values_list("redirect_page", "redirect_link")
        rows = [self._by_pk.get(page) if page else None for page, _link in found]
        rows += [row for _page, link in found for row in self._at_address(link)]
        return [row for row in rows if row]

    def _with_slug(self, thread: FoundThread) -> list[PageRow]:
        return next(filter(None, (self._by_slug.get(slug, []) for slug in _slugs(thread))), [])

    def _page_named(self, name: str) -> PageRow:
        name = name.strip()
        found = [self._by_pk[int(name)]] if name.isdecimal() and int(name) in self._by_pk else []
        if name.startswith(("/", "http://", "https://")):
            found = self._at_address(name)
        if len({row.home for row in found}) != 1:
            raise ImportRefused(
                _(
                    "%(page)s is no page that takes comments, or not one alone. Give the id of a page, or its path "
                    "as in /journal/feet/."
                )
                % {"page": name or "“”"}
            )
        return found[0]


def _pages(section: Any) -> Iterable[Any]:
    pages = get_page_model().objects.order_by("path")
    if section is not None:
        pages = pages.filter(path__startswith=section.path)
    return (page for page in pages.iterator(chunk_size=500) if accepts_comments(page))


def _names(thread: FoundThread) -> list[str]:
    """Return by what somebody may name a thread, as `_name` writes it."""
    names = [thread.url, _path(thread.url) if thread.url else "", thread.id, *_slugs(thread)]
    return [_name(name) for name in names if name]


def _name(text: str) -> str:
    """Return an address without scheme, host and closing slash; anything else as it is."""
    text = text.strip()
    if "://" not in text and not text.startswith(("/", "?")):
        return text
    query = _split(text).query
    return f"{_path(text)}?{query}" if query else _path(text)


def _path(url: str) -> str:
    return f"/{unquote(_split(url).path).strip('/')}"


def _split(url: str) -> SplitResult:
    """Take what is no address ("http://[") for a path."""
    try:
        return urlsplit(url)
    except ValueError:
        return SplitResult("", "", quote(url), "", "")


def _bare(path: str) -> str:
    """Return a path without the file name or ending that old sites put there."""
    file = PurePosixPath(path)
    if file.suffix.lower() not in _ENDINGS:
        return path
    return str(file.parent if file.stem == "index" else file.with_suffix(""))


def _slugs(thread: FoundThread) -> list[str]:
    """Return what its own name is, and the last part of its address."""
    return [thread.slug, PurePosixPath(_bare(_path(thread.url))).name]
