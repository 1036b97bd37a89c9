"""A published health question, on a page of its own that no search engine keeps, and what lets a browser forget one."""

from __future__ import annotations

from http import HTTPStatus
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ...visibility import find_site
from ..health import find_question
from ..text import body_html
from .base import for_visitors


@require_safe
@for_visitors
def question(request: HttpRequest, comment_id: UUID) -> HttpResponse:
    """The question, named or not as its author chose, and the answers that were published."""
    found = find_question(comment_id, site=find_site(request))
    context = {
        "question": found,
        "page": found.page,
        "back_url": f"{found.page.get_url(request) or '/'}#comments",
        "body_html": body_html(found.body),
        "answers": [(answer, body_html(answer.body)) for answer in found.answers],
    }
    response = render(request, "wagtail_massage_comments/health_page.html", context)
    response.headers["Cache-Control"] = "private, no-store"  # withdrawn means gone, at once
    return response


@require_safe
@for_visitors
def forget(request: HttpRequest) -> HttpResponse:
    """Nothing, with a header at which a browser drops the pages that it keeps for its Back button: one of them is the
    form with the question in it. It has to come with something that is loaded by the page after that form; with that
    page itself it comes before the form is kept. What another site loads does nothing."""
    response = HttpResponse(status=HTTPStatus.NO_CONTENT)
    if request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin":
        response.headers["Clear-Site-Data"] = '"cache"'
    response.headers["Cache-Control"] = "private, no-store"
    return response
