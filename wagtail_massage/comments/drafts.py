"""What comes in before anything is decided: the draft of a comment and where it came from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from .states import AuthorKind


@dataclass(frozen=True, kw_only=True)
class Author:
    """Somebody whose identity was proved: a signed-in user, or an account of the site's own (`accounts`).

    Attributes:
        kind: USER or EXTERNAL.
        identity: what never changes about the account, such as its primary key.
        name: the display name; it stands in place of whatever a form says.
        email: "" when unknown. It counts as confirmed: the account vouches for it.
        user: the Django user, for USER.
    """

    kind: AuthorKind
    identity: str
    name: str
    email: str = ""
    user: Any = None


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What somebody wants to say. Text as typed; `actions.submit` cleans it.

    Attributes:
        body: plain text.
        author_name: the display name.
        author_email: kept private; "" where not given.
        wants_mail: whether the author asked to be told of the decision and of answers.
        parent: the public id of the comment replied to.
        data: a site's own extra values, stored as they are.
    """

    body: str
    author_name: str
    author_email: str = ""
    wants_mail: bool = False
    parent: UUID | None = None
    locale: str = ""
    data: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Origin:
    """Where a draft came from and what came with it.

    Attributes:
        address: the client's IP address, as `throttling.client_address` reads it; "" when there is none.
        user_agent: what the client calls itself; kept only where an outside check needs it.
        author: the proved identity behind it, None for a guest.
        trap: what stood in the form field that people do not see.
        token: the judgement of the form token: one of `tokens.TokenState`, "" when the face needs none.
        idempotency_key: what the client sent as Idempotency-Key, "" when nothing.
    """

    address: str = ""
    user_agent: str = ""
    author: Author | None = None
    trap: str = ""
    token: str = ""
    idempotency_key: str = ""

    @property
    def user(self) -> Any:
        return self.author.user if self.author else None

    @property
    def author_kind(self) -> AuthorKind:
        return self.author.kind if self.author else AuthorKind.GUEST
