"""Found comments go to the comments room, through its own door. Import this only where that room is installed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from ..comments.actions import Refused, import_comment
from ..comments.drafts import Draft
from ..comments.states import Status
from ..comments.threads import accepts_comments
from .article import ArticleComment

_FIRST_YEAR = 1971  # a comment's place in its thread counts from 1970, and the time zone may move it there


@dataclass
class Written:
    """How many comments were stored, how many had been stored before, and what could not be kept."""

    new: int = 0
    known: int = 0
    notes: list[str] = field(default_factory=list)


def takes_comments(page: Any) -> bool:
    """Tell whether pages of this one's type take comments."""
    return accepts_comments(page)


def write_comments(
    page: Any,
    comments: Sequence[ArticleComment],
    *,
    key: str,
    name: str,
    status: str,
    by: Any,
    now: datetime,
) -> Written:
    """Store `comments` on `page`; those that an earlier import has stored stay as they are.

    Args:
        key: the source key of the article.
        name: where they were found, kept with each comment.
        status: "PENDING" or "APPROVED".
    """
    written = Written()
    if comments and not takes_comments(page):
        written.notes.append(_("Pages of this type take no comments, so those in the text were left out."))
        return written
    for position, comment in enumerate(comments, 1):
        _write(page, comment, f"{key}:{page.pk}:{position}", name, Status(status), by, now, written)
    return written


def _write(
    page: Any,
    comment: ArticleComment,
    source_key: str,
    name: str,
    status: Status,
    by: Any,
    now: datetime,
    written: Written,
) -> None:
    written_at = _written_at(comment, now)
    data = {"imported_from": name, "time_zone": settings.TIME_ZONE, "date_text": comment.date_text}
    draft = Draft(body=comment.text, author_name=comment.author, data=data)
    try:
        submission = import_comment(
            page=page,
            draft=draft,
            status=status,
            source_key=source_key,
            created_at=written_at or now,
            by=by,
            now=now,
        )
    except Refused as error:
        written.notes.append(
            _("The comment by %(author)s was left out. %(reason)s")
            % {"author": comment.author, "reason": error}
        )
        return
    if not submission.is_new:
        written.known += 1
        return
    written.new += 1
    if written_at is None:
        written.notes.append(
            _("The comment by %(author)s has no usable date, so it was given the time of the import.")
            % {"author": comment.author}
        )


def _written_at(comment: ArticleComment, now: datetime) -> datetime | None:
    """Return the date as local time of the site (a day without a time: its beginning), None for no possible one."""
    if comment.date is None:
        return None
    naive = datetime.fromisoformat(comment.date)
    if naive.year < _FIRST_YEAR or naive.year > now.year + 1:
        return None
    written_at = timezone.make_aware(naive, timezone.get_default_timezone())
    return written_at if written_at <= now else None
