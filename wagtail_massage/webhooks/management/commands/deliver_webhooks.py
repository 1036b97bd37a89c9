"""Deliver the webhooks that are due."""

from __future__ import annotations

from typing import Any

from ....commands import MassageCommand
from ...delivery import deliver_due
from ...events import Outcome


class Command(MassageCommand):
    """Cron's way to the outbox: whatever is due, and what a killed worker left behind.

    Run it every minute. Runs side by side, and beside workers, do no harm.
    """

    help = (
        "Deliver the webhooks that are due. Run it every minute: messages that a receiver did not take, or that a "
        "worker left behind, wait for it."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        outcomes = deliver_due()
        self.stdout.write(
            f"{outcomes[Outcome.DELIVERED]} delivered, {outcomes['']} to be tried again, "
            f"{outcomes[Outcome.FAILED]} given up."
        )
