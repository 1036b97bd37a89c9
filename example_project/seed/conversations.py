"""The visitors' comments, made by the comments room's own actions, each with what the checks of the site say about it
and the history behind its status."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from wagtail_massage.comments import actions
from wagtail_massage.comments.drafts import Draft
from wagtail_massage.comments.models import ScreeningEntry, VisitorComment
from wagtail_massage.comments.states import Badge, EntryKind, Status

from ..content.loader import Comment

DECISIONS = {
    "UNCONFIRMED": (),
    "PENDING": (),
    "APPROVED": (actions.approve,),
    "REJECTED": (actions.reject,),
    "SPAM": (actions.mark_spam,),
    "REMOVED": (actions.approve, actions.remove),
}
"""How a comment got to its status: it was published before somebody removed it."""

READ_AFTER = timedelta(minutes=35)
"""The moderator's usual delay; shorter than the gap to any reply."""

SUSPECT = {
    "free spins": "Casinos.",
    "dear webmaster": "Sellers of visitors.",
    "half the price": "Competitors.",
}
"""Words on the screening lists, with the note that a colleague finds there."""


def make(
    comments: Collection[Comment],
    pages: Mapping[str, Any],
    *,
    by: Any,
    now: datetime,
    step: Callable[[], None],
) -> None:
    """Store the comments in their order and let the user `by` decide on them."""
    for value, note in SUSPECT.items():
        ScreeningEntry.objects.create(kind=EntryKind.SUSPECT_WORDS, value=value, note=note, created_by=by)
    for name in sorted({comment.author for comment in comments if comment.staff}):
        ScreeningEntry.objects.create(
            kind=EntryKind.RESERVED_NAME, value=name, note="Answers visitors.", created_by=by
        )
    stored: dict[str, VisitorComment] = {}
    for comment in comments:
        stored[comment.key] = _store(comment, pages[comment.page], stored.get(comment.parent), now=now)
        decided_at = stored[comment.key].created_at
        for decide in () if comment.staff else DECISIONS[comment.status]:
            decided_at += READ_AFTER
            decide(stored[comment.key], by=by, now=decided_at)
        step()


def _store(comment: Comment, page: Any, parent: VisitorComment | None, *, now: datetime) -> VisitorComment:
    created_at = now - timedelta(hours=comment.hours_ago)
    return actions.import_comment(
        page=page,
        draft=Draft(body=comment.body, author_name=comment.author),
        status=_first_status(comment),
        source_key=f"demo:{comment.key}",
        created_at=created_at,
        by=None,
        now=created_at,
        parent=parent,
        badge=Badge.STAFF if comment.staff else Badge.NONE,
    ).comment


def _first_status(comment: Comment) -> Status:
    """Visitors wait, for the checks and for the moderator; what the team answers is public at once."""
    if comment.staff or comment.status == "UNCONFIRMED":
        return Status(comment.status)
    return Status.PENDING
