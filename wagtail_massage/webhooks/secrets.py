"""The secrets of an endpoint: made here, replaced with an overlap, taken out of use."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from .models import SECRET_OVERLAP, WebhookEndpoint, WebhookSecret


class LastSecret(Exception):
    """An endpoint without a secret could not be believed, so its last one stays."""


def add_secret(endpoint: WebhookEndpoint, *, now: datetime) -> WebhookSecret:
    """Make a new secret. Those that there are end after `SECRET_OVERLAP`; until then messages carry all signatures."""
    with transaction.atomic():
        endpoint.secrets.filter(expires_at=None).update(expires_at=now + SECRET_OVERLAP)
        return WebhookSecret.objects.create(endpoint=endpoint)


def retire_secret(secret: WebhookSecret, *, now: datetime) -> None:
    """Sign with a secret no more, from this moment on.

    Raises:
        LastSecret: if it is the newest, which no other replaces.
    """
    if secret.expires_at is None:
        raise LastSecret
    WebhookSecret.objects.filter(pk=secret.pk, expires_at__gt=now).update(expires_at=now)
