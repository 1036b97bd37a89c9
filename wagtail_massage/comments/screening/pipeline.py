"""Run all checks; decide purely from what they say."""

from __future__ import annotations

import logging
import traceback
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

FAILED = Finding(outcome=Outcome.HOLD, reason=CHECK_FAILED)
WAITING = Finding(outcome=Outcome.HOLD, reason=CHECK_WAITING)
NOT_ASKED = Finding(outcome=Outcome.PASS, reason="not_asked")
PASSED = Finding(outcome=Outcome.PASS, reason="")


def load_checks() -> list[Check]:
    """Return an instance of each configured check."""
    return [import_string(path)() for path in comments_settings.checks]


def run(candidate: Candidate, *, may_ask: bool = True) -> list[Verdict]:
    """Let every check look at `candidate`. A check that breaks holds the comment: it fails closed.

    Outside checks are not asked yet; each of them holds the comment until `run_outside` has its answer. They are not
    asked at all where the answer is known (spam), nobody else's business (`Finding.is_confidential`), or unwanted by
    the caller.
    """
    checks = load_checks()
    inner = [check for check in checks if not isinstance(check, OutsideCheck)]
    verdicts = [verdict for check in inner for verdict in _verdicts(check, candidate)]
    is_private = any(verdict.finding.is_confidential for verdict in verdicts)
    is_asked = may_ask and not is_private and gravest(verdicts) < Outcome.SPAM
    for check in checks:
        if isinstance(check, OutsideCheck):
            verdicts.append(_verdict(check, WAITING if is_asked else NOT_ASKED))
    return verdicts


def run_outside(candidate: Candidate) -> list[Verdict]:
    """Ask the outside checks only. Slow; never within a transaction."""
    checks = [check for check in load_checks() if isinstance(check, OutsideCheck)]
    return [verdict for check in checks for verdict in _verdicts(check, candidate)]


def failed(check_name: str, check_version: int = 1) -> Verdict:
    """Return the verdict of a check that could not be made."""
    return Verdict(check_name=check_name, check_version=check_version, finding=FAILED)


def origin_for_outside_checks(origin: Origin, verdicts: Iterable[Verdict]) -> dict[str, Any]:
    """Return what has to be remembered of an origin until the outside checks have answered; {} where none is asked."""
    if not any(verdict.finding == WAITING for verdict in verdicts):
        return {}
    return {"address": origin.address, "user_agent": origin.user_agent[:255]}


def _verdicts(check: Check, candidate: Candidate) -> list[Verdict]:
    try:
        findings = list(check.examine(candidate))
    except Exception as error:
        # Where it broke, without the error's own words: they may hold what the visitor wrote.
        place = "".join(traceback.format_tb(error.__traceback__))
        name = type(error).__name__
        logger.error("The comment check %r broke (%s); the comment is held.\n%s", check.name, name, place)
        findings = [FAILED]
    return [_verdict(check, finding) for finding in findings or [PASSED]]


def _verdict(check: Check, finding: Finding) -> Verdict:
    return Verdict(check_name=check.name, check_version=check.version, finding=finding)


def gravest(verdicts: Iterable[Verdict]) -> Outcome:
    """Return the gravest outcome, PASS when there is none."""
    return max((verdict.finding.outcome for verdict in verdicts), default=Outcome.PASS)


def decide(verdicts: Iterable[Verdict], *, policy: str, is_trusted: bool = False) -> Status:
    """Return the status in which a screened comment is stored. Pure; REFUSE never gets here.

    Trust stands in for a moderator's reading, never for a check's objection.
    """
    return status_for(gravest(verdicts), policy=policy, is_trusted=is_trusted)


def status_for(outcome: int, *, policy: str, is_trusted: bool = False) -> Status:
    """Return what the gravest outcome means under a policy."""
    if outcome >= Outcome.SPAM:
        return Status.SPAM
    if outcome == Outcome.HOLD or not (policy in AT_ONCE or is_trusted):
        return Status.PENDING
    return Status.APPROVED
