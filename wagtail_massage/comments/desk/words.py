"""The desk's words for verbs, checks and their reasons."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ..models import CommentVerdict, VisitorComment
from ..screening.standing import standing
from ..states import RejectionReason

Words = str | Promise


@dataclass(frozen=True, kw_only=True)
class Verb:
    """What a decision is called. `named` and `done` hold the author's `%(name)s`."""

    label: Words
    named: Words
    done: Words
    icon: str
    classname: str = "button-secondary"


VERBS = {
    "approve": Verb(
        label=_("Approve"),
        named=_("Approve the comment by %(name)s"),
        done=_("The comment by %(name)s is approved."),
        icon="check",
        classname="",
    ),
    "reject": Verb(
        label=_("Reject"),
        named=_("Reject the comment by %(name)s"),
        done=_("The comment by %(name)s is rejected."),
        icon="cross",
    ),
    "mark_spam": Verb(
        label=_("Spam"),
        named=_("Spam: mark the comment by %(name)s as spam"),
        done=_("The comment by %(name)s is marked as spam."),
        icon="warning",
    ),
    "hide": Verb(
        label=_("Hide"),
        named=_("Hide the comment by %(name)s"),
        done=_("The comment by %(name)s is hidden and waits for a decision again."),
        icon="no-view",
    ),
    "remove": Verb(
        label=_("Remove"),
        named=_("Remove the comment by %(name)s"),
        done=_("The comment by %(name)s is removed."),
        icon="bin",
        classname="no",
    ),
    "restore": Verb(
        label=_("Restore"),
        named=_("Restore the comment by %(name)s"),
        done=_("The comment by %(name)s is restored."),
        icon="rotate",
    ),
    "acknowledge": Verb(
        label=_("Read"),
        named=_("Read: nothing is wrong with the comment by %(name)s"),
        done=_("The comment by %(name)s counts as read."),
        icon="view",
        classname="",
    ),
    "dismiss_reports": Verb(
        label=_("Keep"),
        named=_("Keep the comment by %(name)s although it was reported"),
        done=_("The comment by %(name)s stays, and its reports are done with."),
        icon="check",
        classname="",
    ),
    "pin": Verb(
        label=_("Pin"),
        named=_("Pin the comment by %(name)s above all others"),
        done=_("The comment by %(name)s stands above all others now."),
        icon="thumbtack",
    ),
    "unpin": Verb(
        label=_("Unpin"),
        named=_("Unpin the comment by %(name)s"),
        done=_("The comment by %(name)s stands in its own place only."),
        icon="thumbtack-crossed",
    ),
}

EVENTS: dict[str, Words] = {
    "submit": _("Written"),
    "import": _("Imported"),
    "approve": _("Approved"),
    "reject": _("Rejected"),
    "mark_spam": _("Marked as spam"),
    "hide": _("Hidden"),
    "remove": _("Removed"),
    "restore": _("Restored"),
    "undo": _("Taken back"),
    "edit": _("Edited"),
    "acknowledge": _("Read"),
    "dismiss_reports": _("Kept although it was reported"),
    "pin": _("Pinned"),
    "unpin": _("Unpinned"),
    "answer": _("Written as an answer of the team"),
    "withdraw": _("Withdrawn by its author"),
    "erase": _("Erased"),
    "screen": _("Judged by an outside service"),
    "set_apart": _("Set apart as a health question"),
    "put_back": _("Found to be no health question"),
    "choose": _("Its author chose what may become of it"),
    "answer_health": _("Answered in private"),
    "publish_question": _("Question published"),
    "publish_answer": _("Answer published"),
    "redact": _("Some words taken out for good"),
    "promote": _("Draft page made of it"),
}

CHECKS: dict[str, Words] = {
    "length": _("Length"),
    "links": _("Links"),
    "honeypot": _("Hidden field"),
    "form_token": _("Form"),
    "duplicate": _("Repetition"),
    "words": _("Words"),
    "lists": _("Block lists"),
    "impersonation": _("Name"),
    "akismet": _("Akismet"),
    "health": _("Health"),
}

REASONS: dict[str, Words] = {
    "health_question": _("Somebody asks about their own health."),
    "health_disclosure": _("It says something about a person's health."),
    "health_advice": _("It asks for advice."),
    "health_red_flag": _("It names what can be dangerous."),
    "unknown_language": _("Health questions are not recognised in its language."),
    "too_short": _("The text is very short."),
    "mark_run": _("The text piles up accents that can break a page."),
    "turned_text": _("It makes letters run the other way, which can hide a word."),
    "many_links": _("There are more links than usual."),
    "link_in_name": _("The name holds a link."),
    "blocked_domain": _("It leads to a blocked site."),
    "banned_word": _("It holds a banned word or phrase."),
    "suspect_word": _("It holds a suspect word or phrase."),
    "banned_word_in_name": _("The name holds a banned word or phrase."),
    "suspect_word_in_name": _("The name holds a suspect word or phrase."),
    "blocked_email": _("The e-mail address is on the block list."),
    "blocked_network": _("It comes from a blocked network."),
    "reserved_name": _("The name is reserved for the team."),
    "team_name": _("The name looks like that of somebody on the team."),
    "trap_filled": _("A field that people cannot see was filled in."),
    "no_token": _("It did not come through a form of this site."),
    "second_step": _("It was checked and sent in a second step."),
    "duplicate": _("The same text was posted a short time before."),
    "check_failed": _("The check broke, so nobody knows. Please read with care."),
    "check_waiting": _("The service that was asked has not answered yet."),
    "not_asked": _("The service was not asked."),
    "akismet_spam": _("The service takes it for spam."),
    "akismet_discard": _("The service takes it for the worst kind of spam."),
}

EVENT_REASONS: dict[str, Words] = {
    **{reason.value: reason.label for reason in RejectionReason},
    "reported": _("So many visitors reported it that it waits for a decision."),
}

REASONED = frozenset({"reject", "remove"})
"""Verbs that a moderator may give a reason for, which the author is told at the receipt."""


def reasons_for(verbs: Iterable[str]) -> list[tuple[str, Words]]:
    """Return the reasons to choose from, code and label, where one of `verbs` takes any."""
    return list(RejectionReason.choices) if REASONED.intersection(verbs) else []


NAMELESS = _("somebody without a name")


def name_of(comment: VisitorComment) -> str:
    """Return what the author calls themselves, or a word for those of whom nothing is left."""
    return comment.author_name or str(NAMELESS)


def reason_of(verdict: CommentVerdict) -> Words:
    """Return a verdict's reason as a sentence; the code itself where a site's own check made it up, "" where
    there is none."""
    return REASONS.get(verdict.reason, verdict.reason)


def latest(verdicts: Iterable[CommentVerdict]) -> list[CommentVerdict]:
    """Return the verdicts on the newest version of the text, gravest first."""
    rows = standing(verdicts)
    version = max((row.comment_version for row in rows), default=0)
    return sorted(
        (row for row in rows if row.comment_version == version), key=lambda row: (-row.outcome, row.pk)
    )
