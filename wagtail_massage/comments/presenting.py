"""What templates are given: the tree of a thread, and the list with its form as one piece of HTML.

Nothing here looks at a visitor. The piece is the same for everybody, so a page that carries it may be cached for as
long as its site likes: it holds no CSRF token, and making it touches neither cookies nor the session.
"""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ..slots import MassageCommentsLink
from ..visibility import UnknownSite, find_site
from .conf import comments_settings
from .forms import CommentForm
from .notices import policy_notice
from .reading import NotPublic, PublicComment, PublicThread, ThreadPage, find_thread, read_thread, thread_of
from .reading_time import usual_wait
from .states import READ_FIRST
from .text import body_html
from .threads import accepts_comments
from .tokens import make_form_token

NAMESPACE = "wagtail_massage_comments"

_ANY = UUID(int=0)


@dataclass(kw_only=True)
class Branch:
    """A comment with what hangs below it.

    Attributes:
        permalink: its own page, with the conversation around it.
        report_url: where moderators are told of it, "" where there is no text to report.
        is_here: whether the page is about this comment.
        is_pinned: whether this is the copy that stands above all others.
        reply_url: where it can be answered without scripts, "" where it cannot.
        target_url: the comment that it answers where that is not the one above it; "" where it is.
        more_url: the replies that did not come along, "" where all did.
    """

    comment: PublicComment
    body_html: str
    permalink: str = ""
    report_url: str = ""
    is_here: bool = False
    is_pinned: bool = False
    reply_url: str = ""
    target_url: str = ""
    more_url: str = ""
    children: list[Branch] = field(default_factory=list)


def too_many_reports(seconds: int) -> str:
    """Return what somebody is told who reports more than one network may."""
    return _("Too many reports came from here in a short time. Please try again in %(seconds)d seconds.") % {
        "seconds": seconds
    }


def grow_tree(thread: PublicThread, comments: Sequence[PublicComment]) -> list[Branch]:
    """Return comments in reading order as a tree; one whose parent is not among them stands at the top."""
    return _grow(thread, comments, _addresses(thread))


def _grow(thread: PublicThread, comments: Sequence[PublicComment], addresses: dict[str, str]) -> list[Branch]:
    branches: dict[Any, Branch] = {}
    top: list[Branch] = []
    for comment in comments:
        branch = branches[comment.id] = _branch(thread, comment, addresses)
        if comment.in_reply_to not in {None, comment.parent}:  # it may stand on another part of the list
            here, elsewhere = f"#comment-{comment.in_reply_to}", addresses["permalink"]
            is_here = comment.in_reply_to in branches
            branch.target_url = here if is_here else elsewhere.replace(str(_ANY), str(comment.in_reply_to))
        above = branches.get(comment.parent)
        (above.children if above else top).append(branch)
        if comment.replies:
            branch.children = _grow(thread, comment.replies.items, addresses)
    return top


def list_context(thread: PublicThread, part: ThreadPage, *, sort: str = "oldest") -> dict[str, Any]:
    """Return what the list template needs."""
    return {
        "page": thread.page,
        "count": thread.count,
        "branches": grow_tree(thread, part.items),
        "pinned": _pinned_branch(thread, part),
        "more_url": _more_url("list", part.next, thread.page.pk, sort=sort),
        "sorts": _sort_links(thread, sort) if thread.count > 1 else [],
        "sort": sort,
        "feed_url": reverse(f"{NAMESPACE}:feed", args=[thread.page.pk]),
    }


def _pinned_branch(thread: PublicThread, part: ThreadPage) -> Branch | None:
    if part.pinned is None:
        return None
    branch = grow_tree(thread, [part.pinned])[0]
    branch.is_pinned = True
    return branch


def _sort_links(thread: PublicThread, sort: str) -> list[dict[str, Any]]:
    labels = {"oldest": _("Oldest first"), "newest": _("Newest first"), "unanswered": _("Unanswered")}
    url = reverse(f"{NAMESPACE}:list", args=[thread.page.pk])
    return [
        {"label": label, "url": f"{url}?sort={name}", "is_current": name == sort}
        for name, label in labels.items()
    ]


def form_context(thread: PublicThread, form: CommentForm | None = None, *, now: datetime) -> dict[str, Any]:
    """Return what the form template needs; without `form` an empty one."""
    form = form or CommentForm()
    form.ask_for_email(thread.terms.email_rule)
    return {
        "page": thread.page,
        "is_open": thread.terms.is_open_to_guests,
        "notice": policy_notice(thread.terms),
        "sign_in_url": _member_url(thread) if thread.terms.is_members_only else "",
        "usual_wait": usual_wait(now) if thread.policy in READ_FIRST else "",
        "form": form,
        "form_token": make_form_token(page_id=thread.home.pk, now=now),
        "post_url": reverse(f"{NAMESPACE}:list", args=[thread.page.pk]),
    }


def render_comments(page: Any, request: HttpRequest | None, *, element: bool | None = None) -> SafeString:
    """Return the list and the form for `page`, or "" where the public has nothing to read: page types that take no
    comments, policy OFF, pages that are not saved, not public or of another site.

    With `element` (without it, by the setting) they stand inside of `<massage-comments>`, which takes over where
    scripts run.
    """
    if not getattr(page, "pk", None) or not accepts_comments(page):
        return mark_safe("")
    try:
        site = find_site(request) if request is not None else page.get_site()
        thread = find_thread(page.pk, site=site)
    except (NotPublic, UnknownSite):
        return mark_safe("")
    context = list_context(thread, read_thread(thread)) | form_context(thread, now=timezone.now())
    context |= _element_context(thread) if (comments_settings.element if element is None else element) else {}
    # Without the request, so that no context processor can make the piece depend on who is looking.
    name = "element" if "api_url" in context else "comments"
    return render_to_string(f"wagtail_massage_comments/{name}.html", context)


def _element_context(thread: PublicThread) -> dict[str, Any]:
    """Return what the element has to be told; nothing where the site does not serve the JSON API."""
    try:
        words_url = reverse("wagtail_massage_api:massage_comment_words")
    except NoReverseMatch:
        return {}
    return {"api_url": words_url.removesuffix("comment-words/"), "language": get_language() or ""}


def render_slot(context: dict[str, Any], page: Any) -> SafeString:
    """Fill a slot of a page template (`wagtail_massage.slots`)."""
    return render_comments(page, context.get("request"))


def comments_link(page: Any, site: Any) -> MassageCommentsLink | None:
    """Tell a page's JSON how many comments there are and where (`wagtail_massage.slots`).

    Costs one query, none for a public page from a query with `readable.page_annotations`.
    """
    if not accepts_comments(page):
        return None
    try:
        is_fetched = hasattr(page, "massage_thread") and not page.alias_of_id
        thread = thread_of(page) if is_fetched else find_thread(page.pk, site=site)
    except NotPublic:
        return None
    return MassageCommentsLink(count=thread.count, url=_list_url(page.pk))


def _list_url(page_id: int) -> str:
    """Return where our own API, or else Wagtail's, lists the comments of a page; "" where neither is mounted."""
    for namespace in ("wagtail_massage_api", "wagtailapi_v3"):
        with contextlib.suppress(NoReverseMatch):
            return reverse(f"{namespace}:massage_comments", args=[page_id])
    return ""


def more_replies_url(thread: PublicThread, comment: PublicComment, cursor: str | None) -> str:
    """Return where a part of the replies to `comment` is read, "" when there is no more."""
    return _more_url("replies", cursor, thread.page.pk, comment.id)


def _addresses(thread: PublicThread) -> dict[str, str]:
    """Return the addresses of one comment, as a pattern for all: reversing each takes longer than drawing it."""
    names = ("permalink", "reply", "report")
    addresses = {name: reverse(f"{NAMESPACE}:{name}", args=[thread.page.pk, _ANY]) for name in names}
    if thread.terms.is_members_only:
        addresses["reply"] = f"{_member_url(thread)}?reply={_ANY}"
    return addresses


def _member_url(thread: PublicThread) -> str:
    """Return where somebody who has an account writes; whoever is not signed in yet does that first."""
    return reverse(f"{NAMESPACE}:member_form", args=[thread.page.pk])


def _branch(thread: PublicThread, comment: PublicComment, addresses: dict[str, str]) -> Branch:
    own = {name: url.replace(str(_ANY), str(comment.id)) for name, url in addresses.items()}
    has_text = comment.state == "APPROVED"
    return Branch(
        comment=comment,
        body_html=body_html(comment.body),
        permalink=own["permalink"],
        report_url=own["report"] if has_text else "",
        reply_url=own["reply"] if has_text and thread.is_open else "",
        more_url=more_replies_url(thread, comment, comment.replies.next) if comment.replies else "",
    )


def _more_url(name: str, cursor: str | None, *args: Any, sort: str = "oldest") -> str:
    if cursor is None:
        return ""
    query = {"cursor": cursor} if sort == "oldest" else {"cursor": cursor, "sort": sort}
    return reverse(f"{NAMESPACE}:{name}", args=args) + "?" + urlencode(query)
