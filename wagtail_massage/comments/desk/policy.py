"""Comments on one page: who may write there and below it, from this moment on. Reached from the page's header and
from the desk."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import Button

from ...base_page import get_page_model
from .. import actions
from ..models import CommentThread
from ..permissions import scope_of
from ..policies import PolicyInForce, policy_above, policy_in_force, terms_of
from ..threads import accepts_comments, get_thread, has_room_below, home_of
from .access import DeskMixin, desk_url
from .lanes import LANES, count_lanes
from .policy_form import PolicyForm
from .policy_words import POLICY_NAMES, as_above, header_label, source_sentence, time_sentences

CHOICES_SHOWN = 10


class PolicyView(DeskMixin, WagtailAdminTemplateMixin, View):
    """Shows what holds on a page in scope, and chooses. A page that takes no comments and under which none can stand
    answers 404."""

    template_name = "wagtail_massage_comments/admin/policy.html"
    http_method_names = ["get", "head", "options", "post"]

    def get(self, request: HttpRequest, page_id: int) -> HttpResponse:
        self._load(page_id)
        return self._show(self._form())

    def post(self, request: HttpRequest, page_id: int) -> HttpResponse:
        self._load(page_id)
        form = self._form(request.POST)
        if not form.is_valid():
            return self._show(form)
        actions.set_policy(
            page=self.page, policy=form.choice(), terms=form.terms(), by=request.user, now=self.now
        )
        holds = policy_in_force(self.subject, now=self.now)
        done = _("Comments on “%(page)s” are now: %(policy)s.")
        messages.success(request, done % {"page": self.page.title, "policy": POLICY_NAMES[holds.policy]})
        return redirect(desk_url("policy", self.page.pk))

    def _load(self, page_id: int) -> None:
        page = home_of(get_object_or_404(get_page_model(), pk=page_id))
        if not scope_of(self.request.user).covers(page.path) or not is_governed(page):
            raise Http404
        self.page, self.subject, self.thread = page, _subject_of(page), get_thread(page)
        self.now = timezone.now()
        self.above = policy_above(self.subject, now=self.now)

    def _form(self, data: Any = None) -> PolicyForm:
        initial = {"policy": self.thread.policy, **vars(terms_of(self.thread))}
        label = as_above(self.above, title=_title_for(self.request.user, self.above))
        return PolicyForm(data, initial=initial, now=self.now, as_above=label)

    def _show(self, form: PolicyForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form))

    def get_page_title(self) -> str:
        return _("Comments on “%(page)s”") % {"page": self.page.get_admin_display_title()}

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        desk = {"url": desk_url("index"), "label": _("Comments")}
        return [*self.breadcrumbs_items, desk, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        below = _choices_below(self.page)
        return {
            **super().get_context_data(**kwargs),
            "page": self.page,
            "is_section": not accepts_comments(self.page),
            "lanes": self._lanes(),
            "holds": holds_on(self.page, self.request.user, now=self.now),
            "choices_below": [_choice_of(thread) for thread in below[:CHOICES_SHOWN]],
            "choices_below_count": below.count(),
        }

    def _lanes(self) -> list[dict[str, Any]]:
        user, query = self.request.user, urlencode({"page": self.page.pk})
        counts = count_lanes(user, page=self.page, by_row=True)
        return [
            {
                "label": lane.label,
                "count": lane.count(counts),
                "url": f"{desk_url('lane', lane.slug)}?{query}",
            }
            for lane in LANES.values()
            if not lane.within
        ]


@dataclass(frozen=True, kw_only=True)
class Holds:
    """What holds on a page now and why, in words, and where it was chosen if the reader may know that page."""

    label: str
    source: str
    title: str
    url: str
    sentences: list[str]


def holds_on(page: Any, user: Any, *, now: datetime) -> Holds:
    """Return what holds on `page` (the thread's own, `home_of`) in words for `user`. Costs one query."""
    terms = policy_in_force(_subject_of(page), now=now)
    is_elsewhere = terms.source_page_id not in (None, page.pk)
    may_visit = is_elsewhere and scope_of(user).covers(terms.source_path)
    return Holds(
        label=str(terms.policy.label),
        source=source_sentence(terms),
        title=_title_for(user, terms) if is_elsewhere else "",
        url=desk_url("policy", terms.source_page_id) if may_visit else "",
        sentences=list(time_sentences(terms)),
    )


def page_header_buttons(
    page: Any, user: Any, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    """Tell in the page's header what holds for its comments, and lead there those who moderate them."""
    if not page.pk or not is_governed(page):
        return
    home = home_of(page)
    if scope_of(user).covers(home.path):
        terms = policy_in_force(_subject_of(home), now=timezone.now())
        label = header_label(terms, title=_title_for(user, terms))
        yield Button(label, url=desk_url("policy", home.pk), icon_name="comment", priority=62)


def is_governed(page: Any) -> bool:
    """Whether a choice on the page would say something about any comments, there or below."""
    return not page.is_root() and (accepts_comments(page) or has_room_below(page))


def _subject_of(page: Any) -> Any:
    """Return the page to ask about. A section without comments of its own closes no sooner than its pages do, so the
    day of its own publication must not count."""
    if accepts_comments(page):
        return page
    subject = copy.copy(page)
    subject.first_published_at = None
    return subject


def _title_for(user: Any, terms: PolicyInForce) -> str:
    """Return the title of the page where the policy was chosen, "" where the user could not know it."""
    is_known = terms.source_is_live or scope_of(user).covers(terms.source_path or None)
    return terms.source_title if is_known else ""


def _choices_below(page: Any) -> Any:
    threads = CommentThread.objects.filter(policy__gt="", page__path__startswith=page.path)
    return threads.exclude(page=page.pk).select_related("page").order_by("page__path")


def _choice_of(thread: CommentThread) -> dict[str, Any]:
    page: Any = thread.page
    return {
        "title": page.get_admin_display_title(),
        "policy": POLICY_NAMES[thread.policy],
        "url": desk_url("policy", page.pk) if is_governed(page) else "",
    }
