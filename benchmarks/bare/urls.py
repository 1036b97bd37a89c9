"""Wagtail's API in both versions, and its pages."""

from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.views import PagesAPIViewSet
from wagtail.api.v3.urls import api as version_3

version_2 = WagtailAPIRouter("wagtailapi")
version_2.register_endpoint("pages", PagesAPIViewSet)

urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    path("api/v2/", version_2.urls),
    path("api/v3/", version_3.urls),
    path("", include(wagtail_urls)),
]
