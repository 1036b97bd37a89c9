"""Send the mails about comments that are due."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from wagtail_massage.commands import MassageCommand
from wagtail_massage.comments.actions import escalate_overdue
from wagtail_massage.comments.mails import deliver_due, plan_digests
from wagtail_massage.comments.states import MailOutcome


class Command(MassageCommand):
    """Cron's way to the outbox: whatever is due, what a killed worker left behind, health questions that
    waited too long, and the digests of the day.

    Run it every few minutes. Runs side by side, and beside workers, do no harm.
    """

    help = (
        "Send the mails about comments that are due, and once a day the digests for moderators. Run it every few "
        "minutes: mails that the mail server did not take, or that a worker left behind, wait for it."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        escalate_overdue(now=timezone.now())
        plan_digests(now=timezone.now())
        outcomes = deliver_due()
        sent, waiting = outcomes[MailOutcome.SENT], outcomes[""]
        failed = outcomes[MailOutcome.FAILED]
        dropped = sum(outcomes[kind] for kind in (MailOutcome.VOID, MailOutcome.REFUSED, MailOutcome.LIMITED))
        self.stdout.write(
            f"{sent} sent, {waiting} to be tried again, {failed} given up, {dropped} not wanted."
        )
