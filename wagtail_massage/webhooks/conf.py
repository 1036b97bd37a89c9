"""The settings of webhooks, all optional: WAGTAIL_MASSAGE_WEBHOOKS_<NAME>."""

from __future__ import annotations

from ..conf import AppSettings


class WebhooksSettings(AppSettings):
    prefix = "WAGTAIL_MASSAGE_WEBHOOKS"

    @property
    def allow_http(self) -> bool:
        """Whether endpoints may have http addresses. What is told, and that it is told, is then readable on the way."""
        return self._get("ALLOW_HTTP", False)

    @property
    def allow_private(self) -> bool:
        """Whether endpoints may lie on private networks and on this machine: for development."""
        return self._get("ALLOW_PRIVATE", False)

    @property
    def retry_seconds(self) -> list[int]:
        """How long a delivery waits after each failure, in seconds; after one more it is given up."""
        return self._get("RETRY_SECONDS", [5, 30, 120, 600, 3600, 21600])

    @property
    def keep_days(self) -> int:
        """So many days the log keeps what was delivered or given up; `purge_webhooks` removes it."""
        return self._get("KEEP_DAYS", 30)


webhooks_settings = WebhooksSettings()
