"""Reports: a visitor tells the moderators what is wrong with a comment. Nobody learns who did, or how many."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, JsonResponse
from django.utils import timezone
from ninja import Query
from ninja.decorators import decorate_view

from wagtail_massage.problem_schemas import MassageProblemDetail
from wagtail_massage.problems import Problem, json_body, known_parameters
from wagtail_massage.visibility import find_site

from .. import actions
from ..drafts import Origin
from ..presenting import too_many_reports
from ..reading import NotPublic, find_reportable
from ..states import ReportReason
from ..throttling import Throttled, client_address
from .schemas import MassageCommentReport, MassageCommentReported, MassageCommentSiteQuery
from .views import router

BODY_LIMIT = 8 * 1024
PROBLEMS = dict.fromkeys((400, 404, 413, 415, 422, 429, 503), MassageProblemDetail)


@router.post(
    "comments/{uuid:comment_id}/reports/",
    response={202: MassageCommentReported, **PROBLEMS},
    operation_id="massage_comments_report",
    url_name="massage_comment_reports",
    summary="Report a comment",
)
@decorate_view(known_parameters("site"), json_body(BODY_LIMIT))
def report_comment(
    request: HttpRequest,
    comment_id: UUID,
    report: MassageCommentReport,
    query: Query[MassageCommentSiteQuery],
) -> JsonResponse:
    """202 whether it is the first report or not. It takes neither a token nor a name."""
    origin = Origin(address=client_address(request))
    now = timezone.now()
    try:
        comment = find_reportable(comment_id, site=find_site(request, query.site))
        actions.report(comment, reason=ReportReason(report.reason), note=report.note, origin=origin, now=now)
    except (NotPublic, actions.NotReportable) as error:
        raise Http404 from error
    except actions.Refused as error:
        errors = [{"loc": ["body", field], "msg": message} for field, message in error.errors.items()]
        raise Problem(422, "validation", str(error), errors=errors) from error
    except Throttled as error:
        headers = {"Retry-After": str(error.retry_after)}
        raise Problem(429, "throttled", too_many_reports(error.retry_after), headers=headers) from error
    return JsonResponse({"received": True}, status=202, headers={"Cache-Control": "private, no-store"})
