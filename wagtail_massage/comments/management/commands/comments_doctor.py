"""`manage.py comments_doctor`: how are the comments?"""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from ....commands import MassageCommand
from ... import doctor


class Command(MassageCommand):
    help = (
        "Look at settings, mail, cache, tasks, late mails and moderators, counts, retention and the erasure ledger, "
        "and say what was found. Changes nothing. The exit code is 1 when something is WRONG."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        wrong = 0
        for finding in doctor.examine(now=timezone.now()):
            wrong += finding.level == doctor.Level.WRONG
            self.stdout.write(self._styled(finding))
        if wrong:
            raise CommandError(_("%(count)d findings are WRONG.") % {"count": wrong})

    def _styled(self, finding: doctor.Finding) -> str:
        style = {"FINE": self.style.SUCCESS, "LOOK": self.style.WARNING, "WRONG": self.style.ERROR}
        return style[finding.level](f"{finding.level:5}") + f" {finding.words}"
