"""What a screening check is.

A check is a class named by dotted path in WAGTAIL_MASSAGE_COMMENTS_CHECKS. It sees a `Candidate`, yields findings
and touches nothing. To write one: subclass `Check`, give it a `name` and a `version` (raise it when the rule
changes, so that old verdicts stay explainable), and implement `examine`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from ..drafts import Draft, Origin
from ..models import CommentVerdict

Outcome = CommentVerdict.Outcome


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A cleaned draft on its way in, as every check sees it.

    Attributes:
        body_hash: `text.body_hash` of the body.
        page: the page it is for.
        comment: the stored comment when its author edits it, None when it is new.
    """

    draft: Draft
    origin: Origin
    page: Any
    body_hash: str
    now: datetime
    comment: Any = None


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What a check found.

    Attributes:
        reason: a stable code.
        span: a range of code points of the body.
        is_confidential: whether the text must not leave the site, so that outside checks are not asked.
    """

    outcome: Outcome
    reason: str
    span: tuple[int, int] | None = None
    score: float | None = None
    is_confidential: bool = False


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """A finding with the name and version of the check that made it; a check without findings passes."""

    check_name: str
    check_version: int
    finding: Finding


class Check:
    """Base class of checks. Instances are made for each run and keep no state."""

    name: ClassVar[str]
    version: ClassVar[int] = 1

    def examine(self, candidate: Candidate) -> Iterable[Finding]:
        """Yield what there is to say against `candidate`; nothing when it is fine."""
        raise NotImplementedError(f"{type(self).__name__} must implement examine().")


class OutsideCheck(Check):
    """A check that asks somebody on the network. It never runs while the visitor waits: the comment is held with the
    reason `check_waiting`, and a task asks `examine` after commit. When the answer does not come, or makes no sense,
    the comment stays held (`check_failed`)."""
