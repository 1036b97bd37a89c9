"""The verbs of visitor comments. Nothing else writes.

All are keyword-only after the comment; time comes in as `now` (aware). A change, its `ModerationEvent` and its
counts are one transaction; `signals` are sent after commit, robustly. Decisions are compare-and-set: they apply to
the version of the comment that the caller has seen, and raise `StaleState` when somebody was faster.
"""

from .answering import answer
from .bulk import Decisions, decide_many
from .cleaning import Refused
from .confirming import confirm
from .deciding import (
    HealthApart,
    IllegalTransition,
    StaleState,
    Withdrawn,
    approve,
    hide,
    mark_spam,
    reject,
    remove,
    restore,
)
from .editing import EditClosed, edit
from .erasing import erase, erase_many
from .health import (
    MayNotAnswer,
    NotAgreed,
    answer_question,
    choose,
    note_promotion,
    publish_answer,
    publish_question,
)
from .importing import Found, Taken, import_comment, import_comments
from .keeping import release_page, set_policy
from .noting import add_note
from .pinning import NotPinnable, pin, unpin
from .redacting import redact
from .reporting import NotReportable, forget_words_of_reporters, report, reports_by_authors_of
from .rescreening import apply_outside_verdicts, ask_outside, ask_waiting
from .reviewing import acknowledge, dismiss_reports
from .setting_apart import escalate_overdue, put_back, set_apart
from .submitting import Closed, KeyReused, MembersOnly, NotCommentable, Submission, submit
from .subscribing import set_mail_wish
from .undoing import NothingToUndo, undo
from .withdrawing import withdraw

__all__ = [
    "Closed",
    "Decisions",
    "EditClosed",
    "Found",
    "HealthApart",
    "IllegalTransition",
    "KeyReused",
    "MayNotAnswer",
    "MembersOnly",
    "NotAgreed",
    "NotCommentable",
    "NotPinnable",
    "NotReportable",
    "NothingToUndo",
    "Refused",
    "StaleState",
    "Submission",
    "Taken",
    "Withdrawn",
    "acknowledge",
    "add_note",
    "answer",
    "answer_question",
    "apply_outside_verdicts",
    "approve",
    "ask_outside",
    "ask_waiting",
    "choose",
    "confirm",
    "decide_many",
    "dismiss_reports",
    "edit",
    "erase",
    "erase_many",
    "escalate_overdue",
    "forget_words_of_reporters",
    "hide",
    "import_comment",
    "import_comments",
    "mark_spam",
    "note_promotion",
    "pin",
    "publish_answer",
    "publish_question",
    "put_back",
    "redact",
    "reject",
    "release_page",
    "remove",
    "report",
    "reports_by_authors_of",
    "restore",
    "set_apart",
    "set_mail_wish",
    "set_policy",
    "submit",
    "undo",
    "unpin",
    "withdraw",
]
