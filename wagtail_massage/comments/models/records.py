"""What is kept about a comment: verdicts, events, earlier texts, reports."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..querysets import AppendOnlyQuerySet
from ..states import ActorKind, ReportReason, Status
from .comments import VisitorComment


class CommentVerdict(models.Model):
    """What one screening check said of one version of a comment's text."""

    class Outcome(models.IntegerChoices):
        PASS = 0, _("Pass")
        HOLD = 1, _("Hold")
        SPAM = 2, _("Spam")
        REFUSE = 3, _("Refuse")

    comment = models.ForeignKey(VisitorComment, on_delete=models.CASCADE, related_name="verdicts")
    check_name = models.CharField(max_length=64)
    check_version = models.PositiveSmallIntegerField(default=1)
    outcome = models.PositiveSmallIntegerField(choices=Outcome.choices)
    score = models.FloatField(null=True)
    reason = models.CharField(max_length=64, blank=True)
    span_start = models.PositiveIntegerField(null=True)
    span_end = models.PositiveIntegerField(null=True)
    comment_version = models.PositiveIntegerField()
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("verdict")
        verbose_name_plural = _("verdicts")
        indexes = [models.Index(fields=["outcome", "created_at"], name="massage_verdict_objection")]

    def __str__(self) -> str:
        return f"{self.check_name}: {self.get_outcome_display()}"


class ModerationEvent(models.Model):
    """One line of a comment's history, written in the same transaction as the change. Append-only."""

    comment = models.ForeignKey(VisitorComment, on_delete=models.CASCADE, related_name="events")
    verb = models.CharField(max_length=32)
    from_status = models.CharField(max_length=16, choices=Status.choices, blank=True)
    to_status = models.CharField(max_length=16, choices=Status.choices)
    actor_kind = models.CharField(max_length=16, choices=ActorKind.choices)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    reason = models.CharField(max_length=64, blank=True)
    data = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField()

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = _("moderation event")
        verbose_name_plural = _("moderation events")
        indexes = [models.Index(fields=["actor_kind", "created_at"], name="massage_event_actor")]

    def __str__(self) -> str:
        return f"{self.verb} {self.created_at:%Y-%m-%d %H:%M}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("Moderation events are never changed; add a new one.")
        super().save(*args, **kwargs)


class CommentRevision(models.Model):
    """A text that a comment had before it was edited. Read on the desk and in an export, never by the public."""

    comment = models.ForeignKey(VisitorComment, on_delete=models.CASCADE, related_name="revisions")
    version = models.PositiveIntegerField()  # the comment's version that had this text
    body = models.TextField()
    created_at = models.DateTimeField()  # when it was replaced

    class Meta:
        verbose_name = _("earlier text")
        verbose_name_plural = _("earlier texts")

    def __str__(self) -> str:
        return f"{self.version}"


class ModerationNote(models.Model):
    """What a moderator wants colleagues to know about a comment. Read on the desk and in an export, never by the
    public."""

    comment = models.ForeignKey(VisitorComment, on_delete=models.CASCADE, related_name="notes")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    body = models.TextField(_("note"))
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("moderators' note")
        verbose_name_plural = _("moderators' notes")

    def __str__(self) -> str:
        return f"{self.created_at:%Y-%m-%d %H:%M}"


class CommentReport(models.Model):
    """A visitor's report. One per reporter and comment; who reported is a keyed digest that nobody is shown."""

    comment = models.ForeignKey(VisitorComment, on_delete=models.CASCADE, related_name="reports")
    reporter_key = models.CharField(max_length=64)
    reason = models.CharField(_("reason"), max_length=16, choices=ReportReason.choices)
    note = models.CharField(_("in the reporter's words"), max_length=500, blank=True)
    created_at = models.DateTimeField()
    handled_at = models.DateTimeField(
        null=True, blank=True
    )  # when a moderator decided with the report in view

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        constraints = [
            models.UniqueConstraint(fields=["comment", "reporter_key"], name="massage_comment_report_once")
        ]

    def __str__(self) -> str:
        return self.get_reason_display()
