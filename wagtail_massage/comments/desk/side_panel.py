"""What stands beside a page that is edited: its comments, and who may comment there.

Wagtail 8 lets a site say which view edits its pages (`PageViewSet.edit_view_class`), so there it is a side panel, on
every page type for which the site has not chosen a view of its own; such a view takes `EditViewMixin`. Wagtail 7.4 has
no way to add a side panel: `PageCommentsPanel` goes into the panels of a page type, and the page's header tells in
short. The views of Wagtail 8 are in `edit_views`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Sum
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin.panels import Panel
from wagtail.admin.ui.side_panels import BaseSidePanel
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.admin.widgets.button import Button

from ..models import CommentThread
from ..permissions import may_answer_health, moderated_by, scope_of
from ..threads import home_of
from .access import desk_url
from .lanes import FIRST, FIRST_OF_HEALTH, LANES, MINE, count_lanes
from .policy import Holds, holds_on, is_governed

HAS_EDIT_VIEWS = hasattr(PageViewSet, "edit_view_class")
"""Whether this Wagtail lets a site choose the view that edits pages."""

TITLE = _("Visitor comments")
TEMPLATE = "wagtail_massage_comments/admin/beside_page.html"
CSS = {"all": ["wagtail_massage_comments/admin/panels.css"]}


@dataclass(frozen=True, kw_only=True)
class Line:
    """How many comments of one kind there are, and the lane that shows them."""

    label: Any
    count: int
    url: str
    is_waiting: bool


@dataclass(frozen=True, kw_only=True)
class Beside:
    """A page's comments as its editor sees them, with those of the pages below it, as the lanes have them.

    Attributes:
        waiting: how many wait for this user.
        holds: who may comment; None for those who may not change it.
        policy_url: where it is changed.
    """

    lines: list[Line]
    waiting: int
    has_pages_below: bool
    holds: Holds | None
    policy_url: str


def beside(page: Any, user: Any) -> Beside | None:
    """Return what `user` may know of the comments on `page`; None where that is nothing, or there can be none."""
    if page is None or not page.pk or not is_governed(page):
        return None
    home = home_of(page)
    moderates = scope_of(user).covers(home.path)
    if not moderates and not may_answer_health(user, home):
        return None
    lines = list(_lines(home, user, moderates=moderates))
    return Beside(
        lines=lines,
        waiting=sum(line.count for line in lines if line.is_waiting),
        has_pages_below=home.numchild > 0,
        holds=holds_on(home, user, now=timezone.now()) if moderates else None,
        policy_url=desk_url("policy", home.pk) if moderates else "",
    )


def _lines(page: Any, user: Any, *, moderates: bool) -> Iterator[Line]:
    """Yield a line for each kind: whoever only answers health questions sees those. At most four queries."""
    counts = count_lanes(user, page=page)
    if moderates:
        yield _line("approved", _public(page, user), page, label=_("Public"))
        yield _line(FIRST, LANES[FIRST].count(counts), page)
    if counts[MINE]:
        yield _line(FIRST_OF_HEALTH, counts[MINE], page)
    if moderates and (reported := _reported(page, user)):
        yield _line("reported", reported, page)


def _reported(page: Any, user: Any) -> int:
    below = moderated_by(user).filter(page__path__startswith=page.path)
    return below.filter(LANES["reported"].condition).count()


def _public(page: Any, user: Any) -> int:
    threads = CommentThread.objects.filter(page__path__startswith=page.path)
    return threads.filter(scope_of(user).condition("page__path")).aggregate(n=Sum("visible_count"))["n"] or 0


def _line(lane: str, count: int, page: Any, *, label: Any = None) -> Line:
    url = f"{desk_url('lane', lane)}?{urlencode({'page': page.pk})}"
    is_waiting = lane in (FIRST, FIRST_OF_HEALTH)
    return Line(label=label or LANES[lane].label, count=count, url=url, is_waiting=is_waiting)


class PageCommentsSidePanel(BaseSidePanel):
    """The side panel. Its icon is not that of Wagtail's own comments, which are the editors' notes to each other."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        aria_label = _("Toggle visitor comments")
        icon_name = "group"

        def get_context_data(self, parent_context: Any) -> dict[str, Any]:
            return {**super().get_context_data(parent_context), "count": self.panel.told.waiting}

    class Media:
        css = CSS

    name = "massage-comments"
    title = TITLE
    template_name = TEMPLATE
    order = 350

    def __init__(self, page: Any, request: Any, *, told: Beside) -> None:
        super().__init__(page, request)
        self.told = told

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {**super().get_context_data(parent_context), "told": self.told}


class EditViewMixin:
    """Adds the side panel to a view that edits pages."""

    page: Any
    request: Any

    def get_side_panels(self) -> Any:
        panels = super().get_side_panels()  # type: ignore[misc]
        # What is sent while typing has places for Wagtail's own panels only.
        is_in_full = not getattr(self, "expects_json_response", False)
        is_in_full = is_in_full and not getattr(self, "hydrate_create_view", False)
        if is_in_full and (told := beside(self.page, self.request.user)):
            panels.append(PageCommentsSidePanel(self.page, self.request, told=told))
        return panels


class PageCommentsPanel(Panel):
    """The same within the form, for a page type that names it among its panels. It shows, and saves nothing."""

    def __init__(self, heading: Any = TITLE, icon: str = "group", **kwargs: Any) -> None:
        super().__init__(heading=heading, icon=icon, **kwargs)

    class BoundPanel(Panel.BoundPanel):
        template_name = TEMPLATE

        class Media:
            css = CSS

        @cached_property
        def told(self) -> Beside | None:
            return beside(self.instance, self.request.user) if self.request else None

        def is_shown(self) -> bool:
            return self.told is not None

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            return {**super().get_context_data(parent_context), "told": self.told}


def waiting_button(page: Any, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """Tell in the page's header how many comments wait, where there is no side panel to do so."""
    told = beside(page, user)
    if told and told.waiting:
        label = ngettext("%(count)d visitor comment waits", "%(count)d visitor comments wait", told.waiting)
        line = next(line for line in told.lines if line.count and line.is_waiting)
        yield Button(label % {"count": told.waiting}, url=line.url, icon_name="group", priority=63)
