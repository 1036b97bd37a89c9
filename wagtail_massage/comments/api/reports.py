"""Reports: a visitor tells the moderators what is wrong with a comment. Nobody learns who did, or how many."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, JsonResponse
from django.utils import timezone
from ninja import Header, Query
from ninja.decorators import decorate_view

from wagtail_massage.caching import private_answer
from wagtail_massage.idempotency import HEADER, MAX_LENGTH, idempotent
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
from .views import left_of_rate, router, too_many

BODY_LIMIT = 8 * 1024
PROBLEMS = dict.fromkeys((400, 404, 413, 415, 422, 429, 503), MassageProblemDetail)


@router.post(
    "comments/{uuid:comment_id}/reports/",
    response={202: MassageCommentReported, **PROBLEMS},
    operation_id="massage_comments_report",
    url_name="massage_comment_reports",
    summary="Report a comment",
)
@decorate_view(private_answer, known_parameters("site"), json_body(BODY_LIMIT), idempotent)
def report_comment(
    request: HttpRequest,
    comment_id: UUID,
    report: MassageCommentReport,
    query: Query[MassageCommentSiteQuery],
    idempotency_key: str = Header("", alias=HEADER, max_length=MAX_LENGTH),  # read by `idempotent`
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
        raise too_many(request, error, too_many_reports(error.retry_after), report=True) from error
    return JsonResponse({"received": True}, status=202, headers=left_of_rate(request, report=True))
