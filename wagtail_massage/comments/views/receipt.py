"""The author's private page: what became of the own comment, changing it, taking it back.

It is where the form leads after a comment was sent. The receipt in the address is the only authority, so whoever
bookmarks the page can come back. GET never acts. Nothing from elsewhere is loaded, for the address is a secret.
"""

from __future__ import annotations

import functools
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.html import linebreaks
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from ...visibility import UnknownSite, find_site
from .. import actions, reading, receipts
from ..drafts import Origin
from ..forms import HealthChoiceForm, OwnTextForm
from ..health import own_health, was_promoted
from ..mails.links import receipt_url
from ..presenting import NAMESPACE
from ..reading_time import usual_wait
from ..receipts import OwnComment
from ..return_urls import after_return
from ..states import HealthChoice, Status
from ..text import body_html
from ..throttling import Throttled, client_address
from .base import View
from .mails import for_token_holders


def for_receipt_holders(view: View) -> View:
    """Answer for the address of a receipt, and let the browser load nothing but the site's own looks."""

    @for_token_holders
    @functools.wraps(view)
    def wrapper(request: HttpRequest, token: str) -> HttpResponse:
        try:
            own = receipts.view_own(receipts.find_own(token), now=timezone.now())
        except receipts.NoReceipt:
            response = render(
                request, "wagtail_massage_comments/receipt/gone_page.html", status=HTTPStatus.GONE
            )
        else:
            response = view(request, token, own)
        response.headers["Content-Security-Policy"] = _content_security_policy()
        return response

    return wrapper


@for_receipt_holders
def receipt(request: HttpRequest, token: str, own: OwnComment) -> HttpResponse:
    """GET: the comment and its state. POST: a new text."""
    if request.method == "POST":
        return _edit(request, token, own)
    return _show(request, token, own, form=OwnTextForm(initial={"body": own.body}))


@for_receipt_holders
def withdraw(request: HttpRequest, token: str, own: OwnComment) -> HttpResponse:
    """GET: asks. POST: takes the comment back."""
    context: dict[str, Any] = {"is_promoted": own.health is not None and was_promoted(own.row)}
    if request.method == "POST":
        actions.withdraw(own.row, now=timezone.now())
        if own.health is not None:  # erased, so there is no page left to lead to
            context["page"] = _public_page(request, own)
            return render(request, "wagtail_massage_comments/receipt/erased_page.html", context)
        return _see_other(_own_url(token))
    if own.row.is_tombstone and own.health is None:
        return _see_other(_own_url(token))
    return _render(request, "withdraw", token, own, context)


@for_receipt_holders
def choice(request: HttpRequest, token: str, own: OwnComment) -> HttpResponse:
    """POST: what may become of a health question. GET leads to where one chooses."""
    if request.method != "POST" or own.health is None:
        return _see_other(_own_url(token))
    form = HealthChoiceForm(request.POST)
    error, status = "", HTTPStatus.CONFLICT
    if not form.is_valid():
        error, status = str(next(iter(form.errors.values()))[0]), HTTPStatus.UNPROCESSABLE_ENTITY
    elif form.cleaned_data["consent_version"] != own.health.consent.version:
        error = _("The words of the consent have changed. Read them again, then choose.")
    else:
        chosen = HealthChoice(form.cleaned_data["choice"])
        version = own.health.consent.version
        try:
            actions.choose(own.row, choice=chosen, consent_version=version, now=timezone.now())
        except actions.StaleState:
            error = str(receipts.Outdated())
    if not error:
        return _see_other(f"{_own_url(token)}#massage-choice")
    fresh = receipts.view_own(receipts.find_own(token), now=timezone.now())
    context = {"form": OwnTextForm(initial={"body": fresh.body}), "choice_error": error}
    return _render(request, "own", token, fresh, context, status=status)


def after_posting(
    submission: actions.Submission, *, page_id: int, origin: Origin, next_url: str = ""
) -> HttpResponse:
    """Lead to the author's page; to the plain thank-you where nothing shows that the sender is the author.

    Who came from a front end goes back there (`next_url`), unless there is a health question to look after first.
    """
    comment, now = submission.comment, timezone.now()
    if next_url and not (submission.is_authors and own_health(comment)):
        seen = receipts.view_own(comment, now=now) if submission.is_authors else reading.own_comment(comment)
        return _see_other(after_return(next_url, state=seen.state.lower()))
    if submission.is_authors or receipts.is_second_tap(comment, address=origin.address, now=now):
        return _see_other(receipt_url(comment))
    return _see_other(reverse(f"{NAMESPACE}:thanks", args=[page_id, comment.uuid]))


def _edit(request: HttpRequest, token: str, own: OwnComment) -> HttpResponse:
    form = OwnTextForm(request.POST)
    is_valid = form.is_valid()
    origin = Origin(address=client_address(request), user_agent=request.headers.get("User-Agent", ""))
    status, retry_after = HTTPStatus.UNPROCESSABLE_ENTITY, None
    try:
        if is_valid:
            said = form.cleaned_data
            receipts.edit_own(own.row, **said, origin=origin, now=timezone.now())
            return _see_other(_own_url(token))
    except actions.Refused as error:
        form.refuse(error.errors)
    except actions.EditClosed as error:
        form.add_error(None, str(error))
        status = HTTPStatus.FORBIDDEN
    except receipts.Outdated as error:
        form.add_error(None, str(error))
        status = HTTPStatus.CONFLICT
    except Throttled as error:
        form.add_error(None, str(error))
        status, retry_after = HTTPStatus.TOO_MANY_REQUESTS, error.retry_after
    fresh = receipts.view_own(receipts.find_own(token), now=timezone.now())
    response = _show(request, token, fresh, form=form, status=status)
    if retry_after is not None:
        response.headers["Retry-After"] = str(retry_after)
    return response


def _show(
    request: HttpRequest, token: str, own: OwnComment, *, form: OwnTextForm, status: int = HTTPStatus.OK
) -> HttpResponse:
    return _render(request, "own", token, own, {"form": form}, status=status)


def _render(
    request: HttpRequest,
    name: str,
    token: str,
    own: OwnComment,
    context: dict[str, Any] | None = None,
    *,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    now = timezone.now()
    page = _public_page(request, own)
    is_seen = page is not None and own.row.is_visible
    everything = {
        "own": own,
        "page": page,
        "now": now,
        "body_html": _body_html(own),
        "usual_wait": usual_wait(now),
        "permalink": reverse(f"{NAMESPACE}:permalink", args=[page.pk, own.row.uuid]) if is_seen else "",
        "own_url": _own_url(token),
        "absolute_url": request.build_absolute_uri(_own_url(token)),
        "health": own.health,
        "health_answers": [(answer, body_html(answer.body)) for answer in own.health.answers]
        if own.health
        else [],
        "choices": own.health.choices.items() if own.health else [],
        "health_url": reverse(f"{NAMESPACE}:health", args=[own.row.uuid]),
        "choice_url": reverse(f"{NAMESPACE}:choice", args=[token]),
        "withdraw_url": reverse(f"{NAMESPACE}:withdraw", args=[token]),
        **(context or {}),
    }
    return render(request, f"wagtail_massage_comments/receipt/{name}_page.html", everything, status=status)


def _body_html(own: OwnComment) -> str:
    """Nobody may use this page to have links shown that no moderator has seen, so they are text until then."""
    if own.state == Status.APPROVED:
        return body_html(own.body)
    return mark_safe(linebreaks(own.body, autoescape=True))  # it escapes, and does not say so


def _public_page(request: HttpRequest, own: OwnComment) -> Any:
    """Return the page of the comment if the public may know it; an author has no other rights to it."""
    if own.row.page_id is None:
        return None
    try:
        return reading.find_thread(own.row.page_id, site=find_site(request)).page
    except (reading.NotPublic, UnknownSite):
        return None


def _own_url(token: str) -> str:
    return reverse(f"{NAMESPACE}:receipt", args=[token])


def _see_other(url: str) -> HttpResponse:
    return HttpResponseRedirect(url, status=HTTPStatus.SEE_OTHER)


def _content_security_policy() -> str:
    """Only what the site serves itself, and no script at all: one that reports addresses would report this one."""
    parts = urlsplit(static("wagtail_massage_comments/comments.css"))
    served = f"'self' {parts.scheme or 'https'}://{parts.netloc}" if parts.netloc else "'self'"
    return (
        f"default-src 'none'; style-src {served} 'unsafe-inline'; img-src {served} data:; font-src {served}; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
