"""The endpoints. None reads a cookie; what the public cannot see is one and the same 404, whatever the reason."""

from __future__ import annotations

from typing import Any, NoReturn
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Header, Query, Router
from ninja.decorators import decorate_view

from wagtail_massage.caching import answer, private_answer, public_read, tagged, version_tag
from wagtail_massage.problem_schemas import MassageProblemDetail
from wagtail_massage.problems import Problem, json_body, known_parameters
from wagtail_massage.tags import comments_tag
from wagtail_massage.visibility import find_site

from .. import actions, kept_parts, reading
from ..accounts import BadAuthorToken, read_author
from ..conf import comments_settings
from ..cursors import BadCursor
from ..drafts import Author, Draft, Origin
from ..health import own_health
from ..receipts import make_receipt
from ..throttling import Throttled, client_address, rate_headers
from ..tokens import TokenState, judge_form_token, make_form_token
from .documents import (
    comment_document,
    list_document,
    notices_document,
    policy_document,
    thread_document,
)
from .schemas import (
    MassageComment,
    MassageCommentCounts,
    MassageCommentCountsQuery,
    MassageCommentDraft,
    MassageCommentList,
    MassageCommentListQuery,
    MassageCommentPolicy,
    MassageCommentSiteQuery,
    MassageCommentThreadPart,
    MassagePostedComment,
    MassageReplyListQuery,
)

router = Router(tags=["comments"])

BODY_LIMIT = 64 * 1024
MOST_TAGS = 50  # more make a header that proxies refuse
READ_PROBLEMS: dict[int, Any] = {304: None, 400: MassageProblemDetail, 404: MassageProblemDetail}
POST_PROBLEMS = dict.fromkeys((400, 403, 404, 413, 415, 422, 429, 503), MassageProblemDetail)


@router.get(
    "pages/{int:page_id}/comments/",
    response={200: MassageCommentThreadPart, **READ_PROBLEMS},
    operation_id="massage_comments_list",
    url_name="massage_comments",
    summary="List the comments of a page",
)
@decorate_view(known_parameters("site", "cursor", "limit", "sort"), public_read)
def list_comments(request: HttpRequest, page_id: int, query: Query[MassageCommentListQuery]) -> HttpResponse:
    """The comments that answer nothing, each with its first replies; before the first of them the pinned one."""
    thread = _find_thread(request, page_id, query.site)
    part = (query.cursor, query.sort, reading.part_size(query.limit), comments_settings.replies_shown)

    def make() -> bytes:
        found = reading.read_thread(thread, cursor=query.cursor, sort=query.sort, limit=query.limit)
        return JsonResponse(thread_document(found)).content

    etag = _thread_tag("list", thread, *part)
    try:
        return answer(
            request,
            etag=etag,
            make=lambda: kept_parts.keep(thread, part, make),
            tags=_tags(thread),
            keep=False,  # by the cache: `kept_parts` keeps them nearer
        )
    except BadCursor as error:
        _refuse_cursor(error)


@router.post(
    "pages/{int:page_id}/comments/",
    response={201: MassagePostedComment, 202: MassagePostedComment, **POST_PROBLEMS},
    operation_id="massage_comments_post",
    summary="Write a comment",
)
@decorate_view(private_answer, known_parameters("site"), json_body(BODY_LIMIT))
def post_comment(
    request: HttpRequest,
    page_id: int,
    draft: MassageCommentDraft,
    query: Query[MassageCommentSiteQuery],
    idempotency_key: str = Header("", alias="Idempotency-Key", max_length=255),
) -> JsonResponse:
    """201 when the comment is public at once, 202 when it waits for a moderator. The same post again, or the same
    Idempotency-Key, answers the comment already stored. `receipt` lets its author see, change and withdraw it;
    `notices` tell what else there is to know or to choose."""
    thread = _find_thread(request, page_id, query.site)
    token = _judge_token(draft.form_token, thread) if thread.is_open else TokenState.MISSING
    origin = Origin(
        address=client_address(request),
        author=_read_author(request, draft.author_token),
        user_agent=request.headers.get("User-Agent", ""),
        token=token,
        idempotency_key=idempotency_key,
    )
    submission = _submit(request, thread, _as_draft(draft), origin)
    comment = reading.own_comment(submission.comment)
    receipt = make_receipt(submission.comment) if submission.is_authors else None
    notices = notices_document(own_health(submission.comment)) if submission.is_authors else []
    status = 202 if comment.state == "PENDING" else 201
    document = {**comment_document(comment), "receipt": receipt, "notices": notices}
    return JsonResponse(document, status=status, headers=left_of_rate(request))


@router.get(
    "comments/{uuid:comment_id}/",
    response={200: MassageComment, **READ_PROBLEMS},
    operation_id="massage_comments_detail",
    url_name="massage_comment",
    summary="One comment",
)
@decorate_view(known_parameters("site"), public_read)
def read_comment(
    request: HttpRequest, comment_id: UUID, query: Query[MassageCommentSiteQuery]
) -> HttpResponse:
    """One public comment; one that answers nothing comes with its first replies."""
    thread, comment = _find_comment(request, comment_id, query.site)

    def make() -> bytes:
        return JsonResponse(comment_document(reading.read_comment(thread, comment))).content

    etag = _thread_tag("comment", thread, comment_id, comments_settings.replies_shown)
    return answer(request, etag=etag, make=make, tags=_tags(thread), keep=False)


@router.get(
    "comments/{uuid:comment_id}/replies/",
    response={200: MassageCommentList, **READ_PROBLEMS},
    operation_id="massage_comments_replies",
    url_name="massage_comment_replies",
    summary="List the replies to a comment",
)
@decorate_view(known_parameters("site", "cursor", "limit"), public_read)
def list_replies(request: HttpRequest, comment_id: UUID, query: Query[MassageReplyListQuery]) -> HttpResponse:
    """Everything below a comment, all levels flat in reading order."""
    thread, comment = _find_comment(request, comment_id, query.site)

    def make() -> bytes:
        part = reading.read_replies(thread, comment, cursor=query.cursor, limit=query.limit)
        return JsonResponse(list_document(part)).content

    etag = _thread_tag("replies", thread, comment_id, query.cursor, reading.part_size(query.limit))
    try:
        return answer(request, etag=etag, make=make, tags=_tags(thread), keep=False)
    except BadCursor as error:
        _refuse_cursor(error)


@router.get(
    "pages/{int:page_id}/comment-policy/",
    response={200: MassageCommentPolicy, **READ_PROBLEMS},
    operation_id="massage_comment_policy",
    url_name="massage_comment_policy",
    summary="Who may comment on a page",
)
@decorate_view(known_parameters("site"), public_read)
def read_policy(request: HttpRequest, page_id: int, query: Query[MassageCommentSiteQuery]) -> HttpResponse:
    """The policy of a page, its limits, and the token that a form sends back."""
    thread = _find_thread(request, page_id, query.site)
    # Every answer holds another form token, so there is no version to compare.
    return tagged(JsonResponse(policy_document(thread, now=timezone.now())), _tags(thread))


@router.get(
    "comment-counts/",
    response={200: MassageCommentCounts, **READ_PROBLEMS},
    operation_id="massage_comment_counts",
    url_name="massage_comment_counts",
    summary="Count the comments of many pages",
)
@decorate_view(known_parameters("site", "page"), public_read)
def count_comments(request: HttpRequest, query: Query[MassageCommentCountsQuery]) -> HttpResponse:
    """How many comments up to 200 pages have, for lists and cards."""
    counts = reading.counts(query.page, site=find_site(request, query.site))
    document = {"counts": {str(page_id): count for page_id, count in sorted(counts.items())}}
    return answer(
        request,
        etag=version_tag("counts", document),
        make=lambda: JsonResponse(document).content,
        tags=[comments_tag(page_id) for page_id in sorted(counts)[:MOST_TAGS]],
        keep=False,
    )


def left_of_rate(request: HttpRequest, *, report: bool = False) -> dict[str, str]:
    """Return the headers that say how many posts, or reports, this network has left."""
    return rate_headers(address=client_address(request), now=timezone.now(), report=report)


def too_many(request: HttpRequest, error: Throttled, detail: str, *, report: bool = False) -> Problem:
    """Return the problem of a limit that was reached."""
    headers = {"Retry-After": str(error.retry_after), **left_of_rate(request, report=report)}
    return Problem(429, "throttled", detail, headers=headers)


def _thread_tag(kind: str, thread: reading.PublicThread, *part: Any) -> str:
    """Return the ETag of a part of a thread: its version changes with every change that the public can see."""
    return version_tag(kind, thread.page.pk, thread.home.pk, thread.version, *part)


def _tags(thread: reading.PublicThread) -> list[str]:
    return [comments_tag(page_id) for page_id in {thread.page.pk, thread.home.pk}]


def _find_thread(request: HttpRequest, page_id: int, site: str | None) -> reading.PublicThread:
    try:
        return reading.find_thread(page_id, site=find_site(request, site))
    except reading.NotPublic as error:
        raise Http404 from error


def _find_comment(
    request: HttpRequest, comment_id: UUID, site: str | None
) -> tuple[reading.PublicThread, reading.PublicComment]:
    try:
        return reading.find_comment(comment_id, site=find_site(request, site))
    except reading.NotPublic as error:
        raise Http404 from error


def _refuse_cursor(error: BadCursor) -> NoReturn:
    detail = _("The parameter “cursor” cannot be used: %(message)s") % {"message": error}
    errors = [{"loc": ["query", "cursor"], "msg": str(error)}]
    raise Problem(400, "invalid-parameter", detail, errors=errors) from error


def _judge_token(token: str, thread: reading.PublicThread) -> TokenState:
    """Return GOOD or MISSING; anything else is answered with a fresh token, and nothing is lost or stored."""
    now = timezone.now()
    state = judge_form_token(token, page_id=thread.home.pk, now=now)
    if state in {TokenState.GOOD, TokenState.MISSING}:
        return state
    seconds = comments_settings.min_seconds
    detail = _(
        "The form token is too young, too old or not for this page. Send the fresh one in %(seconds)d seconds."
    )
    fresh = {"form_token": make_form_token(page_id=thread.home.pk, now=now)}
    headers = {"Retry-After": str(seconds)}
    raise Problem(422, "form-token", detail % {"seconds": seconds}, extra=fresh, headers=headers)


def _as_draft(draft: MassageCommentDraft) -> Draft:
    return Draft(
        body=draft.body,
        author_name=draft.author_name,
        author_email=draft.author_email,
        wants_mail=draft.wants_mail,
        parent=draft.parent,
        locale=draft.locale,
    )


def _read_author(request: HttpRequest, token: str) -> Author | None:
    """Return the account that posts, None for a guest. Who brings a bad token is refused, never taken for a guest."""
    if not token:
        return None
    try:
        return read_author(token, request)
    except BadAuthorToken as error:
        raise Problem(403, "author-token", str(error)) from error


def _submit(
    request: HttpRequest, thread: reading.PublicThread, draft: Draft, origin: Origin
) -> actions.Submission:
    """Store the draft; every refusal of the room becomes a problem."""
    try:
        return actions.submit(page=thread.home, draft=draft, origin=origin, now=timezone.now())
    except actions.Refused as error:
        errors = [{"loc": ["body", field], "msg": message} for field, message in error.errors.items()]
        raise Problem(422, "validation", str(error), errors=errors) from error
    except actions.NotCommentable as error:
        raise Http404 from error
    except actions.Closed as error:
        raise Problem(403, "comments-closed", str(error)) from error
    except actions.MembersOnly as error:
        raise Problem(403, "members-only", str(error)) from error
    except actions.KeyReused as error:
        raise Problem(422, "idempotency-key-reused", str(error)) from error
    except Throttled as error:
        raise too_many(request, error, str(error)) from error
