"""`manage.py erase_personal_data`: erase a person's comments, or erase again what a restored backup brought back."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from ....commands import MassageCommand
from ... import actions, erasure_ledger
from ...actions.erasing import BATCH
from ...models import VisitorComment
from ...privacy import receipt
from ...states import ActorKind, Status
from ..selecting import add_selectors, chosen, line


class Command(MassageCommand):
    help = (
        "Erase a person's comments for good: text, name, address and everything kept about them. The thread stays "
        "readable. Without --yes nothing is changed. After a backup was restored, --again FILE erases everything that "
        "the erasure ledger names. In the admin the same is found under Reports, Privacy request."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        add_selectors(parser)
        parser.add_argument(
            "--again", metavar="FILE", help="The erasure ledger, after a backup was restored."
        )
        parser.add_argument("--yes", action="store_true", help="Do it. Without, only say what would be done.")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["again"]:
            if any(options[name] for name in ("email", "name", "uuid", "user")):
                raise CommandError(_("--again erases what the ledger names. Do not choose comments besides."))
            self._again(options["again"], is_meant=options["yes"])
        else:
            self._erase(chosen(options), is_meant=options["yes"])

    def _erase(self, comments: list[VisitorComment], *, is_meant: bool) -> None:
        if not comments:
            self.stdout.write(_("Nothing is stored that matches; nothing was erased."))
            return
        if not is_meant:
            for comment in comments:
                self.stdout.write(line(comment))
            self.stdout.write(
                _("%(count)d comments would be erased for good. Nothing was changed. Add --yes to do it.")
                % {"count": len(comments)}
            )
            return
        pks = [comment.pk for comment in comments]
        told = self.counter(_("%(done)d of %(total)d comments"), len(pks))
        reference = receipt.erase_for_request(pks, by=None, now=timezone.now(), told=told)
        if found := receipt.read_receipt(reference):
            self.stdout.write(as_text(found))

    def _again(self, path: str, *, is_meant: bool) -> None:
        try:
            uuids = list(dict.fromkeys(erasure_ledger.read(path)))
        except erasure_ledger.UnreadableLedger as error:
            raise CommandError(str(error)) from error
        total = {"lines": len(uuids), "count": 0}
        told = self.counter(_("%(done)d of %(total)d comments"), len(uuids))
        for start in range(0, len(uuids), BATCH):
            batch = uuids[start : start + BATCH]
            named = VisitorComment.objects.filter(uuid__in=batch)
            back = list(named.exclude(status=Status.ERASED).values_list("pk", flat=True))
            if is_meant:
                actions.forget_words_of_reporters(back)
                actions.erase_many(back, by=None, now=timezone.now(), kind=ActorKind.TASK)
            total["count"] += len(back)
            told(len(batch))
        if is_meant:
            done = _("The ledger names %(lines)d comments; %(count)d were there again and are erased.")
        else:
            done = _(
                "The ledger names %(lines)d comments; %(count)d are there again. Nothing was changed. "
                "Add --yes to erase them."
            )
        self.stdout.write(done % total)


def as_text(found: receipt.Receipt) -> str:
    """Return a receipt as it is printed on a terminal."""
    moment = timezone.localtime(found.erased_at)
    lines = [_("Receipt %(reference)s") % {"reference": found.reference}, f"{moment:%Y-%m-%d %H:%M %Z}", ""]
    for comment in found.comments:
        lines.append(
            f"{comment.uuid}  {comment.written_at:%Y-%m-%d}  {comment.page_title}  {comment.page_url}"
        )
    sections = (
        (_("What is gone for good"), receipt.GONE),
        (_("What is left"), receipt.KEPT),
        (_("What this website cannot reach"), receipt.OUT_OF_REACH),
    )
    for title, sentences in sections:
        lines += ["", title, *(f"- {sentence}" for sentence in sentences)]
    return "\n".join(lines)
