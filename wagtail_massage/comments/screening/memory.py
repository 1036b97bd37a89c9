"""What screening remembers of the database, so that a post costs no query for it."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, Generic, TypeVar

from django.db import transaction

SECONDS = 30

T = TypeVar("T")


class Remembered(Generic[T]):
    """A value read from the database, kept by each process for at most 30 seconds.

    A process that changes the rows calls `forget` and reads anew at once; the others follow within the 30 seconds.
    """

    def __init__(self, read: Callable[[], T]) -> None:
        self._read = read
        self._kept: tuple[T, float] | None = None
        self._generation = 0

    def __call__(self) -> T:
        kept, generation = self._kept, self._generation
        if kept is not None and time.monotonic() < kept[1]:
            return kept[0]
        value = self._read()
        if generation == self._generation:  # else somebody has changed the rows while they were read
            self._kept = (value, time.monotonic() + SECONDS)
        return value

    def forget(self) -> None:
        """Read anew next time."""
        self._generation += 1
        self._kept = None

    def rows_changed(self, **kwargs: Any) -> None:
        """Receive a signal about a row: forget now, and once more when the others can see the change too."""
        self.forget()
        transaction.on_commit(self.forget)
