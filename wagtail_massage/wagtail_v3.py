"""Wagtail's own API v3: our routers under it, and our blocks in its description.

Wagtail 8.1 describes blocks by itself, but for those that add keys to their JSON; these are told to it. Wagtail 8.0
describes no block at all, so there every StreamField gets a description. Neither validates anything with it: stored
data that is older than a description must still be readable.

Wagtail builds its description when the first of its apps is ready, so `wagtail_massage` has to stand before them in
INSTALLED_APPS. Where API v3 is not installed nothing happens.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from .conf import api_settings
from .problems import Problem
from .visibility import UnknownSite

PREFIX = "/massage/"


def connect() -> None:
    """Tell Wagtail's API of our blocks, then of our operations."""
    if not apps.is_installed("wagtail.api.v3") or not api_settings.under_v3:
        return
    _describe_blocks()
    from wagtail.api.v3.api import api

    api.add_exception_handler(Problem, _refuse)
    api.add_exception_handler(UnknownSite, _refuse_site)
    for router in _routers():
        api.add_router(PREFIX, router)


def _routers() -> Iterator[Any]:
    if apps.is_installed("wagtail_massage.treatments"):
        from .treatments.api import router

        yield router
    if apps.is_installed("wagtail_massage.comments"):
        from .comments.api import router as comments_router

        yield comments_router


def _refuse(request: HttpRequest, exc: Any) -> HttpResponse:
    return exc.as_response()


def _refuse_site(request: HttpRequest, exc: Any) -> HttpResponse:
    return Problem(404, "not-found", _("No site here answers to “%(host)s”.") % {"host": exc}).as_response()


def _describe_blocks() -> None:
    from .benefits import described

    try:
        from wagtail.api.v3.schemas.generators.read import block_schema_builder
    except ImportError:  # Wagtail 8.0
        from wagtail.api.v3.schemas.generators import read_generator
        from wagtail.fields import StreamField

        read_generator.register_field_schema(StreamField, described.stream_field_schema)
    else:
        for block_class in described.ADDED:
            block_schema_builder.register_block_schema(block_class, described.block_type)
