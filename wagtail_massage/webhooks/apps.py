"""The room that tells other systems."""

import wagtail
from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WebhooksConfig(AppConfig):
    name = "wagtail_massage.webhooks"
    label = "wagtail_massage_webhooks"
    verbose_name = _("Webhooks")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.apps import apps

        from . import audience, checks, page_events  # noqa: F401  (importing checks registers them)
        from .models import WebhookEndpoint
        from .permissions import endpoint_policy

        audience.connect()
        page_events.connect()
        if apps.is_installed("wagtail_massage.comments"):
            from . import comment_events

            comment_events.connect()
        if wagtail.VERSION >= (8, 0):
            from wagtail.permissions import register_permission_policy

            register_permission_policy(WebhookEndpoint, endpoint_policy)
