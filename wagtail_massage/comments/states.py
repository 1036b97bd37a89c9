"""The words of the comment's life: its states, who acts, and which change may follow which."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    UNCONFIRMED = "UNCONFIRMED", _("Unconfirmed")
    PENDING = "PENDING", _("Pending")
    APPROVED = "APPROVED", _("Approved")
    REJECTED = "REJECTED", _("Rejected")
    SPAM = "SPAM", _("Spam")
    REMOVED = "REMOVED", _("Removed")
    ERASED = "ERASED", _("Erased")


TOMBSTONES = frozenset({Status.REMOVED, Status.ERASED})
"""States whose text nobody sees, but whose visible replies keep their place."""

OPEN = frozenset({Status.APPROVED, *TOMBSTONES})
"""States under which a reply may be visible."""

TRANSITIONS: dict[str, frozenset[str]] = {
    Status.UNCONFIRMED: frozenset(
        {Status.PENDING, Status.APPROVED, Status.SPAM, Status.REMOVED, Status.ERASED}
    ),
    Status.PENDING: frozenset(
        {Status.APPROVED, Status.REJECTED, Status.SPAM, Status.REMOVED, Status.ERASED},
    ),
    Status.APPROVED: frozenset({Status.PENDING, Status.SPAM, Status.REMOVED, Status.ERASED}),
    Status.REJECTED: frozenset({Status.PENDING, Status.REMOVED, Status.ERASED}),
    Status.SPAM: frozenset({Status.PENDING, Status.REMOVED, Status.ERASED}),
    # back to what it was before, by a moderator within the undo window
    Status.REMOVED: frozenset(
        {Status.UNCONFIRMED, Status.PENDING, Status.APPROVED, Status.REJECTED, Status.SPAM, Status.ERASED},
    ),
    Status.ERASED: frozenset(),
}


class AuthorKind(models.TextChoices):
    GUEST = "GUEST", _("Guest")
    USER = "USER", _("User of this site")
    EXTERNAL = "EXTERNAL", _("Account elsewhere")


class Badge(models.TextChoices):
    NONE = "", _("None")
    STAFF = "STAFF", _("Team")


class ActorKind(models.TextChoices):
    HUMAN = "HUMAN", _("Moderator")
    RULE = "RULE", _("Rule")
    AUTHOR = "AUTHOR", _("Author")
    TASK = "TASK", _("Task")


class Policy(models.TextChoices):
    """Who may comment on a page, and what happens to a comment that no check objects to."""

    PRE = "PRE", _("Open, a moderator reads every comment first")
    POST = "POST", _("Open, comments appear at once unless a check holds them")
    CLOSED = "CLOSED", _("Closed: comments can be read, not written")
    OFF = "OFF", _("Off: comments can neither be read nor written")


WRITABLE = frozenset({Policy.PRE, Policy.POST})
READABLE = frozenset({Policy.PRE, Policy.POST, Policy.CLOSED})
