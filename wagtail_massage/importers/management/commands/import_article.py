"""`manage.py import_article`: articles in plain text become draft pages, or a plan that can be read first."""

from __future__ import annotations

import argparse
import json
import os
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone

from ....commands import MassageCommand
from ...article import Article
from ...files import display_name, printable, read_file
from ...plain_text import read_plain_text_bytes
from ...refusal import ImportRefused
from ...source import UnreadableSource, decode_text
from ...source_key import make_source_key

LONGEST_NAME = 120  # characters of a file's name that are kept with its comments


class Command(MassageCommand):
    """Reads every file on its own: one that cannot be imported does not hold up the others."""

    help = (
        "Make pages of articles in plain text, with the comments below them. The pages are drafts and the comments "
        "wait for a moderator, unless you say otherwise. Run it as often as you like: an article that was "
        "imported is known again by its text, under any file name, and its page is left alone."
    )
    requires_system_checks = []  # a plan must be quick

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE", type=Path, help="plain text in UTF-8")
        parser.add_argument(
            "--plan",
            action="store_true",
            help="only show how the articles are understood, as JSON; the database is not used",
        )
        parser.add_argument(
            "--out", metavar="DIR", type=Path, help="with --plan: the folder for one NAME.json per file"
        )
        parser.add_argument(
            "--parent",
            metavar="PK",
            type=int,
            help="id of the page below which to make the pages; not needed where there is one index of articles",
        )
        parser.add_argument(
            "--page-type",
            metavar="app.Model",
            help="page type to make; not needed where there is only one for articles",
        )
        parser.add_argument(
            "--publish", action="store_true", help="publish the pages instead of making drafts"
        )
        parser.add_argument(
            "--comments",
            choices=["pending", "approved"],
            default="pending",
            help="whether a moderator has to read the comments first (pending, the default)",
        )
        parser.add_argument(
            "--again",
            action="store_true",
            help="make a new page where the one of an earlier import was deleted or the text has changed since",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        files: list[Path] = [Path(name) for name in options["files"]]
        if options["plan"]:
            self._check_plan_options(files, options)
            work = self._plan
        else:
            if options["out"]:
                raise CommandError("--out is for plans. Add --plan, or leave it out.")
            options["destination"] = self._destination(options)
            work = self._import
        failed = 0
        for position, path in enumerate(files, 1):
            count = f"[{position}/{len(files)}] " if len(files) > 1 else ""
            try:
                work(path, count, options)
            except (UnreadableSource, ImportRefused) as error:
                failed += 1
                sentence = printable(str(error))
                name = display_name(path)
                self.stderr.write(f"{count}{sentence if name in sentence else f'{name}: {sentence}'}")
        if failed:
            raise CommandError(
                f"{failed} of {len(files)} files could not be {'read' if options['plan'] else 'imported'}."
            )

    def _destination(self, options: dict[str, Any]) -> Any:
        from ...destinations import Destination, find_model, find_parent

        try:
            model = find_model(options["page_type"])
            return Destination(model, find_parent(model, options["parent"]))
        except ImportRefused as error:
            raise CommandError(str(error)) from error

    def _check_plan_options(self, files: list[Path], options: dict[str, Any]) -> None:
        if options["out"] is None:
            if len(files) > 1:
                raise CommandError("The plans of several files need a folder: add --out DIR.")
            return
        names = [path.stem for path in files]
        if twice := sorted({display_name(Path(name)) for name in names if names.count(name) > 1}):
            raise CommandError(
                f"Several files would write the same plan: {', '.join(twice)}. Plan them separately."
            )
        sources = {os.path.realpath(path) for path in files}
        for path in files:
            target = _plan_path(options["out"], path)
            if os.path.realpath(target) in sources:
                raise CommandError(
                    f"The plan would overwrite the source {display_name(target)}. Name another folder with --out."
                )
        try:
            options["out"].mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise CommandError(
                f"The folder {display_name(options['out'])} cannot be made: {error.strerror}."
            ) from error

    def _plan(self, path: Path, count: str, options: dict[str, Any]) -> None:
        article = read_plain_text_bytes(read_file(path), name=display_name(path))
        plan = json.dumps(article.to_plan(), ensure_ascii=False, indent=2) + "\n"
        folder: Path | None = options["out"]
        report = self.stdout if folder else self.stderr  # JSON alone on stdout can be piped on
        if folder:
            target = _plan_path(folder, path)
            try:
                target.write_text(plan, encoding="utf-8", newline="\n")
            except OSError as error:
                raise ImportRefused(f"{display_name(target)} cannot be written: {error.strerror}.") from error
        else:
            self.stdout.write(plan, ending="")
        report.write(f"{count}{display_name(path)}: would make {_content(article)}")
        self._write_notes(article, [], report)

    def _import(self, path: Path, count: str, options: dict[str, Any]) -> None:
        from ...writing import Source, write_article

        name = display_name(path)
        data = read_file(path)
        article = read_plain_text_bytes(data, name=name)
        key = make_source_key(decode_text(data, name=name))
        source = Source(article=article, key=key, name=printable(path.stem)[:LONGEST_NAME])
        imported = write_article(
            source,
            options["destination"],
            publish=options["publish"],
            comments=options["comments"].upper(),
            again=options["again"],
            by=None,
            now=timezone.now(),
        )
        state = "published" if imported.page.live else "draft"
        said = f"{count}{name}: "
        if imported.is_new:
            self.stdout.write(f"{said}made page {imported.page.pk} ({state}) from {_content(article)}")
            notes = list(imported.notes)
            self._write_notes(article, notes, self.stdout)
        else:
            self.stdout.write(
                f"{said}was imported before as page {imported.page.pk} ({state}), which was left alone."
            )
            self._write_lines("Look at", imported.notes, self.stdout)
        if imported.new_comments:
            waiting = "approved" if options["comments"] == "approved" else "waiting for a moderator"
            self.stdout.write(f"    Comments stored: {imported.new_comments}, {waiting}.")

    def _write_notes(self, article: Article, more: list[str], to: Any) -> None:
        self._write_lines("Changed", [note.message for note in article.changes], to)
        self._write_lines("Look at", [*(note.message for note in article.warnings), *more], to)

    def _write_lines(self, label: str, sentences: Any, to: Any) -> None:
        for sentence in sentences:
            to.write(f"    {label}: {printable(sentence)}")


def _plan_path(folder: Path, source: Path) -> Path:
    return folder / f"{source.stem}.json"


def _content(article: Article) -> str:
    return printable(
        f"“{article.title}” (paragraphs of introduction: {len(article.intro_paragraphs)}, "
        f"entries: {len(article.items)}, paragraphs of closing: {len(article.outro_paragraphs)}, "
        f"comments: {len(article.comments)})."
    )
