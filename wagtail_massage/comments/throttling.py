"""Limits on how often one network, one page and everybody together may post. Counted in Django's default cache.

A shared cache (Redis) makes the limits shared between processes; with the local-memory default each process counts
for itself. Counting is atomic where the cache's `incr` is, as it is in Redis, Memcached and local memory.

When the cache is away nothing is limited: a visitor's comment is worth more than the limit, and moderation still
stands before publication. A cache that hangs is not away; give its connections a time-out.

A limit holds for a window of the clock, so that around the turn of a window at most twice as many pass. It is counted
before screening, and stays counted when the post is refused afterwards; a post that is only repeated never counts.
"""

from __future__ import annotations

import logging
from datetime import datetime

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from .conf import comments_settings
from .networks import network_of, parse_address

logger = logging.getLogger(__name__)

_PERIODS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


class Throttled(Exception):
    """Too many posts. `retry_after` says in how many seconds the next one is welcome."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(
            _("Too many comments came from here in a short time. Please try again in %(seconds)d seconds.")
            % {"seconds": retry_after}
        )
        self.retry_after = retry_after


def parse_rate(rate: str) -> tuple[int, int]:
    """Return (count, seconds) for a rate such as "5/m".

    Raises:
        ValueError: if `rate` is not of that form.
    """
    count, _slash, period = rate.partition("/")
    if not count.isdecimal() or int(count) < 1 or period not in _PERIODS:
        raise ValueError(f'{rate!r} is not a rate. Write it as "5/m": a count, a slash, and s, m, h or d.')
    return int(count), _PERIODS[period]


def client_address(request: HttpRequest) -> str:
    """Return the client's IP address: REMOTE_ADDR, or what the outermost trusted proxy saw.

    With WAGTAIL_MASSAGE_COMMENTS_TRUSTED_PROXIES = n the n-th entry of X-Forwarded-For from the right is taken;
    whatever stands left of it was written by the client and is not believed.
    """
    trusted = comments_settings.trusted_proxies
    forwarded = [
        part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()
    ]
    raw = request.META.get("REMOTE_ADDR", "")
    if trusted and len(forwarded) >= trusted:
        raw = forwarded[-trusted]
    return str(parse_address(raw) or raw)


def admit(*, page_id: int, address: str, now: datetime) -> None:
    """Count one post and let it pass.

    Raises:
        Throttled: if its network, the page, or the installation has had enough for now. What one limit turns away
            does not count towards the next.
    """
    _count("network", network_of(address) or "unknown", comments_settings.rate, now)
    _count("page", str(page_id), comments_settings.page_rate, now)
    _count("site", "", comments_settings.site_rate, now)


def admit_report(*, address: str, now: datetime) -> None:
    """Count one report and let it pass.

    Raises:
        Throttled: if its network has reported enough for now.
    """
    _count("report", network_of(address) or "unknown", comments_settings.report_rate, now)


def rate_headers(*, address: str, now: datetime, report: bool = False) -> dict[str, str]:
    """Return what is left to a network, as draft-ietf-httpapi-ratelimit-headers writes it; nothing is counted.

    The limits of a page and of the whole site are nobody's own, so `Retry-After` alone speaks of them.
    """
    scope, rate = ("report", comments_settings.report_rate) if report else ("network", comments_settings.rate)
    allowed, seconds = parse_rate(rate)
    key, elapsed = _window(scope, network_of(address) or "unknown", seconds, now)
    try:
        used = int(cache.get(key) or 0)
    except Exception as error:  # whatever a cache backend raises when it is away
        logger.warning("The cache cannot tell what is left of a rate (%s).", type(error).__name__)
        return {}
    return {
        "RateLimit-Policy": f'"{scope}";q={allowed};w={seconds}',
        "RateLimit": f'"{scope}";r={max(0, allowed - used)};t={seconds - elapsed}',
    }


def _count(scope: str, identity: str, rate: str, now: datetime) -> None:
    allowed, seconds = parse_rate(rate)
    key, elapsed = _window(scope, identity, seconds, now)
    if _increment(key, seconds) > allowed:
        raise Throttled(max(1, seconds - elapsed))


def _window(scope: str, identity: str, seconds: int, now: datetime) -> tuple[str, int]:
    """Return under which key the present window is counted, and how many seconds of it are over."""
    window, elapsed = divmod(int(now.timestamp()), seconds)
    digest = salted_hmac(
        "wagtail_massage_comments.rate", f"{scope}:{identity}", algorithm="sha256"
    ).hexdigest()
    return f"wagtail_massage_comments:rate:{digest[:32]}:{window}", elapsed


def _increment(key: str, seconds: int) -> int:
    try:
        cache.add(key, 0, timeout=seconds + 1)
        return cache.incr(key)
    except Exception as error:  # whatever a cache backend raises when it is away, or the key has just expired
        logger.warning(
            "The cache cannot count comments, so nothing is limited now (%s).", type(error).__name__
        )
        return 0
