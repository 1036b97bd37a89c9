"""The lanes: what waits, what was decided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Prefetch, QuerySet, prefetch_related_objects
from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.functional import Promise, cached_property
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.admin.widgets.button import Button

from ..actions.deciding import legal_verbs
from ..models import CommentReport, CommentVerdict, ModerationEvent, VisitorComment
from ..permissions import moderates_everywhere, scope_of
from ..states import ReportReason, Status
from . import words
from .access import HealthDeskMixin, desk_url
from .choosing import Bar, bar_for
from .empty import words_for
from .faces import face_of, reasons_field, status_of
from .filters import CommentFilterSet, pages_in_scope
from .health_words import Wait, wait_of
from .lanes import (
    FIRST,
    FIRST_OF_HEALTH,
    LANES,
    Lane,
    StatusCounts,
    comments_in,
    count_lanes,
    counts_of_request,
    lanes_of,
)
from .words import Words

EXCERPT = 1000  # characters: most comments are read and decided as a whole where they stand


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A button: the action's verb, its words, and a name that tells it from the same button on the next row; on the
    first button of a row that takes one, the reasons to choose from."""

    verb: str
    words: words.Verb
    name: str
    reasons: list[tuple[str, Words]]

    @property
    def face(self) -> SafeString:
        return face_of(self.verb)

    @property
    def reasons_field(self) -> str:
        return reasons_field() if self.reasons else ""


@dataclass(frozen=True, kw_only=True)
class Card:
    """A comment as a lane shows it: plain text, never a link to where a stranger points."""

    comment: VisitorComment
    excerpt: str
    is_cut: bool
    objections: list[str | Promise]
    reports: list[str]
    was_screened: bool
    choices: list[Choice]
    wait: Wait | None

    @property
    def status(self) -> SafeString:
        return status_of(self.comment.status)


@dataclass(frozen=True, kw_only=True)
class Tab:
    lane: Lane
    url: str
    count: int
    is_current: bool


_SLOW = frozenset({"remove", "pin", "unpin"})  # want a look at the whole first


def withdrawn(comments: Iterable[Any]) -> set[int]:
    """Return which of the comments (or rows) their authors took back, so that nobody can restore them. One query, none
    where nothing is removed."""
    removed = [comment.pk for comment in comments if comment.status == Status.REMOVED]
    events = ModerationEvent.objects.filter(comment__in=removed, verb="withdraw")
    return set(events.values_list("comment_id", flat=True)) if removed else set()


def verbs_for(comment: Any, pinned: int | None, *, is_withdrawn: bool = False) -> list[str]:
    """Return what a moderator may do with a comment (or a row with its columns), in the order of the buttons: removing
    comes last. `pinned` is the comment that is pinned in its thread."""
    verbs = [verb for verb in legal_verbs(comment.status) if not (comment.is_health and verb == "approve")]
    if is_withdrawn:
        verbs.remove("restore")
    if comment.status != Status.APPROVED:
        return verbs
    if comment.report_count:
        verbs.insert(0, "dismiss_reports")
    elif comment.reviewed_at is None:
        verbs.insert(0, "acknowledge")
    if pinned == comment.pk:
        verbs.insert(-1, "unpin")
    elif comment.is_visible and comment.depth == 1:
        verbs.insert(-1, "pin")
    return verbs


def choices_for(comment: VisitorComment, *, quick: bool, is_withdrawn: bool = False) -> list[Choice]:
    """Return the buttons of a comment; the quick ones leave out what wants a look at the whole first."""
    possible = verbs_for(comment, comment.thread.pinned_id, is_withdrawn=is_withdrawn)
    verbs = [verb for verb in possible if not (quick and verb in _SLOW)]
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


def card_of(comment: VisitorComment, *, is_withdrawn: bool = False) -> Card:
    """Return a comment's card. A health question has no buttons there: it wants to be read as a whole."""
    verdicts = words.latest(comment.verdicts.all())
    reasons = [row.reason for row in verdicts if row.outcome > CommentVerdict.Outcome.PASS]
    question = getattr(comment, "health", None) if comment.status == Status.PENDING else None
    return Card(
        comment=comment,
        excerpt=Truncator(comment.body).chars(EXCERPT),
        is_cut=len(comment.body) > EXCERPT,
        objections=[words.REASONS.get(reason, reason) for reason in dict.fromkeys(reasons)],
        reports=_reasons_of(getattr(comment, "open_reports", [])),
        was_screened=bool(verdicts),
        choices=[] if question else choices_for(comment, quick=True, is_withdrawn=is_withdrawn),
        wait=wait_of(question) if question else None,
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


class LaneView(HealthDeskMixin, BaseListingView):
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
        first = FIRST if scope_of(request.user) else FIRST_OF_HEALTH
        lane = LANES.get(kwargs.get("lane", first))
        if lane is None:
            raise Http404
        self.lane = lane

    def lets_in(self, user: Any) -> bool:
        return super().lets_in(user) and self.lane in lanes_of(user)

    @property
    def header_more_buttons(self) -> list[Button]:
        if not scope_of(self.request.user):
            return []
        query = self._query(without={self.page_kwarg})
        buttons = [
            Button(label, url=desk_url(name, self.lane.slug) + query, icon_name="download")
            for name, label in (("export_xlsx", _("Download XLSX")), ("export_csv", _("Download CSV")))
        ]
        if moderates_everywhere(self.request.user):
            buttons += [
                Button(_("Privacy request"), url=desk_url("privacy"), icon_name="user"),
                Button(_("Texts of the desk"), url=desk_url("texts"), icon_name="openquote"),
            ]
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
        in_lane = comments_in(self.lane, self.request.user)
        return in_lane.select_related("page", "thread", "health").prefetch_related("verdicts")

    def get_moderated(self) -> QuerySet[VisitorComment]:
        """Return what the list shows and the user may decide about: health questions are shown to others as well."""
        return self.get_queryset().filter(scope_of(self.request.user).condition("page__path"))

    def order_queryset(self, queryset: QuerySet[VisitorComment]) -> QuerySet[VisitorComment]:
        return queryset.order_by(*self.lane.order)

    @cached_property
    def counts(self) -> StatusCounts:
        if page := self.filters.chosen_page:
            return count_lanes(self.request.user, page=page, by_row=True)
        return counts_of_request(self.request, by_row=True)

    def get_paginator(self, *args: Any, **kwargs: Any) -> Paginator:
        paginator = super().get_paginator(*args, **kwargs)
        if self.filters.is_by_page_only and not self.is_searching:
            paginator.count = self.lane.count(self.counts)  # else every page of the list counts a whole lane
        return paginator

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(*args, **kwargs)
        reported = [comment for comment in context["object_list"] if comment.report_count]
        prefetch_related_objects(reported, open_reports())
        gone = withdrawn(context["object_list"])
        return {
            **context,
            "lane": self.lane,
            "tabs": self.get_tabs(),
            "parts": self.get_parts(),
            "cards": [
                card_of(comment, is_withdrawn=comment.pk in gone) for comment in context["object_list"]
            ],
            "here": self.get_own_url(),
            "bulk": self.get_bar(context["items_count"]),
            "empty": self.get_empty(context),
        }

    def get_empty(self, context: dict[str, Any]) -> str | Promise:
        """Return what is said in place of cards; of a list that is narrowed, the template says something else."""
        is_narrowed = self.is_filtering or self.is_searching
        if context["object_list"] or is_narrowed:
            return ""
        return words_for(self.lane, self.request.user, now=timezone.now())

    def get_bar(self, count: int) -> Bar | None:
        if not scope_of(self.request.user):
            return None
        url = desk_url("bulk", self.lane.slug) + self._query(without={self.page_kwarg})
        return bar_for(self.lane, url=url, count=count, now=timezone.now())

    def in_words(self) -> list[tuple[str, str]]:
        """Return by what the list is narrowed, for people: the lane, each filter, the words that were searched."""
        said = [(_("Lane"), str(self.lane.label)), *self.filters.in_words()]
        return [*said, (_("Search"), self.search_query)] if self.search_query else said

    def get_tabs(self) -> list[Tab]:
        lanes = [lane for lane in lanes_of(self.request.user) if not lane.within]
        return [self._tab(lane, current=self.lane.within or self.lane.slug) for lane in lanes]

    def get_parts(self) -> list[Tab]:
        """Return the lists that the lane is made of, none where all others than its own are empty."""
        whole = self.lane.within or self.lane.slug
        lanes = [lane for lane in LANES.values() if whole in (lane.slug, lane.within)]
        parts = [self._tab(lane, current=self.lane.slug) for lane in lanes]
        return parts if self.lane.within or any(part.count for part in parts[1:]) else []

    def _tab(self, lane: Lane, *, current: str) -> Tab:
        url = desk_url("lane", lane.slug) + self._query(without={self.page_kwarg})
        return Tab(lane=lane, url=url, count=lane.count(self.counts), is_current=lane.slug == current)

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
