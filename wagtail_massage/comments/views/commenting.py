"""The HTML face: pages that work without scripts, cookies and sessions.

Each view translates and makes one call into the room. Nothing a visitor has typed is ever lost: whatever stands in
the way, the answer holds the text again.
"""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from ...visibility import find_site
from .. import actions, reading
from ..actions.cleaning import clean
from ..cursors import BadCursor
from ..drafts import Draft, Origin
from ..forms import TRAP, CommentForm
from ..presenting import grow_tree, list_context, more_replies_url
from ..text import body_hash, body_html
from ..throttling import Throttled, client_address
from ..tokens import TokenState, judge_confirm_token, judge_form_token, make_confirm_token
from .base import (
    DATABASE_AWAY,
    RETRY_AFTER_SECONDS,
    UNREADABLE,
    find_comment_of_page,
    find_return_url,
    for_visitors,
    refuse,
    refuse_unreadable,
    render_page,
)
from .receipt import after_posting


@csrf_exempt  # nothing here looks at a cookie, so another site can do no more than its visitor could
@require_http_methods(["GET", "HEAD", "POST"])
@for_visitors
def comments(request: HttpRequest, page_id: int) -> HttpResponse:
    """GET: a part of the list. POST: a comment."""
    thread = reading.find_thread(page_id, site=find_site(request))
    return _receive(request, thread) if request.method == "POST" else _list(request, thread)


@require_safe
@for_visitors
def reply(request: HttpRequest, page_id: int, comment_id: UUID) -> HttpResponse:
    """The form to answer one comment, with that comment above it."""
    thread, comment = find_comment_of_page(request, page_id, comment_id)
    if comment.state != "APPROVED":
        raise reading.NotPublic(comment_id)
    branches = grow_tree(thread, [comment])
    branches[0].reply_url = ""  # this is where it would lead
    form = CommentForm(initial={"parent": comment.id})
    return render_page(request, "reply", thread, {"branches": branches}, form=form)


@require_safe
@for_visitors
def replies(request: HttpRequest, page_id: int, comment_id: UUID) -> HttpResponse:
    """A part of the replies to one comment."""
    thread, comment = find_comment_of_page(request, page_id, comment_id)
    try:
        part = reading.read_replies(thread, comment, cursor=request.GET.get("cursor", ""))
    except BadCursor:
        return refuse(request, thread, _("This link does not work any more."), status=400)
    branches = grow_tree(thread, part.items)
    context = {"branches": branches, "more_url": more_replies_url(thread, comment, part.next)}
    return render_page(request, "replies", thread, context)


@require_safe
@for_visitors
def thanks(request: HttpRequest, page_id: int, comment_id: UUID) -> HttpResponse:
    """Where a comment that was sent is now: public, or waiting. A comment that nobody has sent "waits" too."""
    site = find_site(request)
    thread = reading.find_thread(page_id, site=site)
    try:
        home, comment = reading.find_comment(comment_id, site=site)
        is_public = home.home.pk == thread.home.pk and comment.state == "APPROVED"
    except reading.NotPublic:
        is_public = False
    return render_page(request, "thanks", thread, {"is_public": is_public, "comment_id": comment_id})


def _list(request: HttpRequest, thread: reading.PublicThread) -> HttpResponse:
    sort = request.GET.get("sort", "oldest")
    try:
        if sort not in reading.SORTS:
            raise BadCursor
        part = reading.read_thread(thread, cursor=request.GET.get("cursor", ""), sort=sort)
    except BadCursor:
        return refuse(request, thread, _("This link does not work any more."), status=400)
    return render_page(request, "list", thread, list_context(thread, part, sort=sort))


def _receive(request: HttpRequest, thread: reading.PublicThread) -> HttpResponse:
    try:
        form = CommentForm(request.POST)
        posted = {name: request.POST.get(name, "") for name in ("form_token", "confirm_token", TRAP)}
    except UNREADABLE as error:
        return refuse_unreadable(request, thread, error)
    if not thread.is_open:
        return render_page(request, "closed", thread, form=form, status=403)
    try:
        if not form.is_valid():
            return _show_form(request, thread, form)
        draft = clean(form.draft())
        token = _judge(posted, draft, thread)
        if token not in {TokenState.GOOD, TokenState.CONFIRMED}:
            return _check_and_send(request, thread, form, draft, trap=posted[TRAP])
        origin = Origin(
            address=client_address(request),
            user_agent=request.headers.get("User-Agent", ""),
            trap=posted[TRAP],
            token=token,
        )
        submission = actions.submit(page=thread.home, draft=draft, origin=origin, now=timezone.now())
    except actions.Refused as error:
        form.refuse(error.errors)
        return _show_form(request, thread, form)
    except actions.NotCommentable as error:
        raise Http404 from error
    except (actions.Closed, actions.MembersOnly) as error:
        return render_page(request, "closed", thread, {"notice": str(error)}, form=form, status=403)
    except Throttled as error:
        form.add_error(None, str(error))
        return _show_form(request, thread, form, status=429, retry_after=error.retry_after)
    except DATABASE_AWAY:
        form.add_error(None, _("The comment could not be stored just now. Please send it again in a moment."))
        return _show_form(request, thread, form, status=503, retry_after=RETRY_AFTER_SECONDS)
    return after_posting(submission, page_id=thread.page.pk, origin=origin, next_url=find_return_url(request))


def _judge(posted: dict[str, str], draft: Draft, thread: reading.PublicThread) -> TokenState:
    """The second step counts for exactly the text that was seen there; another text is judged by its form's age."""
    now = timezone.now()
    if posted["confirm_token"]:
        confirmed = judge_confirm_token(
            posted["confirm_token"], page_id=thread.home.pk, fingerprint=body_hash(draft.body), now=now
        )
        if confirmed == TokenState.CONFIRMED:
            return confirmed
    return judge_form_token(posted["form_token"], page_id=thread.home.pk, now=now)


def _check_and_send(
    request: HttpRequest, thread: reading.PublicThread, form: CommentForm, draft: Draft, *, trap: str
) -> HttpResponse:
    confirm_token = make_confirm_token(
        page_id=thread.home.pk, fingerprint=body_hash(draft.body), now=timezone.now()
    )
    context = {
        "confirm_token": confirm_token,
        "draft": draft,
        "body_html": body_html(draft.body),
        "trap": trap,
    }
    return render_page(request, "check", thread, context, form=form, status=422)


def _show_form(
    request: HttpRequest,
    thread: reading.PublicThread,
    form: CommentForm,
    *,
    status: int = 422,
    retry_after: int | None = None,
) -> HttpResponse:
    form.detach()
    response = render_page(request, "form", thread, form=form, status=status)
    if retry_after is not None:
        response.headers["Retry-After"] = str(retry_after)
    return response
