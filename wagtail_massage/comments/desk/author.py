"""The author beside a comment: what else the same person wrote where the reader moderates, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Max, Min
from django.utils.http import urlencode

from ..models import VisitorComment
from ..permissions import moderated_by
from ..states import AuthorKind, Status
from ..trust import is_trusted
from .access import desk_url
from .filters import same_author

_SHOWN = 5
_COUNTED = (Status.APPROVED, Status.PENDING, Status.REJECTED, Status.SPAM, Status.REMOVED)


@dataclass(frozen=True, kw_only=True)
class Author:
    """Attributes:
    total: how many comments of the same person there are in the reader's sections, this one among them.
    counts: how many of them are in each status, as words and number.
    since: when the first of them was written.
    others: the newest others.
    url: the list of all of them.
    is_known: whether the same account or address connects them; else it is only the same name.
    """

    total: int
    counts: list[tuple[str, int]]
    since: datetime
    others: list[VisitorComment]
    url: str
    is_known: bool
    is_trusted: bool


def author_of(comment: VisitorComment, user: Any) -> Author | None:
    """Return what the desk knows of a comment's author; None where nothing connects it with others. Costs two queries,
    and one more where trust is earned."""
    if comment.status == Status.ERASED or not (comment.author_key or comment.author_name):
        return None
    same = moderated_by(user).filter(same_author(comment)).order_by()
    rows = same.values_list("status").annotate(Count("pk"), Min("created_at"), Max("created_at"))
    found = {status: (count, first) for status, count, first, _last in rows}
    if not found:
        return None
    is_proved = comment.author_kind != AuthorKind.GUEST or comment.email_verified_at is not None
    return Author(
        total=sum(count for count, _first in found.values()),
        counts=[(str(status.label), found[status][0]) for status in _COUNTED if status in found],
        since=min(first for _count, first in found.values()),
        others=list(
            same.exclude(pk=comment.pk).select_related("page").order_by("-created_at", "-pk")[:_SHOWN]
        ),
        url=f"{desk_url('lane', 'all')}?{urlencode({'author': f'#{comment.pk}'})}",
        is_known=bool(comment.author_key),
        is_trusted=is_proved and is_trusted(comment.author_key),
    )
