"""Cursors: signed bookmarks in a list of comments.

To a client a cursor is opaque. Inside is the list it belongs to and the last entry shown there, in words that are
public anyway (no row numbers), so that the same list always gives the same cursor and caches can keep it.
"""

from __future__ import annotations

from typing import Any

from django.core import signing
from django.utils.translation import gettext as _

_SALT = "wagtail_massage_comments.cursor"
_MAX_LENGTH = 500


class BadCursor(ValueError):
    """The cursor was altered, or belongs to another list, order or site key."""

    def __init__(self) -> None:
        super().__init__(_("It does not belong to this list. Leave it out to start from the beginning."))


def make_cursor(scope: list[Any], position: list[Any]) -> str:
    """Return the cursor for what follows `position` in the list named by `scope`. Both hold JSON values only."""
    return signing.Signer(salt=_SALT).sign_object([scope, position])


def read_cursor(cursor: str, *, scope: list[Any]) -> list[Any]:
    """Return the position that was put into `cursor`.

    Raises:
        BadCursor: whatever else it is given.
    """
    try:
        if len(cursor) > _MAX_LENGTH:
            raise BadCursor
        loaded_scope, position = signing.Signer(salt=_SALT).unsign_object(cursor)
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise BadCursor from error
    if loaded_scope != scope:
        raise BadCursor
    return position
