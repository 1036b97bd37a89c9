"""Mails on their way out, who refuses them, and how often moderators want them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..states import MailFrequency, MailKind, MailLane, MailOutcome
from .comments import VisitorComment


class CommentMail(models.Model):
    """A mail to be sent: the outbox row, written in the transaction of what it tells of.

    It holds neither text nor address; both are read when it is sent, so that erasing a comment leaves nothing here.
    Delivery is at least once: a row is leased by setting `claimed_at`, and done when `finished_at` is set.

    News for the desk is a row of the kind MODERATORS without a recipient. Sending it makes a row for each moderator
    who wants to know at once, and those rows are mails.
    """

    key = models.CharField(max_length=100)  # the same occasion never makes two mails
    kind = models.CharField(max_length=16, choices=MailKind.choices)
    comment = models.ForeignKey(
        VisitorComment, null=True, on_delete=models.CASCADE, related_name="mails"
    )  # what it is about: the author's own, or news for the desk; None in a moderator's own mail
    about = models.ForeignKey(
        VisitorComment, null=True, on_delete=models.CASCADE, related_name="+"
    )  # the answer, where the mail tells of one
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+"
    )  # a moderator; None: the author of `comment`
    lane = models.CharField(max_length=16, choices=MailLane.choices, blank=True)  # of news for the desk
    recipient_key = models.CharField(
        max_length=64, blank=True
    )  # keyed digest of the address, to limit mails to it
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    outcome = models.CharField(max_length=16, choices=MailOutcome.choices, blank=True)

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        constraints = [models.UniqueConstraint(fields=["key"], name="massage_mail_occasion")]
        indexes = [
            models.Index(fields=["finished_at", "due_at"], name="massage_mail_due"),
            models.Index(fields=["recipient_key", "created_at"], name="massage_mail_recipient"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}"


class MailRefusal(models.Model):
    """An address that wants no more mails about comments, as a keyed digest."""

    recipient_key = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("refusal of mails")
        verbose_name_plural = _("refusals of mails")

    def __str__(self) -> str:
        return f"{self.created_at:%Y-%m-%d}"


class ModeratorMailChoice(models.Model):
    """How often one moderator wants to be told of one lane; without a row the setting decides."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    lane = models.CharField(max_length=16, choices=MailLane.choices)
    frequency = models.CharField(max_length=16, choices=MailFrequency.choices)

    class Meta:
        verbose_name = _("choice of mails")
        verbose_name_plural = _("choices of mails")
        constraints = [models.UniqueConstraint(fields=["user", "lane"], name="massage_moderator_mail_choice")]

    def __str__(self) -> str:
        return f"{self.get_lane_display()}: {self.get_frequency_display()}"
