"""Report a comment without scripts: a form with reasons, and the thanks."""

from __future__ import annotations

from http import HTTPStatus
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from ...visibility import find_site
from .. import actions, reading
from ..drafts import Origin
from ..forms import TRAP, ReportForm
from ..presenting import grow_tree, too_many_reports
from ..states import ReportReason
from ..throttling import Throttled, client_address
from ..tokens import TokenState, judge_form_token
from .base import (
    DATABASE_AWAY,
    RETRY_AFTER_SECONDS,
    UNREADABLE,
    find_comment_of_page,
    for_visitors,
    refuse_unreadable,
    render_page,
)


@csrf_exempt  # nothing here looks at a cookie, so another site can do no more than its visitor could
@require_http_methods(["GET", "HEAD", "POST"])
@for_visitors
def report(request: HttpRequest, page_id: int, comment_id: UUID) -> HttpResponse:
    """GET: the form. POST: a report; the answer is the same whether the comment was reported before or not."""
    thread, comment = find_comment_of_page(request, page_id, comment_id)
    if comment.state != "APPROVED":
        raise reading.NotPublic(comment_id)
    if request.method == "POST":
        return _receive(request, thread, comment)
    return _show(request, thread, comment, ReportForm())


@require_safe
@for_visitors
def reported(request: HttpRequest, page_id: int) -> HttpResponse:
    """The thanks, which say nothing of the comment."""
    return render_page(request, "reported", reading.find_thread(page_id, site=find_site(request)))


def _receive(
    request: HttpRequest, thread: reading.PublicThread, comment: reading.PublicComment
) -> HttpResponse:
    try:
        form = ReportForm(request.POST)
        token, trap = (request.POST.get(name, "") for name in ("form_token", TRAP))
    except UNREADABLE as error:
        return refuse_unreadable(request, thread, error)
    now = timezone.now()
    if not form.is_valid():
        return _show(request, thread, comment, form, status=422)
    if judge_form_token(token, page_id=thread.home.pk, now=now) != TokenState.GOOD:
        form.add_error(None, _("That was very quick, or a long time ago. Please send it once more."))
        return _show(request, thread, comment, form, status=422)
    try:
        if not trap:  # whoever fills in what people do not see is thanked as well
            stored = reading.find_reportable(comment.id, site=find_site(request))
            origin = Origin(address=client_address(request))
            reason, note = ReportReason(form.cleaned_data["reason"]), form.cleaned_data["note"]
            actions.report(stored, reason=reason, note=note, origin=origin, now=now)
    except actions.NotReportable as error:
        raise reading.NotPublic(comment.id) from error
    except actions.Refused as error:
        form.add_error("note", error.errors["note"])
        return _show(request, thread, comment, form, status=422)
    except Throttled as error:
        form.add_error(None, too_many_reports(error.retry_after))
        return _show(request, thread, comment, form, status=429, retry_after=error.retry_after)
    except DATABASE_AWAY:
        form.add_error(None, _("The report could not be stored just now. Please send it again in a moment."))
        return _show(request, thread, comment, form, status=503, retry_after=RETRY_AFTER_SECONDS)
    response = redirect("wagtail_massage_comments:reported", page_id=thread.page.pk)
    response.status_code = HTTPStatus.SEE_OTHER
    return response


def _show(
    request: HttpRequest,
    thread: reading.PublicThread,
    comment: reading.PublicComment,
    form: ReportForm,
    *,
    status: int = 200,
    retry_after: int | None = None,
) -> HttpResponse:
    branches = grow_tree(thread, [comment])
    branches[0].reply_url = branches[0].report_url = ""
    context = {"branches": branches, "report_form": form}
    response = render_page(request, "report", thread, context, status=status)
    if retry_after is not None:
        response.headers["Retry-After"] = str(retry_after)
    return response
