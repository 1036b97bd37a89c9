"""How long a health question has waited, and what its author agreed to, in the desk's words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..models import HealthQuestion
from ..states import HealthChoice

_MINUTE, _HOUR, _DAY = 60, 3600, 86400
_IN_HOURS = 48  # up to so many hours, hours tell more than days


@dataclass(frozen=True, kw_only=True)
class Wait:
    """Where a health question stands on its way to an answer.

    Attributes:
        words: "Waiting 3 h", or when it was answered.
        due_at: None once it is answered.
    """

    words: str
    is_urgent: bool
    is_overdue: bool
    due_at: datetime | None


def wait_of(question: HealthQuestion) -> Wait:
    now = timezone.now()
    is_open = question.answered_at is None
    waited = age(question.created_at, question.answered_at or now)
    words = _("Waiting %(age)s") if is_open else _("Answered after %(age)s")
    return Wait(
        words=words % {"age": waited},
        is_urgent=question.is_urgent,
        is_overdue=is_open and question.due_at <= now,
        due_at=question.due_at if is_open else None,
    )


def age(since: datetime, until: datetime) -> str:
    """Return the time from one moment to another in one unit: minutes, hours up to two days, or days."""
    seconds = max(0, int((until - since).total_seconds()))
    if seconds < _HOUR:
        return _("%(count)d min") % {"count": seconds // _MINUTE}
    if seconds < _IN_HOURS * _HOUR:
        return _("%(count)d h") % {"count": seconds // _HOUR}
    days = seconds // _DAY
    return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}


def why_not_public(question: HealthQuestion) -> str:
    """Say why a question cannot be published now, "" if it can (or is)."""
    if question.choice == HealthChoice.NONE:
        return _("Its author has not chosen yet. Until then it is answered in private.")
    if question.choice == HealthChoice.PRIVATE:
        return _("Its author wants a private answer.")
    return ""
