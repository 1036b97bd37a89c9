"""Reading health questions: what their author sees at the receipt, and what the public sees of a published one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _
from wagtail.models import Site

from ..visibility import public_pages
from .actions.health import PROMOTED
from .desk_texts import Text, text_for
from .models import GroupCommentPermission, HealthAnswer, HealthQuestion, ModerationEvent, VisitorComment
from .reading import NotPublic
from .states import DeskTextKind, HealthChoice, Status

Permission = GroupCommentPermission.Permission

AGREED = frozenset({HealthChoice.NAMED, HealthChoice.NAMELESS})
"""Choices by which the author agrees to have the question published."""


@dataclass(frozen=True, kw_only=True)
class OwnHealth:
    """A health question as its author sees it.

    Attributes:
        consent: what the author agrees to by choosing.
        safety: what an author is told at once whose question is urgent; "" otherwise.
        can_be_answered: whether anybody may answer here. Where nobody may, the author is told so.
    """

    question: HealthQuestion
    answers: list[HealthAnswer]
    consent: Text
    safety: str
    can_be_answered: bool

    @property
    def is_open(self) -> bool:
        """Whether it waits or was answered, as far as its author knows; else a moderator has put an end to it."""
        return self.question.comment.status not in {Status.REJECTED, Status.REMOVED}

    @property
    def is_agreed(self) -> bool:
        return self.question.choice in AGREED

    @property
    def is_published(self) -> bool:
        is_public = self.question.comment.status == Status.PENDING and self.question.published_at is not None
        return is_public and self.is_agreed

    @property
    def choices(self) -> dict[str, str]:
        """What the author may choose, in words. Where nobody may answer, nobody is promised an answer."""
        labels = {choice.value: str(choice.label) for choice in HealthChoice if choice.value}
        if not self.can_be_answered and not self.answers:
            labels[HealthChoice.PRIVATE] = _("Do not publish it")
        return labels


@dataclass(frozen=True, kw_only=True)
class PublicAnswer:
    """An answer that was published, signed as it was then."""

    body: str
    signature: dict[str, str]
    disclaimer: str
    created_at: datetime


@dataclass(frozen=True, kw_only=True)
class PublicQuestion:
    """A health question that was published, on a page of its own. `author_name` is "" where she wanted no name.

    Attributes:
        is_answered: whether it was answered at all, in public or in private.
    """

    id: UUID
    page: Any
    author_name: str
    body: str
    created_at: datetime
    is_answered: bool
    answers: list[PublicAnswer]


def own_health(comment: VisitorComment) -> OwnHealth | None:
    """Return what the author sees of a health question, None where it is none. Costs four queries, five if urgent."""
    if not comment.is_health:
        return None
    question = HealthQuestion.objects.filter(comment=comment).first()
    if question is None:
        return None
    question.comment = comment
    is_urgent = question.is_urgent
    return OwnHealth(
        question=question,
        answers=list(question.answers.order_by("created_at", "pk")),
        consent=text_for(DeskTextKind.CONSENT, language=comment.locale),
        safety=text_for(DeskTextKind.SAFETY, language=comment.locale).body if is_urgent else "",
        can_be_answered=can_be_answered(comment.page),
    )


def can_be_answered(page: Any) -> bool:
    """Tell whether anybody was granted to answer health questions on `page`. Superusers do not count: they may do
    everything, and that is no promise that they answer."""
    if page is None:
        return False
    paths = [page.path[:end] for end in range(4, len(page.path) + 1, 4)]
    granted = GroupCommentPermission.objects.filter(permission=Permission.ANSWER_HEALTH, page__path__in=paths)
    return (
        get_user_model()
        .objects.filter(is_active=True, groups__massage_comment_permissions__in=granted)
        .exists()
    )


def was_promoted(comment: VisitorComment) -> bool:
    """Tell whether somebody made a draft page of the question, which no erasure reaches."""
    return ModerationEvent.objects.filter(comment=comment, verb=PROMOTED).exists()


def find_question(comment_id: UUID, *, site: Site) -> PublicQuestion:
    """Return a published health question with its published answers. Costs three queries.

    Raises:
        NotPublic: if there is none, or its page is not public.
    """
    questions = HealthQuestion.objects.filter(
        comment__uuid=comment_id,
        comment__is_health=True,
        comment__status=Status.PENDING,
        published_at__isnull=False,
        choice__in=AGREED,
    )
    question = questions.select_related("comment").first()
    page = public_pages(site).filter(pk=question.comment.page_id).first() if question else None
    if question is None or page is None:
        raise NotPublic(comment_id)
    answers = question.answers.filter(published_at__isnull=False).order_by("created_at", "pk")
    is_named = question.choice == HealthChoice.NAMED
    return PublicQuestion(
        id=question.comment.uuid,
        page=page,
        author_name=question.comment.author_name if is_named else "",
        body=question.comment.body,
        created_at=question.comment.created_at,
        is_answered=question.answered_at is not None,
        answers=list(_public_answers(answers)),
    )


def _public_answers(answers: Iterable[HealthAnswer]) -> Iterable[PublicAnswer]:
    for answer in answers:
        yield PublicAnswer(
            body=answer.body,
            signature=answer.signature,
            disclaimer=answer.disclaimer,
            created_at=answer.created_at,
        )
