"""Factories of webhooks.

::

    endpoint = WebhookEndpointFactory(url="https://front.example/hooks")      # with one secret, for every event
    WebhookDeliveryFactory(endpoint=endpoint)                                 # something waits for it
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import factory

from wagtail_massage.webhooks.events import EventType
from wagtail_massage.webhooks.models import WebhookDelivery, WebhookEndpoint, WebhookEvent, WebhookSecret

_HAPPENED_AT = datetime(2026, 1, 5, 9, tzinfo=UTC)


class WebhookEndpointFactory(factory.django.DjangoModelFactory):
    """An endpoint with one secret; `secret` is its text ("whsec_..."), made up unless given."""

    class Meta:
        model = WebhookEndpoint
        skip_postgeneration_save = True

    name = factory.Sequence(lambda number: f"Front end {number + 1}")
    url = factory.Sequence(lambda number: f"https://front-{number + 1}.example/hooks")

    @factory.post_generation
    def secret(self: Any, create: bool, extracted: str | None, **kwargs: Any) -> None:
        if create:
            WebhookSecret.objects.create(endpoint=self, **({"key": extracted} if extracted else {}))


class WebhookEventFactory(factory.django.DjangoModelFactory):
    """Something that happened; `message` is what is sent."""

    class Meta:
        model = WebhookEvent

    type = EventType.PAGE_PUBLISHED.value
    created_at = _HAPPENED_AT
    message = factory.LazyAttribute(lambda event: {"type": event.type, "tags": [], "paths": ["/"]})

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> WebhookEvent:
        kwargs["body"] = json.dumps(kwargs.pop("message"))
        return super()._create(model_class, *args, **kwargs)


class WebhookDeliveryFactory(factory.django.DjangoModelFactory):
    """An event that waits to be told to `endpoint`."""

    class Meta:
        model = WebhookDelivery

    event = factory.SubFactory(WebhookEventFactory)
    endpoint = factory.SubFactory(WebhookEndpointFactory)
    due_at = _HAPPENED_AT
