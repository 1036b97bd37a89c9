"""Copies of pages in a cache in front of the site, thrown away when the public would see something else.

Wagtail purges a page when it is published; a comment that appears or disappears publishes nothing. Where
`wagtail.contrib.frontend_cache` is not installed, nothing happens here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import Q
from django.dispatch import Signal

from ..base_page import get_page_model
from ..caching import mounted
from . import kept_parts, signals
from .models import VisitorComment
from .threads import accepts_comments

PUBLIC_CHANGES: tuple[Signal, ...] = (
    signals.comment_approved,
    signals.comment_hidden,
    signals.comment_marked_spam,
    signals.comment_removed,
    signals.comment_restored,
    signals.comment_erased,
    signals.comment_edited,
    signals.comment_pinned,
    signals.policy_changed,
)

_OF_A_PAGE = (
    "wagtail_massage_comments:list",
    "wagtail_massage_comments:feed",
    "wagtail_massage_api:massage_comments",
    "wagtail_massage_api:massage_comment_policy",
)
_OF_A_COMMENT_ON_A_PAGE = ("wagtail_massage_comments:replies", "wagtail_massage_comments:permalink")
_OF_A_COMMENT = ("wagtail_massage_api:massage_comment", "wagtail_massage_api:massage_comment_replies")
MOST = 500
"""As many pages are purged after a change of policy, as many comments after a batch was deleted; others are left to
their time."""


def connect() -> None:
    """Listen to every change that the public can see. They are announced after commit."""
    for signal in PUBLIC_CHANGES:
        signal.connect(purge_after_change, dispatch_uid="wagtail_massage_comments.purge_after_change")
    signals.comments_imported.connect(
        purge_after_import, dispatch_uid="wagtail_massage_comments.purge_after_import"
    )
    signals.comments_purged.connect(
        purge_after_retention, dispatch_uid="wagtail_massage_comments.purge_after_retention"
    )


def purge_after_change(
    sender: Any, comment: Any = None, thread: Any = None, page: Any = None, **kwargs: Any
) -> None:
    """Purge the page on which something changed, its aliases, and the addresses of its comments; after a change of its
    policy all that below it too."""
    page_id = page.pk if page is not None else (comment or thread).page_id
    kept_parts.forget(page_id)
    if page_id is None or not _has_cache():  # a page that is gone was purged by Wagtail
        return
    root_uuid = comment and (comment.root.uuid if comment.root_id else comment.uuid)
    shown_on = _governed_by(page) if page is not None else _home_and_aliases(page_id)
    _purge(shown_on, {root_uuid, comment.uuid} if comment else set())


def purge_after_import(sender: Any, page: Any, roots: Collection[int], **kwargs: Any) -> None:
    """Purge the page that was given comments, once for all of them, its aliases, and the addresses of the comments from
    before that were given answers."""
    kept_parts.forget(page.pk)
    if _has_cache():
        answered = VisitorComment.objects.among(roots).values_list("uuid", flat=True)
        _purge(_home_and_aliases(page.pk), set(answered))


def purge_after_retention(sender: Any, page_id: int, uuids: set[UUID], **kwargs: Any) -> None:
    """Purge the page whose comments were deleted after their time, its aliases, and the addresses of the comments,
    unless these are very many."""
    kept_parts.forget(page_id)
    if _has_cache():
        _purge(_home_and_aliases(page_id), uuids if len(uuids) <= MOST else set())


def _has_cache() -> bool:
    return apps.is_installed("wagtail.contrib.frontend_cache")


def _purge(pages: Iterable[Any], uuids: set[UUID]) -> None:
    from wagtail.contrib.frontend_cache.utils import PurgeBatch

    batch = PurgeBatch()
    for page in pages:
        batch.add_page(page)
        batch.add_urls(comment_urls(page, uuids))
    if batch.urls:
        batch.purge()


def _home_and_aliases(page_id: int) -> Any:
    return _showing(Q(pk=page_id), Q(alias_of=page_id))


def _governed_by(page: Any) -> Iterator[Any]:
    """Yield the page and what is below it, aliases included, where these take comments."""
    below = _showing(Q(path__startswith=page.path), Q(alias_of__path__startswith=page.path)).filter(live=True)
    return (shown_on for shown_on in below.order_by("path")[:MOST] if accepts_comments(shown_on))


def _showing(is_page: Q, is_alias: Q) -> Any:
    return get_page_model().objects.filter(is_page | is_alias)


def comment_urls(page: Any, uuids: set[UUID]) -> Iterator[str]:
    """Yield the absolute addresses, without queries, at which the comments of `page` are read."""
    parts = page.get_url_parts()
    if parts is None:  # it is in no site's tree
        return
    _site_id, root_url, _path = parts
    for name in _OF_A_PAGE:
        yield from mounted(root_url, name, page.pk)
    for uuid in uuids:
        for name in _OF_A_COMMENT_ON_A_PAGE:
            yield from mounted(root_url, name, page.pk, uuid)
        for name in _OF_A_COMMENT:
            yield from mounted(root_url, name, uuid)
