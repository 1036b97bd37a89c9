"""A lane in JSON: what a moderator's own tool or app needs to show comments and to decide about them.

The same comments, filters and order as the list in the admin, for the same session; it only reads. A decision is
posted to the desk, with the `status` and `version` that were seen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django.http import HttpRequest, JsonResponse

from ...statements import AN_OFFSET, Statement, some_ids
from ..models import CommentReport, CommentVerdict
from ..permissions import Rights, rights_of
from ..states import Status
from . import words
from .access import DeskMixin, desk_url
from .lanes import LANES, comments_in, lanes_of
from .listing import LaneView, verbs_for, withdrawn
from .menu import label_of

_COLUMNS = (
    "pk",
    "uuid",
    "status",
    "version",
    "is_visible",
    "is_health",
    "depth",
    "parent_id",
    "author_name",
    "author_kind",
    "badge",
    "body",
    "locale",
    "created_at",
    "edited_at",
    "reviewed_at",
    "report_count",
    "page_id",
    "page__title",
    "thread__page_title",
    "thread__pinned",
)
_OF_VERDICT = ("pk", "comment_id", "check_name", "comment_version", "outcome", "reason")


class CardsView(LaneView):
    """One page of a lane. Costs one query for the comments, one for their verdicts, and one where any was reported."""

    http_method_names = ["get", "head"]
    paginate_by = 50

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> JsonResponse:
        number = self._number()
        rows = self._rows((number - 1) * self.paginate_by)
        following = self._address(number + 1) if len(rows) > self.paginate_by else None
        addresses = {name: desk_url(name, 0).replace("/0/", "/{pk}/") for name in ("inspect", "decide")}
        answer = {"items": cards(rows[: self.paginate_by]), "next": following, "addresses": addresses}
        response = JsonResponse(answer)
        response["Cache-Control"] = "private, no-store"
        return response

    def _rows(self, start: int) -> list[Any]:
        """Return a page's rows and one more. A lane that is not narrowed needs no new SQL and no form for filters."""
        if not self.request.GET.keys() - {self.page_kwarg}:
            return _rows_of(self.lane.slug, rights_of(self.request.user), self.paginate_by + 1).run([start])
        found = self.get_queryset().prefetch_related(None).values_list(*_COLUMNS, named=True)
        return list(found[start : start + self.paginate_by + 1])

    def _number(self) -> int:
        wanted = self.request.GET.get(self.page_kwarg, "")
        is_number = wanted.isascii() and wanted.isdecimal() and len(wanted) < 10
        return max(1, int(wanted)) if is_number else 1

    def _address(self, number: int) -> str:
        query = self.request.GET.copy()
        query[self.page_kwarg] = str(number)
        return f"{self.request.path}?{query.urlencode()}"


@lru_cache(maxsize=64)
def _rows_of(slug: str, user: Rights, count: int) -> Statement:
    """Takes where to begin."""
    lane = LANES[slug]
    found = comments_in(lane, user).order_by(*lane.order).values_list(*_COLUMNS, named=True)
    return Statement(found[AN_OFFSET : AN_OFFSET + count], [AN_OFFSET])


@lru_cache(maxsize=64)
def _verdicts_on(count: int) -> Statement:
    """Takes the ids of so many comments."""
    ids = some_ids(count)
    verdicts = CommentVerdict.objects.filter(comment__in=ids).order_by("pk")
    return Statement(verdicts.values_list(*_OF_VERDICT, named=True), ids)


def cards(rows: list[Any]) -> list[dict[str, Any]]:
    """Return what a tool needs of each comment. Two queries, and one more where any was removed."""
    verdicts = _by_comment(_verdicts_on(len(rows)).run([row.pk for row in rows]))
    reported = [row.pk for row in rows if row.report_count]
    waiting = CommentReport.objects.filter(comment__in=reported, handled_at=None)
    reasons = waiting.order_by("pk").values_list("comment_id", "reason", named=True)
    reports = _by_comment(reasons) if reported else {}
    gone = withdrawn(rows)
    return [
        card(row, verdicts.get(row.pk, []), reports.get(row.pk, []), is_withdrawn=row.pk in gone)
        for row in rows
    ]


def card(
    comment: Any, verdicts: list[Any], reports: list[Any], *, is_withdrawn: bool = False
) -> dict[str, Any]:
    """Return a comment as JSON has it. Codes stay codes: a tool has words of its own."""
    objections = [row for row in words.latest(verdicts) if row.outcome > CommentVerdict.Outcome.PASS]
    return {
        "pk": comment.pk,
        "id": str(comment.uuid),
        "status": comment.status,
        "version": comment.version,
        "is_visible": comment.is_visible,
        "is_health": comment.is_health,
        "author": {"name": comment.author_name, "kind": comment.author_kind, "badge": comment.badge or None},
        "body": comment.body,
        "locale": comment.locale,
        "depth": comment.depth,
        "parent": comment.parent_id,
        "page": {"id": comment.page_id, "title": comment.page__title or comment.thread__page_title},
        "created_at": comment.created_at.isoformat(),
        "edited_at": comment.edited_at and comment.edited_at.isoformat(),
        "was_screened": bool(verdicts),
        "reasons": list(dict.fromkeys(row.reason for row in objections)),
        "reports": Counter(row.reason for row in reports),
        "verbs": []
        if comment.is_health and comment.status == Status.PENDING
        else verbs_for(comment, comment.thread__pinned, is_withdrawn=is_withdrawn),
    }


def _by_comment(records: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in records:
        found.setdefault(row.comment_id, []).append(row)
    return found


class CountsView(LaneView):
    """How many comments each lane holds, and what the menu says of it, for a desk that is left open. One query; where a
    page is chosen, one more for that page and one for the menu."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> JsonResponse:
        lanes = {lane.slug: lane.count(self.counts) for lane in lanes_of(request.user)}
        response = JsonResponse({"lanes": lanes, "menu": str(label_of(request, DeskMixin.page_title))})
        response["Cache-Control"] = "private, no-store"
        return response
