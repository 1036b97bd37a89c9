"""What is asked of django-comments-xtd: its own API, its paged list, and its approval without the admin around it."""

from __future__ import annotations

import json
from typing import Any

from django.contrib.auth import get_user_model
from django.http import HttpRequest, JsonResponse
from django.urls import include, path, re_path
from django.views.decorators.csrf import csrf_exempt
from django_comments.views.moderation import perform_approve
from django_comments_xtd.api.views import CommentList
from django_comments_xtd.models import XtdComment
from django_comments_xtd.signals import should_request_be_authorized


def _trust(sender: Any, **kwargs: Any) -> bool:
    """Let a client of the API post without the hash that only its own form has."""
    return True


should_request_be_authorized.connect(_trust)


@csrf_exempt
def approve(request: HttpRequest) -> JsonResponse:
    """Approve the comments in the body, {id: version}, one by one as the admin's action does."""
    request.user = get_user_model().objects.get()
    comments = XtdComment.objects.filter(pk__in=json.loads(request.body))
    for comment in comments:
        perform_approve(request, comment)
    return JsonResponse({"done": len(comments)})


urlpatterns = [
    path("approve/", approve),
    path("comments/", include("django_comments_xtd.urls")),
    re_path(r"^paged/(?P<content_type>\w+-\w+)/(?P<object_pk>[-\w]+)/$", CommentList.as_view()),
]
