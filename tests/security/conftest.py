"""What the tests of the threat model share: the fixtures of the comments room, and hostile inputs."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.comments.conftest import face, home, moderator, now, page, publish, say

__all__ = ["face", "home", "moderator", "now", "page", "publish", "say"]


@pytest.fixture(autouse=True)
def _no_rates(settings) -> None:
    """Only the tests of limits are about limits."""
    for name in ("RATE", "PAGE_RATE", "SITE_RATE", "REPORT_RATE"):
        setattr(settings, f"WAGTAIL_MASSAGE_COMMENTS_{name}", "100000/s")


@pytest.fixture(scope="session")
def corpus(shared_data: Path) -> Callable[[str], list[str | bytes]]:
    """Return a function that reads one file of hostile inputs: text where it is text, bytes where it is not."""

    def read(name: str) -> list[str | bytes]:
        path = shared_data / "hostile" / f"{name}.shared.jsonl"
        if not path.is_file():
            pytest.skip(f"needs {path.name} in the test data beside the checkout")
        rows = [json.loads(line) for line in path.read_text().splitlines()]
        return [row["text"] if "text" in row else base64.b64decode(row["b64"]) for row in rows]

    return read
