"""Where a comment stands: for links that lead to one comment of a long thread."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from ninja import Query
from ninja.decorators import decorate_view

from wagtail_massage.caching import answer, public_read, version_tag
from wagtail_massage.problems import known_parameters
from wagtail_massage.tags import comments_tag
from wagtail_massage.visibility import find_site

from ..places import find_place
from ..reading import NotPublic
from .documents import place_document
from .schemas import MassageCommentPlace, MassageCommentPlaceQuery
from .views import READ_PROBLEMS, router


@router.get(
    "comments/{uuid:comment_id}/place/",
    response={200: MassageCommentPlace, **READ_PROBLEMS},
    operation_id="massage_comments_place",
    url_name="massage_comment_place",
    summary="Find a comment in its thread",
)
@decorate_view(known_parameters("site", "sort"), public_read)
def read_place(
    request: HttpRequest, comment_id: UUID, query: Query[MassageCommentPlaceQuery]
) -> HttpResponse:
    """The page and the cursors that lead to a public comment."""
    try:
        place = find_place(comment_id, site=find_site(request, query.site), sort=query.sort)
    except NotPublic as error:
        raise Http404 from error
    document = place_document(place)
    return answer(
        request,
        etag=version_tag("place", document),
        make=lambda: JsonResponse(document).content,
        tags=[comments_tag(place.page)],
        keep=False,
    )
