"""Background work through Django's tasks (Django 6) or their backport, which Wagtail brings along on Django 5.2.

Both read the setting TASKS. Its default runs a task in the request that caused it; a site with many visitors sets a
backend with a worker. A task is written so that running it twice, late, or not at all loses nothing: what has to be
done stands in the database.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db import transaction

try:
    from django.tasks import task
except ImportError:  # Django 5.2
    from django_tasks import task  # type: ignore[no-redef]

__all__ = ["enqueue_on_commit", "task"]


def enqueue_on_commit(work: Any, *args: Any) -> None:
    """Enqueue `work` with `args` (JSON values) once the transaction is committed. A queue that is away is logged, and
    never the visitor's concern."""
    transaction.on_commit(partial(work.enqueue, *args), robust=True)
