"""Too short to say something, or built to break a layout."""

from __future__ import annotations

from collections.abc import Iterable

from ..conf import comments_settings
from ..text import has_long_mark_run
from .base import Candidate, Check, Finding, Outcome


class LengthCheck(Check):
    """Holds very short comments and stacks of combining marks. (Too long is refused before: `actions.submit`.)"""

    name = "length"

    def examine(self, candidate: Candidate) -> Iterable[Finding]:
        if len(candidate.draft.body) < comments_settings.min_length:
            yield Finding(outcome=Outcome.HOLD, reason="too_short")
        if has_long_mark_run(candidate.draft.body) or has_long_mark_run(candidate.draft.author_name):
            yield Finding(outcome=Outcome.HOLD, reason="mark_run")
