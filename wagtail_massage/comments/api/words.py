"""The words of the comment element in other languages than English."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import Query, Schema
from ninja.decorators import decorate_view
from pydantic import ConfigDict, Field
from typing_extensions import TypedDict

from wagtail_massage.caching import answer, public_page, version_tag
from wagtail_massage.problem_schemas import MassageProblemDetail
from wagtail_massage.problems import known_parameters

from ..element_words import element_words
from .views import router


class MassageCommentWordsQuery(Schema):
    """Which language."""

    model_config = ConfigDict(extra="forbid")

    locale: str = Field(max_length=16, pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$")


class MassageCommentWords(TypedDict):
    """What the comment element says: by its words in English those of the language, or English where it has none."""

    words: dict[str, str]


@router.get(
    "comment-words/",
    response={200: MassageCommentWords, 304: None, 400: MassageProblemDetail},
    operation_id="massage_comment_words",
    url_name="massage_comment_words",
    summary="The words of the comment element",
)
@decorate_view(known_parameters("locale"), public_page)
def read_words(request: HttpRequest, query: Query[MassageCommentWordsQuery]) -> HttpResponse:
    """For a language tag such as “de” or “de-at”."""
    document = {"words": element_words(query.locale)}
    return answer(
        request,
        etag=version_tag("words", document),
        make=lambda: JsonResponse(document).content,
        keep=False,
    )
