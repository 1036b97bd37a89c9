"""What templates are given: the tree of a thread, and the list with its form as one piece of HTML.

Nothing here looks at a visitor. The piece is the same for everybody, so a page that carries it may be cached for as
long as its site likes: it holds no CSRF token, and making it touches neither cookies nor the session.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from ..slots import MassageCommentsLink
from ..visibility import UnknownSite, find_site
from .forms import CommentForm
from .reading import NotPublic, PublicComment, PublicThread, ThreadPage, find_thread, read_thread
from .states import Policy
from .text import body_html
from .threads import accepts_comments
from .tokens import make_form_token

NAMESPACE = "wagtail_massage_comments"


@dataclass(kw_only=True)
class Branch:
    """A comment with what hangs below it.

    Attributes:
        reply_url: where it can be answered without scripts, "" where it cannot.
        more_url: the replies that did not come along, "" where all did.
    """

    comment: PublicComment
    body_html: str
    reply_url: str = ""
    more_url: str = ""
    children: list[Branch] = field(default_factory=list)


def policy_notice(policy: Policy) -> str:
    """Return what a visitor should know about the policy before writing."""
    if policy == Policy.PRE:
        return _("A moderator reads every comment before it appears here.")
    if policy == Policy.POST:
        return _("Your comment appears at once, unless it has to be looked at first.")
    return _("Comments on this page are closed.")


def grow_tree(thread: PublicThread, comments: Sequence[PublicComment]) -> list[Branch]:
    """Return comments in reading order as a tree; one whose parent is not among them stands at the top."""
    branches: dict[Any, Branch] = {}
    top: list[Branch] = []
    for comment in comments:
        branch = branches[comment.id] = _branch(thread, comment)
        above = branches.get(comment.parent)
        (above.children if above else top).append(branch)
        if comment.replies:
            branch.children = grow_tree(thread, comment.replies.items)
    return top


def list_context(thread: PublicThread, part: ThreadPage) -> dict[str, Any]:
    """Return what the list template needs."""
    return {
        "page": thread.page,
        "count": thread.count,
        "branches": grow_tree(thread, part.items),
        "more_url": _more_url("list", part.next, thread.page.pk),
    }


def form_context(thread: PublicThread, form: CommentForm | None = None, *, now: datetime) -> dict[str, Any]:
    """Return what the form template needs; without `form` an empty one."""
    return {
        "page": thread.page,
        "is_open": thread.is_open,
        "notice": policy_notice(thread.policy),
        "form": form or CommentForm(),
        "form_token": make_form_token(page_id=thread.home.pk, now=now),
        "post_url": reverse(f"{NAMESPACE}:list", args=[thread.page.pk]),
    }


def render_comments(page: Any, request: HttpRequest | None) -> SafeString:
    """Return the list and the form for `page`, or "" where the public has nothing to read: page types that take no
    comments, policy OFF, pages that are not saved, not public or of another site."""
    if not getattr(page, "pk", None) or not accepts_comments(page):
        return mark_safe("")
    try:
        site = find_site(request) if request is not None else page.get_site()
        thread = find_thread(page.pk, site=site)
    except (NotPublic, UnknownSite):
        return mark_safe("")
    context = list_context(thread, read_thread(thread)) | form_context(thread, now=timezone.now())
    # Without the request, so that no context processor can make the piece depend on who is looking.
    return render_to_string("wagtail_massage_comments/comments.html", context)


def render_slot(context: dict[str, Any], page: Any) -> SafeString:
    """Fill a slot of a page template (`wagtail_massage.slots`)."""
    return render_comments(page, context.get("request"))


def comments_link(page: Any, site: Any) -> MassageCommentsLink | None:
    """Tell a page's JSON how many comments there are and where (`wagtail_massage.slots`). Costs one query."""
    if not accepts_comments(page):
        return None
    try:
        thread = find_thread(page.pk, site=site)
    except NotPublic:
        return None
    url = reverse("wagtail_massage_api:massage_comments", args=[page.pk])
    return MassageCommentsLink(count=thread.count, url=url)


def more_replies_url(thread: PublicThread, comment: PublicComment, cursor: str | None) -> str:
    """Return where a part of the replies to `comment` is read, "" when there is no more."""
    return _more_url("replies", cursor, thread.page.pk, comment.id)


def _branch(thread: PublicThread, comment: PublicComment) -> Branch:
    is_answerable = thread.is_open and comment.state == "APPROVED"
    return Branch(
        comment=comment,
        body_html=body_html(comment.body),
        reply_url=reverse(f"{NAMESPACE}:reply", args=[thread.page.pk, comment.id]) if is_answerable else "",
        more_url=more_replies_url(thread, comment, comment.replies.next) if comment.replies else "",
    )


def _more_url(name: str, cursor: str | None, *args: Any) -> str:
    if cursor is None:
        return ""
    return reverse(f"{NAMESPACE}:{name}", args=args) + "?" + urlencode({"cursor": cursor})
