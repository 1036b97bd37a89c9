"""What hangs on comments and goes when they are erased or purged, without loading a row of it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import F, QuerySet

from ..models import (
    CommentMail,
    CommentReport,
    CommentRevision,
    CommentThread,
    CommentVerdict,
    HealthAnswer,
    HealthQuestion,
    ModerationEvent,
    ModerationNote,
    VisitorComment,
)
from ..querysets import Among


def drop_rows(rows: QuerySet[Any]) -> int:
    """Delete `rows` in one statement and return their number. The caller has dealt with all that points at them.

    Wagtail listens to every deletion, so `delete()` would load each row first to announce it; these models have no
    files, no search index and no references, so nobody waits for that.
    """
    return rows._raw_delete(rows.db) or 0


def drop_records(comments: Collection[int]) -> None:
    """Delete what is kept about `comments` (by pk) besides their events, and take them down where pinned."""
    of_comments = Among(F("comment"), comments)
    CommentThread.objects.filter(Among(F("pinned"), comments)).update(pinned=None)
    drop_rows(CommentMail.objects.filter(of_comments))
    drop_rows(CommentMail.objects.filter(Among(F("about"), comments)))
    questions = HealthQuestion.objects.filter(of_comments)
    drop_rows(HealthAnswer.objects.filter(question__in=list(questions.values_list("pk", flat=True))))
    for records in (HealthQuestion, CommentRevision, CommentVerdict, CommentReport, ModerationNote):
        drop_rows(records.objects.filter(of_comments))


def drop_comments(comments: Collection[int]) -> int:
    """Delete `comments` (by pk) with everything kept about them. Nothing may hang below them any more."""
    drop_records(comments)
    drop_rows(ModerationEvent.objects.filter(Among(F("comment"), comments)))
    VisitorComment.objects.filter(Among(F("in_reply_to"), comments)).update(in_reply_to=None)
    return drop_rows(VisitorComment.objects.among(comments))
