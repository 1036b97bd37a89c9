"""Comments of the past weeks with what became of them, through the room's own verbs."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from wagtail_massage.comments import actions
from wagtail_massage.comments.drafts import Draft, Origin
from wagtail_massage.comments.models import VisitorComment
from wagtail_massage.comments.tokens import TokenState

LINKS = " ".join(f"https://shop{number}.example/oil" for number in range(4))
"""More links than the check of links lets pass."""


def write(
    page: Any,
    body: str,
    *,
    at: datetime,
    verb: str = "",
    after: timedelta = timedelta(hours=2),
    by: Any = None,
    reason: str = "",
    name: str = "Wren A.",
) -> VisitorComment:
    """Submit a comment at a moment, and let `by` decide `after` that with `verb`; without a verb it waits on."""
    comment = actions.submit(
        page=page,
        draft=Draft(body=body, author_name=name),
        origin=Origin(address="192.0.2.1", token=TokenState.GOOD),
        now=at,
    ).comment
    if verb:
        comment = getattr(actions, verb)(comment, by=by, now=at + after, reason=reason)
    return comment
