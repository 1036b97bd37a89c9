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
from ..policies import PolicyTerms
from ..states import Policy
from ..threads import PageGone, lock_page, lock_thread, names_of, policy_of
from .recording import LOG_PREFIX


def set_policy(
    *, page: Any, policy: Policy | None, by: Any, now: datetime, terms: PolicyTerms | None = None
) -> CommentThread:
    """Choose who may comment on `page` and below it, from this moment on. Audited on the page; needs no publishing.

    Args:
        policy: None takes the choice back, so that what holds above holds here again.
        terms: dates, words and the e-mail rule that go with it; none of them where it is None.
    """
    terms = terms or PolicyTerms()
    with transaction.atomic():
        thread = lock_thread(page)
        before = policy_of(thread, page, now=now)
        CommentThread.objects.filter(pk=thread.pk).update(policy=policy or "", **dataclasses.asdict(terms))
        # What every page below says of itself may have changed.
        below = CommentThread.objects.filter(page__path__startswith=page.path)
        below.update(version=F("version") + 1)
        thread.refresh_from_db()
        change = {"from": before.chosen, "to": policy or "", **_changed_terms(terms)}
        log(instance=page, action=f"{LOG_PREFIX}.set_policy", user=by, data=change)
        announcement = {"thread": thread, "page": page, "by": by, "now": now}
        transaction.on_commit(
            partial(signals.policy_changed.send_robust, sender=CommentThread, **announcement)
        )
    return thread


def _changed_terms(terms: PolicyTerms) -> dict[str, Any]:
    return {name: str(value) for name, value in dataclasses.asdict(terms).items() if value not in (None, "")}


def release_page(*, page: Any) -> None:
    """Note the name of a page that is about to be deleted: its comments stay, not public, until retention ends.

    The page stays locked until it is deleted, so that nobody begins a thread on it in between.
    """
    with suppress(PageGone), transaction.atomic():
        lock_page(page)
    CommentThread.objects.filter(page=page.pk).update(**names_of(page))
