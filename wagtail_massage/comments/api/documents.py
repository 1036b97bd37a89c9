"""Comments as JSON: plain dicts, field by field, so that nothing gets out that is not named here."""

from __future__ import annotations

import dataclasses
from datetime import datetime
from typing import Any

from ..conf import comments_settings
from ..health import OwnHealth, PublicAnswer, PublicQuestion
from ..models import HealthAnswer
from ..notices import policy_notice
from ..places import Place
from ..reading import PublicComment, PublicThread, ThreadPage
from ..reading_time import usual_wait
from ..receipts import OwnComment
from ..states import READ_FIRST, HealthChoice
from ..text import NAME_MAX, body_html
from ..tokens import make_form_token


def comment_document(comment: PublicComment) -> dict[str, Any]:
    """Return a `MassageComment`."""
    return {
        "id": comment.id,
        "state": comment.state,
        "author": {"name": comment.author_name, "badge": comment.badge or None},
        "body": comment.body,
        "body_html": body_html(comment.body),
        "created_at": comment.created_at,
        "edited_at": comment.edited_at,
        "depth": comment.depth,
        "parent": comment.parent,
        "in_reply_to": comment.in_reply_to,
        "replies": list_document(comment.replies) if comment.replies else None,
    }


def list_document(part: ThreadPage) -> dict[str, Any]:
    """Return a `MassageCommentList`."""
    return {"items": [comment_document(item) for item in part.items], "next": part.next, "count": part.count}


def thread_document(part: ThreadPage) -> dict[str, Any]:
    """Return a `MassageCommentThreadPart`."""
    return {**list_document(part), "pinned": comment_document(part.pinned) if part.pinned else None}


def place_document(place: Place) -> dict[str, Any]:
    """Return a `MassageCommentPlace`."""
    return dataclasses.asdict(place)


def own_document(own: OwnComment) -> dict[str, Any]:
    """Return a `MassageOwnComment`."""
    row = own.row
    return {
        "id": row.uuid,
        "page": row.page_id,
        "state": own.state,
        "author": {"name": row.author_name, "badge": row.badge or None},
        "body": own.body,
        "body_html": body_html(own.body),
        "created_at": row.created_at,
        "edited_at": row.edited_at,
        "parent": row.parent.uuid if row.parent else None,
        "in_reply_to": row.in_reply_to.uuid if row.in_reply_to else None,
        "version": own.version,
        "editable_until": own.editable_until,
        "reason": own.reason or None,
        "reason_text": own.reason_text or None,
        "wants_mail": row.wants_mail,
        "email_confirmed": row.email_verified_at is not None,
        "receipt_expires_at": own.expires_at,
        "health": health_document(own.health) if own.health else None,
    }


def health_document(health: OwnHealth) -> dict[str, Any]:
    """Return a `MassageOwnHealthQuestion`."""
    question = health.question
    return {
        "urgent": question.is_urgent,
        "safety": health.safety or None,
        "can_be_answered": health.can_be_answered,
        "choices": [choice for choice in HealthChoice.values if choice],
        "choice": question.choice or None,
        "consent": {"version": health.consent.version, "text": health.consent.body},
        "published": health.is_published,
        "answers": [
            _answer_document(answer, published=health.is_published and answer.published_at is not None)
            for answer in health.answers
        ],
    }


def notices_document(health: OwnHealth | None) -> list[dict[str, Any]]:
    """Return the list of `MassageCommentNotice`s for the author of a comment just sent."""
    return [{"type": "health-question", "health": health_document(health)}] if health else []


def question_document(question: PublicQuestion) -> dict[str, Any]:
    """Return a `MassageHealthQuestion`."""
    return {
        "id": question.id,
        "page": question.page.pk,
        "author": {"name": question.author_name} if question.author_name else None,
        "body": question.body,
        "body_html": body_html(question.body),
        "created_at": question.created_at,
        "answers": [_answer_document(answer, published=True) for answer in question.answers],
    }


def _answer_document(answer: HealthAnswer | PublicAnswer, *, published: bool) -> dict[str, Any]:
    return {
        "body": answer.body,
        "body_html": body_html(answer.body),
        "signature": {name: answer.signature.get(name, "") for name in ("name", "title", "registration")},
        "disclaimer": answer.disclaimer,
        "created_at": answer.created_at,
        "published": published,
    }


def policy_document(thread: PublicThread, *, now: datetime) -> dict[str, Any]:
    """Return a `MassageCommentPolicy`."""
    terms = thread.terms
    return {
        "policy": terms.policy,
        "open": terms.is_open,
        "members_only": terms.is_members_only,
        "notice": policy_notice(terms),
        "source": {
            "kind": terms.source,
            "title": terms.source_title if terms.source_is_live else None,
        },
        "opens_at": terms.opens_at,
        "closes_at": terms.closes_at,
        "form_token": make_form_token(page_id=thread.home.pk, now=now) if thread.is_open else None,
        "min_length": comments_settings.min_length,
        "max_length": comments_settings.max_length,
        "name_max_length": NAME_MAX,
        "email": terms.email_rule.lower(),
        "usual_wait": (usual_wait(now) or None) if terms.policy in READ_FIRST else None,
    }
