"""What the commands of every room have in common: a line on long work now and then, and a quiet end."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

EVERY = 2.0  # seconds between two lines on how far the work is
READER_GONE = 141  # as a shell reports a program that SIGPIPE has ended
INTERRUPTED = 130


class MassageCommand(BaseCommand):
    """Ends as Unix programs do: without a word where the reader of its output has gone (`... | head`), and with a
    sentence on Ctrl-C. Batches that are done stay done."""

    def run_from_argv(self, argv: list[str]) -> None:
        try:
            try:
                super().run_from_argv(argv)
            finally:
                self.stdout.flush()  # else the last of it would fail later, where nobody can catch it
        except BrokenPipeError:
            raise _end() from None

    def execute(self, *args: Any, **options: Any) -> str | None:
        self._is_talkative, self._told_at = options["verbosity"] > 0, time.monotonic()
        try:
            return super().execute(*args, **options)
        except KeyboardInterrupt as error:
            raise CommandError(
                _("Stopped. What was finished stays; run the command again for the rest."),
                returncode=INTERRUPTED,
            ) from error
        except BrokenPipeError:
            if not getattr(self, "_called_from_command_line", False):
                raise
        # No longer within `except`: with the error go the queries that it interrupted, while there is a connection.
        raise _end()

    def tell(self, line: str) -> None:
        """Write how far the work is, unless that was written a moment ago, or nobody wants it (`--verbosity 0`).

        It goes to standard error, so that what a command prints can be kept in a file.
        """
        if self._is_talkative and time.monotonic() - self._told_at >= EVERY:
            self._told_at = time.monotonic()
            self.stderr.write(line)
            self.stderr.flush()

    def counter(self, sentence: str, total: int) -> Callable[[int], None]:
        """Return what is called with the number of each batch that is done. `sentence` says %(done)d of %(total)d."""
        done = 0

        def told(count: int) -> None:
            nonlocal done
            done += count
            self.tell(sentence % {"done": done, "total": total})

        return told


def _end() -> SystemExit:
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # for what Python still flushes
    return SystemExit(READER_GONE)
