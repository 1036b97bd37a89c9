"""The kinds of problems that the JSON API answers: one catalogue for the answers, their types and their documentation.

The sentences are for developers and stay English; what a person should read is the `detail` of each answer.
"""

from __future__ import annotations

from typing import NamedTuple

URN = "urn:wagtail-massage:problem:"


class ProblemType(NamedTuple):
    """One kind of problem: its status, its title, when it comes, and what a client does about it."""

    status: int
    title: str
    meaning: str
    advice: str


PROBLEM_TYPES: dict[str, ProblemType] = {
    "malformed-json": ProblemType(
        400,
        "The body is not readable JSON",
        "The body of the request is not JSON, or holds what is no text.",
        "Send valid JSON in UTF-8, without lone surrogates.",
    ),
    "unknown-parameter": ProblemType(
        400,
        "Unknown query parameter",
        "The operation does not know a query parameter.",
        "Correct the name; `errors` says which it is and `detail` lists those that exist.",
    ),
    "invalid-parameter": ProblemType(
        400,
        "Invalid query parameter",
        "A query parameter, or a cursor, cannot be read.",
        "Correct the value; `detail` says what is expected. A cursor belongs to the list and order it came from.",
    ),
    "receipt-needed": ProblemType(
        401,
        "This needs the receipt of the comment",
        "The operation is for the author of a comment, and the request brings no receipt.",
        "Send `Authorization: Receipt <receipt>` with the receipt from the answer to the POST.",
    ),
    "comments-closed": ProblemType(
        403,
        "Comments are closed here",
        "The policy of the page lets nobody write now.",
        "Show `detail` in place of the form. `comment-policy/` says whether and when comments open.",
    ),
    "members-only": ProblemType(
        403,
        "Only members may comment here",
        "The policy of the page lets only signed-in people write, and the request proves no identity.",
        "Send an `author_token`, or ask the visitor to sign in.",
    ),
    "author-token": ProblemType(
        403,
        "The author token proves nobody",
        "The author token is too old or proves nobody. The comment was not stored.",
        "Fetch a fresh token and send the comment again.",
    ),
    "edit-window": ProblemType(
        403,
        "The text can no longer be changed",
        "The time in which an author may change the text is over.",
        "Offer withdrawal, which is still possible.",
    ),
    "not-found": ProblemType(
        404,
        "Not found",
        "There is nothing here for the public: a draft, something private, expired or another site's looks the same.",
        "Show your own page for what is not there.",
    ),
    "preview-token": ProblemType(
        404,
        "The preview token cannot be used",
        "The token of a preview is too old, was changed on its way, or its page is gone.",
        "Open the preview in the editor again.",
    ),
    "method-not-allowed": ProblemType(
        405,
        "Method not allowed",
        "The address does not answer this method.",
        "Use a method from the `Allow` header.",
    ),
    "stale": ProblemType(
        409,
        "The comment has changed in the meantime",
        "What the request speaks about has changed since the version that was sent.",
        "Read it again and decide anew.",
    ),
    "token": ProblemType(
        410,
        "The token cannot be used",
        "The token of a mail is incomplete, too old, or its comment is gone.",
        "Tell the visitor that the link does not work any more.",
    ),
    "too-large": ProblemType(
        413,
        "The body is too large",
        "The body has more bytes than are accepted.",
        "Send less; `detail` names the limit.",
    ),
    "unsupported-media-type": ProblemType(
        415,
        "Only application/json is read here",
        "The content type of the body is not JSON.",
        "Send `Content-Type: application/json`.",
    ),
    "validation": ProblemType(
        422,
        "Some fields need attention",
        "Fields of the body cannot be accepted.",
        "Show each message of `errors` beside its field; the last part of `loc` is the name of the field.",
    ),
    "form-token": ProblemType(
        422,
        "The form token cannot be used",
        "The form token is too young, too old, or another page's. Nothing was stored.",
        "Wait `Retry-After` seconds and send the comment again with the `form_token` of the problem.",
    ),
    "idempotency-key-reused": ProblemType(
        422,
        "This Idempotency-Key was used for another request",
        "The key came before, with another body.",
        "Use a new key for each thing that a visitor sends, and the same one only to try again.",
    ),
    "throttled": ProblemType(
        429,
        "Too many requests",
        "More came from here, for this page, or in all, than a rate allows.",
        "Keep the text and try again after `Retry-After` seconds.",
    ),
    "database-away": ProblemType(
        503,
        "Please try again in a moment",
        "The database is not answering.",
        "Try again after `Retry-After` seconds; with an `Idempotency-Key` nothing is stored twice.",
    ),
}
"""By slug, in the order of their statuses. docs/problems.md has the same entries (a test compares)."""


def type_uri(slug: str) -> str:
    """Return the `type` of a problem. `problems/#<slug>` below the API says what it means."""
    return f"{URN}{slug}"
