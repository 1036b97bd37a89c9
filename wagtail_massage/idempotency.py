"""Idempotency-Key for operations that need no memory of their own: the same request again gets the same answer.

The answer is kept in Django's cache for a day. Where the cache has lost it, or is away, the operation runs again; those
that use this are harmless when repeated. Posting a comment remembers its keys in the database instead.
"""

from __future__ import annotations

import functools
import hashlib
import logging
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _

from .problems import Problem, View

logger = logging.getLogger(__name__)

HEADER = "Idempotency-Key"
MAX_LENGTH = 255
KEPT_SECONDS = 24 * 60 * 60


def idempotent(view: View) -> View:
    """Answer a request with an Idempotency-Key that came before as it was answered then.

    The same key with another body is refused: 422 `idempotency-key-reused`. What failed on our side, or came too
    often, is not remembered. Put it innermost: `@decorate_view(..., json_body(8192), idempotent)`.
    """

    @functools.wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        key = request.headers.get(HEADER, "")
        if not 0 < len(key) <= MAX_LENGTH:
            return view(request, *args, **kwargs)
        place = f"wagtail_massage:idempotency:{_digest(f'{request.method} {request.path} {key}'.encode())}"
        body = _digest(request.body)
        before = _recall(place)
        if before is not None:
            return _again(before, body)
        response = view(request, *args, **kwargs)
        if response.status_code < 500 and response.status_code != 429 and isinstance(response, HttpResponse):
            _remember(place, (body, response.status_code, response.content, response.headers["Content-Type"]))
        return response

    return wrapper


def _again(before: tuple[str, int, bytes, str], body: str) -> HttpResponse:
    body_before, status, content, content_type = before
    if body != body_before:
        detail = _("This Idempotency-Key came before with another body. Use a new key for a new request.")
        return Problem(422, "idempotency-key-reused", detail).as_response()
    return HttpResponse(content, status=status, content_type=content_type)


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _recall(place: str) -> Any:
    try:
        return cache.get(place)
    except Exception as error:  # whatever a cache backend raises
        logger.warning("The cache does not answer, so no request is recognised (%s).", type(error).__name__)
        return None


def _remember(place: str, answer: tuple[str, int, bytes, str]) -> None:
    try:
        cache.set(place, answer, KEPT_SECONDS)
    except Exception as error:
        logger.warning("The cache takes nothing, so no request is recognised (%s).", type(error).__name__)
