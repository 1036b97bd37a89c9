"""What the tests of single checks share: one way to let a check look at a draft."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from wagtail_massage.comments import text
from wagtail_massage.comments.drafts import Draft, Origin
from wagtail_massage.comments.models import ScreeningEntry
from wagtail_massage.comments.screening.base import Candidate, Check, Finding

Look = Callable[..., list[Finding]]


@pytest.fixture
def look(page: Any, now: Any) -> Look:
    """Return a function that shows a draft to a check and returns what it finds."""

    def look(check: Check, body: str = "It was lovely.", **values: Any) -> list[Finding]:
        comment, origin = values.pop("comment", None), values.pop("origin", Origin(address="192.0.2.1"))
        draft = Draft(body=body, **{"author_name": "Wren A.", **values})
        candidate = Candidate(
            draft=draft,
            origin=origin,
            page=page,
            body_hash=text.body_hash(body),
            now=now,
            comment=comment,
        )
        return list(check.examine(candidate))

    return look


@pytest.fixture
def listed(db: None) -> Callable[..., ScreeningEntry]:
    """Return a function that adds an entry to the lists of the desk."""

    def add(kind: str, value: str, **values: Any) -> ScreeningEntry:
        return ScreeningEntry.objects.create(kind=kind, value=value, **values)

    return add


def reasons(findings: list[Finding]) -> list[tuple[str, str]]:
    """Return what was found as pairs such as ("HOLD", "too_short")."""
    return [(finding.outcome.name, finding.reason) for finding in findings]
