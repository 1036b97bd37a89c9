"""The front room: blocks, slots, settings and checks. It has no models, so any site may install it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MassageConfig(AppConfig):
    name = "wagtail_massage"
    label = "wagtail_massage"
    verbose_name = _("Wagtail Massage")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import checks, epochs, sites, wagtail_v3  # noqa: F401  (importing checks registers them)

        epochs.connect()
        sites.connect()
        wagtail_v3.connect()
