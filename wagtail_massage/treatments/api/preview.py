"""The draft that an editor is looking at, for the front end that shows it in the editor's preview."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import translation
from django.utils.translation import gettext as _
from ninja import Query
from ninja.decorators import decorate_view
from wagtail.admin.userbar import Userbar

from wagtail_massage.caching import private_answer
from wagtail_massage.problems import Problem, known_parameters
from wagtail_massage.visibility import find_site

from ..previewing import BadPreviewToken, read_draft
from .details import page_document
from .schemas import MassagePreviewQuery, MassageRoutedPage
from .views import READ_PROBLEMS, router


@router.get(
    "preview/",
    response={200: MassageRoutedPage, **READ_PROBLEMS},
    operation_id="massage_preview",
    url_name="massage_preview",
    summary="Read a draft",
)
@decorate_view(private_answer, known_parameters(*MassagePreviewQuery.model_fields))
def read_preview(request: HttpRequest, query: Query[MassagePreviewQuery]) -> JsonResponse:
    """The page as the editor sees it, unsaved changes included, with the token from the address of the preview.

    It has the form of the published page; `comments` is null. No cache keeps it and no search engine may.
    """
    page = _draft(query.token)
    site = page.get_site() or find_site(request)
    with translation.override(page.locale.language_code):
        document = page_document(page, site, request, is_stored=False)
    return JsonResponse(document, headers={"X-Robots-Tag": "noindex"})


_HTML: dict[str, Any] = {
    "description": "A template, an empty element and the scripts that fill it.",
    "content": {"text/html": {"schema": {"type": "string"}}},
}


@router.get(
    "preview/user-bar/",
    response={200: None, **READ_PROBLEMS},
    operation_id="massage_preview_user_bar",
    url_name="massage_preview_user_bar",
    summary="Get the user bar for a draft",
    openapi_extra={"responses": {200: _HTML}},
)
@decorate_view(private_answer, known_parameters(*MassagePreviewQuery.model_fields))
def read_user_bar(request: HttpRequest, query: Query[MassagePreviewQuery]) -> HttpResponse:
    """Wagtail's user bar, hidden, as HTML to put at the end of the page that shows the draft of the same token.

    With it the editor's Checks panel looks into the front end, and the preview keeps its place when it is renewed.
    """
    request.in_preview_panel = True  # type: ignore[attr-defined]  # how Wagtail hides it, without links of a user
    bar = Userbar(object=_draft(query.token)).render_html({"request": request})
    return HttpResponse(bar, headers={"X-Robots-Tag": "noindex"})


def _draft(token: str) -> Any:
    try:
        return read_draft(token)
    except BadPreviewToken as error:
        detail = _("This preview has expired. Open it in the editor again.")
        raise Problem(404, "preview-token", detail) from error
