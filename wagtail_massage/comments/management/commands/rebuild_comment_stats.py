"""`manage.py rebuild_comment_stats`: count again what is stored beside the comments."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

from ....commands import MassageCommand
from ... import stats
from ...models import CommentThread

SHOWN = 50


class Command(MassageCommand):
    help = (
        "Recount visibility, replies, reports and the counts of every thread by their slow definition, and store what "
        "differs. Safe at any time, on a site in use. With --check nothing is changed, and the exit code is 1 when "
        "something differs."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="Change nothing; say what differs and where."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        is_check = options["check"]
        threads = wrong = 0
        told = self.counter(_("%(done)d of %(total)d threads"), CommentThread.objects.count())
        for count, drifts in stats.walk(repair=not is_check):
            threads += count
            for drift in drifts:
                wrong += 1
                if wrong <= SHOWN:
                    self.stdout.write(sentence(drift))
            told(count)
        if wrong > SHOWN:
            self.stdout.write(_("and %(count)d more") % {"count": wrong - SHOWN})
        total = {"threads": threads, "wrong": wrong}
        if not wrong:
            self.stdout.write(
                _("%(threads)d threads were counted; everything that is stored is true.") % total
            )
        elif is_check:
            raise CommandError(
                _(
                    "%(threads)d threads were counted, %(wrong)d stored values are wrong. "
                    "Run rebuild_comment_stats without --check to put them right."
                )
                % total
            )
        else:
            self.stdout.write(
                _("%(threads)d threads were counted, %(wrong)d stored values were put right.") % total
            )


def sentence(drift: stats.Drift) -> str:
    """Return where something is stored wrongly, in words."""
    values = {
        "thread": drift.thread,
        "comment": drift.comment,
        "column": drift.column,
        "stored": drift.stored,
        "right": drift.right,
    }
    if drift.comment is None:
        return _("thread %(thread)s: %(column)s is %(stored)s instead of %(right)s") % values
    return _("thread %(thread)s, comment %(comment)s: %(column)s is %(stored)s instead of %(right)s") % values
