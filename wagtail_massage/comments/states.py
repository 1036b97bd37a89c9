"""The words of the comment's life: its states, who acts, and which change may follow which."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


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
    NONE = "", pgettext_lazy("badge", "None")
    STAFF = "STAFF", _("Team")


class ActorKind(models.TextChoices):
    HUMAN = "HUMAN", _("Moderator")
    RULE = "RULE", _("Rule")
    AUTHOR = "AUTHOR", _("Author")
    TASK = "TASK", pgettext_lazy("who acted", "Task")


class Policy(models.TextChoices):
    """Who may comment on a page, and what happens to a comment that no check objects to."""

    OPEN = "OPEN", _("Open: comments appear at once unless a check holds them")
    POST = (
        "POST",
        _("Open, read afterwards: comments appear at once, and moderators are asked to look at them"),
    )
    PRE = "PRE", _("Open, read first: a moderator reads every comment before everybody else does")
    MEMBERS = "MEMBERS", _("Members: only people who are signed in may write; a moderator reads first")
    READ_ONLY = "READ_ONLY", _("Read only: visitors can read, the team may still answer")
    CLOSED = "CLOSED", _("Closed: comments can be read, nobody can write")
    OFF = "OFF", _("Off: comments can neither be read nor written")


WRITABLE = frozenset({Policy.OPEN, Policy.POST, Policy.PRE, Policy.MEMBERS})
"""Policies under which visitors may write."""

ANSWERABLE = WRITABLE | {Policy.READ_ONLY}
"""Policies under which the site's own people may answer."""

READABLE = frozenset(Policy) - {Policy.OFF}
AT_ONCE = frozenset({Policy.OPEN, Policy.POST})
"""Policies under which a comment that no check objects to is public at once."""


READ_FIRST = frozenset({Policy.PRE, Policy.MEMBERS})
"""Policies under which a moderator reads a comment before everybody else does."""


class PolicySource(models.TextChoices):
    """Where the policy in force was chosen."""

    PAGE = "PAGE", _("this page")
    SECTION = "SECTION", _("a section above it")
    SITE = "SITE", _("the site")
    SETTING = "SETTING", _("the settings of the installation")


class EmailRule(models.TextChoices):
    """What a guest must say about an e-mail address."""

    OPTIONAL = "OPTIONAL", _("May be left out")
    REQUIRED = "REQUIRED", _("Must be given")
    CONFIRMED = "CONFIRMED", _("Must be given, and confirmed by a link in a mail before a moderator looks")


class ReportReason(models.TextChoices):
    """Why a visitor reports a comment."""

    SPAM = "SPAM", _("Advertising or spam")
    OFFENSIVE = "OFFENSIVE", _("Insulting or hateful")
    PRIVATE = "PRIVATE", _("It says something private about a person")
    HARMFUL = "HARMFUL", _("It could harm somebody who follows it")
    OFF_TOPIC = "OFF_TOPIC", _("It has nothing to do with the page")
    OTHER = "OTHER", _("Something else")


class RejectionReason(models.TextChoices):
    """Why a moderator does not publish a comment, or takes it away."""

    OFF_TOPIC = "OFF_TOPIC", _("Off topic")
    ADVERTISING = "ADVERTISING", _("Advertising")
    INSULTING = "INSULTING", _("Insulting")
    PRIVATE_DATA = "PRIVATE_DATA", _("Private data")
    MEDICAL_CLAIM = "MEDICAL_CLAIM", _("Medical claim")
    DUPLICATE = "DUPLICATE", _("Said before")
    OTHER = "OTHER", _("Another reason")


STATEMENTS = {
    RejectionReason.OFF_TOPIC: _("It is not about what this page is about."),
    RejectionReason.ADVERTISING: _("It advertises something, and comments here are no place for that."),
    RejectionReason.INSULTING: _("It insults or belittles somebody."),
    RejectionReason.PRIVATE_DATA: _("It says things about a person that do not belong in public."),
    RejectionReason.MEDICAL_CLAIM: _(
        "It says something about health that could harm a reader who relies on it."
    ),
    RejectionReason.DUPLICATE: _("The same has been said here before."),
    RejectionReason.OTHER: _("It does not keep to what the team of this site asks of comments."),
}
"""What the author is told of each reason, in a sentence."""


class MailKind(models.TextChoices):
    """What a mail is about. MODERATORS and DIGEST go to the desk, all others to the comment's author."""

    CONFIRM = "CONFIRM", _("Please confirm your address")
    APPROVED = "APPROVED", _("Your comment is published")
    REJECTED = "REJECTED", _("Your comment will not be published")
    REPLY = "REPLY", _("Somebody answered your comment")
    ANSWERED = "ANSWERED", _("An answer is waiting for you")
    MODERATORS = "MODERATORS", _("A comment is waiting")
    DIGEST = "DIGEST", _("What happened on the desk")


class MailLane(models.TextChoices):
    """What moderators are told of, each as often as they like."""

    WAITING = "WAITING", _("Comments that wait for a decision")
    PUBLISHED = "PUBLISHED", _("Comments that appeared at once and nobody has read yet")
    REPORTED = "REPORTED", _("Comments that visitors have reported")
    HEALTH = "HEALTH", _("Personal health questions, to whoever may answer them")


class MailFrequency(models.TextChoices):
    INSTANT = "INSTANT", _("At once")
    DIGEST = "DIGEST", _("Together, once a day")
    NEVER = "NEVER", _("Never")


class MailOutcome(models.TextChoices):
    """What became of a mail."""

    SENT = "SENT", _("Sent")
    SPREAD = "SPREAD", _("Passed on to the moderators who want to know")
    VOID = "VOID", _("No longer of interest")
    REFUSED = "REFUSED", _("The recipient wants no mails")
    LIMITED = "LIMITED", _("Too many mails to one recipient")
    FAILED = "FAILED", _("The mail server did not take it")


class EntryKind(models.TextChoices):
    """What an entry of the desk's lists stands for, and what it does to a comment."""

    BANNED_WORDS = "BANNED_WORDS", _("Banned word or phrase: the comment is spam")
    SUSPECT_WORDS = "SUSPECT_WORDS", _("Suspect word or phrase: the comment is held")
    BLOCKED_DOMAIN = "BLOCKED_DOMAIN", _("Blocked web domain: a link there makes spam")
    BLOCKED_EMAIL = "BLOCKED_EMAIL", _("Blocked e-mail address, or @domain: the comment is spam")
    BLOCKED_NETWORK = "BLOCKED_NETWORK", _("Blocked network: the comment is spam")
    RESERVED_NAME = "RESERVED_NAME", _("Reserved name: only the team may use it")


class HealthChoice(models.TextChoices):
    """What somebody who asked a personal health question wants to become of it."""

    NONE = "", _("Has not chosen yet: held as if for a private answer")
    NAMED = "NAMED", _("Publish with my name")
    NAMELESS = "NAMELESS", _("Publish without my name")
    PRIVATE = "PRIVATE", _("Answer me privately")


class DeskTextKind(models.TextChoices):
    """What a text of the desk is for."""

    REPLY = "REPLY", _("Ready-made reply")
    HEALTH_REPLY = "HEALTH_REPLY", _("Beginning of an answer to a health question")
    SAFETY = "SAFETY", _("What somebody with an urgent health question is told at once")
    CONSENT = "CONSENT", _("What somebody with a health question agrees to by choosing")
    DISCLAIMER = "DISCLAIMER", _("What stands under each answer to a health question")
