"""Webhooks in the admin, as a browser shows them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import timezone

from tests.webhooks.people import url
from tests.webhooks.target import Target
from wagtail_massage.testing.webhooks import WebhookDeliveryFactory, WebhookEndpointFactory
from wagtail_massage.webhooks.delivery import deliver_due
from wagtail_massage.webhooks.models import WebhookDelivery, WebhookEndpoint

LOOKS = [
    ("light", False, (1280, 800)),
    ("dark", True, (1280, 800)),
    ("phone", False, (400, 800)),
    ("small-dark", True, (320, 640)),
]
FITS = "(e => e.scrollWidth <= e.clientWidth)(document.querySelector('main'))"


@pytest.fixture
def target(settings: Any) -> Iterator[Target]:
    settings.WAGTAIL_MASSAGE_WEBHOOKS_ALLOW_PRIVATE = settings.WAGTAIL_MASSAGE_WEBHOOKS_ALLOW_HTTP = True
    server = Target()
    server.start()
    server.body = b'{"revalidated": true, "paths": ["/massages/warm-stones/"]}'
    yield server
    server.stop()


@pytest.fixture
def endpoint(moderator: Any, target: Target) -> WebhookEndpoint:
    """An endpoint with a past: a failure, two successes, something that waits."""
    front = WebhookEndpointFactory(name="Front end on www.example.com", url=target.url)
    WebhookEndpointFactory(name="Cache", url="https://cache.example.com/purge", is_active=False)
    message = {"type": "page.published", "tags": ["massage-page-12"], "paths": ["/massages/warm-stones/"]}
    target.statuses = [503, 200, 200]
    for kind in ("page.moved", "comment.approved", "page.published"):
        row = WebhookDeliveryFactory(
            endpoint=front, event__type=kind, event__message=message, event__created_at=timezone.now()
        )
        deliver_due()
    WebhookDeliveryFactory(endpoint=front, event__type="comment.removed", due_at=timezone.now())
    assert WebhookDelivery.objects.get(pk=row.pk).outcome == "DELIVERED"
    return front


@pytest.mark.parametrize(("look", "dark", "size"), LOOKS)
def test_pages_have_nothing_that_axe_finds(
    visit: Any, moderator: Any, endpoint: Any, axe: Any, screenshot: Any, look: str, dark: bool, size: Any
) -> None:
    admin = visit(moderator, dark=dark, size=size)
    failed = WebhookDelivery.objects.filter(event__type="page.moved").get()
    places = {
        "list": url("index"),
        "form": url("add"),
        "endpoint": url("endpoint", endpoint.pk),
        "log": url("deliveries"),
        "delivery": url("delivery", failed.pk),
    }
    for name, place in places.items():
        admin.goto(place)
        screenshot(admin, f"webhooks-{name}-{look}")
        if name in {"endpoint", "delivery"}:
            axe(admin, within=".massage-webhooks")
        assert admin.evaluate(FITS), name


def test_a_webhook_is_added_tested_and_its_secret_seen_once(
    visit: Any, moderator: Any, target: Target, screenshot: Any, axe: Any
) -> None:
    admin = visit(moderator)
    admin.goto(url("index"))
    screenshot(admin, "webhooks-empty")
    admin.get_by_role("link", name="Add a webhook").last.click()
    admin.get_by_label("Name").fill("Front end")
    admin.get_by_role("textbox", name="Address").fill(target.url)
    admin.get_by_label("A page is moved").uncheck()
    admin.keyboard.press("Enter")
    secret = admin.locator(".massage-webhooks__secret")
    secret.wait_for()
    assert secret.inner_text().startswith("whsec_")
    screenshot(admin, "webhooks-new-secret")
    axe(admin, within=".massage-webhooks")
    admin.reload()
    assert not admin.locator(".massage-webhooks__secret").count()
    admin.get_by_role("button", name="Send a test").click()
    admin.get_by_text("The test arrived.").wait_for()
    screenshot(admin, "webhooks-tested")
    assert target.types == ["webhook.test"]
    assert "page.moved" not in WebhookEndpoint.objects.get().events
