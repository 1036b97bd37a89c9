"""Run all checks; decide purely from what they say."""

from __future__ import annotations

import logging
import math
import traceback
from collections.abc import Iterable, Sequence
from contextlib import nullcontext
from typing import Any

from django.db import DatabaseError, transaction
from django.utils.module_loading import import_string

from ..conf import comments_settings
from ..drafts import Origin
from ..states import AT_ONCE, Status
from .base import Candidate, Check, Finding, Outcome, OutsideCheck, Verdict
from .outside import NoAnswer

logger = logging.getLogger(__name__)

CHECK_FAILED = "check_failed"
CHECK_WAITING = "check_waiting"
_LONGEST_REASON = 64  # characters of `CommentVerdict.reason`

FAILED = Finding(outcome=Outcome.HOLD, reason=CHECK_FAILED)
WAITING = Finding(outcome=Outcome.HOLD, reason=CHECK_WAITING)
NOT_ASKED = Finding(outcome=Outcome.PASS, reason="not_asked")
PASSED = Finding(outcome=Outcome.PASS, reason="")


def load_checks() -> list[Check]:
    """Return an instance of each configured check; of one that cannot be made, a stand-in that breaks."""
    return [_load(path) for path in comments_settings.checks]


class _MissingCheck(Check):
    def __init__(self, path: str, error: Exception) -> None:
        self.name = path.rpartition(".")[2][:64]  # type: ignore[misc]
        self._error = error

    def examine(self, candidate: Candidate) -> Iterable[Finding]:
        raise self._error


def _load(path: str) -> Check:
    try:
        return import_string(path)()
    except Exception as error:
        return _MissingCheck(path, error)


def run(candidate: Candidate, *, may_ask: bool = True, has_savepoint: bool = False) -> list[Verdict]:
    """Let every check look at `candidate`. A check that breaks holds the comment: it fails closed.

    Outside checks are not asked yet; each of them holds the comment until `run_outside` has its answer. They are not
    asked at all where the answer is known (spam), nobody else's business (`Finding.is_confidential`), or unwanted by
    the caller.
    """
    checks = load_checks()
    inner = [check for check in checks if not isinstance(check, OutsideCheck)]
    verdicts = look(inner, candidate, has_savepoint=has_savepoint)
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


def look(checks: Sequence[Check], candidate: Candidate, *, has_savepoint: bool = False) -> list[Verdict]:
    """Let checks look within the caller's transaction, which a failing query would break for everything after it.

    One savepoint for all of them is cheap; only when it is needed each gets its own. A caller that has one for many
    candidates says so, and goes back to it when a DatabaseError comes through.
    """
    try:
        with nullcontext() if has_savepoint else transaction.atomic():
            return [verdict for check in checks for verdict in _verdicts(check, candidate, is_alone=False)]
    except DatabaseError:
        if has_savepoint:
            raise
        return [verdict for check in checks for verdict in _verdicts(check, candidate, is_alone=True)]


def _verdicts(check: Check, candidate: Candidate, *, is_alone: bool | None = None) -> list[Verdict]:
    """Return what a check says. `is_alone`: within its own savepoint, in one with others, or (None) in none."""
    try:
        with transaction.atomic() if is_alone else nullcontext():
            findings = [_sound(finding, candidate) for finding in check.examine(candidate)]
    except Exception as error:
        if isinstance(error, DatabaseError) and is_alone is False:
            raise
        _log(check, error)
        findings = [FAILED]
    return [_verdict(check, finding) for finding in findings or [PASSED]]


def _log(check: Check, error: Exception) -> None:
    if isinstance(error, NoAnswer):
        logger.error("The comment check %r failed; the comment is held. %s", check.name, error)
        return
    # Where it broke, without the error's own words: they may hold what the visitor wrote.
    place = "".join(traceback.format_tb(error.__traceback__))
    name = type(error).__name__
    logger.error("The comment check %r broke (%s); the comment is held.\n%s", check.name, name, place)


def _sound(finding: Finding, candidate: Candidate) -> Finding:
    """Return a finding that can be stored and shown.

    Raises:
        TypeError, ValueError: if a check has made up something else; then it is broken.
    """
    if not isinstance(finding, Finding):
        raise TypeError(f"A check yields findings, not {type(finding).__name__}.")
    start, end = finding.span or (0, 0)
    if not 0 <= start <= end <= len(candidate.draft.body):
        raise ValueError(f"The span {finding.span} lies outside of the text.")
    if len(finding.reason) > _LONGEST_REASON:
        raise ValueError(f"The reason is longer than {_LONGEST_REASON} characters.")
    if finding.score is not None and not math.isfinite(finding.score):
        raise ValueError(f"The score {finding.score} is no number.")
    Outcome(finding.outcome)
    return finding


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
