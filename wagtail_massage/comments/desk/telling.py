"""What a moderator is told after a decision: that it is done and how it is undone, or who was faster."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from wagtail.admin.utils import get_user_display_name

from ..actions.undoing import DECISIONS, undoable
from ..models import ModerationEvent, VisitorComment
from . import words
from .access import desk_url, next_url


def inspect_url(request: HttpRequest, comment: VisitorComment) -> str:
    """Return the address of a comment, with the way back."""
    return f"{desk_url('inspect', comment.pk)}?{urlencode({'next': next_url(request)})}"


def say_done(request: HttpRequest, comment: VisitorComment, verb: str) -> None:
    """Say what was decided; where it can be taken back, offer that at once.

    The button belongs to a form that the desk's pages hold (`undo_form.html`), so that no token is kept in a message.
    """
    context = {
        "message": words.VERBS[verb].done % {"name": words.name_of(comment)},
        "comment": comment,
        "name": words.name_of(comment),
        "inspect_url": inspect_url(request, comment),
        "can_undo": verb in DECISIONS and undo_of(comment.events.order_by("pk")) is not None,
    }
    html = render_to_string("wagtail_massage_comments/admin/includes/done.html", context)
    messages.success(request, html)


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
