"""What the webhooks room adds to the Wagtail admin."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from .views.access import NAMESPACE
from .views.viewset import WebhooksViewSet

_LOGGED = {
    "add_secret": (_("Make a new secret of a webhook"), _("New secret made")),
    "retire_secret": (_("End a secret of a webhook"), _("Old secret ended")),
}


@hooks.register("register_admin_viewset")
def register_webhooks() -> WebhooksViewSet:
    return WebhooksViewSet()


@hooks.register("register_permissions")
def register_permissions() -> QuerySet[Permission]:
    return Permission.objects.filter(
        content_type__app_label="wagtail_massage_webhooks", content_type__model="webhookendpoint"
    )


@hooks.register("register_log_actions")
def register_log_actions(actions: Any) -> None:
    for verb, (label, message) in _LOGGED.items():
        actions.register_action(f"{NAMESPACE}.{verb}", label, message)
