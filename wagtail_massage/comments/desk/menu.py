"""The desk's item in the admin menu, with what waits. The label is short: the sidebar cuts long ones."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.admin.menu import MenuItem

from ..conf import comments_settings
from ..permissions import scope_of
from .lanes import FIRST, LANES, counts_of_request

_MANY = 99


class CommentsMenuItem(MenuItem):
    """Shown to those who moderate somewhere. Counts once per admin page."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(scope_of(request.user))

    def render_component(self, request: HttpRequest) -> Any:
        component = super().render_component(request)
        if not comments_settings.menu_count:
            return component
        if waiting := LANES[FIRST].count(counts_of_request(request)):
            count = str(waiting) if waiting <= _MANY else f"{_MANY}+"
            component.label = _("Comments (%(count)s)") % {"count": count}
        return component
