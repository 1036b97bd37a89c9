"""Background work through Django's tasks (Django 6) or their backport, which Wagtail brings along on Django 5.2.

Both read the setting TASKS. Its default runs a task in the request that caused it; a site with many visitors sets a
backend with a worker. A task is written so that running it twice, late, or not at all loses nothing: what has to be
done stands in the database.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction

try:
    from django.tasks import task
except ImportError:  # Django 5.2
    from django_tasks import task  # type: ignore[no-redef]

__all__ = ["backend_name", "enqueue_on_commit", "run_at_once", "task"]

_IMMEDIATE = "ImmediateBackend"


def enqueue_on_commit(work: Any, *args: Any) -> None:
    """Enqueue `work` with `args` (JSON values) once the transaction is committed. A queue that is away is logged, and
    never the visitor's concern."""
    transaction.on_commit(partial(work.enqueue, *args), robust=True)


def backend_name() -> str:
    """Return the class name of the backend that tasks go to; Django's default without the setting TASKS."""
    chosen = getattr(settings, "TASKS", {}).get("default", {})
    return chosen.get("BACKEND", _IMMEDIATE).rpartition(".")[2]


def run_at_once() -> bool:
    """Tell whether tasks run in the request that causes them, while its visitor waits."""
    return backend_name() == _IMMEDIATE
