"""The form token: a signed note of which page a form was made for and when. It needs no cookie and no session.

A page may be cached for a week with the same token for everybody, so a token proves little: it is bound to the page,
too young when a machine answers at once, too old after a day. A form that fails gets a second step, never a loss.
"""

from __future__ import annotations

import enum
from datetime import datetime, timedelta

from django.core import signing

from .conf import comments_settings

_SALT = "wagtail_massage_comments.form"
_CONFIRM_SALT = "wagtail_massage_comments.confirm"


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
    age = now - datetime.fromtimestamp(loaded[1], tz=now.tzinfo)
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
    age = now - datetime.fromtimestamp(loaded[2], tz=now.tzinfo)
    in_time = timedelta(0) <= age <= timedelta(seconds=comments_settings.max_form_age)
    return TokenState.CONFIRMED if in_time else TokenState.TOO_OLD


def _load(token: str, *, salt: str) -> object:
    if len(token) > 500:
        return None
    try:
        return signing.loads(token, salt=salt)
    except (signing.BadSignature, ValueError, UnicodeError):
        return None
