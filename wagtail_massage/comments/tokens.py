"""Signed notes that stand in place of cookies.

The form token says which page a form was made for and when. A page may be cached for a week with the same token for
everybody, so it proves little: it is bound to the page, too young when a machine answers at once, too old after a
day. A form that fails gets a second step, never a loss.

A purpose token lets its bearer do one thing: read and change one comment (RECEIPT), confirm an address (CONFIRM),
stop mails (UNSUBSCRIBE), speak as an account (AUTHOR). Nothing personal stands in one, except in AUTHOR, which the
account's own site makes for itself.
"""

from __future__ import annotations

import enum
from datetime import datetime, timedelta

from django.core import signing

from .conf import comments_settings

_SALT = "wagtail_massage_comments.form"
_CONFIRM_SALT = "wagtail_massage_comments.confirm"


class Purpose(enum.StrEnum):
    """What a purpose token is good for. A token of one purpose is worthless for any other."""

    RECEIPT = "receipt"
    CONFIRM = "confirm"
    UNSUBSCRIBE = "unsubscribe"
    AUTHOR = "author"


class BadToken(ValueError):
    """The token was altered, is too old, or was made for something else."""


def make_token(purpose: Purpose, *values: str) -> str:
    """Return a token of `purpose` that holds `values` and the time. Keys and fallbacks are Django's SECRET_KEY."""
    return signing.dumps(values, salt=f"wagtail_massage_comments.{purpose}")


def read_token(
    purpose: Purpose, token: str, *, max_age: timedelta | None = None, count: int = 1
) -> list[str]:
    """Return the `count` values of a token.

    Raises:
        BadToken: whatever else it is given. The token stands in no message and in no log.
    """
    if len(token) > 1000:
        raise BadToken
    try:
        values = signing.loads(token, salt=f"wagtail_massage_comments.{purpose}", max_age=max_age)
    except (signing.BadSignature, ValueError, UnicodeError) as error:
        raise BadToken from error
    if not isinstance(values, list) or len(values) != count or not all(isinstance(v, str) for v in values):
        raise BadToken
    return values


class TokenState(enum.StrEnum):
    GOOD = "GOOD"
    CONFIRMED = "CONFIRMED"  # the second step was taken for exactly this text
    MISSING = "MISSING"
    INVALID = "INVALID"  # altered, another page's, another key's, from the future
    TOO_YOUNG = "TOO_YOUNG"
    TOO_OLD = "TOO_OLD"


def make_form_token(*, page_id: int, now: datetime) -> str:
    """Return a token for a form on `page_id` made at `now`."""
    return signing.dumps([page_id, int(now.timestamp())], salt=_SALT)


def judge_form_token(token: str, *, page_id: int, now: datetime) -> TokenState:
    """Tell whether `token` belongs to `page_id` and has a believable age. Never raises, whatever it is given."""
    if not token:
        return TokenState.MISSING
    loaded = _load(token, salt=_SALT)
    if not isinstance(loaded, list) or len(loaded) != 2 or loaded[0] != page_id:
        return TokenState.INVALID
    age = _age(loaded[1], now)
    if age < timedelta(0):
        return TokenState.INVALID
    if age < timedelta(seconds=comments_settings.min_seconds):
        return TokenState.TOO_YOUNG
    if age > timedelta(seconds=comments_settings.max_form_age):
        return TokenState.TOO_OLD
    return TokenState.GOOD


def make_confirm_token(*, page_id: int, fingerprint: str, now: datetime) -> str:
    """Return the token of the "Check and send" page for a text with this fingerprint (`text.body_hash`)."""
    return signing.dumps([page_id, fingerprint, int(now.timestamp())], salt=_CONFIRM_SALT)


def judge_confirm_token(token: str, *, page_id: int, fingerprint: str, now: datetime) -> TokenState:
    """Tell whether the second step was taken for this page and text within the allowed age."""
    loaded = _load(token, salt=_CONFIRM_SALT)
    if not isinstance(loaded, list) or len(loaded) != 3 or loaded[:2] != [page_id, fingerprint]:
        return TokenState.INVALID
    age = _age(loaded[2], now)
    in_time = timedelta(0) <= age <= timedelta(seconds=comments_settings.max_form_age)
    return TokenState.CONFIRMED if in_time else TokenState.TOO_OLD


def _age(made_at: object, now: datetime) -> timedelta:
    """Return how old a token is; one that names no moment is from the future, which no page believes."""
    try:
        return now - datetime.fromtimestamp(int(str(made_at)), tz=now.tzinfo)
    except (ValueError, OverflowError, OSError):
        return timedelta(-1)


def _load(token: str, *, salt: str) -> object:
    if len(token) > 500:
        return None
    try:
        return signing.loads(token, salt=salt)
    except (signing.BadSignature, ValueError, UnicodeError):
        return None
