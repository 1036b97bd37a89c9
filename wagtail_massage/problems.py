"""One error form for every room's API: RFC 9457 problem details.

Rooms raise `Problem`; `wagtail_massage.api_urls` turns it, and every other refusal, into
`application/problem+json`. Nothing here needs django-ninja, so HTML views may use it too.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Callable
from typing import Any, NotRequired

from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from typing_extensions import TypedDict

View = Callable[..., HttpResponseBase]

CONTENT_TYPE = "application/problem+json"

TITLES = {
    "malformed-json": "The body is not readable JSON",
    "unknown-parameter": "Unknown query parameter",
    "invalid-parameter": "Invalid query parameter",
    "not-found": "Not found",
    "method-not-allowed": "Method not allowed",
    "too-large": "The body is too large",
    "unsupported-media-type": "Only application/json is read here",
    "validation": "Some fields need attention",
    "idempotency-key-reused": "This Idempotency-Key was used for another request",
    "form-token": "The form token cannot be used",
    "comments-closed": "Comments are closed here",
    "members-only": "Only members may comment here",
    "author-token": "The author token proves nobody",
    "receipt-needed": "This needs the receipt of the comment",
    "edit-window": "The text can no longer be changed",
    "stale": "The comment has changed in the meantime",
    "token": "The token cannot be used",
    "throttled": "Too many requests",
    "database-away": "Please try again in a moment",
}
"""Problem slug to its short English title (stable, meant for developers; `detail` speaks to people)."""


def type_uri(slug: str) -> str:
    """Return the `type` of a problem. The slugs are documented in docs/api.md."""
    return f"urn:wagtail-massage:problem:{slug}"


class Problem(Exception):
    """A refusal with everything a client needs.

    Args:
        status: HTTP status, 400 to 503.
        slug: a key of `TITLES`.
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
            "title": TITLES[self.slug],
            "status": self.status,
            "detail": str(self.detail),
            **self.extra,
        }
        return document if self.errors is None else {**document, "errors": self.errors}

    def as_response(self) -> JsonResponse:
        """Return the problem as an HTTP response that no shared cache keeps."""
        headers = {"Cache-Control": "no-store", **self.headers}
        return JsonResponse(self.as_dict(), status=self.status, content_type=CONTENT_TYPE, headers=headers)


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


def public_read(view: View) -> View:
    """Mark the answers of a view as the same for everybody; shared caches keep a good one for a minute."""

    @functools.wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        patch_vary_headers(response, ("Authorization", "Origin"))
        if response.status_code == 200:
            response.headers.setdefault("Cache-Control", "public, s-maxage=60")
        return response

    return wrapper


def private_answer(view: View) -> View:
    """Mark the answers of a view, refusals included, as one person's own: no cache keeps them."""

    @functools.wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        patch_vary_headers(response, ("Authorization", "Origin"))
        response.headers["Cache-Control"] = "private, no-store"
        return response

    return wrapper


class MassageProblemError(TypedDict):
    """What is wrong in one place: `loc` leads there, as in ["body", "text"]."""

    loc: list[str | int]
    msg: str


class MassageProblemDetail(TypedDict):
    """RFC 9457. Some problems have further members, which docs/api.md names."""

    type: str
    title: str
    status: int
    detail: str
    errors: NotRequired[list[MassageProblemError]]
