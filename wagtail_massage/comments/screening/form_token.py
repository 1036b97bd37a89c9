"""Whether the comment came through a form of ours that a person could have read."""

from __future__ import annotations

from collections.abc import Iterable

from ..tokens import TokenState
from .base import Candidate, Check, Finding, Outcome


class FormTokenCheck(Check):
    """Holds what came without a token (a plain API client), and notes when the second step was needed."""

    name = "form_token"

    def examine(self, candidate: Candidate) -> Iterable[Finding]:
        if candidate.origin.token == TokenState.MISSING:
            yield Finding(outcome=Outcome.HOLD, reason="no_token")
        elif candidate.origin.token == TokenState.CONFIRMED:
            yield Finding(outcome=Outcome.PASS, reason="second_step")
