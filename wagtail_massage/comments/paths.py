"""Where a comment stands in its thread: a fixed-width, time-ordered path.

Each level adds 13 characters of base 32 (digits, then a to v, so that text order is numeric order): 11 for the
microseconds since 1970, 2 random. A thread read in path order is the thread in reading order, one INSERT places a
comment without touching its siblings, and an imported comment takes the place that its own date gives it.
"""

from __future__ import annotations

import secrets
from datetime import UTC, datetime, timedelta

STEP = 13
MAX_DEPTH = 8
MAX_LENGTH = STEP * MAX_DEPTH

_DIGITS = "0123456789abcdefghijklmnopqrstuv"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TIME_DIGITS = 11


def make_path(parent_path: str, created_at: datetime) -> str:
    """Return a path below `parent_path` ("" for a root) for a comment written at `created_at` (aware).

    Raises:
        ValueError: if the parent is already at `MAX_DEPTH`, or the date lies before 1970.
    """
    if len(parent_path) >= MAX_LENGTH:
        raise ValueError(f"A comment at depth {MAX_DEPTH} can have no replies of its own.")
    microseconds = (created_at - _EPOCH) // timedelta(microseconds=1)
    if microseconds < 0:
        raise ValueError(f"A comment cannot be dated before 1970: {created_at.isoformat()}")
    return parent_path + _base32(microseconds, _TIME_DIGITS) + _base32(secrets.randbelow(32**2), 2)


def ancestor_paths(path: str) -> list[str]:
    """Return the paths of all ancestors, root first, without `path` itself."""
    return [path[:end] for end in range(STEP, len(path), STEP)]


def depth_of(path: str) -> int:
    """Return 1 for a root, 2 for a reply to it, up to `MAX_DEPTH`."""
    return len(path) // STEP


def _base32(number: int, width: int) -> str:
    digits = []
    for _ in range(width):
        number, digit = divmod(number, 32)
        digits.append(_DIGITS[digit])
    return "".join(reversed(digits))
