"""What all HTML views of the room share."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.exceptions import BadRequest, RequestDataTooBig, SuspiciousOperation
from django.db import InterfaceError, OperationalError, transaction
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from ...visibility import UnknownSite, find_site
from .. import reading
from ..forms import CommentForm
from ..presenting import form_context
from ..return_urls import NEXT, allowed_return_url

View = Callable[..., HttpResponse]

UNREADABLE = (SuspiciousOperation, BadRequest, MultiPartParserError, UnreadablePostError)
DATABASE_AWAY = (OperationalError, InterfaceError)
RETRY_AFTER_SECONDS = 5


def for_visitors(view: View) -> View:
    """Keep search engines out and addresses in: these pages are steps on a way, not places.

    They are left out of ATOMIC_REQUESTS: each action is a transaction of its own, which can be begun again, and what
    was refused is shown outside of it.
    """

    @transaction.non_atomic_requests
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
    next_url = find_return_url(request)
    back_url = f"{next_url or thread.page.get_url(request) or '/'}#comments"
    everything = form_context(thread, form, now=timezone.now())
    everything |= {"back_url": back_url, "next_url": next_url, **(context or {})}
    return render(request, f"wagtail_massage_comments/{name}_page.html", everything, status=status)


def find_return_url(request: HttpRequest) -> str:
    """Return where the front end whose form was sent wants its visitor back, "" if it says nothing that counts."""
    try:
        return allowed_return_url(request.POST.get(NEXT, ""))
    except UNREADABLE:
        return ""


def find_comment_of_page(
    request: HttpRequest, page_id: int, comment_id: UUID
) -> tuple[reading.PublicThread, reading.PublicComment]:
    """Return the thread of the page in the address, and a comment that belongs to it."""
    site = find_site(request)
    thread = reading.find_thread(page_id, site=site)
    home, comment = reading.find_comment(comment_id, site=site)
    if home.home.pk != thread.home.pk:
        raise reading.NotPublic(comment_id)
    return thread, comment


def refuse_unreadable(request: HttpRequest, thread: reading.PublicThread, error: Exception) -> HttpResponse:
    """Answer one of `UNREADABLE`."""
    if isinstance(error, RequestDataTooBig):
        problem = _("What was sent is larger than this site accepts. Please go back and send less.")
        return refuse(request, thread, problem, status=413)
    problem = _("What was sent could not be read. Please go back and send it again.")
    return refuse(request, thread, problem, status=400)


def refuse(request: HttpRequest, thread: reading.PublicThread, problem: str, *, status: int) -> HttpResponse:
    return render_page(request, "refused", thread, {"problem": problem}, status=status)
