"""Run all checks; decide purely from what they say."""

from __future__ import annotations

import logging
from collections.abc import Iterable

from django.utils.module_loading import import_string

from ..conf import comments_settings
from ..states import Policy, Status
from .base import Candidate, Check, Finding, Outcome, Verdict

logger = logging.getLogger(__name__)

CHECK_FAILED = "check_failed"


def load_checks() -> list[Check]:
    """Return an instance of each configured check."""
    return [import_string(path)() for path in comments_settings.checks]


def run(candidate: Candidate) -> list[Verdict]:
    """Let every check look at `candidate`. A check that breaks holds the comment: it fails closed."""
    return [verdict for check in load_checks() for verdict in _verdicts(check, candidate)]


def _verdicts(check: Check, candidate: Candidate) -> list[Verdict]:
    try:
        findings = list(check.examine(candidate))
    except Exception:
        logger.exception("The comment check %r broke; the comment is held.", check.name)
        findings = [Finding(outcome=Outcome.HOLD, reason=CHECK_FAILED)]
    if not findings:
        findings = [Finding(outcome=Outcome.PASS, reason="")]
    return [
        Verdict(check_name=check.name, check_version=check.version, finding=finding) for finding in findings
    ]


def gravest(verdicts: Iterable[Verdict]) -> Outcome:
    """Return the gravest outcome, PASS when there is none."""
    return max((verdict.finding.outcome for verdict in verdicts), default=Outcome.PASS)


def decide(verdicts: Iterable[Verdict], *, policy: str) -> Status:
    """Return the status in which a screened comment is stored. Pure; REFUSE never gets here."""
    outcome = gravest(verdicts)
    if outcome >= Outcome.SPAM:
        return Status.SPAM
    if outcome == Outcome.HOLD or policy != Policy.POST:
        return Status.PENDING
    return Status.APPROVED
