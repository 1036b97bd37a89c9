"""What a lane offers for many comments at once: a box on each card, one box for everything that was found, and a verb.

The boxes belong to one plain form, so all of it works without a script.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from ..actions.bulk import bulk_verbs
from ..states import RejectionReason
from . import words
from .lanes import Lane

LIMIT = 10_000
"""So many comments are decided at a time."""

INT_MAX = 2**31 - 1
ID_MAX = 2**63 - 1

QUESTIONS: dict[str, Any] = {
    "approve": ngettext_lazy("Approve %(count)d comment?", "Approve %(count)d comments?", "count"),
    "reject": ngettext_lazy("Reject %(count)d comment?", "Reject %(count)d comments?", "count"),
    "mark_spam": ngettext_lazy(
        "Mark %(count)d comment as spam?", "Mark %(count)d comments as spam?", "count"
    ),
    "restore": ngettext_lazy("Restore %(count)d comment?", "Restore %(count)d comments?", "count"),
    "remove": ngettext_lazy("Remove %(count)d comment?", "Remove %(count)d comments?", "count"),
}
DONE: dict[str, Any] = {
    "approve": ngettext_lazy("%(count)d comment is approved.", "%(count)d comments are approved.", "count"),
    "reject": ngettext_lazy("%(count)d comment is rejected.", "%(count)d comments are rejected.", "count"),
    "mark_spam": ngettext_lazy(
        "%(count)d comment is marked as spam.", "%(count)d comments are marked as spam.", "count"
    ),
    "restore": ngettext_lazy("%(count)d comment is restored.", "%(count)d comments are restored.", "count"),
    "remove": ngettext_lazy("%(count)d comment is removed.", "%(count)d comments are removed.", "count"),
}
"""The verbs that can be used on many comments, with what is asked before and said after."""


@dataclass(frozen=True, kw_only=True)
class Bar:
    """The form below the cards. `moment` is when the list was read: what came later was never seen."""

    url: str
    count: int
    moment: str
    verbs: list[tuple[str, words.Verb]]

    @property
    def is_too_long(self) -> bool:
        return self.count > LIMIT


def bar_for(lane: Lane, *, url: str, count: int, now: datetime) -> Bar | None:
    """Return the form for a list of `count` comments; None where no verb leads anywhere."""
    legal = {verb for status in lane.statuses for verb in bulk_verbs(status)}
    if lane.health:
        legal.discard("approve")  # a health question is published by its author's choice and an answer
    verbs = [(verb, words.VERBS[verb]) for verb in DONE if verb in legal]
    return Bar(url=url, count=count, moment=now.isoformat(), verbs=verbs) if verbs and count else None


class SeenField(forms.Field):
    """Comments as they were seen: "pk:version" pairs, in one value or in many. Cleans to versions by pk."""

    widget = forms.MultipleHiddenInput
    default_error_messages = {
        "pair": _("“%(value)s” is no comment with its version. Please choose again."),
        "many": _("These are too many. Please choose at most %(limit)d comments."),
    }

    def to_python(self, value: Iterable[str] | None) -> dict[int, int]:
        seen = {}
        for pair in " ".join(value or ()).split():
            pk, _colon, version = pair.partition(":")
            seen[self._number(pk, ID_MAX, pair)] = self._number(version, INT_MAX, pair)
        if len(seen) > LIMIT:
            raise forms.ValidationError(self.error_messages["many"], code="many", params={"limit": LIMIT})
        return seen

    def _number(self, digits: str, limit: int, pair: str) -> int:
        is_number = digits.isascii() and digits.isdecimal() and len(digits) < 20
        if not is_number or not 0 < int(digits) <= limit:
            raise forms.ValidationError(self.error_messages["pair"], code="pair", params={"value": pair[:40]})
        return int(digits)


class MomentField(forms.Field):
    """A moment as `Bar.moment` writes it."""

    default_error_messages = {"moment": _("“%(value)s” is no moment. Please open the list again.")}

    def to_python(self, value: str | None) -> datetime | None:
        if not value:
            return None
        try:
            moment = datetime.fromisoformat(value)
            moment.utctimetuple()  # some moments of the years 1 and 9999 have no equal in UTC
        except (ValueError, OverflowError):
            moment = None
        if moment is None or moment.tzinfo is None:
            raise forms.ValidationError(
                self.error_messages["moment"], code="moment", params={"value": value[:40]}
            )
        return moment


class BulkForm(forms.Form):
    """A verb and what it is for: `every` comment of the list up to a moment, or those that were `seen`."""

    verb = forms.ChoiceField(choices=[(verb, verb) for verb in DONE])
    every = MomentField(required=False)
    seen = SeenField(required=False)
    reason = forms.ChoiceField(choices=RejectionReason.choices, required=False)
    is_confirmed = forms.BooleanField(required=False)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("verb") not in words.REASONED:
            said["reason"] = ""
        if not self.errors and not said["every"] and not said["seen"]:
            raise forms.ValidationError(
                _("No comment was chosen. Tick the boxes of some, or the box for the whole list.")
            )
        return said
