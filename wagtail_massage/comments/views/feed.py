"""The newest comments of a page as an Atom feed."""

from __future__ import annotations

from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ...caching import public_read, version_tag
from ...visibility import find_site
from .. import reading
from ..presenting import NAMESPACE
from ..text import body_html
from .base import for_visitors

ENTRIES = 30
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


class _Feed(Atom1Feed):
    """Django's, but an empty feed is as old as its page: the same bytes whenever it is asked for."""

    def latest_post_date(self) -> datetime:
        dates = [item["updateddate"] for item in self.items]
        return max(dates, default=self.feed["updated"])


@require_safe
@public_read
@for_visitors
def feed(request: HttpRequest, page_id: int) -> HttpResponse:
    """At most `ENTRIES` public comments, the newest first, in the language of the page."""
    thread = reading.find_thread(page_id, site=find_site(request))
    etag = _etag(request, thread)
    response = get_conditional_response(request, etag=etag)
    if response is None:
        comments = reading.read_newest(thread, limit=ENTRIES)
        with translation.override(thread.page.locale.language_code):
            document = _document(request, thread, comments)
        response = HttpResponse(content_type=document.content_type)
        document.write(response, "utf-8")
    response.headers["ETag"] = etag
    return response


def _etag(request: HttpRequest, thread: reading.PublicThread) -> str:
    """Return the version of the feed, told by the one query that finds the page: readers ask every few minutes."""
    page = thread.page
    told = (page.title, page.url_path, page.first_published_at, page.locale_id)
    return version_tag("feed", request.build_absolute_uri(), thread.home.pk, thread.version, *told)


def _document(
    request: HttpRequest, thread: reading.PublicThread, comments: list[reading.PublicComment]
) -> _Feed:
    page = thread.page
    title = "".join(character for character in page.title if character.isprintable())
    address = page.get_full_url(request) or request.build_absolute_uri("/")
    document = _Feed(
        title=_("Comments on “%(title)s”") % {"title": title},
        link=f"{address}#comments",
        description=None,
        language=translation.get_language(),
        feed_url=request.build_absolute_uri(request.path),
        feed_guid=request.build_absolute_uri(request.path),
        updated=page.first_published_at or _LONG_AGO,  # scripts make pages without the date
    )
    for comment in comments:
        permalink = reverse(f"{NAMESPACE}:permalink", args=[page.pk, comment.id])
        document.add_item(
            title=_("Comment by %(name)s") % {"name": comment.author_name},
            link=request.build_absolute_uri(permalink),
            description=body_html(comment.body),
            unique_id=comment.id.urn,
            author_name=comment.author_name,
            pubdate=comment.created_at,
            updateddate=comment.edited_at or comment.created_at,
        )
    return document
