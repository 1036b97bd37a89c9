"""Personal health questions: what became of them, and the answers given to one person."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..states import DeskTextKind, HealthChoice
from .comments import VisitorComment


class HealthQuestion(models.Model):
    """A comment that is set apart because somebody asks about her own health.

    It never becomes part of its page's thread: as long as `VisitorComment.is_health` is set it cannot be approved.
    It is answered at its author's receipt, and published, if its author agreed, on a page of its own.
    """

    comment = models.OneToOneField(VisitorComment, on_delete=models.CASCADE, related_name="health")
    is_urgent = models.BooleanField(default=False)  # it names a red flag
    choice = models.CharField(max_length=16, choices=HealthChoice.choices, blank=True)
    consent_version = models.CharField(max_length=16, blank=True)  # of the text that was agreed to
    chosen_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()  # unanswered until then, it escalates
    escalated_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)  # the first answer
    published_at = models.DateTimeField(null=True)  # the question; each answer has its own

    class Meta:
        verbose_name = _("health question")
        verbose_name_plural = _("health questions")
        indexes = [
            models.Index(fields=["answered_at", "is_urgent", "created_at"], name="massage_health_lane"),
            models.Index(fields=["answered_at", "due_at"], name="massage_health_due"),
        ]

    def __str__(self) -> str:
        return str(self.comment)


class HealthAnswer(models.Model):
    """What somebody with the right to do so answered. Who signed it, and under which disclaimer, is kept as it was."""

    question = models.ForeignKey(HealthQuestion, on_delete=models.CASCADE, related_name="answers")
    body = models.TextField(_("answer"))
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    signature = models.JSONField(default=dict)  # name, title, registration
    disclaimer = models.TextField(blank=True)
    disclaimer_version = models.CharField(max_length=16, blank=True)
    created_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("answer to a health question")
        verbose_name_plural = _("answers to health questions")

    def __str__(self) -> str:
        return f"{self.created_at:%Y-%m-%d %H:%M}"


class DeskText(models.Model):
    """A text that editors keep for the desk and for what visitors are told, in one language."""

    kind = models.CharField(_("what it is for"), max_length=16, choices=DeskTextKind.choices)
    locale = models.CharField(
        _("language"),
        max_length=16,
        blank=True,
        help_text=_("Left empty: for every language without its own."),
    )
    title = models.CharField(_("title"), max_length=120, help_text=_("Only colleagues see it."))
    body = models.TextField(_("text"), max_length=5000)
    version = models.PositiveIntegerField(default=1)  # raised by each change: consent and disclaimers name it

    class Meta:
        verbose_name = _("text of the desk")
        verbose_name_plural = _("texts of the desk")
        indexes = [models.Index(fields=["kind", "locale"], name="massage_desk_text")]

    def __str__(self) -> str:
        return self.title
