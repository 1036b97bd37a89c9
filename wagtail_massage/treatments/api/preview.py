"""The draft that an editor is looking at, for the front end that shows it in the editor's preview."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.utils import translation
from django.utils.translation import gettext as _
from ninja import Query
from ninja.decorators import decorate_view

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
    try:
        page = read_draft(query.token)
    except BadPreviewToken as error:
        detail = _("This preview has expired. Open it in the editor again.")
        raise Problem(404, "preview-token", detail) from error
    site = page.get_site() or find_site(request)
    with translation.override(page.locale.language_code):
        document = page_document(page, site, request, is_stored=False)
    return JsonResponse(document, headers={"X-Robots-Tag": "noindex"})
