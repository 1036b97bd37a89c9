"""Comments for front ends: one django-ninja router, mounted by `wagtail_massage.api_urls`."""

from .views import router

__all__ = ["router"]
