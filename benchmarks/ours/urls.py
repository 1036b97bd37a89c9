"""The addresses of a site with the package, and an empty page of Wagtail's admin, to compare the desk with."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.admin.auth import require_admin_access


@require_admin_access
def empty(request: HttpRequest) -> HttpResponse:
    """Wagtail's admin around nothing."""
    return render(request, "wagtailadmin/base.html", {"page_title": "Nothing"})


urlpatterns = [
    path("empty/", empty),
    path("admin/", include(wagtailadmin_urls)),
    path("api/massage/v1/", include("wagtail_massage.api_urls")),
    path("massage/", include("wagtail_massage.urls")),
    path("", include(wagtail_urls)),
]
