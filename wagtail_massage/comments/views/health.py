"""A published health question, on a page of its own that no search engine keeps."""

from __future__ import annotations

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
