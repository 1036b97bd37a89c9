"""The outbox: what happened and who is to be told, written in the same transaction.

An endpoint gets a row of its own for each event, so that one that is away keeps nobody else waiting. The words are
fixed here and never change, so that a receiver can tell a message that comes twice.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from ..tasks import enqueue_on_commit
from . import tasks
from .models import WebhookDelivery, WebhookEndpoint, WebhookEvent


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that the public can see, on one site.

    Attributes:
        type: a value of `EventType`, or `TEST`.
        tags: names under which caches keep what has changed, see `wagtail_massage.tags`.
        paths: where it is seen, beginning with "/".
        site: "hostname" or "hostname:port"; `site_pk` is its row.
        locale: the language code of the page.
        data: as little as possible: numbers and public ids.
    """

    type: str
    tags: list[str]
    paths: list[str]
    site: str = ""
    site_pk: int | None = None
    locale: str = ""
    data: dict[str, Any] = field(default_factory=dict)

    def body(self, now: datetime) -> str:
        """Return the JSON that is sent, the same for every endpoint."""
        message = {
            "type": self.type,
            "timestamp": now.isoformat(),
            "tags": self.tags,
            "paths": self.paths,
            "site": self.site,
            "locale": self.locale,
            "data": self.data,
        }
        return json.dumps(message, ensure_ascii=False, separators=(",", ":"))


def post(events: Iterable[Event], *, to: Iterable[WebhookEndpoint], now: datetime) -> None:
    """Note each event for the endpoints that asked for it, and have them told after the transaction is committed."""
    endpoints = list(to)
    wanted = [(event, [endpoint for endpoint in endpoints if _wants(endpoint, event)]) for event in events]
    rows = []
    for event, asking in wanted:
        if asking:
            stored = WebhookEvent.objects.create(type=event.type, body=event.body(now), created_at=now)
            rows += [WebhookDelivery(event=stored, endpoint=endpoint, due_at=now) for endpoint in asking]
    if rows:
        WebhookDelivery.objects.bulk_create(rows)
        enqueue_on_commit(tasks.deliver_webhooks)


def _wants(endpoint: WebhookEndpoint, event: Event) -> bool:
    return event.type in endpoint.events and endpoint.site_id in (None, event.site_pk)
