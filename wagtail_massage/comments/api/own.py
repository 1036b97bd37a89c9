"""What an author does with the own comment: read it, change it, take it back.

The receipt that came with the answer to the POST opens it, in `Authorization: Receipt <token>`, never in an address.
A wrong receipt, an old one and another comment's are one and the same 404.
"""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Header
from ninja.decorators import decorate_view

from wagtail_massage.caching import private_answer
from wagtail_massage.problem_schemas import MassageProblemDetail
from wagtail_massage.problems import Problem, json_body, known_parameters

from .. import actions, receipts
from ..drafts import Origin
from ..models import VisitorComment
from ..throttling import Throttled, client_address
from .documents import own_document
from .schemas import MassageOwnComment, MassageOwnCommentEdit
from .views import BODY_LIMIT, left_of_rate, router, too_many

READ_PROBLEMS = dict.fromkeys((400, 401, 404), MassageProblemDetail)
EDIT_PROBLEMS = dict.fromkeys((400, 401, 403, 404, 409, 413, 415, 422, 429, 503), MassageProblemDetail)


@router.get(
    "comments/{uuid:comment_id}/own/",
    response={200: MassageOwnComment, **READ_PROBLEMS},
    operation_id="massage_own_comment",
    url_name="massage_own_comment",
    summary="Read your own comment",
)
@decorate_view(private_answer, known_parameters())
def read_own(request: HttpRequest, comment_id: UUID, authorization: str = Header("")) -> JsonResponse:
    """The comment as its author may see it, whatever its state and whatever became of its page."""
    return answer_own(find_own(comment_id, authorization))


@router.patch(
    "comments/{uuid:comment_id}/own/",
    response={200: MassageOwnComment, **EDIT_PROBLEMS},
    operation_id="massage_own_comment_edit",
    summary="Change the text of your own comment",
)
@decorate_view(private_answer, known_parameters(), json_body(BODY_LIMIT))
def edit_own(
    request: HttpRequest, comment_id: UUID, edit: MassageOwnCommentEdit, authorization: str = Header("")
) -> JsonResponse:
    """Within the window (`editable_until`) only. The new text is screened like a new comment, and may wait again.
    The same text again changes nothing, so that a request may be repeated."""
    comment = find_own(comment_id, authorization)
    _edit(
        request,
        comment,
        edit,
        Origin(address=client_address(request), user_agent=request.headers.get("User-Agent", "")),
    )
    return answer_own(comment, headers=left_of_rate(request))


@router.delete(
    "comments/{uuid:comment_id}/own/",
    response={200: MassageOwnComment, **READ_PROBLEMS},
    operation_id="massage_own_comment_withdraw",
    summary="Withdraw your own comment",
)
@decorate_view(private_answer, known_parameters())
def withdraw_own(request: HttpRequest, comment_id: UUID, authorization: str = Header("")) -> JsonResponse:
    """At any time, from any state. Answers under it keep their place below a tombstone. Withdrawing twice is fine."""
    return answer_own(actions.withdraw(find_own(comment_id, authorization), now=timezone.now()))


def find_own(comment_id: UUID, authorization: str) -> VisitorComment:
    scheme, _space, token = authorization.strip().partition(" ")
    if scheme.lower() != "receipt" or not token:
        detail = _("Send the receipt of the comment in the header “Authorization: Receipt …”.")
        raise Problem(401, "receipt-needed", detail, headers={"WWW-Authenticate": "Receipt"})
    try:
        comment = receipts.find_own(token.strip())
    except receipts.NoReceipt as error:
        raise Http404 from error
    if comment.uuid != comment_id:
        raise Http404
    return comment


def answer_own(comment: VisitorComment, *, headers: dict[str, str] | None = None) -> JsonResponse:
    return JsonResponse(own_document(receipts.view_own(comment, now=timezone.now())), headers=headers)


def _edit(request: HttpRequest, comment: VisitorComment, edit: MassageOwnCommentEdit, origin: Origin) -> None:
    """Store the new text; every refusal of the room becomes a problem."""
    try:
        receipts.edit_own(comment, body=edit.body, version=edit.version, origin=origin, now=timezone.now())
    except actions.Refused as error:
        errors = [{"loc": ["body", field], "msg": message} for field, message in error.errors.items()]
        raise Problem(422, "validation", str(error), errors=errors) from error
    except actions.EditClosed as error:
        raise Problem(403, "edit-window", str(error)) from error
    except receipts.Outdated as error:
        raise Problem(409, "stale", str(error)) from error
    except Throttled as error:
        raise too_many(request, error, str(error)) from error
