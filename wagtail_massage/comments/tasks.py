"""What is done after the visitor or the moderator has gone: sending mails, asking outside checks.

Every task can run twice, late or side by side with itself; the rows it works on say what is left to do.
"""

from __future__ import annotations

from ..tasks import task


@task()
def deliver_mails() -> None:
    """Send the mails that are due."""
    from .mails import deliver_due

    deliver_due()
