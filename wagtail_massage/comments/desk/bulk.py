"""One decision about many comments: those whose boxes are ticked, or everything that a lane's filters find.

The address carries the filters, so the same view that showed the list finds it again, in the user's scope. The first
POST asks, the second decides; both see comments as they were read, and what has changed since is left alone.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from .. import actions
from ..actions.bulk import bulk_verbs
from ..models import VisitorComment
from ..permissions import moderated_by
from ..states import Status
from . import words
from .access import DeskMixin, next_url
from .choosing import DONE, LIMIT, QUESTIONS, BulkForm
from .listing import LaneView, open_lane

LINKS = 20  # comments of each kind that the result names
_CHUNK = 500  # row numbers in one IN list


@dataclass(kw_only=True)
class Chosen:
    """What a decision is for.

    Attributes:
        seen: the version that was seen of each comment, by its pk.
        statuses: how many of them are in each status.
        stale: comments that changed after the list was read.
        refused: pks that are no comments which this user moderates.
        left: how many more the filters find.
    """

    seen: dict[int, int] = field(default_factory=dict)
    statuses: Counter[str] = field(default_factory=Counter)
    stale: list[int] = field(default_factory=list)
    refused: list[int] = field(default_factory=list)
    left: int = 0


@dataclass(frozen=True, kw_only=True)
class Leftover:
    """Comments that were not decided, and why; the first of them by name."""

    why: str
    count: int
    comments: list[VisitorComment]


def choose_seen(user: Any, seen: dict[int, int]) -> Chosen:
    """Return those of `seen` that `user` moderates. One query for each 500."""
    chosen, pks = Chosen(), list(seen)
    for start in range(0, len(pks), _CHUNK):
        found = moderated_by(user).among(pks[start : start + _CHUNK])
        for pk, status in found.values_list("pk", "status"):
            chosen.seen[pk] = seen[pk]
            chosen.statuses[status] += 1
    chosen.refused = [pk for pk in pks if pk not in chosen.seen]
    return chosen


def choose_every(comments: QuerySet[VisitorComment], *, until: datetime) -> Chosen:
    """Return what `comments` held at the moment `until`, oldest first, as far as `LIMIT`. At most two queries."""
    comments = comments.filter(created_at__lte=until).select_related(None).prefetch_related(None)
    chosen = Chosen()
    columns = ("pk", "version", "status", "edited_at", "reviewed_at")
    rows = list(comments.order_by("created_at", "pk").values_list(*columns)[:LIMIT])
    for pk, version, status, edited_at, reviewed_at in rows:
        if any(moment is not None and moment > until for moment in (edited_at, reviewed_at)):
            chosen.stale.append(pk)
        else:
            chosen.seen[pk] = version
            chosen.statuses[status] += 1
    if len(rows) == LIMIT:
        chosen.left = comments.count() - LIMIT
    return chosen


class BulkView(DeskMixin, WagtailAdminTemplateMixin, View):
    """Asks how many of what, then decides and says what became of them."""

    http_method_names = ["post"]
    template_name = "wagtail_massage_comments/admin/bulk_confirm.html"
    lane_view: LaneView

    def post(self, request: HttpRequest, lane: str) -> HttpResponse:
        self.lane_view = open_lane(request, lane)
        form = BulkForm(request.POST)
        if not form.is_valid():
            for errors in form.errors.values():
                messages.error(request, " ".join(map(str, errors)))
            return redirect(next_url(request))
        said = form.cleaned_data
        chosen = self._choose(said)
        if not said["is_confirmed"]:
            return self._ask(said, chosen)
        return self._decide(said, chosen)

    def get_page_title(self) -> str:
        return _("Several comments")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        lane = {"url": next_url(self.request), "label": self.page_title}
        return [*self.breadcrumbs_items, lane, {"url": "", "label": self.get_page_title()}]

    def _choose(self, said: dict[str, Any]) -> Chosen:
        if said["every"]:
            until = min(said["every"], timezone.now())
            return choose_every(self.lane_view.get_moderated(), until=until)
        return choose_seen(self.request.user, said["seen"])

    def _ask(self, said: dict[str, Any], chosen: Chosen) -> HttpResponse:
        verb = said["verb"]
        legal = {status: n for status, n in chosen.statuses.items() if verb in bulk_verbs(status)}
        count = sum(legal.values())
        return self.render_to_response(
            self.get_context_data(
                said=said,
                pairs=" ".join(f"{pk}:{version}" for pk, version in said["seen"].items()),
                moment=said["every"].isoformat() if said["every"] else "",
                question=QUESTIONS[verb] % {"count": count},
                words=words.VERBS[verb],
                reasons=words.reasons_for([verb]),
                count=count,
                legal=_by_label(legal),
                illegal=_by_label(chosen.statuses - Counter(legal)),
                chosen=chosen,
                limit=LIMIT,
                where=self.lane_view.in_words() if said["every"] else None,
                next=next_url(self.request),
                action=self.request.get_full_path(),
            )
        )

    def _decide(self, said: dict[str, Any], chosen: Chosen) -> HttpResponse:
        verb = said["verb"]
        decisions = actions.decide_many(
            chosen.seen, verb, by=self.request.user, now=timezone.now(), reason=said["reason"]
        )
        if decisions.done:
            messages.success(self.request, DONE[verb] % {"count": len(decisions.done)})
        leftovers = self._leftovers(decisions, chosen)
        if not leftovers and not chosen.left:
            return redirect(next_url(self.request))
        self.template_name = "wagtail_massage_comments/admin/bulk_result.html"
        context = {"leftovers": leftovers, "left": chosen.left, "next": next_url(self.request)}
        return self.render_to_response(self.get_context_data(**context))

    def _leftovers(self, decisions: actions.Decisions, chosen: Chosen) -> list[Leftover]:
        kinds = {
            _("Somebody was faster, or the text was changed"): decisions.stale + chosen.stale,
            _("The decision is not possible in the state they are in"): decisions.illegal,
            _("Gone, or not yours to decide"): chosen.refused,
        }
        named = [pk for pks in kinds.values() for pk in pks[:LINKS]]
        found = moderated_by(self.request.user).only("author_name", "status").in_bulk(named)
        return [
            Leftover(why=why, count=len(pks), comments=[found[pk] for pk in pks[:LINKS] if pk in found])
            for why, pks in kinds.items()
            if pks
        ]


def _by_label(counts: Any) -> list[tuple[str, int]]:
    return [(str(Status(status).label), counts[status]) for status in Status.values if counts.get(status)]
