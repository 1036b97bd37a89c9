"""Which of the stored verdicts still count."""

from __future__ import annotations

from collections.abc import Iterable

from ..models import CommentVerdict
from .pipeline import CHECK_WAITING


def standing(verdicts: Iterable[CommentVerdict]) -> list[CommentVerdict]:
    """Return `verdicts` without the “waiting” of outside checks that have answered about that text or a later one."""
    rows = list(verdicts)
    answered: dict[str, int] = {}
    for row in rows:
        if row.reason != CHECK_WAITING:
            answered[row.check_name] = max(row.comment_version, answered.get(row.check_name, 0))
    return [
        row
        for row in rows
        if row.reason != CHECK_WAITING or answered.get(row.check_name, 0) < row.comment_version
    ]
