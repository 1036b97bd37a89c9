"""`manage.py import_comments`: comments from WordPress or Disqus come to the pages they belong to."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management.base import CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from ....base_page import get_page_model
from ....commands import MassageCommand
from ...comment_exports import CommentExport
from ...files import display_name, open_file, printable, read_file
from ...refusal import ImportRefused
from ...source import UnreadableSource, decode_text

COMMENTS_APP = "wagtail_massage.comments"
MAX_BYTES = 2_000_000_000


class Command(MassageCommand):
    """Reads the file to its end before anything is written, then once more to write."""

    help = (
        "Bring the comments in an export of WordPress (WXR) or Disqus (XML) to the pages of this site. Each post of "
        "the file is matched with a page by its address, a redirect or its slug; what is not matched is listed and "
        "left out. Look at the plan first. Run it as often as you like: nothing is stored twice, and an import that "
        "was broken off is finished by running it again. Nobody is told by mail; network addresses are never read."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path, help="the export, as XML")
        parser.add_argument(
            "--plan", action="store_true", help="only say what would be done; nothing is written"
        )
        parser.add_argument(
            "--map",
            action="append",
            default=[],
            metavar="OLD=PAGE",
            help="put the comments of a post on a page: its old address, path, slug or id = id or path of the page; "
            "may be given several times",
        )
        parser.add_argument(
            "--map-file",
            type=Path,
            metavar="FILE",
            help="the same, one OLD=PAGE on each line; # begins a remark",
        )
        parser.add_argument(
            "--section", type=int, metavar="PK", help="match only with this page and the pages below it"
        )
        parser.add_argument(
            "--comments",
            choices=["pending", "approved"],
            default="pending",
            help="whether a moderator has to read again what was approved there (pending, the default); spam stays "
            "spam, what was deleted stays removed, and personal health questions wait in either case",
        )
        parser.add_argument(
            "--no-emails", action="store_true", help="leave out the e-mail addresses of authors"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not apps.is_installed(COMMENTS_APP):
            raise CommandError(_("Add %(app)s to INSTALLED_APPS first.") % {"app": COMMENTS_APP})
        path: Path = options["file"]
        try:
            with open_file(path, check=_check_size) as file:
                self._work(CommentExport(file, name=display_name(path)), options)
        except (UnreadableSource, ImportRefused) as error:
            raise CommandError(printable(str(error))) from error

    def _work(self, export: CommentExport, options: dict[str, Any]) -> None:
        from ...thread_pages import PageIndex
        from ...thread_plan import make_plan
        from ...thread_report import plan_lines

        index = PageIndex(section=_section(options["section"]), named=_named(options))
        plan = make_plan(export, index)
        for line in plan_lines(plan, index.unused):
            self.stdout.write(printable(line))
        if not plan.planned:
            raise CommandError(
                _("There are no comments of readers in the file. Export all content, comments included.")
            )
        if options["plan"]:
            self.stdout.write(_("Nothing was written. Leave out --plan to import."))
        elif plan.matched:
            self._import(export, plan, options)
        else:
            raise CommandError(_("No post belongs to a page of this site, so nothing was written."))

    def _import(self, export: CommentExport, plan: Any, options: dict[str, Any]) -> None:
        from ...thread_plan import matched_threads
        from ...thread_report import tally_lines
        from ...thread_writing import Tally, write_thread

        tally, total = Tally(), sum(planned.count for planned in plan.matched)
        told = self.counter(_("%(done)d of %(total)d comments"), total)
        for page, thread in matched_threads(export, plan):
            write_thread(
                get_page_model().objects.get(pk=page),
                thread,
                keeps_approval=options["comments"] == "approved",
                keeps_emails=not options["no_emails"],
                by=None,
                now=timezone.now(),
                tally=tally,
                told=told,
            )
        for line in tally_lines(tally):
            self.stdout.write(printable(line))


def _check_size(size: int) -> None:
    if size > MAX_BYTES:
        raise UnreadableSource(
            _("The file has %(size)d bytes; %(limit)d is the most. Export fewer posts at a time.")
            % {"size": size, "limit": MAX_BYTES}
        )


def _section(pk: int | None) -> Any:
    if pk is None:
        return None
    section = get_page_model().objects.filter(pk=pk).first()
    if section is None:
        raise ImportRefused(_("There is no page %(pk)d for --section.") % {"pk": pk})
    return section


def _named(options: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for line in options["map"]:
        yield _pair(line, "--map")
    path = options["map_file"]
    if path:
        for number, line in enumerate(decode_text(read_file(path), name=display_name(path)).splitlines(), 1):
            text = line.strip("\ufeff ")
            if text and not text.startswith("#"):
                yield _pair(text, f"{display_name(path)}, {number}")


def _pair(text: str, place: str) -> tuple[str, str]:
    old, equals, page = text.rpartition("=")  # old addresses may hold an equals sign
    if not (old.strip() and equals and page.strip()):
        raise ImportRefused(
            _("%(place)s: %(text)s is not OLD=PAGE, as in /2023/08/feet/=/journal/feet/.")
            % {"place": place, "text": text}
        )
    return old, page
