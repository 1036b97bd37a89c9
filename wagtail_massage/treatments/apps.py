"""Treatments: snippets, and the mixins that hold the substance of every page type."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TreatmentsConfig(AppConfig):
    name = "wagtail_massage.treatments"
    label = "wagtail_massage_treatments"
    verbose_name = _("Treatments")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import answering, promoting, receivers, vocabulary

        answering.connect()
        promoting.connect()
        receivers.connect()
        vocabulary.connect()
