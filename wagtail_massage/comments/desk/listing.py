"""The lanes: what waits, what was decided."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.functional import Promise, cached_property
from django.utils.http import urlencode
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.admin.widgets.button import Button

from ..actions.deciding import legal_verbs
from ..models import CommentReport, CommentVerdict, VisitorComment
from ..permissions import moderated_by, moderates_everywhere
from ..states import ReportReason, Status
from . import words
from .access import DeskMixin, desk_url
from .choosing import bar_for
from .filters import CommentFilterSet, pages_in_scope
from .lanes import FIRST, LANES, Lane, StatusCounts, count_by_status, counts_by_row, counts_of_request

EXCERPT = 300  # characters


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A button: the action's verb, its words, and a name that tells it from the same button on the next row; on the
    first button of a row that takes one, the reasons to choose from."""

    verb: str
    words: words.Verb
    name: str
    reasons: list[tuple[str, words.Words]]


@dataclass(frozen=True, kw_only=True)
class Card:
    """A comment as a lane shows it: plain text, never a link to where a stranger points."""

    comment: VisitorComment
    excerpt: str
    objections: list[str | Promise]
    reports: list[str]
    was_screened: bool
    choices: list[Choice]


@dataclass(frozen=True, kw_only=True)
class Tab:
    lane: Lane
    url: str
    count: int
    is_current: bool


_SLOW = frozenset({"remove", "pin", "unpin"})  # want a look at the whole first


def verbs_for(comment: VisitorComment) -> list[str]:
    """Return what a moderator may do with a comment (whose thread is loaded), in the order of the buttons: removing
    comes last."""
    verbs = list(legal_verbs(comment.status))
    if comment.status != Status.APPROVED:
        return verbs
    if comment.report_count:
        verbs.insert(0, "dismiss_reports")
    elif comment.reviewed_at is None:
        verbs.insert(0, "acknowledge")
    if comment.thread.pinned_id == comment.pk:
        verbs.insert(-1, "unpin")
    elif comment.is_visible and comment.depth == 1:
        verbs.insert(-1, "pin")
    return verbs


def choices_for(comment: VisitorComment, *, quick: bool) -> list[Choice]:
    """Return the buttons of a comment; the quick ones leave out what wants a look at the whole first."""
    verbs = [verb for verb in verbs_for(comment) if not (quick and verb in _SLOW)]
    name = {"name": words.name_of(comment)}
    reasoned = next((verb for verb in verbs if verb in words.REASONED), None)
    return [
        Choice(
            verb=verb,
            words=words.VERBS[verb],
            name=words.VERBS[verb].named % name,
            reasons=words.reasons_for([verb]) if verb == reasoned else [],
        )
        for verb in verbs
    ]


def card_of(comment: VisitorComment) -> Card:
    verdicts = words.latest(comment.verdicts.all())
    return Card(
        comment=comment,
        excerpt=Truncator(comment.body).chars(EXCERPT),
        objections=[words.reason_of(row) for row in verdicts if row.outcome > CommentVerdict.Outcome.PASS],
        reports=_reasons_of(comment.open_reports),  # type: ignore[attr-defined]
        was_screened=bool(verdicts),
        choices=choices_for(comment, quick=True),
    )


def open_reports() -> Prefetch:
    """Load the reports that nobody has looked at as `open_reports`."""
    waiting = CommentReport.objects.filter(handled_at=None).order_by("pk")
    return Prefetch("reports", queryset=waiting, to_attr="open_reports")


def _reasons_of(reports: list[CommentReport]) -> list[str]:
    """Return each reason once, with how many people gave it. Who they are stays unknown, and a card has no room for
    their words."""
    found = Counter(report.reason for report in reports)
    return [
        _("%(reason)s (%(count)d)") % {"reason": ReportReason(reason).label, "count": count}
        for reason, count in found.most_common()
    ]


class LaneView(DeskMixin, BaseListingView):
    """Comments of one lane in the user's scope. The number of queries does not depend on the number of rows."""

    model = VisitorComment
    template_name = "wagtail_massage_comments/admin/lane.html"
    results_template_name = "wagtail_massage_comments/admin/lane_results.html"
    filterset_class = CommentFilterSet
    is_searchable = True
    search_fields = ["author_name", "body"]
    paginate_by = 20
    lane: Lane

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        lane = LANES.get(kwargs.get("lane", FIRST))
        if lane is None:
            raise Http404
        self.lane = lane

    @property
    def header_more_buttons(self) -> list[Button]:
        query = self._query(without={self.page_kwarg})
        buttons = [
            Button(label, url=desk_url(name, self.lane.slug) + query, icon_name="download")
            for name, label in (("export_xlsx", _("Download XLSX")), ("export_csv", _("Download CSV")))
        ]
        if moderates_everywhere(self.request.user):
            buttons.append(Button(_("Privacy request"), url=desk_url("privacy"), icon_name="user"))
        return buttons

    def get_index_url(self) -> str:
        return desk_url("lane", self.lane.slug)

    def get_index_results_url(self) -> str:
        return desk_url("lane_results", self.lane.slug)

    def get_filterset_kwargs(self) -> dict[str, Any]:
        """Drop a page that cannot be chosen: Wagtail's chooser would show its title, whoever may see it."""
        kwargs = super().get_filterset_kwargs()
        wanted = self.request.GET.get("page", "")
        if wanted:
            is_number = wanted.isdecimal() and wanted.isascii() and len(wanted) < 10
            if not (is_number and pages_in_scope(self.request).filter(pk=wanted).exists()):
                kwargs["data"] = self.request.GET.copy()
                kwargs["data"].pop("page")
        return kwargs

    def get_base_queryset(self) -> QuerySet[VisitorComment]:
        in_lane = moderated_by(self.request.user).filter(self.lane.condition)
        return in_lane.select_related("page", "thread").prefetch_related("verdicts", open_reports())

    def order_queryset(self, queryset: QuerySet[VisitorComment]) -> QuerySet[VisitorComment]:
        order = ("created_at", "pk") if self.lane.oldest_first else ("-created_at", "-pk")
        return queryset.order_by(*order)

    @cached_property
    def counts(self) -> StatusCounts:
        comments = moderated_by(self.request.user)
        if page := self.filters.chosen_page:
            below = comments.filter(page__path__startswith=page.path)
            return count_by_status(self.request.user, page=page) | counts_by_row(below)
        return counts_of_request(self.request) | counts_by_row(comments)

    def get_paginator(self, *args: Any, **kwargs: Any) -> Paginator:
        paginator = super().get_paginator(*args, **kwargs)
        if self.filters.is_by_page_only and not self.is_searching:
            paginator.count = self.lane.count(self.counts)  # else every page of the list counts a whole lane
        return paginator

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(*args, **kwargs)
        return {
            **context,
            "lane": self.lane,
            "tabs": self.get_tabs(),
            "cards": [card_of(comment) for comment in context["object_list"]],
            "here": self.get_own_url(),
            "bulk": bar_for(
                self.lane,
                url=desk_url("bulk", self.lane.slug) + self._query(without={self.page_kwarg}),
                count=context["items_count"],
                now=timezone.now(),
            ),
            "chosen_page": self.filters.chosen_page,
        }

    def in_words(self) -> dict[str, Any]:
        """Return by what the list is narrowed, for people: lane, page, age and words that were searched."""
        age = self.filters.form.cleaned_data.get("age") if self.filters.is_valid() else ""
        return {
            "lane": self.lane.label,
            "page": self.filters.chosen_page,
            "age": dict(self.filters.form.fields["age"].choices).get(age, "") if age else "",
            "search": self.search_query,
        }

    def get_tabs(self) -> list[Tab]:
        query = self._query(without={self.page_kwarg})
        return [
            Tab(
                lane=lane,
                url=desk_url("lane", lane.slug) + query,
                count=lane.count(self.counts),
                is_current=lane == self.lane,
            )
            for lane in LANES.values()
        ]

    def get_own_url(self) -> str:
        """Return the address of what is seen now, to come back to after a decision."""
        return self.index_url + self._query()

    def _query(self, *, without: set[str] = frozenset()) -> str:  # type: ignore[assignment]
        hidden = {"_w_filter_fragment", *without}
        values = [(key, value) for key, values in self.request.GET.lists() for value in values]
        kept = [(key, value) for key, value in values if key not in hidden and value]
        return f"?{urlencode(kept)}" if kept else ""


def open_lane(request: HttpRequest, slug: str) -> LaneView:
    """Return the view of a lane with the filters of `request`, so that whoever needs its comments finds what it shows.

    Raises:
        Http404: if there is no such lane.
    """
    view = LaneView()
    view.setup(request, lane=slug)
    return view
