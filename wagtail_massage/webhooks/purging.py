"""Retention of the log: what was delivered or given up is let go of after a while."""

from __future__ import annotations

from datetime import datetime, timedelta

from .conf import webhooks_settings
from .models import WebhookAttempt, WebhookDelivery, WebhookEvent, WebhookSecret

BATCH = 500


def cut_off(now: datetime) -> datetime:
    """Return the moment before which nothing is kept."""
    return now - timedelta(days=webhooks_settings.keep_days)


def old_deliveries(now: datetime) -> int:
    """Return how many deliveries `purge` would delete."""
    return WebhookDelivery.objects.filter(finished_at__lt=cut_off(now)).count()


def purge(*, now: datetime) -> int:
    """Delete old finished deliveries with their attempts, events that nobody waits for, and secrets that have ended.

    What still waits for an endpoint that is switched off is given up with the same age. Runs in batches.

    Returns:
        How many deliveries were deleted.
    """
    before = cut_off(now)
    WebhookSecret.objects.filter(expires_at__lt=now).delete()
    forgotten = WebhookDelivery.objects.filter(
        finished_at=None, event__created_at__lt=before, endpoint__is_active=False
    )
    count = 0
    for old in (WebhookDelivery.objects.filter(finished_at__lt=before), forgotten):
        while pks := list(old.order_by("pk").values_list("pk", flat=True)[:BATCH]):
            WebhookAttempt.objects.filter(delivery__in=pks).delete()
            count += WebhookDelivery.objects.filter(pk__in=pks).delete()[0]
    events = WebhookEvent.objects.filter(created_at__lt=before, deliveries=None)
    while pks := list(events.order_by("pk").values_list("pk", flat=True)[:BATCH]):
        WebhookEvent.objects.filter(pk__in=pks).delete()
    return count
