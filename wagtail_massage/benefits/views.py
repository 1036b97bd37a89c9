"""The one admin address of this room: what the title panel asks while an editor types."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_GET

from .title_mismatch import find_mismatch

LONGEST_TITLE = 1000
MOST_LISTS = 100


@require_GET
def title_count(request: HttpRequest) -> JsonResponse:
    """Answer {"message", "button", "mended"} for `title` and `counts` ("6,4"); empty texts when they fit.

    Wagtail lets only people in who may use the admin. Nothing is read or written.
    """
    title = request.GET.get("title", "")[:LONGEST_TITLE]
    numbers = request.GET.get("counts", "").split(",")[:MOST_LISTS]
    counts = [
        int(number) for number in numbers if number.isascii() and number.isdecimal() and len(number) < 5
    ]
    mismatch = find_mismatch(title, counts)
    if mismatch is None:
        return JsonResponse({"message": "", "button": "", "mended": title})
    return JsonResponse({"message": mismatch.message, "button": mismatch.button, "mended": mismatch.mended})
