"""The verbs of visitor comments. Nothing else writes.

All are keyword-only after the comment; time comes in as `now` (aware). A change, its `ModerationEvent` and its
counts are one transaction; `signals` are sent after commit, robustly. Decisions are compare-and-set: they apply to
the version of the comment that the caller has seen, and raise `StaleState` when somebody was faster.
"""

from .cleaning import Refused
from .confirming import confirm
from .deciding import (
    IllegalTransition,
    StaleState,
    approve,
    hide,
    mark_spam,
    reject,
    remove,
    restore,
)
from .editing import edit
from .importing import import_comment
from .keeping import release_page, set_policy
from .submitting import Closed, KeyReused, MembersOnly, NotCommentable, Submission, submit

__all__ = [
    "Closed",
    "IllegalTransition",
    "KeyReused",
    "MembersOnly",
    "NotCommentable",
    "Refused",
    "StaleState",
    "Submission",
    "approve",
    "confirm",
    "edit",
    "hide",
    "import_comment",
    "mark_spam",
    "reject",
    "release_page",
    "remove",
    "restore",
    "set_policy",
    "submit",
]
