"""One decision about many comments: those whose boxes are ticked, or everything that a lane's filters find.

The address carries the filters, so the same view that showed the list finds it again, in the user's scope. The first
POST asks, and its page holds each comment that was found with its version; the second decides about those, and leaves
alone what has changed since. Of thousands the script (`bulk.js`) sends a thousand after the other to the same address
and gets JSON; without it they come all at once. What comes twice, because an answer was lost, is decided once.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Max, OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.utils import get_user_display_name
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from .. import actions
from ..actions.bulk import BATCH, bulk_verbs
from ..models import ModerationEvent, VisitorComment
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
    """Comments that were not decided, and why; the first of them by name, with what happened to each last."""

    why: str
    count: int
    comments: list[tuple[VisitorComment, str]]


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


def decided_before(user: Any, verb: str, stale: list[int], seen: dict[int, int]) -> set[int]:
    """Return those of `stale` to which nothing else has happened than this same decision by this same user: their
    request comes again because its answer was lost. One query, none where nothing is stale."""
    if not stale:
        return set()
    last = ModerationEvent.objects.filter(comment=OuterRef("pk")).order_by("-pk")
    facts = {name: Subquery(last.values(name)[:1]) for name in ("verb", "actor")}
    found = VisitorComment.objects.among(stale).annotate(**facts).filter(verb=verb, actor=user.pk)
    return {pk for pk, version in found.values_list("pk", "version") if version == seen[pk] + 1}


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
        count, pairs = sum(legal.values()), said["seen"] or chosen.seen
        return self.render_to_response(
            self.get_context_data(
                said=said,
                pairs=" ".join(f"{pk}:{version}" for pk, version in pairs.items()),
                pieces=BATCH if len(pairs) > BATCH else None,
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
        before = decided_before(self.request.user, verb, decisions.stale, chosen.seen)
        decisions.stale = [pk for pk in decisions.stale if pk not in before]
        done = len(decisions.done) + len(before)
        leftovers = self._leftovers(decisions, chosen)
        if self.request.headers.get("Accept") == "application/json":
            return JsonResponse({"done": done, "leftovers": [self._piece(each) for each in leftovers]})
        if done:
            messages.success(self.request, DONE[verb] % {"count": done})
        if not leftovers:
            return redirect(next_url(self.request))
        self.template_name = "wagtail_massage_comments/admin/bulk_result.html"
        context = {"leftovers": leftovers, "next": next_url(self.request)}
        return self.render_to_response(self.get_context_data(**context))

    def _piece(self, leftover: Leftover) -> dict[str, Any]:
        context = {"leftover": leftover, "next": next_url(self.request)}
        rows = render_to_string("wagtail_massage_comments/admin/includes/leftover.html", context)
        return {"why": leftover.why, "count": leftover.count, "rows": rows}

    def _leftovers(self, decisions: actions.Decisions, chosen: Chosen) -> list[Leftover]:
        kinds = {
            _("Somebody was faster, or the text was changed"): decisions.stale + chosen.stale,
            _("The decision is not possible in the state they are in"): decisions.illegal,
            _("Gone, or not yours to decide"): chosen.refused,
        }
        named = [pk for pks in kinds.values() for pk in pks[:LINKS]]
        found = moderated_by(self.request.user).only("author_name", "status").in_bulk(named)
        last = _last_events(found)
        return [
            Leftover(
                why=why,
                count=len(pks),
                comments=[(found[pk], last.get(pk, "")) for pk in pks[:LINKS] if pk in found],
            )
            for why, pks in kinds.items()
            if pks
        ]


def _last_events(comments: dict[int, VisitorComment]) -> dict[int, str]:
    """Return what happened to each comment last, and who did it, in words."""
    events = ModerationEvent.objects.filter(comment__in=comments).order_by()
    newest = events.values("comment").annotate(newest=Max("pk")).values("newest")
    said = {}
    for event in ModerationEvent.objects.filter(pk__in=newest).select_related("actor"):
        what, who = words.EVENTS.get(event.verb, event.verb), get_user_display_name(event.actor)
        said[event.comment_id] = f"{what}, {who}" if who else str(what)
    return said


def _by_label(counts: Any) -> list[tuple[str, int]]:
    return [(str(Status(status).label), counts[status]) for status in Status.values if counts.get(status)]
