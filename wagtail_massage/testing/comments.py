"""Factories of threads and comments.

They go through the room's own actions, so paths, visibility and counts are what they would be on a live site::

    question = VisitorCommentFactory(page=page)
    VisitorCommentFactory(page=page, parent=question, author_name="Team", body="Yes, on Mondays.")
    VisitorCommentFactory(page=page, status=Status.PENDING)
    CommentThreadFactory(page=page, policy=Policy.CLOSED)

`page` is any saved page; whether its type takes comments decides only what visitors see. Columns that the actions
derive (`is_visible`, `path`, `depth`, counts) cannot be given.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import factory

from wagtail_massage.comments import actions
from wagtail_massage.comments.drafts import Draft
from wagtail_massage.comments.models import CommentThread, VisitorComment
from wagtail_massage.comments.states import Policy, Status
from wagtail_massage.comments.threads import home_of

_FIRST_COMMENT_AT = datetime(2026, 1, 5, 9, tzinfo=UTC)


class CommentThreadFactory(factory.django.DjangoModelFactory):
    """The thread of `page`, with a chosen `policy`."""

    class Meta:
        model = CommentThread

    page: Any = None
    policy = Policy.PRE

    @classmethod
    def _create(cls, model_class: type[CommentThread], *args: Any, **kwargs: Any) -> CommentThread:
        return actions.set_policy(
            page=home_of(kwargs["page"]), policy=kwargs["policy"], by=None, now=_FIRST_COMMENT_AT
        )


class VisitorCommentFactory(factory.django.DjangoModelFactory):
    """A comment on `page` in any `status`, an hour after the one before it; `parent` is the comment it answers."""

    class Meta:
        model = VisitorComment

    page: Any = None
    parent: Any = None
    status = Status.APPROVED
    author_name = factory.Sequence(lambda number: f"Visitor {number + 1}")
    author_email = ""
    body = factory.Sequence(lambda number: f"Comment number {number + 1}.")
    locale = "en"
    created_at = factory.Sequence(lambda number: _FIRST_COMMENT_AT + timedelta(hours=number))

    @classmethod
    def _create(cls, model_class: type[VisitorComment], *args: Any, **kwargs: Any) -> VisitorComment:
        page, parent, status = kwargs.pop("page"), kwargs.pop("parent"), kwargs.pop("status")
        created_at = kwargs.pop("created_at")
        return actions.import_comment(
            page=home_of(page),
            draft=Draft(**kwargs),
            status=status,
            source_key=f"factory:{uuid4()}",
            created_at=created_at,
            by=None,
            now=created_at,
            parent=parent,
        ).comment
