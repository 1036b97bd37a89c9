"""The test site with Wagtail's writable API, which it does not install."""

from django.urls import path

from tests.projects.urls import urlpatterns as site_urls

try:
    from wagtail.api.v3.urls import api
except ImportError:  # Wagtail 7.4
    urlpatterns = site_urls
else:
    urlpatterns = [path("api/v3/", api.urls), *site_urls]
