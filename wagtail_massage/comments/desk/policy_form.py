"""The form of one choice: who may comment on a page and below it, from when to when, and what goes with it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets import AdminDateTimeInput

from ..conf import comments_settings
from ..models import CommentThread
from ..policies import MAX_DAYS, PolicyTerms
from ..states import WRITABLE, EmailRule, Policy
from .policy_words import POLICY_NAMES, moment

_YEARS = range(2000, 2201)


def _words(name: str, part: str) -> Any:
    """Return what the model calls a field, so that both say the same."""
    return getattr(CommentThread._meta.get_field(name), part)


class PolicyForm(forms.Form):
    """A choice of its own, or with an empty `policy` none.

    Args:
        now: the moment of asking; a closing date that is new must come after it.
        as_above: what the empty choice says.
    """

    policy = forms.ChoiceField(
        label=gettext_lazy("Who may comment"), widget=forms.RadioSelect, required=False
    )
    opens_at = forms.DateTimeField(
        label=gettext_lazy("Opens"),
        help_text=_words("opens_at", "help_text"),
        required=False,
        widget=AdminDateTimeInput,
    )
    closes_at = forms.DateTimeField(
        label=gettext_lazy("Closes"),
        help_text=_words("closes_at", "help_text"),
        required=False,
        widget=AdminDateTimeInput,
    )
    close_after_days = forms.IntegerField(
        label=gettext_lazy("Days after which a page closes"),
        help_text=_words("close_after_days", "help_text"),
        required=False,
        min_value=0,
        max_value=MAX_DAYS,
    )
    closed_notice = forms.CharField(
        label=gettext_lazy("Words for readers when closed"),
        help_text=_words("closed_notice", "help_text"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    email_rule = forms.ChoiceField(
        label=gettext_lazy("E-mail address of guests"), required=False, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, now: datetime, as_above: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now
        self.fields["policy"].choices = [("", as_above), *Policy.choices]  # type: ignore[attr-defined]
        rule = EmailRule(comments_settings.email).label
        as_set = _("As in the settings of the installation: %(rule)s") % {"rule": rule}
        self.fields["email_rule"].choices = [("", as_set), *EmailRule.choices]  # type: ignore[attr-defined]

    def clean_opens_at(self) -> datetime | None:
        return self._clean_date("opens_at")

    def clean_closes_at(self) -> datetime | None:
        closes_at, before = self._clean_date("closes_at"), self.initial.get("closes_at")
        # The field shows no seconds.
        is_new = before is None or closes_at != before.replace(second=0, microsecond=0)
        if closes_at and closes_at <= self.now and is_new:
            raise forms.ValidationError(
                _("This moment is over already. To close at once, choose “Closed” above.")
            )
        return closes_at

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("policy"):
            self._compare_dates(said)
        return said

    def choice(self) -> Policy | None:
        """Return the policy that a valid form chooses, None for what holds above."""
        chosen = self.cleaned_data["policy"]
        return Policy(chosen) if chosen else None

    def terms(self) -> PolicyTerms:
        """Return what a valid form says besides."""
        said = self.cleaned_data
        return PolicyTerms(**{name: said[name] for name in PolicyTerms.__dataclass_fields__})

    def _clean_date(self, name: str) -> datetime | None:
        value: datetime | None = self.cleaned_data[name]
        if value and value.year not in _YEARS:
            years = {"year": value.year, "first": _YEARS[0], "last": _YEARS[-1]}
            raise forms.ValidationError(
                _("The year %(year)d is hardly meant. Write one from %(first)d to %(last)d.") % years
            )
        return value

    def _compare_dates(self, said: dict[str, Any]) -> None:
        opens_at, closes_at = said.get("opens_at"), said.get("closes_at")
        if opens_at and closes_at and closes_at <= opens_at:
            late = _("Comments would close before they open (%(moment)s). Write a later moment.")
            self.add_error("closes_at", late % {"moment": moment(opens_at)})
        if opens_at and opens_at > self.now and said["policy"] not in WRITABLE:
            sentence = _(
                "“%(policy)s” does not open by itself. Choose above what shall hold from this moment on: until then "
                "nobody can write. Or empty this field."
            )
            self.add_error("opens_at", sentence % {"policy": POLICY_NAMES[said["policy"]]})
