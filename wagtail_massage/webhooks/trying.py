"""A test: a message that means nothing, sent at once, to see whether an endpoint hears and believes us."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from . import delivery, signing
from .events import TEST
from .models import WebhookAttempt, WebhookDelivery, WebhookEndpoint, WebhookEvent
from .outbox import Event
from .sending import Answer, post


def send_test(endpoint: WebhookEndpoint, *, now: datetime) -> WebhookAttempt:
    """Send a test to an endpoint, even to one that is off. It stands in the log and is not tried again."""
    body = Event(type=TEST, tags=[], paths=[]).body(now)
    event = WebhookEvent.objects.create(type=TEST, body=body, created_at=now)
    row = WebhookDelivery.objects.create(event=event, endpoint=endpoint, due_at=now, claimed_at=now)
    return delivery.deliver(row, now=now, is_last=True)


def send_test_to(url: str, *, secret: str, now: datetime) -> Answer:
    """Send a test to an address that is no endpoint yet, signed with `secret`. It leaves nothing in the log."""
    body = Event(type=TEST, tags=[], paths=[]).body(now).encode()
    message = signing.message_id(uuid4())
    stamp = int(now.timestamp())
    headers = signing.headers(message=message, timestamp=stamp, body=body, secrets=[secret])
    return post(url, headers=headers, body=body)
