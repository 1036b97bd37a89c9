"""The page of one comment: where its permalink leads, with the conversation around it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from .. import places
from ..presenting import Branch, grow_tree, more_replies_url
from .base import find_comment_of_page, for_visitors, render_page


@require_safe
@for_visitors
def permalink(request: HttpRequest, page_id: int, comment_id: UUID) -> HttpResponse:
    """The way down to the comment, the comment marked, and what follows in the conversation."""
    thread, comment = find_comment_of_page(request, page_id, comment_id)
    conversation = places.read_conversation(thread, comment)
    branches = grow_tree(thread, [*conversation.above, *conversation.part.items])
    _mark(branches, comment_id)
    more_url = more_replies_url(thread, conversation.root, conversation.part.next)
    context = {"branches": branches, "more_url": more_url, "comment": comment}
    return render_page(request, "permalink", thread, context)


def _mark(branches: list[Branch], comment_id: UUID) -> None:
    for branch in branches:
        branch.is_here = branch.comment.id == comment_id
        _mark(branch.children, comment_id)
