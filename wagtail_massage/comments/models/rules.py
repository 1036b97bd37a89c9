"""What people of the site have decided in advance: who moderates where, and what is not welcome."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ...base_page import PAGE_MODEL
from ..states import EntryKind


class GroupCommentPermission(models.Model):
    """What a group may do with the comments of a page and of everything below it."""

    class Permission(models.TextChoices):
        MODERATE = "MODERATE", _("Moderate comments")
        ANSWER_HEALTH = "ANSWER_HEALTH", _("Answer health questions")

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="massage_comment_permissions")
    page = models.ForeignKey(PAGE_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("page"))
    permission = models.CharField(_("permission"), max_length=16, choices=Permission.choices)

    class Meta:
        verbose_name = _("group comment permission")
        verbose_name_plural = _("group comment permissions")
        constraints = [
            models.UniqueConstraint(
                fields=["group", "page", "permission"], name="massage_comment_group_permission"
            )
        ]

    def __str__(self) -> str:
        return f"{self.group}: {self.get_permission_display()}"


class ScreeningEntry(models.Model):
    """One entry of the lists that screening reads besides the settings, kept by people in the admin."""

    kind = models.CharField(_("what it does"), max_length=16, choices=EntryKind.choices)
    value = models.CharField(
        _("entry"),
        max_length=200,
        help_text=_(
            "A word or phrase (* stands for any letters at its beginning or end), a domain, an e-mail address, "
            "@domain, an IP address or network, or a name."
        ),
    )
    note = models.CharField(
        _("note"), max_length=200, blank=True, help_text=_("Why it is here, for colleagues.")
    )
    expires_at = models.DateTimeField(_("ends"), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        verbose_name = _("screening entry")
        verbose_name_plural = _("screening entries")
        constraints = [models.UniqueConstraint(fields=["kind", "value"], name="massage_screening_entry")]

    def __str__(self) -> str:
        # Wagtail's audit log keeps this for ever, so it holds no address and no name.
        return gettext("Entry %(id)s") % {"id": self.pk}
