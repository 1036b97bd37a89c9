"""A page's thread: whether the page takes comments at all, under which policy, and the row that is locked to write."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Any

from django.db import IntegrityError, connections, router, transaction

from ..base_page import get_page_model
from ..statements import Statement, some_ids
from .conf import comments_settings
from .models import CommentThread
from .policies import PolicyInForce, choice_on, nearest_choice, policy_in_force, resolve


class PageGone(LookupError):
    """The page was deleted."""


def accepts_comments(page: Any) -> bool:
    """Tell whether the type of `page` takes comments: `massage_comments = True` on the model, or named in
    WAGTAIL_MASSAGE_COMMENTS_PAGE_TYPES. Costs no query."""
    return _takes_comments(page.specific_class)


def has_room_below(page: Any) -> bool:
    """Tell whether pages that take comments can stand below `page`, by the types that are allowed there. No query."""
    return _reaches_comments(page.specific_class, set())


def home_of(page: Any) -> Any:
    """Return the page whose thread `page` shares: itself, or the source of an alias."""
    return page.alias_of if page.alias_of_id else page


def get_thread(page: Any) -> CommentThread:
    """Return the page's thread; an unsaved, empty one when nothing has happened there yet."""
    return CommentThread.objects.filter(page=page.pk).first() or CommentThread(page_id=page.pk)


def lock_thread(page: Any) -> CommentThread:
    """Return the page's thread, locked until the transaction ends; make it first where there is none.

    It carries the policy that is chosen for the page, for `policy_of`.

    Raises:
        PageGone: if the page was deleted in the meantime.
    """
    thread = _locked(page)
    if thread is None:
        lock_page(page)
        try:
            with transaction.atomic():
                CommentThread.objects.create(page_id=page.pk, **names_of(page))
        except IntegrityError:
            pass  # somebody else has made it in this moment
        thread = _locked(page)
    if thread is None:
        raise RuntimeError(f"The thread of page {page.pk} vanished while it was being made.")
    return thread


def lock_page(page: Any) -> None:
    """Let nobody delete the page, or begin its thread, until the transaction ends.

    Who has a thread already goes on writing there: a comment refers to its page, and for that PostgreSQL must share the
    page's key. Locking the key as well would let each wait for the other, the one with the page for the thread, the one
    with the thread for the page. MariaDB has no such weaker lock; there one of them is ended, and a post begun again
    (`actions.deadlocks`).

    Raises:
        PageGone: if it was deleted already.
    """
    no_key = connections[router.db_for_write(CommentThread)].features.has_select_for_no_key_update
    pages = get_page_model().objects.select_for_update(no_key=no_key)
    if pages.filter(pk=page.pk).values_list("pk").first() is None:
        raise PageGone(page.pk)


def policy_of(thread: CommentThread, page: Any, *, now: datetime) -> PolicyInForce:
    """Return what holds on `page` at `now`, as it was read with its locked thread. No query.

    What was chosen on the page itself is taken from the locked row: the choice beside it was read before the lock was
    granted, and somebody may have changed it meanwhile.
    """
    choice = choice_on(thread, page)
    if choice is None:
        choice = thread.choice  # type: ignore[attr-defined]
        if choice is not None and choice["page"] == page.pk:  # taken back while this one waited
            return policy_in_force(page, now=now)
    return resolve(choice, page, now=now)


def names_of(page: Any) -> dict[str, str]:
    """Return what a thread keeps to name its page after the page is gone."""
    return {"page_title": page.title, "page_url": (page.url_path or "")[:2000]}


def _locked(page: Any) -> CommentThread | None:
    if not hasattr(page, "massage_choice"):
        threads = CommentThread.objects.select_for_update().filter(page=page.pk)
        return threads.annotate(choice=nearest_choice(page.path)).first()
    # The page was read a moment ago together with what was chosen above it (`readable`), which need not be asked again;
    # what was chosen on the page itself is on the locked row.
    for thread in _locking().run([page.pk]):
        thread.choice = page.massage_choice
        return thread
    return None


@cache
def _locking() -> Statement:
    """The thread of a page, locked: takes the page's id."""
    ids = some_ids(1)
    return Statement(CommentThread.objects.select_for_update().filter(page=ids[0]), ids)


def _takes_comments(model: Any) -> bool:
    if model is None:  # the page is of a type that is not installed any more
        return False
    return (
        getattr(model, "massage_comments", False) is True or model._meta.label in comments_settings.page_types
    )


def _reaches_comments(model: Any, seen: set[Any]) -> bool:
    """Walk through the types that may stand below a type, each of them once."""
    for below in model.allowed_subpage_models() if model else ():
        if below not in seen:
            seen.add(below)
            if _takes_comments(below) or _reaches_comments(below, seen):
                return True
    return False
