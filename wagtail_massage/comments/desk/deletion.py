"""What the confirmation says when pages with comments are deleted: singly, as a tree, or several at once.

Wagtail's confirmation templates leave no place for others to write into, so the sentence is a message of the admin.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from operator import add
from typing import Any

from django.conf import settings
from django.db.models import F, Q, Sum
from django.http import HttpRequest
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.views.pages.bulk_actions import DeleteBulkAction

from ..models import CommentThread
from ..states import Status

_COUNTERS = reduce(add, (F(f"{status.lower()}_count") for status in Status.values))


def count_comments(pages: Iterable[Any]) -> int:
    """Return how many comments hang on `pages` and on everything below them. One query."""
    below = Q(pk__in=[])
    for page in pages:
        below |= Q(page__path__startswith=page.path)
    return CommentThread.objects.filter(below).aggregate(total=Sum(_COUNTERS))["total"] or 0


def tell(request: HttpRequest, pages: Iterable[Any]) -> None:
    """Say how many comments hang on pages that somebody is about to delete, and what becomes of them."""
    count = count_comments(pages)
    if not count:
        return
    sentence = ngettext(
        "%(count)d visitor comment hangs on what you are about to delete. It is not deleted with it: "
        "it is kept, out of public sight, until its retention ends.",
        "%(count)d visitor comments hang on what you are about to delete. They are not deleted with it: "
        "they are kept, out of public sight, until their retention ends.",
        count,
    )
    messages.warning(request, sentence % {"count": count})


def before_delete_page(request: HttpRequest, page: Any) -> None:
    """Wagtail calls this before it asks, and again before it deletes."""
    if request.method == "GET":
        tell(request, [page, *_deleted_along(page)])


def _deleted_along(page: Any) -> list[Any]:
    """Return the translations and aliases that Wagtail deletes together with `page`."""
    if not getattr(settings, "WAGTAIL_I18N_ENABLED", False):
        return []
    answers = [
        fn([page], "delete") for fn in hooks.get_hooks("construct_translated_pages_to_cascade_actions")
    ]
    return [
        other
        for answer in answers
        if isinstance(answer, dict)
        for pages in answer.values()
        for other in pages
    ]


class _TellsOfComments:
    """Adds the sentence to the confirmation of whichever bulk action it is mixed into."""

    request: HttpRequest

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)  # type: ignore[misc]
        tell(self.request, [entry["item"] for entry in context["items"]])
        return context


class DeletePagesAction(DeleteBulkAction):
    """Stands in front of the action that deletes several pages, be it Wagtail's or a site's own, and counts."""

    def __new__(cls, request: HttpRequest, model: Any) -> Any:
        deleting = [
            action
            for action in hooks.get_hooks("register_bulk_action")
            if action is not cls and action.action_type == cls.action_type and model in action.models
        ]
        base = deleting[-1]
        return type(base.__name__, (_TellsOfComments, base), {})(request, model)
