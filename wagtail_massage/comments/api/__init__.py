"""Comments for front ends: one django-ninja router, mounted by `wagtail_massage.api_urls`."""

from . import health, mails, own, places, reports, words  # noqa: F401 (their operations are on the router now)
from .views import router

__all__ = ["router"]
