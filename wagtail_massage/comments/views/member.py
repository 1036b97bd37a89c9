"""Commenting as a Django user who is signed in: a page for people, and a token for the site's own scripts.

Both look at the session, so neither is cached, and the page is protected against forged requests. The list of
comments and its form stay the same bytes for everybody.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from ...visibility import find_site
from .. import actions, reading
from ..accounts import author_of, display_name, make_user_token
from ..drafts import Author, Origin
from ..forms import MemberForm
from ..presenting import NAMESPACE, Branch, grow_tree
from ..throttling import Throttled, client_address
from .base import (
    DATABASE_AWAY,
    RETRY_AFTER_SECONDS,
    UNREADABLE,
    for_visitors,
    refuse_unreadable,
    render_page,
)
from .receipt import after_posting

_PRIVATE = cache_control(private=True, no_store=True)


@_PRIVATE
@csrf_protect
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@for_visitors
def member_form(request: HttpRequest, page_id: int) -> HttpResponse:
    """GET: the form, with `?reply=` below the comment that is answered. POST: a comment by the user."""
    thread = reading.find_thread(page_id, site=find_site(request))
    author = author_of(request.user)
    if request.method == "POST":
        return _receive(request, thread, author)
    answered = request.GET.get("reply", "")
    form = MemberForm(author=author, initial={"parent": answered})
    return _show(request, thread, author, form, branches=_branches(request, thread, answered))


@_PRIVATE
@require_safe
def identity(request: HttpRequest) -> HttpResponse:
    """Tell the site's own scripts who is signed in, with a token to post as them; 204 when nobody is. What another
    site asks through a browser is answered as if nobody were."""
    is_own = request.headers.get("Sec-Fetch-Site", "same-origin") in {"same-origin", "none"}
    if is_own and request.user.is_authenticated:
        document = {"name": display_name(request.user), "author_token": make_user_token(request.user)}
        response: HttpResponse = JsonResponse(document)
    else:
        response = HttpResponse(status=204)
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _receive(request: HttpRequest, thread: reading.PublicThread, author: Author) -> HttpResponse:
    try:
        form = MemberForm(request.POST, author=author)
        is_valid = form.is_valid()
    except UNREADABLE as error:
        return refuse_unreadable(request, thread, error)
    origin = Origin(
        address=client_address(request), user_agent=request.headers.get("User-Agent", ""), author=author
    )
    status, retry_after = 422, None
    try:
        if is_valid:
            done = actions.submit(page=thread.home, draft=form.draft(), origin=origin, now=timezone.now())
            return after_posting(done, page_id=thread.page.pk, origin=origin)
    except actions.Refused as error:
        form.refuse(error.errors)
    except actions.NotCommentable as error:
        raise Http404 from error
    except actions.Closed:
        status = 403
    except Throttled as error:
        form.add_error(None, str(error))
        status, retry_after = 429, error.retry_after
    except DATABASE_AWAY:
        form.add_error(None, _("The comment could not be stored just now. Please send it again in a moment."))
        status, retry_after = 503, RETRY_AFTER_SECONDS
    form.detach()
    response = _show(request, thread, author, form, status=status)
    if retry_after is not None:
        response.headers["Retry-After"] = str(retry_after)
    return response


def _show(
    request: HttpRequest,
    thread: reading.PublicThread,
    author: Author,
    form: MemberForm,
    *,
    branches: Sequence[Branch] = (),
    status: int = 200,
) -> HttpResponse:
    context = {
        "is_open": thread.is_open and status != 403,  # which may have changed since it was read
        "author": author,
        "member_url": reverse(f"{NAMESPACE}:member_form", args=[thread.page.pk]),
        "branches": branches,
    }
    return render_page(request, "member", thread, context, form=form, status=status)


def _branches(request: HttpRequest, thread: reading.PublicThread, parent: str) -> list[Branch]:
    """Return the comment that is answered, to be shown above the form.

    Raises:
        reading.NotPublic: if it cannot be answered.
    """
    if not parent:
        return []
    try:
        home, comment = reading.find_comment(UUID(parent), site=find_site(request))
    except ValueError as error:
        raise reading.NotPublic(parent) from error
    if home.home.pk != thread.home.pk or comment.state != "APPROVED":
        raise reading.NotPublic(parent)
    branches = grow_tree(thread, [comment])
    branches[0].reply_url = ""  # this is where it would lead
    return branches
