"""What comes in before anything is decided: the draft of a comment and where it came from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from .states import AuthorKind


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What somebody wants to say. Text as typed; `actions.submit` cleans it.

    Attributes:
        body: plain text.
        author_name: the display name.
        author_email: kept private; "" where not given.
        parent: the public id of the comment replied to.
        data: a site's own extra values, stored as they are.
    """

    body: str
    author_name: str
    author_email: str = ""
    parent: UUID | None = None
    locale: str = ""
    data: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Origin:
    """Where a draft came from and what came with it.

    Attributes:
        address: the client's IP address, as `throttling.client_address` reads it; "" when there is none.
        user: a signed-in user whose identity the view has verified, else None.
        trap: what stood in the form field that people do not see.
        token: the judgement of the form token: one of `tokens.TokenState`, "" when the face needs none.
        idempotency_key: what the client sent as Idempotency-Key, "" when nothing.
    """

    address: str = ""
    user: Any = None
    trap: str = ""
    token: str = ""
    idempotency_key: str = ""

    @property
    def author_kind(self) -> AuthorKind:
        return AuthorKind.USER if self.user is not None else AuthorKind.GUEST
