"""Deliver: take what is due from the outbox, call, and note what came back.

Any number of processes may do so side by side. A row is leased by compare-and-set; whoever dies while calling loses
the lease after a minute, and somebody else calls, perhaps for the second time (with the same webhook-id). An endpoint
that fails is left alone for the rest of a run, so that it does not keep the others waiting.
"""

from __future__ import annotations

import logging
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from . import signing, tasks
from .conf import webhooks_settings
from .events import Outcome, Trouble
from .models import WebhookAttempt, WebhookDelivery, WebhookEndpoint
from .sending import Answer, post

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=1)
"""Longer than any call takes."""

_BATCH = 20


def deliver_due(*, now: datetime | None = None, seconds: float | None = None) -> Counter[str]:
    """Call the endpoints for which something is due. No failure of theirs comes out of here.

    Args:
        now: the moment to go by; without it the clock, read for each call.
        seconds: after so many seconds no further call is begun; what is left waits for the next run.

    Returns:
        How many deliveries came to each `Outcome`, and how many ("") will be tried again.
    """
    end = None if seconds is None else time.monotonic() + seconds
    outcomes: Counter[str] = Counter()
    failing: set[int] = set()
    next_try: datetime | None = None
    for row in _leases(now, failing):
        moment = now or timezone.now()
        deliver(row, now=moment)
        outcomes[row.outcome] += 1
        if row.outcome != Outcome.DELIVERED:
            failing.add(row.endpoint_id)
        if not row.outcome:
            next_try = min(filter(None, (next_try, row.due_at)))
        if end is not None and time.monotonic() >= end:
            next_try = moment
            break
    if failing or next_try:
        with suppress(Exception):  # a queue that is away: cron comes by
            tasks.enqueue_at(next_try or timezone.now())
    return outcomes


def deliver(row: WebhookDelivery, *, now: datetime, is_last: bool = False) -> WebhookAttempt:
    """Call once for a row that is leased, and store what came of it in the row and in the log.

    Args:
        is_last: give it up if it fails, however seldom it was tried.
    """
    attempt = call(row, now=now)
    changes: dict[str, Any] = {"claimed_at": None}
    if not attempt.trouble:
        changes |= {"finished_at": now, "outcome": Outcome.DELIVERED}
    else:
        delays = webhooks_settings.retry_seconds
        changes["failures"] = row.failures + 1
        if row.failures < len(delays) and not is_last:
            changes["due_at"] = now + timedelta(seconds=delays[row.failures])
        else:
            changes |= {"finished_at": now, "outcome": Outcome.FAILED}
        logger.warning("Webhook %s was not delivered to %s: %s.", row.pk, row.endpoint_id, attempt.trouble)
    # Whoever was so slow that somebody else took the lease over leaves the row to them.
    WebhookDelivery.objects.filter(pk=row.pk, claimed_at=row.claimed_at).update(**changes)
    for name, value in changes.items():
        setattr(row, name, value)
    return attempt


def call(row: WebhookDelivery, *, now: datetime) -> WebhookAttempt:
    """Send a row's event to its endpoint, and log the attempt."""
    endpoint, body = row.endpoint, row.event.body.encode()
    secrets = [secret for secret in endpoint.secrets.order_by("pk") if secret.is_current]
    try:
        headers = signing.headers(
            message=row.event.message_id,
            timestamp=int(now.timestamp()),
            body=body,
            secrets=[secret.key for secret in secrets],
        )
        answer = post(endpoint.url, headers=headers, body=body)
    except Exception:
        # Whatever it is, it must not keep other deliveries from going out.
        logger.exception("Webhook %s could not be sent.", row.pk)
        answer = Answer(trouble=Trouble.INTERNAL)
    return WebhookAttempt.objects.create(
        delivery=row,
        started_at=now,
        url=endpoint.url,
        address=answer.address,
        secrets=", ".join(str(secret) for secret in secrets)[:100],
        trouble=answer.trouble or "",
        detail=answer.detail[:500],
        status=answer.status,
        milliseconds=answer.milliseconds,
        answer_headers=answer.headers,
        answer_body=answer.body,
    )


def deliver_again(row: WebhookDelivery, *, now: datetime) -> bool:
    """Ask for a delivery once more, with all its attempts, and make the first one. False if somebody is at it."""
    free = WebhookDelivery.objects.filter(Q(claimed_at=None) | Q(claimed_at__lt=now - LEASE), pk=row.pk)
    if not free.update(claimed_at=now, due_at=now, finished_at=None, outcome="", failures=0):
        return False
    fresh = WebhookDelivery.objects.select_related("event", "endpoint").get(pk=row.pk)
    deliver(fresh, now=now)
    return True


def waiting(now: datetime) -> QuerySet[WebhookDelivery]:
    """Return the deliveries that are to be tried at `now`, and that nobody is trying."""
    is_free = Q(claimed_at=None) | Q(claimed_at__lt=now - LEASE)
    return WebhookDelivery.objects.filter(
        is_free,
        finished_at=None,
        due_at__lte=now,
        endpoint__in=WebhookEndpoint.objects.filter(is_active=True),
    )


def _leases(now: datetime | None, failing: set[int]) -> Iterator[WebhookDelivery]:
    """Lease what is due, one row after the other, until there is no more; leave out endpoints that are `failing`."""
    while True:
        found = waiting(now or timezone.now()).exclude(endpoint__in=failing).order_by("due_at", "pk")
        candidates = list(found.values_list("pk", "claimed_at", "endpoint")[:_BATCH])
        if not candidates:
            return
        for pk, claimed_at, endpoint in candidates:
            if endpoint in failing:
                continue
            unchanged = WebhookDelivery.objects.filter(pk=pk, claimed_at=claimed_at, finished_at=None)
            if unchanged.update(claimed_at=now or timezone.now()):
                yield from WebhookDelivery.objects.select_related("event", "endpoint").filter(pk=pk)
