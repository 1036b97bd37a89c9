"""Problems as the OpenAPI description names them: a union that narrows on `type`. Only the JSON API imports this.

Together the literals are the slugs of `problem_types` (a test compares).
"""

from __future__ import annotations

from typing import Annotated, Literal, NotRequired

from pydantic import Field
from typing_extensions import TypeAliasType, TypedDict


class MassageProblemError(TypedDict):
    """What is wrong in one place: `loc` leads there, as in ["body", "text"]."""

    loc: list[str | int]
    msg: str


class _Members(TypedDict):
    title: str
    status: int
    detail: str


class MassageValidationProblem(_Members):
    """Fields of the body cannot be accepted."""

    type: Literal["urn:wagtail-massage:problem:validation"]
    errors: list[MassageProblemError]


class MassageParameterProblem(_Members):
    """A query parameter is unknown or cannot be read."""

    type: Literal[
        "urn:wagtail-massage:problem:unknown-parameter", "urn:wagtail-massage:problem:invalid-parameter"
    ]
    errors: NotRequired[list[MassageProblemError]]


class MassageFormTokenProblem(_Members):
    """The form token cannot be used; `form_token` is a fresh one."""

    type: Literal["urn:wagtail-massage:problem:form-token"]
    form_token: str


class MassagePlainProblem(_Members):
    """Every other refusal; it has no further members."""

    type: Literal[
        "urn:wagtail-massage:problem:malformed-json",
        "urn:wagtail-massage:problem:receipt-needed",
        "urn:wagtail-massage:problem:comments-closed",
        "urn:wagtail-massage:problem:members-only",
        "urn:wagtail-massage:problem:author-token",
        "urn:wagtail-massage:problem:edit-window",
        "urn:wagtail-massage:problem:not-found",
        "urn:wagtail-massage:problem:preview-token",
        "urn:wagtail-massage:problem:method-not-allowed",
        "urn:wagtail-massage:problem:stale",
        "urn:wagtail-massage:problem:token",
        "urn:wagtail-massage:problem:too-large",
        "urn:wagtail-massage:problem:unsupported-media-type",
        "urn:wagtail-massage:problem:idempotency-key-reused",
        "urn:wagtail-massage:problem:throttled",
        "urn:wagtail-massage:problem:database-away",
    ]


MassageProblemDetail = TypeAliasType(
    "MassageProblemDetail",
    Annotated[
        MassageValidationProblem | MassageParameterProblem | MassageFormTokenProblem | MassagePlainProblem,
        Field(discriminator="type"),
    ],
)
"""RFC 9457: a union that narrows on `type`."""
