"""The file that remembers which comments were erased, for the day on which a backup is restored.

It lies outside of the database (setting ERASURE_LEDGER) and is kept beside the backups, never inside of them. Each
line is a JSON object with the public id and the moment, which lead to nobody:

    {"uuid": "0b1e…", "erased_at": "2026-03-04T10:30:00+00:00"}
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.utils.translation import gettext as _

from .conf import comments_settings

logger = logging.getLogger(__name__)


class UnreadableLedger(ValueError):
    """The file is not there, or a line of it is none of a ledger. The message names the line and the next step."""


def append(uuids: Iterable[UUID], *, now: datetime) -> bool:
    """Add comments erased at `now` and wait until the disk has them. Does nothing where no file is set.

    Returns:
        Whether the file has them. A file that cannot be written is logged and never undoes an erasure; the next
        `purge_comments` adds what is missing.
    """
    path = comments_settings.erasure_ledger
    lines = [json.dumps({"uuid": str(uuid), "erased_at": now.isoformat()}) + "\n" for uuid in uuids]
    if not path or not lines:
        return bool(path)
    try:
        with Path(path).open("ab", buffering=0) as file:
            file.write("".join(lines).encode())  # one write to a file opened for appending: lines never mix
            os.fsync(file.fileno())
    except OSError:
        logger.exception(
            "The erasure ledger %s cannot be written; %d comments are missing there.", path, len(lines)
        )
        return False
    return True


def read(path: str | Path) -> list[UUID]:
    """Return the public ids in a ledger, in the order in which they were erased.

    Raises:
        UnreadableLedger: if there is no such file, or at the first line that is not the ledger's.
    """
    try:
        text = Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableLedger(
            _("The erasure ledger %(path)s cannot be read: %(error)s.") % {"path": path, "error": error}
        ) from error
    return [_uuid_of(line, number, path) for number, line in enumerate(text.splitlines(), 1) if line.strip()]


def _uuid_of(line: str, number: int, path: str | Path) -> UUID:
    try:
        return UUID(json.loads(line)["uuid"])
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise UnreadableLedger(
            _(
                "Line %(number)d of %(path)s is not a line of an erasure ledger: %(line)s. Remove it, or name the "
                "right file; nothing was erased."
            )
            % {"number": number, "path": path, "line": line[:80]}
        ) from error
