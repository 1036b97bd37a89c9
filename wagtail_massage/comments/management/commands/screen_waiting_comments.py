"""Ask outside checks about comments whose background task was lost."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import ngettext

from ....commands import MassageCommand
from ...actions import ask_waiting


class Command(MassageCommand):
    help = "Ask the outside checks about comments that have waited for them for more than ten minutes."

    def handle(self, *args: Any, **options: Any) -> None:
        count = ask_waiting(now=timezone.now())
        done = ngettext("%(count)d comment was asked about.", "%(count)d comments were asked about.", count)
        self.stdout.write(done % {"count": count})
