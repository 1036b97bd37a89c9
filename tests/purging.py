"""A cache in front of the site that writes down what it is told to forget."""

from __future__ import annotations

from typing import Any

from wagtail.contrib.frontend_cache.backends import BaseBackend

PURGED: list[str] = []


class Recorder(BaseBackend):
    def __init__(self, params: dict[str, Any]) -> None:
        super().__init__(params)

    def purge(self, url: str) -> None:
        PURGED.append(url)
