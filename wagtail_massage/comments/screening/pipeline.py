"""Run all checks; decide purely from what they say."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import Any

from django.utils.module_loading import import_string

from ..conf import comments_settings
from ..drafts import Origin
from ..states import AT_ONCE, Status
from .base import Candidate, Check, Finding, Outcome, OutsideCheck, Verdict

logger = logging.getLogger(__name__)

CHECK_FAILED = "check_failed"
CHECK_WAITING = "check_waiting"


def load_checks() -> list[Check]:
    """Return an instance of each configured check."""
    return [import_string(path)() for path in comments_settings.checks]


def run(candidate: Candidate) -> list[Verdict]:
    """Let every check look at `candidate`. A check that breaks holds the comment: it fails closed. Outside checks are
    not asked; each of them holds the comment until `run_outside` has its answer."""
    return [verdict for check in load_checks() for verdict in _verdicts(check, candidate)]


def run_outside(candidate: Candidate) -> list[Verdict]:
    """Ask the outside checks only. Slow; never within a transaction."""
    checks = [check for check in load_checks() if isinstance(check, OutsideCheck)]
    return [verdict for check in checks for verdict in _verdicts(check, candidate, is_outside_allowed=True)]


def has_outside_checks() -> bool:
    """Tell whether a site has any outside check."""
    return any(isinstance(check, OutsideCheck) for check in load_checks())


def origin_for_outside_checks(origin: Origin) -> dict[str, Any]:
    """Return what has to be remembered of an origin until the outside checks have answered; nothing without them."""
    if not has_outside_checks():
        return {}
    return {"address": origin.address, "user_agent": origin.user_agent[:255]}


def _verdicts(check: Check, candidate: Candidate, *, is_outside_allowed: bool = False) -> list[Verdict]:
    try:
        if isinstance(check, OutsideCheck) and not is_outside_allowed:
            findings = [Finding(outcome=Outcome.HOLD, reason=CHECK_WAITING)]
        else:
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


def decide(verdicts: Iterable[Verdict], *, policy: str, is_trusted: bool = False) -> Status:
    """Return the status in which a screened comment is stored. Pure; REFUSE never gets here.

    Trust stands in for a moderator's reading, never for a check's objection.
    """
    outcome = gravest(verdicts)
    if outcome >= Outcome.SPAM:
        return Status.SPAM
    if outcome == Outcome.HOLD or not (policy in AT_ONCE or is_trusted):
        return Status.PENDING
    return Status.APPROVED
