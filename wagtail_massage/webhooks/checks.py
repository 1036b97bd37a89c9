"""System checks of the webhooks room. Ids are never reused."""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Error, Tags, Warning, register

from .conf import webhooks_settings


@register()
def check_webhooks_settings(**kwargs: Any) -> list[CheckMessage]:
    """Name every setting that would only fail when something is delivered."""
    messages: list[CheckMessage] = []
    delays = webhooks_settings.retry_seconds
    if not isinstance(delays, list | tuple) or not all(_is_count(delay) for delay in delays):
        messages.append(
            Error(
                f"WAGTAIL_MASSAGE_WEBHOOKS_RETRY_SECONDS is {delays!r}.",
                hint="Write a list of whole numbers of seconds, such as [5, 30, 120]. An empty one tries once.",
                id="wagtail_massage_webhooks.E001",
            )
        )
    if not _is_count(webhooks_settings.keep_days) or webhooks_settings.keep_days < 1:
        messages.append(
            Error(
                f"WAGTAIL_MASSAGE_WEBHOOKS_KEEP_DAYS is {webhooks_settings.keep_days!r}.",
                hint="Write a whole number of days, 1 or more.",
                id="wagtail_massage_webhooks.E002",
            )
        )
    return messages


@register(Tags.security)
def check_webhooks_targets(**kwargs: Any) -> list[CheckMessage]:
    """Name what is all right on a developer's machine and nowhere else."""
    messages: list[CheckMessage] = []
    if webhooks_settings.allow_private:
        messages.append(
            Warning(
                "WAGTAIL_MASSAGE_WEBHOOKS_ALLOW_PRIVATE is on: whoever may edit webhooks can reach every machine of "
                "your network, and read its answers.",
                hint="Switch it off outside of development.",
                id="wagtail_massage_webhooks.W001",
            )
        )
    if webhooks_settings.allow_http and not webhooks_settings.allow_private:
        messages.append(
            Warning(
                "WAGTAIL_MASSAGE_WEBHOOKS_ALLOW_HTTP is on: messages may travel unencrypted.",
                hint="Use https addresses, and remove the setting.",
                id="wagtail_massage_webhooks.W002",
            )
        )
    return messages


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0
