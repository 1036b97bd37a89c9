"""What the links in mails lead to. GET shows what would happen, POST does it: mail scanners follow every link.

A token in an address is a secret. These answers are kept in no cache, and their addresses go to no other site and into
no log of ours.
"""

from __future__ import annotations

import functools
from typing import Any, get_args

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from ...visibility import UnknownSite, find_site
from .. import actions, reading
from ..actions.subscribing import Scope
from ..mails.links import Recipient, comment_to_confirm, recipient_of
from ..models import VisitorComment
from ..states import Status
from ..tokens import BadToken
from .base import DATABASE_AWAY, RETRY_AFTER_SECONDS, UNREADABLE, View

METHODS = ("GET", "HEAD", "POST")


def for_token_holders(view: View) -> View:
    """Answer for an address that holds a token, whatever goes wrong with it."""

    @csrf_exempt  # the token is the authority; no cookie is looked at
    @functools.wraps(view)
    def wrapper(request: HttpRequest, token: str) -> HttpResponse:
        response = _answer(view, request, token)
        response.headers["Cache-Control"] = "private, no-store"
        response.headers["X-Robots-Tag"] = "noindex"
        response.headers["Referrer-Policy"] = "no-referrer"
        response._has_been_logged = True  # type: ignore[attr-defined]  # Django logs the address of what is refused
        return response

    return wrapper


def _answer(view: View, request: HttpRequest, token: str) -> HttpResponse:
    if request.method not in METHODS:
        return HttpResponseNotAllowed(METHODS)
    try:
        return view(request, token)
    except BadToken:
        problem = _(
            "This link does not work any more. It is too old, or a part of it is missing: "
            "in some mail programs a long link has to be copied in several pieces."
        )
        return _refuse(request, problem, status=410)
    except UNREADABLE:
        return _refuse(
            request, _("What was sent could not be read. Please go back and try again."), status=400
        )
    except DATABASE_AWAY:
        problem = _("This did not work just now. Please try again in a moment.")
        response = _refuse(request, problem, status=503)
        response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
        return response


@for_token_holders
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The author of a comment confirms the address."""
    comment = comment_to_confirm(token)
    was_confirmed = comment.email_verified_at is not None
    if request.method == "POST":
        comment = actions.confirm(comment, now=timezone.now())
    context = {
        "is_confirmed": comment.email_verified_at is not None,
        "was_confirmed": was_confirmed,
        "is_public": reading.own_comment(comment).state == "APPROVED",
        "is_rejected": comment.status == Status.REJECTED,
        "is_health": comment.is_health,
    }
    return _show(request, "confirm", comment, context)


@for_token_holders
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Whoever got a mail stops those about one comment, or all; a mail program may do so by itself."""
    recipient = recipient_of(token)
    if request.method == "POST":
        recipient = _change(recipient, request.POST)
    return _show(request, "unsubscribe", recipient.comment, {"recipient": recipient})


def _change(recipient: Recipient, posted: Any) -> Recipient:
    """A POST without a choice of ours is the mail program's (`List-Unsubscribe=One-Click`): stop the mails about this
    comment; for whoever never confirmed the address, and so did not ask for any, all of them."""
    comment = recipient.comment
    default: Scope = "COMMENT" if comment is not None and comment.has_verified_author else "EVERYTHING"
    scope: Scope = posted["scope"] if posted.get("scope") in get_args(Scope) else default
    wanted = posted.get("wanted") == "yes"
    return actions.set_mail_wish(recipient, scope=scope, wanted=wanted, now=timezone.now())


def _show(
    request: HttpRequest, name: str, comment: VisitorComment | None, context: dict[str, Any]
) -> HttpResponse:
    context |= {"page": _public_page(request, comment)}
    return render(request, f"wagtail_massage_comments/mails/{name}_page.html", context)


def _refuse(request: HttpRequest, problem: str, *, status: int) -> HttpResponse:
    template = "wagtail_massage_comments/mails/refused_page.html"
    return render(request, template, {"problem": problem}, status=status)


def _public_page(request: HttpRequest, comment: VisitorComment | None) -> Any:
    """Return the page that the comment is on, if a visitor may know it."""
    if comment is None or comment.page_id is None:
        return None
    try:
        return reading.find_thread(comment.page_id, site=find_site(request)).page
    except (reading.NotPublic, UnknownSite):
        return None
