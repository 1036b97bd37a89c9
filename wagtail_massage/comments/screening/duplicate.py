"""The same text again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from ..conf import comments_settings
from ..models import VisitorComment
from .base import Candidate, Check, Finding, Outcome


class DuplicateCheck(Check):
    """Holds a text that was posted before within WAGTAIL_MASSAGE_COMMENTS_DUPLICATE_HOURS, on any page, by anybody.

    (The same post sent twice never gets here: `actions.submit` answers it with the comment already stored.)
    """

    name = "duplicate"

    def examine(self, candidate: Candidate) -> Iterable[Finding]:
        since = candidate.now - timedelta(hours=comments_settings.duplicate_hours)
        twins = VisitorComment.objects.filter(body_hash=candidate.body_hash, created_at__gte=since)
        if candidate.comment is not None:
            # A past comment that is looked at again does not repeat what was written after it.
            twins = twins.filter(created_at__lte=candidate.now).exclude(pk=candidate.comment.pk)
        if twins.exists():
            yield Finding(outcome=Outcome.HOLD, reason="duplicate")
