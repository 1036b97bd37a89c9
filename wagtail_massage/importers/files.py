"""Files named on the command line: refused before they are read where they cannot be an article."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import BinaryIO

from .source import MAX_BYTES, UnreadableSource, check_size


def read_file(path: Path) -> bytes:
    """Return the content of a regular file of at most MAX_BYTES.

    Raises:
        UnreadableSource: for anything else, with the name and the next step.
    """
    with open_file(path, check=partial(check_size, name=display_name(path))) as file:
        return file.read(MAX_BYTES + 1)  # the reader refuses one that has grown meanwhile


@contextmanager
def open_file(path: Path, *, check: Callable[[int], None]) -> Iterator[BinaryIO]:
    """Open a regular file whose size in bytes `check` does not refuse.

    Raises:
        UnreadableSource: for anything else, with the name and the next step.
    """
    name = display_name(path)
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise UnreadableSource(f"{name} is a directory. Name the files in it.")
        if not stat.S_ISREG(status.st_mode):
            raise UnreadableSource(
                f"{name} is no regular file. Save what comes from it in a file and name that."
            )
        check(status.st_size)
        file = path.open("rb")
    except FileNotFoundError:
        raise UnreadableSource(f"{name} does not exist. Check the path.") from None
    except (OSError, ValueError) as error:
        if isinstance(error, UnreadableSource):
            raise
        reason = getattr(error, "strerror", None) or error
        raise UnreadableSource(f"{name} cannot be read: {reason}.") from error
    with file:
        yield file


def display_name(path: Path) -> str:
    """Return a path that can be printed, whatever bytes its name is made of."""
    return printable(os.fsencode(path).decode("utf-8", "replace"))


def printable(text: str) -> str:
    """Return `text` on one line without what a terminal would obey or could not show."""
    return "".join(char if char.isprintable() else "\ufffd" for char in text)
