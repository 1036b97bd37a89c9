"""`manage.py back_test_screening`: what a rule would have done to past comments, before it counts."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from ....commands import MassageCommand
from ...desk.access import desk_url
from ...screening.back_test import Objection, objection, past_comments
from ...screening.base import Check, Outcome, OutsideCheck
from ...screening.lexicon import Lexicon, phrase_of
from ...screening.words import WordsCheck, read_entries

_EXCERPT = 30  # characters before and after the place


class Command(MassageCommand):
    help = (
        "Run a rule over the comments that are there and tell how many it would have held or called spam, how many "
        "of those a person approved, and which. Nothing is changed. What is not kept of a comment (the address, the "
        "form token, the hidden field) is unknown to the rule. Try: manage.py back_test_screening --suspect "
        '"free trial" "click here*" --days 90'
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check", action="append", metavar="PATH", help="Dotted path of a check. Several times."
        )
        words = "Words, phrases, and files with one a line, as in the setting; in place of the site's own."
        parser.add_argument("--banned", nargs="+", default=[], metavar="ENTRY", help=words)
        parser.add_argument("--suspect", nargs="+", default=[], metavar="ENTRY", help=words)
        parser.add_argument("--days", type=int, metavar="N", help="Only comments of the last N days.")
        parser.add_argument("--limit", type=int, metavar="N", help="Only the newest N comments.")
        parser.add_argument(
            "--excerpts", action="store_true", help="Show the places that the rule points at."
        )
        parser.add_argument("--json", action="store_true", help="Write JSON.")

    def handle(self, *args: Any, **options: Any) -> None:
        checks = [*_words_checks(options), *map(_check, options["check"] or [])]
        if not checks:
            raise CommandError(_("Say what to try: --check PATH, --banned ENTRY ... or --suspect ENTRY ..."))
        for name in ("days", "limit"):
            if options[name] is not None and options[name] < 1:
                message = _("--%(option)s %(number)d looks at nothing. Give a number from 1 on.")
                raise CommandError(message % {"option": name, "number": options[name]})
        self.counts: Counter[str] = Counter()
        self.options = options
        write = self._write_json if options["json"] else self._write_lines
        write(self._run(checks))

    def _run(self, checks: list[Check]) -> Iterator[Objection]:
        days = self.options["days"]
        since = timezone.now() - timedelta(days=days) if days else None
        for comment in past_comments(since=since, limit=self.options["limit"]):
            self.counts["looked_at"] += 1
            self.tell(_("%(count)d comments looked at.") % {"count": self.counts["looked_at"]})
            found = objection(comment, checks)
            if found is not None:
                self._count(found)
                yield found

    def _count(self, found: Objection) -> None:
        kind = "spam" if found.outcome >= Outcome.SPAM else "held"
        self.counts[kind] += 1
        self.counts[f"{kind}_but_approved"] += found.is_approved
        self.counts[f"{kind}_and_refused"] += found.is_refused
        self.counts["check_failed"] += found.has_failed

    def _write_lines(self, found: Iterator[Objection]) -> None:
        for one in found:
            row = self._row(one)
            said = ", ".join(row["reasons"])
            self.stdout.write(f"{row['outcome']:4}  {row['status']:11} {row['id']}  {said}  {row['desk']}")
            for excerpt in row.get("excerpts", ()):
                self.stdout.write(f"      {excerpt}")
        counts = self._summary()
        self.stdout.write(_("%(looked_at)d comments looked at.") % counts)
        self.stdout.write(
            _(
                "%(held)d would have been held: a person approved %(held_but_approved)d of them and refused "
                "%(held_and_refused)d."
            )
            % counts
        )
        self.stdout.write(
            _(
                "%(spam)d would have been called spam: a person approved %(spam_but_approved)d of them and refused "
                "%(spam_and_refused)d."
            )
            % counts
        )
        if counts["check_failed"]:
            self.stdout.write(_("In %(check_failed)d of them the check broke; see the log.") % counts)

    def _write_json(self, found: Iterator[Objection]) -> None:
        """One document, but written as it comes: there may be a million."""
        self.stdout.write('{"comments": [', ending="")
        for number, one in enumerate(found):
            self.stdout.write(",\n" if number else "\n", ending="")
            self.stdout.write(json.dumps(self._row(one), ensure_ascii=False), ending="")
        self.stdout.write(f'\n], "summary": {json.dumps(self._summary())}}}')

    def _summary(self) -> dict[str, int]:
        kinds = [
            f"{kind}{what}" for kind in ("held", "spam") for what in ("", "_but_approved", "_and_refused")
        ]
        return {name: self.counts[name] for name in ("looked_at", *kinds, "check_failed")}

    def _row(self, found: Objection) -> dict[str, Any]:
        comment = found.comment
        row = {
            "id": str(comment.uuid),
            "outcome": "SPAM" if found.outcome >= Outcome.SPAM else "HOLD",
            "reasons": sorted({finding.reason for finding in found.findings}),
            "status": comment.status,
            "is_approved": found.is_approved,
            "desk": f"{getattr(settings, 'WAGTAILADMIN_BASE_URL', '')}{desk_url('inspect', comment.pk)}",
        }
        if self.options["excerpts"]:
            row["excerpts"] = list(_excerpts(found))
        return row


def _words_checks(options: dict[str, Any]) -> Iterator[Check]:
    if options["banned"] or options["suspect"]:
        try:
            banned, suspect = read_entries(options["banned"]), read_entries(options["suspect"])
        except (OSError, ValueError) as error:
            raise CommandError(_("A file of words cannot be read: %(error)s.") % {"error": error}) from error
        for entry in (*banned, *suspect):
            if phrase_of(entry).isspace():
                raise CommandError(_("“%(value)s” holds no letters or digits.") % {"value": entry})
        yield WordsCheck(Lexicon(banned=banned, suspect=suspect))


def _check(path: str) -> Check:
    try:
        check = import_string(path)
    except ImportError as error:
        message = _("--check %(path)s cannot be imported: %(error)s.")
        raise CommandError(message % {"path": path, "error": error}) from error
    if not (isinstance(check, type) and issubclass(check, Check)):
        message = _("--check %(path)s is no screening check. Subclass screening.base.Check.")
        raise CommandError(message % {"path": path})
    if issubclass(check, OutsideCheck):
        message = _("--check %(path)s asks somebody outside; past comments are not sent there.")
        raise CommandError(message % {"path": path})
    return check()


def _excerpts(found: Objection) -> Iterator[str]:
    body = found.comment.body
    for finding in found.findings:
        if finding.span:
            start, end = finding.span
            before, after = max(0, start - _EXCERPT), end + _EXCERPT
            text = f"{body[before:start]}[{body[start:end]}]{body[end:after]}"
            # A terminal must not be steered by what a visitor wrote.
            yield "".join(letter if letter.isprintable() else " " for letter in text)
