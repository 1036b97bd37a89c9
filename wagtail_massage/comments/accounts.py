"""Accounts: how somebody who is signed in, here or at the site's own front end, proves who they are.

No JSON endpoint looks at a cookie, so an account speaks through an author token that comes with the comment. Django's
users get theirs from `views/member.py`; a site with accounts of its own makes one on its server, after its own
sign-in, and hands it to its front end::

    token = accounts.make_author_token(identity="customer-5071", name="Juno P.", email="juno@example.com")

A site that already has tokens (a JWT, say) names its own reader in WAGTAIL_MASSAGE_COMMENTS_ACCOUNTS: a function of
the token and the request that returns a `drafts.Author`, or None for a token that is not good.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from .conf import comments_settings
from .drafts import Author
from .states import AuthorKind
from .tokens import BadToken, Purpose, make_token, read_token

logger = logging.getLogger(__name__)

MAX_AGE = timedelta(hours=1)
"""How long an author token of ours is good for."""

Reader = Callable[[str, HttpRequest], Author | None]


class BadAuthorToken(ValueError):
    """The token proves nobody. Who brings one is never taken for a guest instead."""

    def __init__(self) -> None:
        super().__init__(
            _("The sign-in that came with the comment is no longer good. Sign in again, then send it again.")
        )


def make_author_token(*, identity: str, name: str, email: str = "") -> str:
    """Return a token with which a front end posts as an account of the site's own, for an hour.

    Args:
        identity: what never changes about the account. It is kept as a keyed digest only.
        name: the display name.
        email: an address that the site has confirmed; "" where there is none.
    """
    if not identity or not name:
        raise ValueError("An author token needs the identity and the name of the account.")
    return make_token(Purpose.AUTHOR, AuthorKind.EXTERNAL.value, identity, name, email)


def make_user_token(user: Any) -> str:
    """Return a token with which scripts of this site post as a Django user, for an hour."""
    author = author_of(user)
    return make_token(Purpose.AUTHOR, author.kind.value, author.identity, author.name, author.email)


def author_of(user: Any) -> Author:
    """Return a signed-in Django user as an author."""
    email = getattr(user, user.get_email_field_name(), "") or ""
    return Author(
        kind=AuthorKind.USER, identity=str(user.pk), name=display_name(user), email=email, user=user
    )


def display_name(user: Any) -> str:
    """Return the full name of a user, or the user name; an e-mail address is never shown in their place."""
    names = (getattr(user, "get_full_name", str)(), user.get_username())
    return next((name for name in names if name and "@" not in name), _("Member"))


def author_from_token(token: str, request: HttpRequest) -> Author | None:
    """Read a token of ours: the default of WAGTAIL_MASSAGE_COMMENTS_ACCOUNTS. A user's row is read again, so that one
    who was deactivated within the hour is refused, and one who was renamed goes by the new name."""
    try:
        kind, identity, name, email = read_token(Purpose.AUTHOR, token, max_age=MAX_AGE, count=4)
    except BadToken:
        return None
    if kind == AuthorKind.USER:
        return _active_user(identity)
    if kind == AuthorKind.EXTERNAL:
        return Author(kind=AuthorKind.EXTERNAL, identity=identity, name=name, email=email)
    return None


def read_author(token: str, request: HttpRequest) -> Author:
    """Return whom an author token proves, as the configured reader sees it.

    Raises:
        BadAuthorToken: if it proves nobody, or if the reader breaks; the token stands in no message and no log.
    """
    reader: Reader = import_string(comments_settings.accounts)
    try:
        author = reader(token, request)
    except Exception as error:
        # Where it broke, without the error's own words: they may hold the token.
        place = "".join(traceback.format_tb(error.__traceback__))
        logger.error(
            "The reader of author tokens broke (%s); nobody was let in.\n%s", type(error).__name__, place
        )
        raise BadAuthorToken from None
    if author is None:
        raise BadAuthorToken
    return author


def _active_user(identity: str) -> Author | None:
    try:
        user = get_user_model()._default_manager.filter(pk=identity, is_active=True).first()
    except (ValueError, ValidationError):  # the key of another user model
        return None
    return author_of(user) if user is not None else None
