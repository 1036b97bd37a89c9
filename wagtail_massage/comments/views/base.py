"""What all HTML views of the room share."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from ...visibility import UnknownSite
from .. import reading
from ..forms import CommentForm
from ..presenting import form_context

View = Callable[..., HttpResponse]


def for_visitors(view: View) -> View:
    """Keep search engines out and addresses in: these pages are steps on a way, not places."""

    @functools.wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            response = view(request, *args, **kwargs)
        except (reading.NotPublic, UnknownSite) as error:
            raise Http404 from error
        response.headers["X-Robots-Tag"] = "noindex"
        response.headers["Referrer-Policy"] = "same-origin"
        if request.method == "POST":
            response.headers["Cache-Control"] = "private, no-store"
        return response

    return wrapper


def render_page(
    request: HttpRequest,
    name: str,
    thread: reading.PublicThread,
    context: dict[str, Any] | None = None,
    *,
    form: CommentForm | None = None,
    status: int = 200,
) -> HttpResponse:
    back_url = f"{thread.page.get_url(request) or '/'}#comments"
    everything = form_context(thread, form, now=timezone.now()) | {"back_url": back_url} | (context or {})
    return render(request, f"wagtail_massage_comments/{name}_page.html", everything, status=status)
