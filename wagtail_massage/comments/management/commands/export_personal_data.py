"""`manage.py export_personal_data`: everything stored about a person's comments, as JSON."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from ....commands import MassageCommand
from ...privacy import export
from ..selecting import add_selectors, chosen


class Command(MassageCommand):
    help = (
        "Write everything that is stored about a person's comments as JSON, and nothing of other people. In the "
        "admin the same is found under Reports, Privacy request."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        add_selectors(parser)
        parser.add_argument(
            "--out", metavar="FILE", help="A new file, readable by you alone; else standard output."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        pks = [comment.pk for comment in chosen(options)]
        told = self.counter(_("%(done)d of %(total)d comments"), len(pks))
        text = export.as_json(export.document(pks, now=timezone.now(), told=told))
        if not options["out"]:
            self.stdout.write(text, ending="")
            return
        self._keep(Path(options["out"]), text)
        self.stdout.write(
            _("%(count)d comments were written to %(path)s.") % {"count": len(pks), "path": options["out"]}
        )

    def _keep(self, path: Path, text: str) -> None:
        try:
            path.touch(mode=0o600, exist_ok=False)
            path.write_text(text, encoding="utf-8")
        except FileExistsError as error:
            raise CommandError(
                _("%(path)s is there already. Move it away, or name another file.") % {"path": path}
            ) from error
        except OSError as error:
            raise CommandError(
                _("%(path)s cannot be written: %(error)s.") % {"path": path, "error": error.strerror}
            ) from error
