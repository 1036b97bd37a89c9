"""System checks of the webhooks room."""

from __future__ import annotations

import pytest

from wagtail_massage.webhooks.checks import check_webhooks_settings, check_webhooks_targets

ROOM = "wagtail_massage_webhooks"


def ids():
    return [message.id for message in [*check_webhooks_settings(), *check_webhooks_targets()]]


def test_have_nothing_to_say_of_the_defaults():
    assert ids() == []


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("RETRY_SECONDS", "5", ["E001"]),
        ("RETRY_SECONDS", [5, -1], ["E001"]),
        ("RETRY_SECONDS", [5, 1.5], ["E001"]),
        ("RETRY_SECONDS", [], []),
        ("KEEP_DAYS", 0, ["E002"]),
        ("KEEP_DAYS", "30", ["E002"]),
        ("ALLOW_PRIVATE", True, ["W001"]),
        ("ALLOW_HTTP", True, ["W002"]),
    ],
)
def test_name_what_would_fail_later_or_is_unsafe(settings, name, value, expected):
    setattr(settings, f"WAGTAIL_MASSAGE_WEBHOOKS_{name}", value)
    assert ids() == [f"{ROOM}.{number}" for number in expected]
