"""What the tests of webhooks share: a target, an endpoint that leads to it, pages, a moderator."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from wagtail.models import Page

from tests.projects.blog.models import BlogPage
from tests.webhooks.target import Target
from wagtail_massage.testing.webhooks import WebhookEndpointFactory
from wagtail_massage.webhooks.models import WebhookEndpoint, WebhookEvent

NOW = datetime(2026, 3, 4, 10, 30, tzinfo=UTC)


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def target() -> Iterator[Target]:
    server = Target()
    server.start()
    yield server
    server.stop()


@pytest.fixture
def nearby(settings: Any) -> Any:
    """Let endpoints lie on this machine, without encryption."""
    settings.WAGTAIL_MASSAGE_WEBHOOKS_ALLOW_PRIVATE = True
    settings.WAGTAIL_MASSAGE_WEBHOOKS_ALLOW_HTTP = True
    return settings


@pytest.fixture
def endpoint(db: None, target: Target, nearby: Any) -> WebhookEndpoint:
    return WebhookEndpointFactory(name="Front end", url=target.url)


@pytest.fixture
def home(db: None) -> Page:
    """The page that Wagtail's own migrations make: the root of the default site."""
    return Page.objects.get(depth=2)


@pytest.fixture
def page(home: Page) -> BlogPage:
    """A published page that takes comments."""
    return home.add_child(instance=BlogPage(title="Warm stones", slug="warm-stones"))


@pytest.fixture
def boss(db: None) -> Any:
    return get_user_model().objects.create_superuser("mona", "mona@example.com", "secret")


@pytest.fixture
def told() -> Callable[[], list[dict[str, Any]]]:
    """Return a function that returns what stands in the outbox since it was last called, in order."""
    seen: set[int] = set()

    def read() -> list[dict[str, Any]]:
        import json

        rows = [row for row in WebhookEvent.objects.order_by("pk") if row.pk not in seen]
        seen.update(row.pk for row in rows)
        return [json.loads(row.body) for row in rows]

    return read
