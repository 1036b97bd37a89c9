"""The rows of webhooks. Nothing but `outbox`, `delivery`, `purging` and the admin's views writes them."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..installed import require_installed

require_installed("wagtail_massage.webhooks")

from . import signing, targets  # noqa: E402
from .events import TEST, EventType, Outcome, Trouble  # noqa: E402

SECRET_OVERLAP = timedelta(hours=24)
"""So long messages carry signatures of the old secrets too, after a new one was made."""


def every_event() -> list[str]:
    """Return what a new endpoint asks for."""
    return list(EventType.values)


class WebhookEndpoint(models.Model):
    """Somewhere else that wants to know."""

    name = models.CharField(
        _("name"), max_length=80, unique=True, help_text=_("What your colleagues will recognise it by.")
    )
    url = models.CharField(
        _("address"),
        max_length=500,
        help_text=_("Messages are posted to it, as JSON. It must be on the public internet."),
    )
    site = models.ForeignKey(
        "wagtailcore.Site",
        verbose_name=_("site"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        help_text=_("Only what happens on this site is told; left empty, what happens on any of them."),
    )
    events = models.JSONField(_("events"), default=every_event)
    is_active = models.BooleanField(
        _("active"),
        default=True,
        help_text=_("While it is off nothing is noted for it, and what was noted before waits."),
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuse what would never be called, while somebody is there to mend it. Names are resolved at each call."""
        try:
            targets.parse(self.url)
        except targets.Refused as refusal:
            raise ValidationError({"url": _("Use an address that starts with https://.")}) from refusal
        except ValueError as error:
            raise ValidationError(
                {
                    "url": _(
                        "Enter an address such as https://www.example.com/hooks/massage, without a password."
                    )
                }
            ) from error

    def current_secrets(self) -> list[str]:
        """Return the secrets to sign with now. Costs one query."""
        return [secret.key for secret in self.secrets.all() if secret.is_current]


class WebhookSecret(models.Model):
    """What the receiver verifies with. Shown once, when it is made."""

    endpoint = models.ForeignKey(WebhookEndpoint, on_delete=models.CASCADE, related_name="secrets")
    key = models.CharField(max_length=100, default=signing.make_secret)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(null=True)  # when a newer one takes over alone

    class Meta:
        verbose_name = _("secret of a webhook")
        verbose_name_plural = _("secrets of webhooks")

    def __str__(self) -> str:
        return f"{signing.PREFIX}…{self.key[-4:]}"

    @property
    def is_current(self) -> bool:
        return self.expires_at is None or self.expires_at > timezone.now()


class WebhookEvent(models.Model):
    """Something that happened, in the words in which it is told: the body stays the same at every attempt."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    type = models.CharField(_("event"), max_length=32)
    body = models.TextField()
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("event of a webhook")
        verbose_name_plural = _("events of webhooks")
        indexes = [models.Index(fields=["created_at"], name="massage_webhook_event")]

    def __str__(self) -> str:
        return self.type

    @property
    def label(self) -> str:
        """What happened, in words."""
        return str(dict(EventType.choices).get(self.type, _("A test") if self.type == TEST else self.type))

    @property
    def message_id(self) -> str:
        """The webhook-id header."""
        return signing.message_id(self.uuid)


class WebhookDelivery(models.Model):
    """An event to be told to one endpoint: the outbox row, written in the transaction of what it tells of.

    Delivery is at least once: a row is leased by setting `claimed_at`, and done when `finished_at` is set.
    """

    event = models.ForeignKey(WebhookEvent, on_delete=models.CASCADE, related_name="deliveries")
    endpoint = models.ForeignKey(WebhookEndpoint, on_delete=models.CASCADE, related_name="deliveries")
    due_at = models.DateTimeField(_("next attempt"))
    claimed_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    failures = models.PositiveSmallIntegerField(default=0)  # since it was last asked for
    outcome = models.CharField(_("outcome"), max_length=16, choices=Outcome.choices, blank=True)

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        constraints = [models.UniqueConstraint(fields=["event", "endpoint"], name="massage_webhook_delivery")]
        indexes = [
            models.Index(fields=["finished_at", "due_at"], name="massage_webhook_due"),
            models.Index(fields=["endpoint", "id"], name="massage_webhook_log"),
        ]

    def __str__(self) -> str:
        return self.what

    @property
    def what(self) -> str:
        """What happened, in words."""
        return self.event.label

    @property
    def state(self) -> str:
        """What has become of it so far, in words."""
        if self.outcome:
            return str(Outcome(self.outcome).label)
        return gettext("Tried, waiting") if self.failures else gettext("Waiting")


class WebhookAttempt(models.Model):
    """One try: what was sent stands in the event, what came back here, at most 64 KB of it."""

    delivery = models.ForeignKey(WebhookDelivery, on_delete=models.CASCADE, related_name="attempts")
    started_at = models.DateTimeField()
    url = models.CharField(max_length=500)
    address = models.CharField(max_length=64, blank=True)  # the IP address that was called
    secrets = models.CharField(max_length=100, blank=True)  # the ends of those signed with
    trouble = models.CharField(max_length=16, blank=True)  # a `Trouble`; its words may change
    detail = models.CharField(max_length=500, blank=True)
    status = models.PositiveSmallIntegerField(null=True)
    milliseconds = models.PositiveIntegerField(default=0)
    answer_headers = models.TextField(blank=True)
    answer_body = models.TextField(blank=True)

    class Meta:
        verbose_name = _("attempt of a webhook")
        verbose_name_plural = _("attempts of webhooks")

    def __str__(self) -> str:
        return f"{self.started_at:%Y-%m-%d %H:%M:%S}"

    @property
    def explanation(self) -> str:
        """Why it failed, in words; "" if it did not."""
        return str(Trouble(self.trouble).label) if self.trouble else ""
