"""What the comments room hears from the rest of the site."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete
from wagtail.models import AbstractPage

from . import actions, cached_pages
from .models import GroupCommentPermission, ScreeningEntry
from .screening import entries, impersonation


def keep_name_of_deleted_page(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Pages are deleted singly, in bulk and by tree; each of them is announced here."""
    if isinstance(instance, AbstractPage):
        actions.release_page(page=instance)


def connect() -> None:
    pre_delete.connect(keep_name_of_deleted_page, dispatch_uid="wagtail_massage_comments.release_page")
    cached_pages.connect()
    _connect_screening()


def _connect_screening() -> None:
    """Let screening know at once of changes to what it remembers."""
    users = get_user_model()
    for signal in (post_save, post_delete):
        signal.connect(
            entries.rows_changed, sender=ScreeningEntry, dispatch_uid="wagtail_massage_comments.entries"
        )
        for sender in (users, GroupCommentPermission):
            uid = f"wagtail_massage_comments.team.{sender._meta.label}"
            signal.connect(impersonation.users_changed, sender=sender, dispatch_uid=uid)
    m2m_changed.connect(
        impersonation.users_changed,
        sender=users.groups.through,
        dispatch_uid="wagtail_massage_comments.team.groups",
    )
