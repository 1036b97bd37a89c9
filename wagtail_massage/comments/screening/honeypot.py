"""The field that people do not see."""

from __future__ import annotations

from collections.abc import Iterable

from .base import Candidate, Check, Finding, Outcome


class HoneypotCheck(Check):
    """Spam when the hidden field came back filled. Stored for review: some browsers fill in what they should not."""

    name = "honeypot"

    def examine(self, candidate: Candidate) -> Iterable[Finding]:
        if candidate.origin.trap.strip():
            yield Finding(outcome=Outcome.SPAM, reason="trap_filled")
