"""What is done after the visitor or the moderator has gone: sending mails, asking outside checks.

Every task can run twice, late or side by side with itself; the rows it works on say what is left to do.
"""

from __future__ import annotations

from django.utils import timezone

from ..tasks import task

_DELIVERY_SECONDS = 5


@task()
def deliver_mails() -> None:
    """Send the mails that are due, but not for long: without a worker this runs while a visitor waits."""
    from .mails import deliver_due

    deliver_due(seconds=_DELIVERY_SECONDS)


@task()
def ask_outside_checks(comment_pk: int) -> None:
    """Ask the outside checks about a comment that waits for them."""
    from .actions import ask_outside
    from .models import VisitorComment

    for comment in VisitorComment.objects.select_related("page", "in_reply_to").filter(pk=comment_pk):
        ask_outside(comment, now=timezone.now())
