"""Too short to say something, or built to break a layout or to deceive its readers."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..conf import comments_settings
from ..text import has_long_mark_run
from .base import Candidate, Check, Finding, Outcome

_TURNED = re.compile("[\u202d\u202e]")  # left-to-right and right-to-left override


class LengthCheck(Check):
    """Holds very short comments, stacks of combining marks, and letters that are made to run the other way: no honest
    Hebrew or Arabic needs that, but "onisac" reads as another word then. (Too long is refused: `actions.submit`.)"""

    name = "length"
    version = 2

    def examine(self, candidate: Candidate) -> Iterable[Finding]:
        if len(candidate.draft.body) < comments_settings.min_length:
            yield Finding(outcome=Outcome.HOLD, reason="too_short")
        if has_long_mark_run(candidate.draft.body) or has_long_mark_run(candidate.draft.author_name):
            yield Finding(outcome=Outcome.HOLD, reason="mark_run")
        if turned := _TURNED.search(candidate.draft.body):
            yield Finding(outcome=Outcome.HOLD, reason="turned_text", span=turned.span())
