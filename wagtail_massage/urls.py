"""The public HTML addresses of the rooms that are installed: `path("massage/", include("wagtail_massage.urls"))`."""

from django.apps import apps
from django.urls import include, path

urlpatterns = []

if apps.is_installed("wagtail_massage.comments"):
    urlpatterns.append(path("comments/", include("wagtail_massage.comments.urls")))
