"""What is asked of django-comments-xtd: its own API, its paged list, and its admin."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.urls import include, path, re_path
from django_comments_xtd.api.views import CommentList
from django_comments_xtd.signals import should_request_be_authorized


def _trust(sender: Any, **kwargs: Any) -> bool:
    """Let a client of the API post without the hash that only its own form has."""
    return True


should_request_be_authorized.connect(_trust)


urlpatterns = [
    path("admin/", admin.site.urls),
    path("comments/", include("django_comments_xtd.urls")),
    re_path(r"^paged/(?P<content_type>\w+-\w+)/(?P<object_pk>[-\w]+)/$", CommentList.as_view()),
]
