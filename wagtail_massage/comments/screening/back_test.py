"""What a rule would have said of the comments that are there, before it is switched on. Reads only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from ..drafts import Author, Draft, Origin
from ..models import VisitorComment
from ..states import AuthorKind, Status
from . import pipeline
from .base import Candidate, Check, Finding, Outcome

_BATCH = 500


@dataclass(frozen=True, kw_only=True)
class Objection:
    """A comment that the rule would have held or called spam.

    Attributes:
        findings: what the checks said, without what passed.
        is_approved: whether a person has approved it, and it still is.
        is_refused: whether a person has rejected it or marked it as spam.
    """

    comment: VisitorComment
    outcome: Outcome
    findings: tuple[Finding, ...]

    @property
    def is_approved(self) -> bool:
        return self.comment.status == Status.APPROVED and self.comment.reviewed_at is not None

    @property
    def is_refused(self) -> bool:
        refused = {Status.REJECTED, Status.SPAM}
        return self.comment.status in refused and self.comment.reviewed_at is not None

    @property
    def has_failed(self) -> bool:
        """Whether a check broke, so that nobody knows."""
        return any(finding.reason == pipeline.CHECK_FAILED for finding in self.findings)


def past_comments(*, since: datetime | None = None, limit: int | None = None) -> Iterator[VisitorComment]:
    """Yield comments that still have their text, the newest first, a batch in memory at a time.

    Args:
        since: none that were written before.
        limit: so many at most.
    """
    comments = VisitorComment.objects.exclude(body="").select_related("author_user", "page", "parent")
    if since is not None:
        comments = comments.filter(created_at__gte=since)
    left, last = limit, None
    # By key and not by a cursor of the database: some drivers would fetch all of them at once.
    while left is None or left > 0:
        batch = list(_before(comments, last)[: min(_BATCH, left or _BATCH)])
        yield from batch
        if not batch:
            return
        last = batch[-1].pk
        left = None if left is None else left - len(batch)


def objection(comment: VisitorComment, checks: Sequence[Check]) -> Objection | None:
    """Return what `checks` have against a stored comment, None when they let it pass."""
    verdicts = pipeline.look(checks, candidate_of(comment))
    findings = [verdict.finding for verdict in verdicts if verdict.finding.outcome > Outcome.PASS]
    if not findings:
        return None
    return Objection(comment=comment, outcome=pipeline.gravest(verdicts), findings=tuple(findings))


def candidate_of(comment: VisitorComment) -> Candidate:
    """Return a stored comment as a check sees it. What was not kept of its origin is empty."""
    draft = Draft(
        body=comment.body,
        author_name=comment.author_name,
        author_email=comment.author_email,
        wants_mail=comment.wants_mail,
        parent=comment.parent.uuid if comment.parent else None,
        locale=comment.locale,
        data=comment.data,
    )
    return Candidate(
        draft=draft,
        origin=Origin(address=comment.origin.get("address", ""), author=_author_of(comment)),
        page=comment.page,
        body_hash=comment.body_hash,
        now=comment.created_at,
        comment=comment,
    )


def _before(comments: QuerySet[VisitorComment], last: int | None) -> QuerySet[VisitorComment]:
    return (comments if last is None else comments.filter(pk__lt=last)).order_by("-pk")


def _author_of(comment: VisitorComment) -> Author | None:
    if comment.author_kind == AuthorKind.GUEST:
        return None
    return Author(
        kind=AuthorKind(comment.author_kind),
        identity=comment.author_key,
        name=comment.author_name,
        email=comment.author_email,
        user=comment.author_user,
    )
