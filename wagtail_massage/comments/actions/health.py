"""What becomes of a personal health question: its author chooses, somebody with the right to do so answers, and the
public reads of it only by two acts, one for the question and one for the answer, and only if the author agreed."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ...slots import Signature, signature_of
from .. import outbox
from ..desk_texts import text_for
from ..drafts import Draft
from ..models import HealthAnswer, HealthQuestion, VisitorComment
from ..permissions import Permission, scope_of
from ..states import ActorKind, DeskTextKind, HealthChoice
from .answering import public_name
from .cleaning import clean
from .deciding import StaleState
from .recording import record
from .setting_apart import OPEN, lock_question

PROMOTED = "promote"
"""The verb of the event that tells of a draft page."""


class MayNotAnswer(Exception):
    """Only those may answer health questions to whom it was granted for the page."""

    def __init__(self) -> None:
        super().__init__(_("You may not answer health questions on this page."))


class NotAgreed(Exception):
    """The author has not agreed to have it published."""

    def __init__(self) -> None:
        super().__init__(_("The author has not agreed to have this published."))


def choose(
    comment: VisitorComment, *, choice: HealthChoice, consent_version: str, now: datetime
) -> HealthQuestion:
    """Store what the author wants to become of the question. What is published already is taken down if need be.

    Raises:
        StaleState: if the comment is no health question (any more).
    """
    with transaction.atomic():
        question = lock_question(comment)
        question.choice, question.consent_version, question.chosen_at = choice, consent_version, now
        if choice == HealthChoice.PRIVATE:
            question.published_at = None
            question.answers.update(published_at=None)
        question.save(update_fields=["choice", "consent_version", "chosen_at", "published_at"])
        record(
            comment,
            verb="choose",
            from_status=comment.status,
            kind=ActorKind.AUTHOR,
            by=None,
            now=now,
            data={"choice": choice, "consent": consent_version},
        )
    return question


def answer_question(comment: VisitorComment, *, body: str, by: Any, now: datetime) -> HealthAnswer:
    """Answer the author, at the receipt; a mail says that an answer is waiting, and nothing else.

    Name, title and registration are kept as they are now, and so is the disclaimer.

    Raises:
        MayNotAnswer: if `by` lacks the right for the comment's page.
        Refused: if the text cannot be stored.
        StaleState: if the comment is no open health question.
    """
    if not scope_of(by, Permission.ANSWER_HEALTH).covers(comment.page.path if comment.page else None):
        raise MayNotAnswer
    signature = signature_of(by) or Signature(name=public_name(by))
    draft = clean(Draft(body=body, author_name=signature.name or public_name(by)))
    disclaimer = text_for(DeskTextKind.DISCLAIMER, language=comment.locale)
    with transaction.atomic():
        question = lock_question(comment)
        if comment.status not in OPEN:
            raise StaleState(VisitorComment.objects.get(pk=comment.pk))
        answer = HealthAnswer.objects.create(
            question=question,
            body=draft.body,
            answered_by=by,
            signature=asdict(signature),
            disclaimer=disclaimer.body,
            disclaimer_version=disclaimer.version,
            created_at=now,
        )
        if question.answered_at is None:
            question.answered_at = now
            question.save(update_fields=["answered_at"])
        VisitorComment.objects.filter(pk=comment.pk).update(reviewed_at=now)
        record(
            comment, verb="answer_health", from_status=comment.status, kind=ActorKind.HUMAN, by=by, now=now
        )
        outbox.note_health_answer(comment, answer.pk, now=now)
    return answer


def publish_question(comment: VisitorComment, *, by: Any, now: datetime) -> HealthQuestion:
    """Let the public read the question on its own page.

    Raises:
        NotAgreed: if its author has not chosen to have it published.
        StaleState: if the comment is no open health question.
    """
    with transaction.atomic():
        question = lock_question(comment)
        if comment.status not in OPEN:
            raise StaleState(VisitorComment.objects.get(pk=comment.pk))
        if question.choice not in {HealthChoice.NAMED, HealthChoice.NAMELESS}:
            raise NotAgreed
        if question.published_at is None:
            question.published_at = now
            question.save(update_fields=["published_at"])
            record(
                comment,
                verb="publish_question",
                from_status=comment.status,
                kind=ActorKind.HUMAN,
                by=by,
                now=now,
            )
    return question


def publish_answer(answer: HealthAnswer, *, by: Any, now: datetime) -> HealthAnswer:
    """Let the public read an answer under its question, which must be published before.

    Raises:
        MayNotAnswer: as `answer_question`.
        NotAgreed: if the question is not published.
    """
    comment = answer.question.comment
    if not scope_of(by, Permission.ANSWER_HEALTH).covers(comment.page.path if comment.page else None):
        raise MayNotAnswer
    with transaction.atomic():
        question = lock_question(comment)
        if question.published_at is None:
            raise NotAgreed
        if answer.published_at is None:
            answer.published_at = now
            answer.save(update_fields=["published_at"])
            record(
                comment,
                verb="publish_answer",
                from_status=comment.status,
                kind=ActorKind.HUMAN,
                by=by,
                now=now,
            )
    return answer


def note_promotion(comment: VisitorComment, *, by: Any, now: datetime) -> None:
    """Remember that a draft page was made of the question, not which one: nothing leads from it to the person."""
    record(comment, verb=PROMOTED, from_status=comment.status, kind=ActorKind.HUMAN, by=by, now=now)
