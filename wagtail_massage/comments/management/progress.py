"""What the commands have in common: a line on long work now and then, and a quiet end on Ctrl-C."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

EVERY = 2.0  # seconds between two lines


class Progress:
    """Writes how far the work is, to standard error, so that what a command prints can be kept in a file."""

    def __init__(self, stream: Any, *, is_wanted: bool) -> None:
        self._stream, self._is_wanted = stream, is_wanted
        self._last = time.monotonic()

    def tell(self, line: str) -> None:
        """Write `line` unless the one before was written a moment ago."""
        if self._is_wanted and time.monotonic() - self._last >= EVERY:
            self._last = time.monotonic()
            self._stream.write(line)
            self._stream.flush()


@contextmanager
def interruptible() -> Iterator[None]:
    """Turn Ctrl-C into a sentence and exit code 130. Batches that are done stay done."""
    try:
        yield
    except KeyboardInterrupt as error:
        raise CommandError(
            _("Stopped. What was finished stays; run the command again for the rest."), returncode=130
        ) from error
