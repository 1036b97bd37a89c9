"""What the comments room hears from the rest of the site."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import pre_delete
from wagtail.models import AbstractPage

from . import actions, cached_pages


def keep_name_of_deleted_page(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Pages are deleted singly, in bulk and by tree; each of them is announced here."""
    if isinstance(instance, AbstractPage):
        actions.release_page(page=instance)


def connect() -> None:
    pre_delete.connect(keep_name_of_deleted_page, dispatch_uid="wagtail_massage_comments.release_page")
    cached_pages.connect()
