"""What a process keeps where no rollback of the database reaches."""

from __future__ import annotations

from django.apps import apps
from django.core.cache import caches


def forget() -> None:
    """Forget rate limits, renditions, the words and lists of screening, and the parts of threads that were made."""
    for cache in caches.all():
        cache.clear()
    if apps.is_installed("wagtail_massage.treatments"):
        from wagtail_massage.treatments import vocabulary

        vocabulary.forget()
    if apps.is_installed("wagtail_massage.comments"):
        from wagtail_massage.comments import kept_parts
        from wagtail_massage.comments.screening import entries, impersonation

        entries.forget()
        impersonation.forget()
        kept_parts.forget()
