"""The desk's item in the admin menu, with what waits. The label is short: the sidebar cuts long ones."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.admin.menu import MenuItem

from ..conf import comments_settings
from ..permissions import opens_desk
from .lanes import FIRST, LANES, MINE, counts_of_request

_MANY = 99


class CommentsMenuItem(MenuItem):
    """Shown to those who moderate, or answer health questions, somewhere. Counts once per admin page."""

    def is_shown(self, request: HttpRequest) -> bool:
        return opens_desk(request.user)

    def render_component(self, request: HttpRequest) -> Any:
        component = super().render_component(request)
        component.label = label_of(request, component.label)
        return component


def label_of(request: HttpRequest, label: Any) -> Any:
    """Return the item's label with what waits for the user, as it is where nothing does or nobody wants to know."""
    if not comments_settings.menu_count:
        return label
    counts = counts_of_request(request)
    waiting = LANES[FIRST].count(counts) + counts[MINE]
    if not waiting:
        return label
    return _("Comments (%(count)s)") % {"count": str(waiting) if waiting <= _MANY else f"{_MANY}+"}
