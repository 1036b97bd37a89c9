"""How answers are kept: by browsers and front ends under an ETag, by shared caches for a minute, by us under a key.

A version key is made of what one query has told, so an answer that was made before is sent again, or said to be
unchanged (304), without being made.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import json
import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import NoReverseMatch, reverse
from django.utils.cache import get_conditional_response, patch_vary_headers

from . import __version__
from .conf import api_settings

logger = logging.getLogger(__name__)

View = Callable[..., HttpResponseBase]

PRIVATE = "private, no-store"
KEPT_SECONDS = 60
_KEY = "wagtail_massage:json:"


def version_tag(*parts: Any) -> str:
    """Return a strong ETag for what `parts` (JSON values, dates and the like) determine together."""
    told = json.dumps([__version__, *parts], default=str, sort_keys=True)
    return f'"{hashlib.sha256(told.encode()).hexdigest()[:32]}"'


def answer(
    request: HttpRequest,
    *,
    etag: str,
    make: Callable[[], bytes],
    tags: Iterable[str] = (),
    keep: bool = True,
) -> HttpResponse:
    """Answer 304 where the reader has this version already, else what was kept of it, else what `make` returns.

    Args:
        etag: from `version_tag`.
        make: returns the JSON; called only if it is needed.
        tags: what the answer shows (`wagtail_massage.tags`), for caches that are purged by tag.
        keep: whether the bytes are worth a place in Django's cache.
    """
    response = get_conditional_response(request, etag=etag)
    if response is None:
        body = _kept(etag, make) if keep else make()
        response = HttpResponse(body, content_type="application/json")
    response.headers["ETag"] = etag
    return tagged(response, tags)


def tagged(response: HttpResponse, tags: Iterable[str]) -> HttpResponse:
    """Say in the headers that caches know what an answer shows."""
    names = list(dict.fromkeys(tags))
    if names:
        response.headers["Cache-Tag"] = ",".join(names)
        response.headers["Surrogate-Key"] = " ".join(names)
    return response


def public_read(view: View) -> View:
    """Mark the answers of a view as the same for everybody; shared caches keep a good one for a minute."""
    return _reading(view, stale=False)


def public_page(view: View) -> View:
    """The same for what changes seldom: a shared cache may send an old answer while it fetches the new one.

    Not for comments: one that was removed must not stand there for the sake of speed.
    """
    return _reading(view, stale=True)


def private_answer(view: View) -> View:
    """Mark the answers of a view, refusals included, as one person's own: no cache keeps them."""

    @functools.wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        patch_vary_headers(response, ("Authorization", "Origin"))
        response.headers["Cache-Control"] = PRIVATE
        return response

    return wrapper


def _reading(view: View, *, stale: bool) -> View:
    @functools.wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        patch_vary_headers(response, ("Authorization", "Origin"))
        if response.status_code in {200, 304}:
            # Whoever says who he is gets an answer of his own, even where it is everybody's.
            is_named = "Authorization" in request.headers
            response.headers.setdefault("Cache-Control", PRIVATE if is_named else _public(stale=stale))
        return response

    return wrapper


def _public(*, stale: bool) -> str:
    seconds = f"public, s-maxage={api_settings.max_age}"
    return f"{seconds}, stale-while-revalidate={api_settings.stale_seconds}" if stale else seconds


def keep_parts(parts: Mapping[str, int], make: Callable[[list[int]], Mapping[int, bytes]]) -> list[bytes]:
    """Return the parts of an answer in order: what was kept of them, and what `make` makes of the others together.

    Args:
        parts: the id of each part by its `version_tag`.
        make: takes the ids that are wanted; those that it does not return are left out.
    """
    keys = {_key(tag): pk for tag, pk in parts.items()}
    kept = _read(lambda: cache.get_many(keys))
    missing = [pk for key, pk in keys.items() if key not in (kept or {})]
    if not missing:
        return [kept[key] for key in keys]
    made = make(missing)
    fresh = {key: made[pk] for key, pk in keys.items() if pk in made}
    if kept is not None:
        _write(lambda: cache.set_many(fresh, KEPT_SECONDS))
    found = {**(kept or {}), **fresh}
    return [found[key] for key in keys if key in found]


def _kept(etag: str, make: Callable[[], bytes]) -> bytes:
    return keep_parts({etag: 0}, lambda _ids: {0: make()})[0]


def _key(tag: str) -> str:
    return _KEY + tag.strip('"')


def _read(read: Callable[[], Any]) -> Any:
    """Return what the cache answers, None where it does not."""
    try:
        return read()
    except Exception as error:  # whatever a cache backend raises
        logger.warning(
            "The cache does not answer, so JSON is made anew each time (%s).", type(error).__name__
        )
        return None


def _write(write: Callable[[], Any]) -> None:
    try:
        write()
    except Exception as error:
        logger.warning("The cache takes nothing (%s).", type(error).__name__)


def mounted(root_url: str, name: str, *args: Any) -> Iterator[str]:
    """Yield the absolute address of a view for a purge; nothing where the site does not mount it."""
    with contextlib.suppress(NoReverseMatch):
        yield root_url + reverse(name, args=args)
