"""The panel on the admin's first page: what waits for this user, and three of them: red flags, then the oldest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.components import Component

from ..models import VisitorComment
from ..permissions import Permission, opens_desk, scope_of
from ..states import Status
from . import words
from .access import desk_url
from .empty import words_for
from .health_words import age
from .lanes import FIRST, LANES, MINE, OLDEST, comments_in, counts_of_request

SHOWN = 3
EXCERPT = 120  # characters


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """One who waits. A health question says neither who nor what: the first page is seen over many shoulders."""

    url: str
    name: str
    page_title: str
    excerpt: str
    age: str
    is_urgent: bool


@dataclass(frozen=True, kw_only=True)
class Figure:
    """How many of one kind wait, and where they are."""

    label: Any
    count: int
    url: str


class WaitingPanel(Component):
    """Shares the counts with the menu. Of its own it asks for the oldest, for red flags where health questions wait,
    for what is reported, and, where there is none of that, how long people had to wait lately."""

    name = "massage_comments"
    template_name = "wagtail_massage_comments/admin/home_panel.html"
    order = 205  # before Wagtail's own, whose first is 210

    class Media:
        css = {"all": ["wagtail_massage_comments/admin/panels.css"]}

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        request, now = parent_context["request"], timezone.now()
        oldest = list(waiting_for(request.user)[:SHOWN])
        urgent = _urgent_for(request)
        shown = [*urgent, *(comment for comment in oldest if comment not in urgent)][:SHOWN]
        figures = [figure for figure in _figures(request) if figure.count]
        return {
            "figures": figures,
            "oldest": [_waiting(comment) for comment in shown],
            "longest": age(oldest[0].created_at, now) if oldest else "",
            "done": "" if oldest or figures else _done(request.user, now=now),
            "desk_url": desk_url("index"),
            "report_url": desk_url("report") if scope_of(request.user) else "",
        }


def _done(user: Any, *, now: datetime) -> Any:
    """Return what is said when nothing waits."""
    if scope_of(user):
        return words_for(LANES[FIRST], user, now=now)
    return _("All answered: nobody is waiting for you.")


def construct_homepage_panels(request: HttpRequest, panels: list[Any]) -> None:
    if opens_desk(request.user):
        panels.append(WaitingPanel())


def waiting_for(user: Any) -> Any:
    """Return the comments that wait for `user`, the oldest first: to decide on, and health questions to answer."""
    moderates = Q(is_health=False) & scope_of(user).condition("page__path")
    answers = Q(is_health=True, health__answered_at=None) & scope_of(
        user, Permission.ANSWER_HEALTH
    ).condition("page__path")
    pending = VisitorComment.objects.filter(moderates | answers, status=Status.PENDING)
    return pending.select_related("page", "thread", "health").order_by(*OLDEST)


def _urgent_for(request: HttpRequest) -> list[VisitorComment]:
    """Return the red flags that this user may answer, the oldest first. Costs one query, if health questions wait."""
    if not counts_of_request(request)[MINE]:
        return []
    return list(waiting_for(request.user).filter(health__is_urgent=True)[:SHOWN])


def _figures(request: HttpRequest) -> list[Figure]:
    counts = counts_of_request(request)
    figures = [_figure("health", counts[MINE])]
    if scope_of(request.user):
        reported = comments_in(LANES["reported"], request.user).count()
        figures = [_figure(FIRST, LANES[FIRST].count(counts)), *figures, _figure("reported", reported)]
    return figures


def _figure(lane: str, count: int) -> Figure:
    return Figure(label=LANES[lane].label, count=count, url=desk_url("lane", lane))


HEALTH = gettext_lazy("A health question")


def _waiting(comment: VisitorComment) -> Waiting:
    question = getattr(comment, "health", None) if comment.is_health else None
    return Waiting(
        url=desk_url("inspect", comment.pk),
        name=str(HEALTH) if comment.is_health else words.name_of(comment),
        page_title=comment.page.get_admin_display_title() if comment.page else comment.thread.page_title,
        excerpt="" if comment.is_health else Truncator(comment.body).chars(EXCERPT),
        age=_("waiting %(age)s") % {"age": age(comment.created_at, timezone.now())},
        is_urgent=bool(question and question.is_urgent),
    )
