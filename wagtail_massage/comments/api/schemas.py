"""What the endpoints of comments read and answer.

Answers are described here and made by `documents`; the tests hold the two together.
"""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from ninja import Schema
from pydantic import ConfigDict, Field, StrictBool
from pydantic.types import AwareDatetime
from typing_extensions import TypedDict

from ..actions.reporting import NOTE_MAX
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

    sort: Literal["oldest", "newest", "unanswered"] = Field(
        "oldest", description="“unanswered” leaves out what has public replies, and begins with the oldest."
    )


class MassageCommentPlaceQuery(MassageCommentSiteQuery):
    """In which order of the thread a comment is looked for."""

    sort: Literal["oldest", "newest"] = "oldest"


class MassageCommentCountsQuery(MassageCommentSiteQuery):
    """Whose comments are counted."""

    page: list[PageId] = Field(
        min_length=1, max_length=MAX_COUNTED_PAGES, description="Repeat it: ?page=7&page=9."
    )


class MassageCommentDraft(Schema):
    """A comment to be. Other fields are refused."""

    model_config = ConfigDict(extra="forbid")

    author_name: str = Field(
        "",
        description="The name that is shown. It need not be the full name. Left out with an `author_token`.",
    )
    body: str = Field(description="Plain text; a blank line makes a paragraph. Markup is shown as typed.")
    author_email: str = Field("", description="Never shown, never in any answer.")
    wants_mail: StrictBool = Field(
        False,
        description="Tell the author by mail of the decision and of answers, once the address is confirmed.",
    )
    parent: UUID | None = Field(None, description="The comment that is answered.")
    form_token: str = Field("", description="From comment-policy/. Without it a comment is always held.")
    author_token: str = Field(
        "",
        description="Proves an account. Name and address are the account's; one that is not good is refused.",
    )
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


class MassageHealthSignature(TypedDict):
    """Who signed an answer, as it stood then."""

    name: str
    title: str
    registration: str


class MassageHealthAnswer(TypedDict):
    """An answer to a health question. Print signature and disclaimer with it."""

    body: str
    body_html: str
    signature: MassageHealthSignature
    disclaimer: str
    created_at: AwareDatetime
    published: bool


class MassageHealthConsent(TypedDict):
    """What an author agrees to by choosing; `version` goes back with the choice."""

    version: str
    text: str


class MassageOwnHealthQuestion(TypedDict):
    """A comment in which its author asks about her own health. It is not part of the page's comments.

    Show `safety` at once where it is not null, then the choices under the words of `consent`. Without a choice the
    question is answered in private. `can_be_answered` false: nobody may answer here, so say that. Keep no draft of
    such a comment on the visitor's device.
    """

    urgent: bool
    safety: str | None
    can_be_answered: bool
    choices: list[Literal["NAMED", "NAMELESS", "PRIVATE"]]
    choice: Literal["NAMED", "NAMELESS", "PRIVATE"] | None
    consent: MassageHealthConsent
    published: bool
    answers: list[MassageHealthAnswer]


class MassageHealthChoice(Schema):
    """What may become of a health question. Other fields are refused."""

    model_config = ConfigDict(extra="forbid")

    choice: Literal["NAMED", "NAMELESS", "PRIVATE"]
    consent_version: str = Field(max_length=16, description="The `version` of the consent that was shown.")


class MassageHealthAuthor(TypedDict):
    """Who asked, if she wanted to be named."""

    name: str


class MassageHealthQuestion(TypedDict):
    """A health question that was published with its author's consent. Let no search engine keep it."""

    id: UUID
    page: int
    author: MassageHealthAuthor | None
    body: str
    body_html: str
    created_at: AwareDatetime
    answers: list[MassageHealthAnswer]


class MassageCommentNotice(TypedDict):
    """Something that the author of a comment has to know at once."""

    type: Literal["health-question"]
    health: MassageOwnHealthQuestion


class MassagePostedComment(MassageComment):
    """The comment that was sent. `notices` say what its author should know or choose.

    `receipt` opens `comments/{id}/own/`; it is null where the same text came before and nothing (an Idempotency-Key,
    an account) shows that the sender is the same.
    """

    receipt: str | None
    notices: list[MassageCommentNotice]


class MassageOwnCommentEdit(Schema):
    """A new text. Other fields are refused."""

    model_config = ConfigDict(extra="forbid")

    body: str = Field(description="Plain text, the whole of it.")
    version: int = Field(ge=1, le=2**31 - 1, description="The `version` that the author has seen.")


class MassageOwnComment(TypedDict):
    """A comment as its author sees it.

    UNCONFIRMED waits for the author to confirm the e-mail address, PENDING for a moderator. `version` goes back with
    an edit; `editable_until` is null when the text can no longer be changed. `reason` is the code that came with a
    rejection or removal, “withdrawn” where the author took the comment back; `reason_text` says the moderator's reason
    in a sentence, in the language of the request. REMOVED comes without text. `page` is null when the page is gone.
    """

    id: UUID
    page: int | None
    state: Literal["UNCONFIRMED", "PENDING", "APPROVED", "REJECTED", "REMOVED"]
    author: MassageCommentAuthor
    body: str
    body_html: str
    created_at: AwareDatetime
    edited_at: AwareDatetime | None
    parent: UUID | None
    in_reply_to: UUID | None
    version: int
    editable_until: AwareDatetime | None
    reason: str | None
    reason_text: str | None
    wants_mail: bool
    email_confirmed: bool
    receipt_expires_at: AwareDatetime
    health: MassageOwnHealthQuestion | None


class MassageCommentList(TypedDict):
    """A part of a list. `next` is the cursor of what follows; `count` is that of the whole list, without tombstones."""

    items: list[MassageComment]
    next: str | None
    count: int


class MassageCommentThreadPart(MassageCommentList):
    """A part of a thread. `count` is that of all its comments, in every order.

    `pinned` is on the first part only, the part without a cursor: the comment that the team has put above all
    others, without its replies. It stands in its own place in the list as well, and is counted once.
    """

    pinned: MassageComment | None


class MassageCommentPlace(TypedDict):
    """How to get to a comment, for parts of the site's own sizes.

    `cursor` reads the part of `pages/{page}/comments/` that begins with the comment's `root`; null: it is on the
    first part. `replies_cursor` reads the part of `comments/{root}/replies/` that begins with the comment; null: it
    is the root, or among the replies that come with it.
    """

    page: int
    root: UUID
    cursor: str | None
    replies_cursor: str | None


class MassageMailToken(Schema):
    """The token of a link in a mail: what stands between its last two slashes."""

    model_config = ConfigDict(extra="forbid")

    token: str = Field(max_length=1000)


class MassageMailWish(MassageMailToken):
    """Which mails may come: those about the comment, or all that this site sends about comments to the address."""

    scope: Literal["COMMENT", "EVERYTHING"] = "COMMENT"
    wanted: StrictBool = Field(False, description="True takes back that they were stopped.")


class MassageConfirmed(TypedDict):
    """The comment whose author's address is confirmed now. `was_confirmed`: it was so before."""

    id: UUID
    state: Literal["APPROVED", "PENDING"]
    was_confirmed: bool


class MassageMailWishes(TypedDict):
    """What holds now: whether mails about the comment may come, and whether the address refuses all mails."""

    wants_mail: bool
    refuses_all: bool


class MassageCommentReport(Schema):
    """Why a comment should not stand where it is. Moderators read it; nobody is told who wrote it."""

    model_config = ConfigDict(extra="forbid")

    reason: Literal["SPAM", "OFFENSIVE", "PRIVATE", "HARMFUL", "OFF_TOPIC", "OTHER"]
    note: str = Field("", max_length=NOTE_MAX, description="In the reporter's own words, if need be.")


class MassageCommentReported(TypedDict):
    """The same for everybody, whether the report is the first or not."""

    received: Literal[True]


class MassageCommentPolicySource(TypedDict):
    """Where the policy was chosen; `title` is that page's, null for a setting and for a page that is not public."""

    kind: Literal["PAGE", "SECTION", "SITE", "SETTING"]
    title: str | None


class MassageCommentPolicy(TypedDict):
    """What a front end needs to draw a form.

    `policy` is what holds now: CLOSED outside of the dates. `open` says whether visitors may write now, with
    `members_only` only those who are signed in; `form_token` is null where nobody may. `notice` is what they should
    know, where comments are closed in the words of the site's editors. `closes_at` is the moment from which on nobody
    can write, for whatever reason. `email` says whether guests must give an address, and confirm it. `usual_wait` is
    a sentence about how long comments waited for a moderator here; null where none reads first, or too few can tell.
    """

    policy: Literal["OPEN", "POST", "PRE", "MEMBERS", "READ_ONLY", "CLOSED"]
    open: bool
    members_only: bool
    notice: str
    source: MassageCommentPolicySource
    opens_at: AwareDatetime | None
    closes_at: AwareDatetime | None
    form_token: str | None
    min_length: int
    max_length: int
    name_max_length: int
    email: Literal["optional", "required", "confirmed"]
    usual_wait: str | None


class MassageCommentCounts(TypedDict):
    """Comments by page id. Pages without public comments to read are absent."""

    counts: dict[str, int]
