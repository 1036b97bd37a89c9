"""What a moderator is told after a decision: that it is done and how it is undone, or who was faster.

Without a script that is a message on the next page. The desk's script (`desk.js`) asks for JSON instead and gets the
same words with the comment's card as it is now, so that fifty decisions need no fifty pages.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from wagtail.admin.utils import get_user_display_name

from ..actions.undoing import DECISIONS, undoable
from ..models import ModerationEvent, VisitorComment
from . import words
from .access import NAMESPACE, DeskMixin, desk_url, next_url
from .lanes import FIRST, LANES, Lane
from .listing import card_of, open_reports, withdrawn


def inspect_url(request: HttpRequest, comment: VisitorComment) -> str:
    """Return the address of a comment, with the way back."""
    return f"{desk_url('inspect', comment.pk)}?{urlencode({'next': next_url(request)})}"


class TellingMixin(DeskMixin):
    """Answers a decision: to the script with JSON, to everybody else with a message and a page.

    The JSON holds `done`, `message`, the `card` as HTML, `stays` (whether the list that the moderator came from still
    holds the comment) and `undo` (what to post where to take the decision back, or null).
    """

    def done(self, comment: VisitorComment, message: str, *, verb: str) -> HttpResponse:
        """Say what was decided; where it can be taken back, offer that at once."""
        can_undo = verb in DECISIONS and undo_of(comment.events.order_by("pk")) is not None
        if self.is_asked_by_script:
            return self._to_script(comment, message, done=True, can_undo=can_undo)
        context = {
            "message": message,
            "comment": comment,
            "name": words.name_of(comment),
            "inspect_url": inspect_url(self.request, comment),
            "can_undo": can_undo,
        }
        # The button belongs to a form that the desk's pages hold (`undo_form.html`): no token is kept in a message.
        html = render_to_string("wagtail_massage_comments/admin/includes/done.html", context)
        messages.success(self.request, html)
        return redirect(next_url(self.request))

    def refuse(self, comment: VisitorComment, message: str) -> HttpResponse:
        return self._look_again(comment, message, messages.ERROR)

    def too_late(self, comment: VisitorComment) -> HttpResponse:
        return self._look_again(comment, what_happened(comment, to=self.request.user), messages.WARNING)

    def _look_again(self, comment: VisitorComment, message: str, level: int) -> HttpResponse:
        if self.is_asked_by_script:
            return self._to_script(comment, message, done=False)
        messages.add_message(self.request, level, message)
        return redirect(inspect_url(self.request, comment))

    @property
    def is_asked_by_script(self) -> bool:
        return self.request.headers.get("Accept") == "application/json"

    def _to_script(
        self, comment: VisitorComment, message: str, *, done: bool, can_undo: bool = False
    ) -> JsonResponse:
        lane = _lane_at(next_url(self.request))
        shown = self.get_comments().select_related("page", "thread", "health")
        now = get_object_or_404(shown.prefetch_related("verdicts", open_reports()), pk=comment.pk)
        card = card_of(now, is_withdrawn=bool(withdrawn([now])))
        context = {"card": card, "comment": now, "here": next_url(self.request), "bulk": True}
        return JsonResponse(
            {
                "done": done,
                "message": message,
                "card": render_to_string(
                    "wagtail_massage_comments/admin/includes/card.html", context, self.request
                ),
                "stays": lane is not None and self.get_comments().filter(lane.condition, pk=now.pk).exists(),
                "undo": {"url": desk_url("undo", now.pk), "version": now.version} if can_undo else None,
            }
        )


def _lane_at(url: str) -> Lane | None:
    """Return the lane that a page of the desk shows, None where it shows none."""
    try:
        match = resolve(urlsplit(url).path)
    except Resolver404:
        return None
    is_lane = match.namespace == NAMESPACE and match.url_name in ("index", "lane")
    return LANES.get(match.kwargs.get("lane", FIRST)) if is_lane else None


def undo_of(events: Iterable[ModerationEvent]) -> str | Promise | None:
    """Return what would be taken back, in words; None where nothing can be."""
    event: Any = undoable(events, now=timezone.now())
    return words.EVENTS[event.verb] if event else None


def what_happened(comment: VisitorComment, *, to: Any) -> str:
    """Tell `to`, a moderator who came too late, what the comment is now and who was faster."""
    event = ModerationEvent.objects.filter(comment=comment).select_related("actor").latest("pk")
    facts = {"status": comment.get_status_display(), "who": get_user_display_name(event.actor)}
    if event.verb == "edit":
        return _("The text was changed in the meantime, so nothing was decided. Please read it again.")
    if event.actor == to:
        return _("You have already decided: the comment is “%(status)s”. Nothing was changed now.") % facts
    if not facts["who"]:
        return (
            _("Somebody was faster: the comment is now “%(status)s”. Your decision changed nothing.") % facts
        )
    return _("%(who)s was faster: the comment is now “%(status)s”. Your decision changed nothing.") % facts
