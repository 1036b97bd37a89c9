"""Note: what moderators tell each other about a comment. It changes nothing of the comment and is never public."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ..models import CommentThread, ModerationNote, VisitorComment
from ..states import Status
from ..text import Unreadable, clean_body
from .cleaning import Refused

LONGEST = 2000  # characters


def add_note(comment: VisitorComment, *, body: str, by: Any, now: datetime) -> ModerationNote:
    """Keep a note about a comment. It goes with the comment when that is erased.

    Raises:
        Refused: if there is nothing in it, it is longer than `LONGEST`, cannot be stored, or the comment was erased.
    """
    try:
        text = clean_body(body)
    except Unreadable as error:
        raise Refused({"body": str(error)}) from error
    if not text:
        raise Refused({"body": _("Please write what your colleagues should know.")})
    if len(text) > LONGEST:
        raise Refused(
            {
                "body": _("A note has at most %(limit)d characters, this one has %(count)d.")
                % {"limit": LONGEST, "count": len(text)}
            }
        )
    with transaction.atomic():
        CommentThread.objects.select_for_update().get(pk=comment.thread_id)  # erasing holds it too
        if VisitorComment.objects.filter(pk=comment.pk, status=Status.ERASED).exists():
            raise Refused({"body": _("This comment was erased in the meantime.")})
        return ModerationNote.objects.create(comment=comment, author=by, body=text, created_at=now)
