"""What a lane says when nothing is left in it: that it is done, and how long people had to wait for that."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Max, Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from ..permissions import scope_of
from .figures import timed
from .health_words import age
from .lanes import FIRST, Lane

_DAY, _WEEK = timedelta(days=1), timedelta(days=7)


def words_for(lane: Lane, user: Any, *, now: datetime) -> str | Promise:
    """Return the sentence for an empty lane. In the lane of those who wait it tells the longest wait that a decision of
    the last day ended, or of the last week, within the user's sections. One query there, none elsewhere."""
    if lane.slug != FIRST:
        return lane.empty
    within = scope_of(user).condition("comment__page__path") & Q(comment__is_health=False)
    lately = timed(within & Q(created_at__gt=now - _WEEK, created_at__lte=now))
    longest = lately.aggregate(
        day=Max("waited", filter=Q(created_at__gt=now - _DAY)),
        week=Max("waited"),
    )
    if longest["day"] is not None:
        return _("All answered. The oldest of the last 24 hours waited %(age)s.") % {
            "age": age(now - longest["day"], now)
        }
    if longest["week"] is not None:
        return _("All answered. The oldest of the last 7 days waited %(age)s.") % {
            "age": age(now - longest["week"], now)
        }
    return lane.empty
