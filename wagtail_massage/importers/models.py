"""The one row this room keeps: which text has become which page."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..base_page import PAGE_MODEL
from ..installed import require_installed

require_installed("wagtail_massage.importers")


class ImportedArticle(models.Model):
    """An article that was imported. It outlives its page, so that a repeated import knows that the page was deleted."""

    source_key = models.CharField(max_length=80, unique=True)  # see source_key.py
    title = models.CharField(_("title"), max_length=255, blank=True)  # as read, before anybody edited it
    page = models.ForeignKey(
        PAGE_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("page")
    )
    imported_at = models.DateTimeField(_("imported"))
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("imported article")
        verbose_name_plural = _("imported articles")
        indexes = [models.Index(fields=["title"], name="massage_importer_title")]

    def __str__(self) -> str:
        return self.title
