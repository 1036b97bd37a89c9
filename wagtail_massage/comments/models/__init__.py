"""The rows of visitor comments. Nothing but `actions` (and, for mails, `mails`) writes them.

What is pinned here, and why it cannot change later, stands in docs/architecture.md.

comments  threads and comments
records   what is kept about a comment: verdicts, events, earlier texts, reports
mails     mails on their way out, and who wants which
health    personal health questions, their answers, and the texts that go with them
rules     who moderates where, and what is not welcome
"""

from ...installed import require_installed

require_installed("wagtail_massage.comments")

from .comments import CommentThread, VisitorComment  # noqa: E402
from .health import DeskText, HealthAnswer, HealthQuestion  # noqa: E402
from .mails import CommentMail, MailRefusal, ModeratorMailChoice  # noqa: E402
from .records import CommentReport, CommentRevision, CommentVerdict, ModerationEvent, ModerationNote  # noqa: E402
from .rules import GroupCommentPermission, ScreeningEntry  # noqa: E402

__all__ = [
    "CommentMail",
    "CommentReport",
    "CommentRevision",
    "CommentThread",
    "CommentVerdict",
    "DeskText",
    "GroupCommentPermission",
    "HealthAnswer",
    "HealthQuestion",
    "MailRefusal",
    "ModerationEvent",
    "ModerationNote",
    "ModeratorMailChoice",
    "ScreeningEntry",
    "VisitorComment",
]
