"""`manage.py purge_comments`: let go of what has been kept long enough."""

from __future__ import annotations

from argparse import ArgumentTypeError
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from ....commands import MassageCommand
from ... import erasure_ledger
from ...actions import purging
from ...conf import comments_settings
from ...models import CommentMail, VisitorComment
from ...states import Status

DEFAULT = (Status.REJECTED, Status.SPAM, Status.REMOVED)


class Command(MassageCommand):
    help = (
        "Delete what has been kept long enough, in batches, on a site in use: digests of networks, finished mails, "
        "comments whose authors never confirmed their address, and with --older-than also old comments that are "
        "rejected, spam, removed, or whose page was deleted. Comments under readable replies are erased instead, so "
        "that the replies keep their place. Without --yes nothing is changed. Made for a daily cron job: "
        "manage.py purge_comments --older-than 180 --yes"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--older-than", type=_days, metavar="DAYS", help="Also old comments; 1 or more.")
        parser.add_argument(
            "--status",
            action="append",
            choices=[status.value for status in Status],
            help="Old comments with this status, instead of rejected, spam and removed ones. Give it several times.",
        )
        parser.add_argument("--yes", action="store_true", help="Do it. Without, only say what would be done.")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["status"] and not options["older_than"]:
            raise CommandError(_("--status needs --older-than: say how old those comments must be."))
        self.now = timezone.now()
        self.statuses = options["status"] or DEFAULT
        self.before = self._ago(options["older_than"]) if options["older_than"] else None
        if not options["yes"]:
            self._preview()
            self.stdout.write(_("Nothing was changed. Add --yes to do it."))
            return
        if self.before:  # first, so that the rest has less to read
            self._old_comments(self.before)
        self._housekeeping()
        self._ledger()

    def _ago(self, days: int) -> datetime:
        return self.now - timedelta(days=days)

    def _preview(self) -> None:
        networks = self._ago(comments_settings.keep_network_days)
        old = VisitorComment.objects.filter(created_at__lt=networks)
        self._say(_("digests of networks to forget"), old.exclude(network_key="").count())
        self._say(_("finished mails to delete"), CommentMail.objects.filter(finished_at__lt=networks).count())
        self._say(_("comments to delete that were never confirmed"), self._unconfirmed().count())
        if self.before:
            count = purging.old_comments(self.before, self.statuses).count()
            self._say(_("old comments to delete, or to erase where readable replies hang on them"), count)

    def _unconfirmed(self) -> Any:
        before = self._ago(comments_settings.keep_unconfirmed_days)
        return VisitorComment.objects.filter(status=Status.UNCONFIRMED, created_at__lt=before)

    def _housekeeping(self) -> None:
        networks = self._ago(comments_settings.keep_network_days)
        self._run(_("digests of networks forgotten"), purging.forget_networks(networks))
        self._run(_("finished mails deleted"), purging.purge_mails(networks))
        self._run(
            _("comments deleted that were never confirmed"), purging.purge_comments(self._unconfirmed())
        )

    def _old_comments(self, before: datetime) -> None:
        old = purging.old_comments(before, self.statuses)
        self._run(_("old comments deleted"), purging.purge_comments(old))
        self._run(_("comments deleted in hidden branches"), purging.purge_hidden_branches(old, before))
        self._run(
            _("old comments erased, for replies hang on them"),
            purging.erase_what_must_stay(old, now=self.now),
        )
        self._run(_("empty threads of deleted pages deleted"), purging.purge_threads())

    def _ledger(self) -> None:
        try:
            added = purging.complete_ledger(now=self.now)
        except erasure_ledger.UnreadableLedger as error:
            raise CommandError(str(error)) from error
        if added:
            self._say(_("lines added that the erasure ledger lacked"), added)

    def _run(self, what: str, step: Iterable[int]) -> None:
        self._say(what, sum(self._told(what, step)))

    def _told(self, what: str, step: Iterable[int]) -> Iterator[int]:
        total = 0
        for count in step:
            total += count
            self.tell(f"{total}\t{what}")
            yield count

    def _say(self, what: str, count: int) -> None:
        self.stdout.write(f"{count}\t{what}")


def _days(raw: str) -> int:
    if not raw.isdecimal() or not 0 < int(raw) < 36_500:
        raise ArgumentTypeError(
            _("--older-than is %(raw)s. Give a number of days from 1 to 36499, such as 180.") % {"raw": raw}
        )
    return int(raw)
