"""Let go of the log of webhooks that has been kept long enough."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from ....commands import MassageCommand
from ...purging import old_deliveries, purge


class Command(MassageCommand):
    help = (
        "Delete deliveries from the log of webhooks that were finished more than WAGTAIL_MASSAGE_WEBHOOKS_KEEP_DAYS "
        "days ago, in batches, on a site in use. Without --yes nothing is changed. Made for a daily cron job."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--yes", action="store_true", help="Do it. Without, only say what would be done.")

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        if options["yes"]:
            self.stdout.write(f"{purge(now=now)}\t" + _("old deliveries deleted"))
            return
        self.stdout.write(f"{old_deliveries(now)}\t" + _("old deliveries to delete"))
        self.stdout.write(_("Nothing was changed. Add --yes to do it."))
