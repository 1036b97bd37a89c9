"""Personal health questions: what their author wants to become of them, and what was published."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Header, Query
from ninja.decorators import decorate_view

from wagtail_massage.caching import private_answer
from wagtail_massage.problem_schemas import MassageProblemDetail
from wagtail_massage.problems import Problem, json_body, known_parameters
from wagtail_massage.visibility import find_site

from .. import actions
from ..health import find_question, own_health
from ..reading import NotPublic
from ..states import HealthChoice
from .documents import question_document
from .own import answer_own, find_own
from .schemas import MassageCommentSiteQuery, MassageHealthChoice, MassageHealthQuestion, MassageOwnComment
from .views import BODY_LIMIT, READ_PROBLEMS, router

CHOICE_PROBLEMS = dict.fromkeys((400, 401, 404, 409, 413, 415, 422, 503), MassageProblemDetail)


@router.put(
    "comments/{uuid:comment_id}/own/choice/",
    response={200: MassageOwnComment, **CHOICE_PROBLEMS},
    operation_id="massage_health_choice",
    url_name="massage_health_choice",
    summary="Choose what may become of your health question",
)
@decorate_view(private_answer, known_parameters(), json_body(BODY_LIMIT))
def choose(
    request: HttpRequest, comment_id: UUID, chosen: MassageHealthChoice, authorization: str = Header("")
) -> JsonResponse:
    """With the receipt of the comment; 404 for a comment that is no health question. It may be chosen again."""
    comment = find_own(comment_id, authorization)
    health = own_health(comment)
    if health is None:
        raise Http404
    if chosen.consent_version != health.consent.version:
        detail = _("The words of the consent have changed. Read them again, then choose.")
        raise Problem(409, "stale", detail)
    try:
        actions.choose(
            comment,
            choice=HealthChoice(chosen.choice),
            consent_version=chosen.consent_version,
            now=timezone.now(),
        )
    except actions.StaleState as error:
        raise Problem(409, "stale", str(error)) from error
    return answer_own(comment)


@router.get(
    "health-questions/{uuid:comment_id}/",
    response={200: MassageHealthQuestion, **READ_PROBLEMS},
    operation_id="massage_health_question",
    url_name="massage_health_question",
    summary="A published health question with its answers",
)
@decorate_view(private_answer, known_parameters("site"))
def read_question(
    request: HttpRequest, comment_id: UUID, query: Query[MassageCommentSiteQuery]
) -> JsonResponse:
    """It is kept by no cache and meant for no search engine: withdrawn means gone."""
    try:
        question = find_question(comment_id, site=find_site(request, query.site))
    except NotPublic as error:
        raise Http404 from error
    return JsonResponse(question_document(question), headers={"X-Robots-Tag": "noindex"})
