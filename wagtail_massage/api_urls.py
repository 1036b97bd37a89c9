"""Our JSON API: `path("api/massage/v1/", include("wagtail_massage.api_urls"))`.

Mounts the router of every installed room on one NinjaAPI and answers every refusal as problem+json. It needs
django-ninja, which comes with Wagtail 8 and with the extra `wagtail-massage[api]`; nothing else at the root does.
"""

from __future__ import annotations

import functools
from typing import Any

from django.apps import apps
from django.core.exceptions import ImproperlyConfigured, RequestDataTooBig
from django.db import InterfaceError, OperationalError, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import URLPattern, path, re_path
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from . import __version__
from .problem_types import PROBLEM_TYPES, type_uri
from .problems import CONTENT_TYPE, PROBLEMS_URL_NAME, Problem, View
from .visibility import UnknownSite

try:
    from ninja import NinjaAPI
    from ninja.errors import ValidationError
    from ninja.openapi.docs import Swagger
except ImportError as error:
    raise ImproperlyConfigured(
        "wagtail_massage.api_urls needs django-ninja >= 1.6.3. Install it with “pip install wagtail-massage[api]”, "
        "or take wagtail_massage.api_urls out of your URLconf."
    ) from error

NAMESPACE = "wagtail_massage_api"
RETRY_AFTER_SECONDS = "5"


class OfflineDocs(Swagger):
    """Swagger from the files that ninja bundles, or a plain page of ours; never one from somebody else's server."""

    def render_page(self, request: HttpRequest, api: NinjaAPI, **kwargs: Any) -> HttpResponse:
        if apps.is_installed("ninja"):
            return super().render_page(request, api, **kwargs)
        context = {
            "schema": api.get_openapi_schema(path_params=kwargs),
            "openapi_url": self.get_openapi_url(api, kwargs),
        }
        return render(request, "wagtail_massage/api_docs.html", context)


class MassageAPI(NinjaAPI):
    """A NinjaAPI whose schema tells the truth about the media type of problems."""

    def get_openapi_schema(self, **kwargs: Any) -> Any:
        schema = super().get_openapi_schema(**kwargs)
        for operations in schema["paths"].values():
            for operation in operations.values():
                for status, response in operation["responses"].items():
                    if int(status) >= 400 and "application/json" in response.get("content", {}):
                        response["content"] = {CONTENT_TYPE: response["content"]["application/json"]}
                        # Python renames its HTTP phrases from version to version; a contract does not.
                        response["description"] = "Refused. The `type` of the problem says why."
        return schema


def as_problem(exc: Exception) -> Problem:
    """Return the problem that an exception of `REFUSALS` is to a client."""
    if isinstance(exc, Problem):
        return exc
    if isinstance(exc, ValidationError):
        return _as_validation_problem(exc)
    if isinstance(exc, UnknownSite):
        return Problem(404, "not-found", _("No site here answers to “%(host)s”.") % {"host": exc})
    if isinstance(exc, Http404):
        return Problem(404, "not-found", _("There is nothing at this address."))
    if isinstance(exc, RequestDataTooBig):
        return Problem(413, "too-large", _("The body is larger than this site accepts. Send less."))
    return Problem(
        503, "database-away", _("The database is not answering. Please try again in a moment."),
        headers={"Retry-After": RETRY_AFTER_SECONDS},
    )  # fmt: skip


REFUSALS = (
    Problem,
    ValidationError,
    UnknownSite,
    Http404,
    RequestDataTooBig,
    OperationalError,
    InterfaceError,
)


def _as_validation_problem(exc: ValidationError) -> Problem:
    errors = [{"loc": _place(error["loc"]), "msg": error["msg"]} for error in exc.errors]
    if any(error["loc"][0] == "body" for error in errors):
        return Problem(422, "validation", _("Some fields of the body cannot be accepted."), errors=errors)
    name = ".".join(str(part) for part in errors[0]["loc"][1:] if part != "query")
    detail = _("The parameter “%(name)s” cannot be read: %(message)s.")
    return Problem(
        400, "invalid-parameter", detail % {"name": name, "message": errors[0]["msg"]}, errors=errors
    )


def _place(loc: tuple[str | int, ...]) -> list[str | int]:
    """Return where an error is, without the name of the Python argument that ninja puts after "body"."""
    return [loc[0], *loc[2:]] if loc[0] == "body" else list(loc)


def speak_problem(view: View) -> View:
    """Wrap one endpoint: HEAD, OPTIONS and every refusal, those outside ninja's reach included.

    It is left out of ATOMIC_REQUESTS: what writes here is a transaction of its own, which can be begun again.
    """

    @transaction.non_atomic_requests
    @csrf_exempt  # no endpoint reads a cookie, so there is nothing to forge
    @functools.wraps(view, assigned=())
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        asked = request.method
        if asked == "HEAD":
            request.method = "GET"  # ninja knows no HEAD; the server leaves the body out
        try:
            response = view(request, *args, **kwargs)
        except REFUSALS as exc:
            return as_problem(exc).as_response()
        finally:
            request.method = asked
        return _refuse_method(asked, response) if response.status_code == 405 else response

    return wrapper


def _refuse_method(asked: str | None, response: HttpResponseBase) -> HttpResponseBase:
    """Say in our form what ninja's plain 405 says, with the methods that we add to its own."""
    methods = {method.strip() for method in response.headers.get("Allow", "GET").split(",")}
    allow = ", ".join(sorted({*methods, "OPTIONS", *({"HEAD"} if "GET" in methods else ())}))
    if asked == "OPTIONS":
        return HttpResponse(status=204, headers={"Allow": allow})
    detail = _("This address answers %(allowed)s.") % {"allowed": allow}
    return Problem(405, "method-not-allowed", detail, headers={"Allow": allow}).as_response()


def build_api() -> NinjaAPI:
    """Return the API with the routers of the installed rooms."""
    api = MassageAPI(
        title="wagtail-massage",
        version=__version__,
        description="Treatments, benefit lists and visitor comments of this site.",
        urls_namespace=NAMESPACE,
        docs=OfflineDocs(),
        docs_url="/docs/",
        docs_decorator=require_safe,
    )
    for refusal in REFUSALS:
        api.add_exception_handler(refusal, _refuse)
    if apps.is_installed("wagtail_massage.treatments"):
        from .treatments.api import router as treatments_router

        api.add_router("", treatments_router)
    if apps.is_installed("wagtail_massage.comments"):
        from .comments.api import router as comments_router

        api.add_router("", comments_router)
    return api


def _refuse(request: HttpRequest, exc: Any) -> HttpResponse:
    return as_problem(exc).as_response()


def list_problems(request: HttpRequest) -> HttpResponse:
    """Explain every kind of problem to a developer: where the `Link` of each leads."""
    problems = [
        {"slug": slug, "uri": type_uri(slug), **kind._asdict()} for slug, kind in PROBLEM_TYPES.items()
    ]
    return render(request, "wagtail_massage/api_problems.html", {"problems": problems})


def _wrapped(pattern: URLPattern) -> URLPattern:
    """Return a route of the API that speaks problem+json."""
    return URLPattern(pattern.pattern, speak_problem(pattern.callback), pattern.default_args, pattern.name)


def _not_found(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return as_problem(Http404()).as_response()


api = build_api()
urlpatterns: list[Any] = [
    path(
        "",
        (
            [
                *[_wrapped(pattern) for pattern in api.urls[0] if isinstance(pattern, URLPattern)],
                path("problems/", require_safe(list_problems), name=PROBLEMS_URL_NAME),
            ],
            NAMESPACE,
            NAMESPACE,
        ),
    ),
    re_path("", csrf_exempt(_not_found)),
]
