"""Trust: who has been approved often enough to appear without waiting.

Only a proved identity can earn it (a signed-in account, or a guest's address confirmed for each comment), so typing
somebody's e-mail address earns nothing and costs them nothing. Only what a person decided counts: what was published
at once, and read by nobody, says nothing about its author. One rejection, and the counting starts anew.

Trust never outranks a check (`pipeline.decide`): what a check holds, such as a question about somebody's health, is
held whoever wrote it.
"""

from __future__ import annotations

from django.db.models import Q

from .conf import comments_settings
from .models import VisitorComment
from .states import AuthorKind, Status

_DECIDED = (Status.APPROVED, Status.REJECTED, Status.SPAM)


def is_trusted(author_key: str) -> bool:
    """Tell whether the last WAGTAIL_MASSAGE_COMMENTS_TRUST_AFTER comments of a proved identity that a person has
    decided on were all approved. Costs one query; none where trust is switched off (0)."""
    needed = comments_settings.trust_after
    if not needed or not author_key:
        return False
    proved = ~Q(author_kind=AuthorKind.GUEST) | Q(email_verified_at__isnull=False)
    decided = VisitorComment.objects.filter(
        proved, author_key=author_key, status__in=_DECIDED, reviewed_at__isnull=False
    )
    last = list(decided.order_by("-created_at", "-pk").values_list("status", flat=True)[:needed])
    return len(last) == needed and set(last) == {Status.APPROVED}
