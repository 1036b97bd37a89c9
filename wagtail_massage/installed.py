"""The guard at the door of each nested app."""

from __future__ import annotations

from django.apps import apps
from django.core.exceptions import ImproperlyConfigured


def require_installed(app_name: str) -> None:
    """Refuse to define the models of an app that is not in INSTALLED_APPS.

    Call it at the top of a room's `models.py`. Without it Django files the models under the nearest installed
    parent package, `wagtail_massage`, and `makemigrations` writes their tables there, silently.

    Raises:
        ImproperlyConfigured: if `app_name` is not installed.
    """
    if not apps.is_installed(app_name):
        raise ImproperlyConfigured(
            f"The models of {app_name} were imported, but {app_name!r} is not in INSTALLED_APPS. "
            f"Add it there, or remove the import."
        )
