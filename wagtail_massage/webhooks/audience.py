"""Who listens. Asked at every save of a page and every decision about a comment, so it costs little.

Where there is no endpoint at all, Django's cache remembers that for a minute, and nothing is asked of the database.
A new endpoint corrects it at once, in every process that shares the cache; with a cache in local memory other
processes may learn of the very first endpoint a minute later. A cache that is away costs a query, and nothing else.
"""

from __future__ import annotations

import logging
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.db.models.signals import post_save

from .models import WebhookEndpoint

logger = logging.getLogger(__name__)

SECONDS = 60

_KEY = "wagtail_massage_webhooks:audience"
_NOBODY, _SOMEBODY = "nobody", "somebody"


def listeners() -> list[WebhookEndpoint]:
    """Return the endpoints that are on. Ask first: where nobody listens nothing else needs to be found out."""
    if _cached("get", _KEY) == _NOBODY:
        return []
    endpoints = list(WebhookEndpoint.objects.order_by("pk"))
    if not endpoints:
        _cached("add", _KEY, _NOBODY, SECONDS)  # never in place of what a new endpoint has just said
    return [endpoint for endpoint in endpoints if endpoint.is_active]


def connect() -> None:
    """Correct what is remembered as soon as an endpoint is added."""
    uid = "wagtail_massage_webhooks.remember_endpoint"
    post_save.connect(remember_endpoint, sender=WebhookEndpoint, dispatch_uid=uid)


def remember_endpoint(**kwargs: Any) -> None:
    """Now, for this transaction, and after it, for whoever has asked meanwhile."""
    _say_somebody()
    transaction.on_commit(_say_somebody, robust=True)


def _say_somebody() -> None:
    _cached("set", _KEY, _SOMEBODY, 5 * SECONDS)


def _cached(verb: str, *args: Any) -> Any:
    try:
        return getattr(cache, verb)(*args)
    except Exception as error:  # whatever a cache backend raises
        logger.warning(
            "The cache does not answer, so endpoints are asked for each time (%s).", type(error).__name__
        )
        return None
