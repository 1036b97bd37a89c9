"""What happens to a thread as a whole: its policy, and the day its page is deleted."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import F
from wagtail.log_actions import log

from .. import signals
from ..models import CommentThread
from ..states import Policy
from ..threads import lock_thread, names_of, policy_of
from .recording import LOG_PREFIX


def set_policy(*, page: Any, policy: Policy, by: Any, now: datetime) -> CommentThread:
    """Choose who may comment on `page`, from this moment on. Audited on the page; needs no publishing."""
    with transaction.atomic():
        thread = lock_thread(page)
        before = policy_of(thread)
        CommentThread.objects.filter(pk=thread.pk).update(policy=policy, version=F("version") + 1)
        thread.refresh_from_db()
        log(instance=page, action=f"{LOG_PREFIX}.set_policy", user=by, data={"from": before, "to": policy})
        announcement = {"thread": thread, "page": page, "by": by, "now": now}
        transaction.on_commit(
            partial(signals.policy_changed.send_robust, sender=CommentThread, **announcement)
        )
    return thread


def release_page(*, page: Any) -> None:
    """Note the name of a page that is about to be deleted: its comments stay, not public, until retention ends."""
    CommentThread.objects.filter(page=page.pk).update(**names_of(page))
