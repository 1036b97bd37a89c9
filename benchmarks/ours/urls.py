"""The public addresses of the package, and one to approve comments without a session."""

from __future__ import annotations

import json

from django.contrib.auth import get_user_model
from django.http import HttpRequest, JsonResponse
from django.urls import include, path
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls

from wagtail_massage.comments import actions


@csrf_exempt
def approve(request: HttpRequest) -> JsonResponse:
    """Approve the comments in the body, {id: version}, as the first moderator."""
    seen = {int(pk): version for pk, version in json.loads(request.body).items()}
    moderator = get_user_model().objects.first()
    decisions = actions.decide_many(seen, "approve", by=moderator, now=timezone.now())
    return JsonResponse({"done": len(decisions.done)})


urlpatterns = [
    path("approve/", approve),
    path("admin/", include(wagtailadmin_urls)),
    path("api/massage/v1/", include("wagtail_massage.api_urls")),
    path("massage/", include("wagtail_massage.urls")),
    path("", include(wagtail_urls)),
]
