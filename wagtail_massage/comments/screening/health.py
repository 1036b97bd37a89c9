"""Whether somebody asks about her own health in public."""

from __future__ import annotations

from collections.abc import Iterable

from ...triage import Kind, examine
from .base import Candidate, Check, Finding, Outcome

HEALTH = "health_question"
URGENT = "health_red_flag"
UNKNOWN_LANGUAGE = "unknown_language"

_REASONS = {Kind.DISCLOSURE: "health_disclosure", Kind.ADVICE: "health_advice", Kind.RED_FLAG: URGENT}


class HealthCheck(Check):
    """Holds personal health questions, whoever asks and whatever the policy, and keeps them from outside checks.

    What it goes by is local pattern matching (`wagtail_massage.triage`). It also holds a text in a language that
    triage has no words for, since nothing would be found in it.
    """

    name = "health"

    def examine(self, candidate: Candidate) -> Iterable[Finding]:
        found = examine(candidate.draft.body)
        if not found.is_health_question:
            if not found.language:
                yield Finding(outcome=Outcome.HOLD, reason=UNKNOWN_LANGUAGE)
            return
        yield Finding(outcome=Outcome.HOLD, reason=HEALTH, is_confidential=True)
        for signal in found.signals:
            yield Finding(
                outcome=Outcome.HOLD,
                reason=_REASONS[signal.kind],
                span=(signal.start, signal.end),
                is_confidential=True,
            )
