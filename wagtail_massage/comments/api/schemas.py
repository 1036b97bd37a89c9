"""What the endpoints of comments read and answer.

Answers are described here and made by `documents`; the tests hold the two together.
"""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from ninja import Schema
from pydantic import ConfigDict, Field
from pydantic.types import AwareDatetime
from typing_extensions import TypedDict

from ..reading import MAX_COUNTED_PAGES, MAX_LIMIT

PageId = Annotated[int, Field(ge=1, le=2**63 - 1)]


class MassageCommentSiteQuery(Schema):
    """Which site answers."""

    model_config = ConfigDict(extra="forbid")

    site: str | None = Field(
        None,
        description="“host” or “host:port” of the site that answers; without it the Host header decides.",
    )


class MassageReplyListQuery(MassageCommentSiteQuery):
    """Which part of the replies."""

    cursor: str = Field("", description="The `next` of the part before; without it the beginning.")
    limit: int | None = Field(None, ge=1, le=MAX_LIMIT, description="Without it the site's own page size.")


class MassageCommentListQuery(MassageReplyListQuery):
    """Which part of a thread, and in what order. A cursor belongs to its order."""

    sort: Literal["oldest", "newest"] = "oldest"


class MassageCommentCountsQuery(MassageCommentSiteQuery):
    """Whose comments are counted."""

    page: list[PageId] = Field(
        min_length=1, max_length=MAX_COUNTED_PAGES, description="Repeat it: ?page=7&page=9."
    )


class MassageCommentDraft(Schema):
    """A comment to be. Other fields are refused."""

    model_config = ConfigDict(extra="forbid")

    author_name: str = Field(description="The name that is shown. It need not be the full name.")
    body: str = Field(description="Plain text; a blank line makes a paragraph. Markup is shown as typed.")
    author_email: str = Field("", description="Never shown, never in any answer.")
    parent: UUID | None = Field(None, description="The comment that is answered.")
    form_token: str = Field("", description="From comment-policy/. Without it a comment is always held.")
    locale: str = Field("", max_length=16, pattern=r"^([A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*)?$")


class MassageCommentAuthor(TypedDict):
    """Who wrote it. `badge` is STAFF for the site's own people."""

    name: str
    badge: Literal["STAFF"] | None


class MassageComment(TypedDict):
    """One comment.

    `body` is plain text; `body_html` is made of it by the server and holds only p, br and a. REMOVED marks a place
    whose text is gone while replies to it remain. `replies` belongs to comments of depth 1 and holds all levels
    below, flat, in reading order; deeper comments have null.
    """

    id: UUID
    state: Literal["APPROVED", "PENDING", "REMOVED"]
    author: MassageCommentAuthor
    body: str
    body_html: str
    created_at: AwareDatetime
    edited_at: AwareDatetime | None
    depth: Annotated[int, Field(ge=1, le=8)]
    parent: UUID | None
    in_reply_to: UUID | None
    replies: MassageCommentList | None


class MassageCommentList(TypedDict):
    """A part of a list. `next` is the cursor of what follows; `count` is that of the whole list, without tombstones."""

    items: list[MassageComment]
    next: str | None
    count: int


class MassageCommentPolicy(TypedDict):
    """What a front end needs to draw a form. `form_token` is null where nobody may write."""

    policy: Literal["PRE", "POST", "CLOSED"]
    open: bool
    notice: str
    form_token: str | None
    min_length: int
    max_length: int
    name_max_length: int
    email: Literal["optional"]


class MassageCommentCounts(TypedDict):
    """Comments by page id. Pages without public comments to read are absent."""

    counts: dict[str, int]
