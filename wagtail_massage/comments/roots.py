"""The comments of a page that answer nothing, part by part. Their SQL is made once, as that of `readable` is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce

from ..statements import Statement, a_moment, some_ids, some_uuids
from .conf import comments_settings
from .cursors import BadCursor
from .models import VisitorComment

LARGEST_ID = 2**63 - 1
COLUMNS = (
    "pk", "uuid", "status", "author_name", "badge", "body",
    "created_at", "edited_at", "depth", "path", "reply_count",
)  # fmt: skip
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def root_rows(page_id: int, position: list[Any], *, sort: str, size: int) -> list[dict[str, Any]]:
    """Return `size` public roots of a page, and one more where there are more. Costs one query.

    Each has the `COLUMNS`, and "cut": the path of the first reply that does not come with it.

    Args:
        position: what `position_of` gave for the last entry of the part before; [] for the first part.

    Raises:
        BadCursor: for any other position.
    """
    statement = _statement(sort, size, comments_settings.replies_shown, is_first=not position)
    return statement.run([page_id, *(_read(position) if position else ())])


def position_of(created_at: datetime, comment_id: UUID) -> list[Any]:
    """Return where a root stands, in JSON values, and public ones."""
    return [(created_at - _EPOCH) // timedelta(microseconds=1), str(comment_id)]


def _read(position: list[Any]) -> tuple[datetime, UUID]:
    try:
        return _EPOCH + timedelta(microseconds=position[0]), UUID(position[1])
    except (TypeError, ValueError, OverflowError, LookupError) as error:
        raise BadCursor from error


@lru_cache(maxsize=256)
def _statement(sort: str, size: int, shown: int, *, is_first: bool) -> Statement:
    """One part: takes the page's id and, beyond the first, the date and the public id of the last entry shown."""
    [page_id], [last] = some_ids(1), some_uuids(1)
    roots = VisitorComment.objects.filter(page=page_id).roots().public().annotate(cut=_cut(shown))
    if sort == "unanswered":
        roots = roots.filter(reply_count=0)
    if not is_first:
        roots = _beyond(roots, a_moment(), last, sort)
    order = ("-created_at", "-pk") if sort == "newest" else ("created_at", "pk")
    part = roots.order_by(*order).values(*COLUMNS, "cut")[: size + 1]
    return Statement(part, [page_id, a_moment(), last])


def _beyond(roots: Any, created_at: datetime, last: UUID, sort: str) -> Any:
    """The keyset condition; of the last entry shown only its date and public id are known."""
    pk = Subquery(VisitorComment.objects.filter(uuid=last).values("pk")[:1])
    if sort == "newest":
        return roots.before(created_at, Coalesce(pk, LARGEST_ID))
    return roots.after(created_at, Coalesce(pk, 0))


def _cut(shown: int) -> Subquery:
    """The path of the first reply that does not come with its root: one short walk on the index for each root."""
    below = VisitorComment.objects.filter(root=OuterRef("pk"), is_visible=True).order_by("path")
    return Subquery(below.values("path")[shown : shown + 1])
