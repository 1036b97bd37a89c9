"""`manage.py export_comments`: threads as a file that WordPress, Disqus or another site of this kind can read."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management.base import CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from ....base_page import get_page_model
from ....commands import MassageCommand
from .import_comments import COMMENTS_APP


class Command(MassageCommand):
    """Writes piece by piece, so memory does not grow with the number of threads."""

    help = (
        "Write the comments of this site to a file: WXR, which WordPress and Disqus read, or JSON. What everybody can "
        "read, unless you say otherwise; without e-mail addresses."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        where = parser.add_mutually_exclusive_group()
        where.add_argument("--page", type=int, metavar="PK", help="only the comments of this page")
        where.add_argument("--section", type=int, metavar="PK", help="only this page and the pages below it")
        parser.add_argument("--format", choices=["wxr", "json"], default="wxr")
        parser.add_argument(
            "--out", metavar="FILE", help="a new file, readable by you alone; else standard output"
        )
        parser.add_argument(
            "--all",
            action="store_true",
            help="also what nobody can read: comments that wait, were rejected or removed, spam, those of pages that "
            "are not public; and e-mail addresses. Never what was erased",
        )
        parser.add_argument("--health", action="store_true", help="with --all: personal health questions too")

    def handle(self, *args: Any, **options: Any) -> None:
        if not apps.is_installed(COMMENTS_APP):
            raise CommandError(_("Add %(app)s to INSTALLED_APPS first.") % {"app": COMMENTS_APP})
        from ... import thread_export

        if options["health"] and not options["all"]:
            raise CommandError(_("--health needs --all: nobody but its author may read a health question."))
        scope = thread_export.Scope(
            pages=_pages(options), everything=options["all"], health=options["health"]
        )
        form = {"wxr": thread_export.wxr_lines, "json": thread_export.json_lines}[options["format"]]
        lines = form(thread_export.find_threads(scope, now=timezone.now()), scope)
        if options["all"]:
            self.stderr.write(
                _(
                    "This holds e-mail addresses and texts that nobody was meant to read. Keep it safe, and not long."
                )
            )
        if options["out"]:
            self._keep(options["out"], lines)
        else:
            for line in lines:
                self.stdout.write(line, ending="")

    def _keep(self, name: str, lines: Iterable[str]) -> None:
        try:
            descriptor = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with open(descriptor, "w", encoding="utf-8", newline="\n") as file:  # noqa: PTH123 (no path, but a number)
                file.writelines(lines)
        except FileExistsError as error:
            raise CommandError(
                _("%(path)s is there already. Move it away, or name another file.") % {"path": name}
            ) from error
        except OSError as error:
            raise CommandError(
                _("%(path)s cannot be written: %(error)s.") % {"path": name, "error": error.strerror}
            ) from error
        self.stdout.write(_("Written: %(path)s.") % {"path": Path(name)})


def _pages(options: dict[str, Any]) -> Any:
    pages = get_page_model().objects
    pk = options["page"] or options["section"]
    if pk is None:
        return None
    page = pages.filter(pk=pk).first()
    if page is None:
        raise CommandError(_("There is no page %(pk)d.") % {"pk": pk})
    if options["section"]:
        return pages.filter(path__startswith=page.path)
    return pages.filter(pk=page.alias_of_id or page.pk)
