"""Treatments and benefit lists for front ends: one django-ninja router, mounted by `wagtail_massage.api_urls`."""

from . import preview, routing  # noqa: F401 (their operations are on the router now)
from .views import router

__all__ = ["router"]
