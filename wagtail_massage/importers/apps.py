"""Importers: existing articles and their comments become pages."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ImportersConfig(AppConfig):
    name = "wagtail_massage.importers"
    label = "wagtail_massage_importers"
    verbose_name = _("Article import")
    default_auto_field = "django.db.models.BigAutoField"
