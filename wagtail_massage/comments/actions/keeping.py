"""What happens to a thread as a whole: its policy, and the day its page is deleted."""

from __future__ import annotations

import dataclasses
from contextlib import suppress
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import F
from wagtail.log_actions import log

from .. import signals
from ..models import CommentThread
from ..policies import PolicyTerms, terms_of
from ..states import Policy
from ..threads import PageGone, lock_page, lock_thread, names_of, policy_of
from .recording import LOG_PREFIX


def set_policy(
    *, page: Any, policy: Policy | None, by: Any, now: datetime, terms: PolicyTerms | None = None
) -> CommentThread:
    """Choose who may comment on `page` and below it, from this moment on. Audited on the page; needs no publishing.

    Args:
        policy: None takes the choice back, so that what holds above holds here again.
        terms: dates, words and the e-mail rule that go with it; without a policy there are none.
    """
    terms = terms if terms and policy else PolicyTerms()
    with transaction.atomic():
        thread = lock_thread(page)
        before, had = policy_of(thread, page, now=now), terms_of(thread)
        if (thread.policy, had) == (policy or "", terms):
            return thread
        CommentThread.objects.filter(pk=thread.pk).update(
            policy=policy or "", version=F("version") + 1, **dataclasses.asdict(terms)
        )
        thread.refresh_from_db()
        change = {"from": before.chosen, "to": policy or "", **_changed_terms(had, terms)}
        log(instance=page.specific_deferred, action=f"{LOG_PREFIX}.set_policy", user=by, data=change)
        announcement = {"thread": thread, "page": page, "by": by, "now": now}
        transaction.on_commit(
            partial(signals.policy_changed.send_robust, sender=CommentThread, **announcement)
        )
    return thread


def _changed_terms(had: PolicyTerms, has: PolicyTerms) -> dict[str, Any]:
    """Return what differs, as Wagtail's own log entries put it, in values that JSON has."""
    pairs = {name: (value, getattr(has, name)) for name, value in dataclasses.asdict(had).items()}
    return {
        name: {"old": _plain(old), "new": _plain(new)} for name, (old, new) in pairs.items() if old != new
    }


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def release_page(*, page: Any) -> None:
    """Note the name of a page that is about to be deleted: its comments stay, not public, until retention ends.

    The page stays locked until it is deleted, so that nobody begins a thread on it in between.
    """
    with suppress(PageGone), transaction.atomic():
        lock_page(page)
    CommentThread.objects.filter(page=page.pk).update(**names_of(page))
