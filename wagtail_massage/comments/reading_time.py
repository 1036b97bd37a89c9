"""How long a comment usually waits for a moderator, told from what happened here, never promised.

Looks at no more than the newest `_EVENTS` lines of the history, at most every ten minutes, and says nothing where
there is too little to tell.
"""

from __future__ import annotations

import logging
import math
from datetime import datetime, timedelta

from django.core.cache import cache
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .models import ModerationEvent
from .states import ActorKind, Status

logger = logging.getLogger(__name__)

_KEY = "wagtail_massage_comments:usual_wait"
_CACHE_SECONDS = 10 * 60
_EVENTS = 2000  # lines of the history that are looked at
_DECISIONS = 200
_AT_LEAST = 5
_PERIOD = timedelta(days=30)
_SHARE = 0.8  # of the comments were read within the time that is told


def usual_wait(now: datetime) -> str:
    """Return a sentence such as "Usually read within 4 hours.", or "" where fewer than five decisions of the last
    30 days can tell. Costs two queries every ten minutes."""
    hours = _remembered_hours(now)
    if not hours:
        return ""
    if hours == 1:
        return _("Usually read within an hour.")
    if hours <= 24:
        return ngettext(
            "Usually read within %(hours)d hour.", "Usually read within %(hours)d hours.", hours
        ) % {"hours": hours}
    days = math.ceil(hours / 24)
    return ngettext("Usually read within %(days)d day.", "Usually read within %(days)d days.", days) % {
        "days": days
    }


def _remembered_hours(now: datetime) -> int:
    """A cache that is away costs queries, and nothing else."""
    try:
        hours = cache.get(_KEY)
    except Exception:
        logger.warning("The cache does not answer, so the usual wait is worked out each time.", exc_info=True)
        return _hours(now)
    if hours is None:
        hours = _hours(now)
        try:
            cache.set(_KEY, hours, _CACHE_SECONDS)
        except Exception:
            logger.warning(
                "The cache takes nothing, so the usual wait is worked out each time.", exc_info=True
            )
    return hours


def _hours(now: datetime) -> int:
    """Return the full hours within which `_SHARE` of the comments were read for the first time; 0: too few to tell."""
    waits = sorted(_waits(now))
    if len(waits) < _AT_LEAST:
        return 0
    slowest = waits[math.ceil(len(waits) * _SHARE) - 1]
    return max(1, math.ceil(slowest / timedelta(hours=1)))


def _waits(now: datetime) -> list[timedelta]:
    """Return how long the last comments waited for the first person who decided. Imported ones waited elsewhere."""
    newest = ModerationEvent.objects.order_by("-pk").values_list("pk", flat=True)
    oldest = next(iter(newest[_EVENTS - 1 : _EVENTS]), 0)
    by_people = ModerationEvent.objects.filter(actor_kind=ActorKind.HUMAN)
    earlier = by_people.filter(comment=OuterRef("comment"), pk__lt=OuterRef("pk"))
    first = by_people.filter(
        ~Exists(earlier),
        pk__gte=oldest,
        created_at__gte=now - _PERIOD,
        created_at__lte=now,
        from_status=Status.PENDING,
        comment__source_key=None,
    )
    moments = first.order_by("-pk").values_list(
        "created_at", "comment__created_at", "comment__email_verified_at"
    )
    return [
        max(decided - max(written, confirmed or written), timedelta(0))
        for decided, written, confirmed in moments[:_DECISIONS]
    ]
