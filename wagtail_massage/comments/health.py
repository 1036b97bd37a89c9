"""Reading health questions: what their author sees at the receipt, and what the public sees of a published one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from wagtail.models import Site

from ..visibility import public_pages
from .desk_texts import Text, text_for
from .models import GroupCommentPermission, HealthAnswer, HealthQuestion, VisitorComment
from .reading import NotPublic
from .states import DeskTextKind, HealthChoice, Status

Permission = GroupCommentPermission.Permission


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


@dataclass(frozen=True, kw_only=True)
class PublicAnswer:
    """An answer that was published, signed as it was then."""

    body: str
    signature: dict[str, str]
    disclaimer: str
    created_at: datetime


@dataclass(frozen=True, kw_only=True)
class PublicQuestion:
    """A health question that was published, on a page of its own. `author_name` is "" where she wanted no name."""

    id: UUID
    page: Any
    author_name: str
    body: str
    created_at: datetime
    answers: list[PublicAnswer]


def own_health(comment: VisitorComment) -> OwnHealth | None:
    """Return what the author sees of a health question, None where it is none. Costs four queries, five if urgent."""
    if not comment.is_health:
        return None
    question = HealthQuestion.objects.filter(comment=comment).first()
    if question is None:
        return None
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
        choice__in=[HealthChoice.NAMED, HealthChoice.NAMELESS],
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
