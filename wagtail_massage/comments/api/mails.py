"""What the links in mails do, for front ends that show pages of their own for them.

The token comes in the body of a POST, so it stands in no log, and nothing happens because a mail scanner has followed
a link.
"""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Header
from ninja.decorators import decorate_view

from wagtail_massage.caching import private_answer
from wagtail_massage.idempotency import HEADER, MAX_LENGTH, idempotent
from wagtail_massage.problem_schemas import MassageProblemDetail
from wagtail_massage.problems import Problem, json_body, known_parameters

from .. import actions, reading
from ..mails.links import comment_to_confirm, recipient_of
from ..tokens import BadToken
from .schemas import MassageConfirmed, MassageMailToken, MassageMailWish, MassageMailWishes
from .views import router

BODY_LIMIT = 64 * 1024
PROBLEMS = dict.fromkeys((400, 410, 413, 415, 422, 503), MassageProblemDetail)


@router.post(
    "comments/confirm/",
    response={200: MassageConfirmed, **PROBLEMS},
    operation_id="massage_comments_confirm",
    url_name="massage_comments_confirm",
    summary="Confirm your e-mail address",
)
@decorate_view(private_answer, known_parameters(), json_body(BODY_LIMIT), idempotent)
def confirm(
    request: HttpRequest,
    wanted: MassageMailToken,
    idempotency_key: str = Header("", alias=HEADER, max_length=MAX_LENGTH),  # read by `idempotent`
) -> JsonResponse:
    """A comment that waited for it goes on its way. Confirming twice is fine."""
    try:
        comment = comment_to_confirm(wanted.token)
    except BadToken as error:
        raise _bad_token() from error
    was_confirmed = comment.email_verified_at is not None
    comment = actions.confirm(comment, now=timezone.now())
    state = reading.own_comment(comment).state
    return JsonResponse({"id": comment.uuid, "state": state, "was_confirmed": was_confirmed})


@router.post(
    "comments/unsubscribe/",
    response={200: MassageMailWishes, **PROBLEMS},
    operation_id="massage_comments_unsubscribe",
    url_name="massage_comments_unsubscribe",
    summary="Stop mails, or take that back",
)
@decorate_view(private_answer, known_parameters(), json_body(BODY_LIMIT), idempotent)
def unsubscribe(
    request: HttpRequest,
    wish: MassageMailWish,
    idempotency_key: str = Header("", alias=HEADER, max_length=MAX_LENGTH),  # read by `idempotent`
) -> JsonResponse:
    """Answers what holds afterwards. Wishing the same twice is fine."""
    try:
        recipient = recipient_of(wish.token)
    except BadToken as error:
        raise _bad_token() from error
    recipient = actions.set_mail_wish(recipient, scope=wish.scope, wanted=wish.wanted, now=timezone.now())
    return JsonResponse({"wants_mail": recipient.wants_mail, "refuses_all": recipient.is_refused})


def _bad_token() -> Problem:
    return Problem(
        410, "token", _("This link does not work any more: it is too old, or a part of it is missing.")
    )
