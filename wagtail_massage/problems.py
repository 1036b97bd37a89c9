"""One error form for every room's API: RFC 9457 problem details.

Rooms raise `Problem`; `wagtail_massage.api_urls` turns it, and every other refusal, into
`application/problem+json`. Nothing here needs django-ninja, so HTML views may use it too. `problem_types` lists the
kinds.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from .problem_types import PROBLEM_TYPES, type_uri

View = Callable[..., HttpResponseBase]

CONTENT_TYPE = "application/problem+json"
PROBLEMS_URL_NAME = "massage_problems"


class Problem(Exception):
    """A refusal with everything a client needs.

    Args:
        status: HTTP status, 400 to 503.
        slug: a key of `PROBLEM_TYPES`.
        detail: what is wrong with which value and what to do next, in words a person may read.
        errors: [{"loc": [...], "msg": "..."}] by field, where there are several.
        headers: extra response headers such as Retry-After.
        extra: further members of the problem document.
    """

    def __init__(
        self,
        status: int,
        slug: str,
        detail: str,
        *,
        errors: list[dict[str, Any]] | None = None,
        headers: dict[str, str] | None = None,
        extra: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status, self.slug, self.detail = status, slug, detail
        self.errors, self.headers, self.extra = errors, headers or {}, extra or {}

    def as_dict(self) -> dict[str, Any]:
        """Return the problem document."""
        document = {
            "type": type_uri(self.slug),
            "title": PROBLEM_TYPES[self.slug].title,
            "status": self.status,
            "detail": str(self.detail),
            **self.extra,
        }
        return document if self.errors is None else {**document, "errors": self.errors}

    def as_response(self) -> JsonResponse:
        """Return the problem as an HTTP response that no shared cache keeps."""
        headers = {"Cache-Control": "no-store", **_help(self.slug), **self.headers}
        return JsonResponse(self.as_dict(), status=self.status, content_type=CONTENT_TYPE, headers=headers)


def _help(slug: str) -> dict[str, str]:
    """Return the link to what a problem means, where the API is mounted."""
    try:
        url = reverse(f"wagtail_massage_api:{PROBLEMS_URL_NAME}")
    except NoReverseMatch:
        return {}
    return {"Link": f'<{url}#{slug}>; rel="help"'}


def known_parameters(*names: str) -> Callable[[View], View]:
    """Make a view answer 400 `unknown-parameter` to a query parameter that is not in `names`.

    A misspelt filter must not silently answer something else; django-ninja drops unknown parameters without a
    word. Put it on every operation, where it runs before parsing: `@decorate_view(known_parameters("site"))`.
    """

    def decorator(view: View) -> View:
        @functools.wraps(view)
        def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            unknown = sorted(set(request.GET) - set(names))
            if unknown:
                return _unknown_parameter(unknown, names).as_response()
            for name in request.GET:
                if any(
                    "\x00" in value for value in request.GET.getlist(name)
                ):  # which PostgreSQL cannot compare
                    detail = _("The parameter “%(name)s” holds a character that is no text.") % {"name": name}
                    return Problem(400, "invalid-parameter", detail).as_response()
            return view(request, *args, **kwargs)

        return wrapper

    return decorator


def json_body(limit: int) -> Callable[[View], View]:
    """Make a view refuse a body that is not JSON, or longer than `limit` bytes, before anything parses it.

    django-ninja parses whatever the content type says, so without this any web site could post through a visitor's
    browser. Put it on every operation that reads a body: `@decorate_view(json_body(65536))`.
    """

    def decorator(view: View) -> View:
        @functools.wraps(view)
        def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            refusal = _refuse_body(request, limit)
            return refusal.as_response() if refusal else view(request, *args, **kwargs)

        return wrapper

    return decorator


def _refuse_body(request: HttpRequest, limit: int) -> Problem | None:
    if request.content_type != "application/json":
        detail = _("Send application/json, not “%(type)s”.") % {"type": request.content_type}
        return Problem(415, "unsupported-media-type", detail)
    if len(request.body) > limit:
        detail = _("The body has %(size)d bytes; %(limit)d are the most that are read here.")
        return Problem(413, "too-large", detail % {"size": len(request.body), "limit": limit})
    try:
        # Encoding again finds lone surrogates, which are JSON but not text that a database takes.
        json.dumps(json.loads(request.body), ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        return Problem(400, "malformed-json", _("The body is not readable JSON in UTF-8."))
    return None


def _unknown_parameter(unknown: list[str], known: tuple[str, ...]) -> Problem:
    allowed = ", ".join(sorted(known)) or _("none")
    detail = _("This address does not know the parameter “%(name)s”. It knows: %(allowed)s.")
    errors = [{"loc": ["query", name], "msg": _("Unknown parameter.")} for name in unknown]
    return Problem(400, "unknown-parameter", detail % {"name": unknown[0], "allowed": allowed}, errors=errors)
