"""What is done after the editor or the moderator has gone: telling others.

The task can run twice, late or side by side with itself; the rows of the outbox say what is left to do.
"""

from __future__ import annotations

from datetime import datetime

from ..tasks import task

_DELIVERY_SECONDS = 5


@task()
def deliver_webhooks() -> None:
    """Tell what is due, but not for long: without a worker this runs while somebody waits."""
    from .delivery import deliver_due

    deliver_due(seconds=_DELIVERY_SECONDS)


def enqueue_at(moment: datetime) -> None:
    """Have `deliver_webhooks` run again at `moment`, if the site's queue can wait. Where it cannot, cron comes by."""
    if deliver_webhooks.get_backend().supports_defer:
        deliver_webhooks.using(run_after=moment).enqueue()
