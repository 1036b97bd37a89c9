"""The same text again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import cache

from ...statements import Statement, a_moment, some_texts
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
        if _is_repeated(candidate, since):
            yield Finding(outcome=Outcome.HOLD, reason="duplicate")


def _is_repeated(candidate: Candidate, since: datetime) -> bool:
    if candidate.comment is None:
        return bool(_twins().run([candidate.body_hash, since]))
    # A past comment that is looked at again does not repeat what was written after it.
    twins = VisitorComment.objects.filter(body_hash=candidate.body_hash, created_at__gte=since)
    return twins.filter(created_at__lte=candidate.now).exclude(pk=candidate.comment.pk).exists()


@cache
def _twins() -> Statement:
    """Takes the hash of a text, and the moment after which it must not have been posted."""
    hashes = some_texts(1)
    twins = VisitorComment.objects.filter(body_hash=hashes[0], created_at__gte=a_moment())
    return Statement(twins.order_by().values_list("pk")[:1], [*hashes, a_moment()])
