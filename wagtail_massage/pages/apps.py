"""Pages: thin concrete page types for sites that use Wagtail's own base page."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    name = "wagtail_massage.pages"
    label = "wagtail_massage_pages"
    verbose_name = _("Treatment and benefit list pages")
    default_auto_field = "django.db.models.BigAutoField"
