"""The comment form: widgets, labels, and the text of a visitor kept whatever happens to it.

It decides nothing about a comment. What can be stored is `actions.submit`'s business, whose sentences come back here
by field, so that the form and the JSON API refuse the same things in the same words.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _

from .actions.reporting import NOTE_MAX
from .conf import comments_settings
from .drafts import Author, Draft
from .states import EmailRule, HealthChoice, ReportReason

TRAP = "massage_extra"
"""The field that people do not see. The name is none that a browser or a password manager would fill in."""


class CommentForm(forms.Form):
    """What a visitor fills in. `parent` is the public id of the comment that is answered."""

    author_name = forms.CharField(
        label=_("Name"),
        help_text=_("It is shown with your comment and need not be your full name."),
        required=False,
        strip=False,
        widget=forms.TextInput(attrs={"autocomplete": "name", "required": True}),
    )
    author_email = forms.CharField(
        label=_("E-mail address (optional)"),
        help_text=_("Only for the site's team, should they have a question. It is never shown."),
        required=False,
        strip=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    body = forms.CharField(
        label=_("Comment"),
        required=False,
        strip=False,
        widget=forms.Textarea(
            attrs={"rows": 6, "required": True, "autocomplete": "off"}
        ),  # it may be of one's body
    )
    wants_mail = forms.BooleanField(
        label=_("Tell me by mail when it is published and when somebody answers"), required=False
    )
    parent = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: QueryDict | None = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial, auto_id="massage-comment-%s", label_suffix="")
        limit = comments_settings.max_length
        self.fields["body"].help_text = ngettext(
            "Plain text of at most %(limit)d character. A blank line makes a paragraph.",
            "Plain text of at most %(limit)d characters. A blank line makes a paragraph.",
            limit,
        ) % {"limit": limit}
        if comments_settings.author_mails:
            self.fields["author_email"].help_text = _(
                "Only for the site's team, should they have a question, and for the mails you ask for. "
                "It is never shown."
            )
        else:
            del self.fields["wants_mail"]

    def ask_for_email(self, rule: EmailRule) -> None:
        """Say of the e-mail address what a guest has to know. Whether it is there is asked by `actions.submit`."""
        if rule == EmailRule.OPTIONAL:
            return
        field = self.fields["author_email"]
        field.label = _("E-mail address")
        field.widget.attrs["required"] = True
        if rule == EmailRule.CONFIRMED:
            field.help_text = _(
                "We send a link to it, so that you can confirm that it is yours. Your comment is read after that. "
                "The address is never shown."
            )

    def draft(self) -> Draft:
        """Return what a valid form says."""
        said = self.cleaned_data
        return Draft(
            body=said["body"],
            author_name=said["author_name"],
            author_email=said["author_email"],
            wants_mail=said.get("wants_mail", False),
            parent=said["parent"],
            locale=get_language() or "",
        )

    def refuse(self, errors: dict[str, str]) -> None:
        """Show the sentences of `actions.Refused` beside their fields."""
        for field, message in errors.items():
            self.add_error(field if field in self.fields else None, message)

    def detach(self) -> None:
        """Where the comment that was answered is gone, make the text a comment of its own and say so."""
        if "parent" in self.errors:
            del self.errors["parent"]
            self.data = dict(self.data.items()) | {"parent": ""}
            self.add_error(
                None,
                _(
                    "The comment you answered is no longer there. "
                    "Send your text again if it can stand as a comment of its own."
                ),
            )


class ReportForm(forms.Form):
    """Why a visitor reports a comment."""

    reason = forms.ChoiceField(
        label=_("What is wrong with it?"),
        choices=ReportReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose what is wrong with it.")},
    )
    note = forms.CharField(
        label=_("In your words (optional)"),
        help_text=_("Only the site's team reads it. Nobody is told who reported the comment."),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": NOTE_MAX}),
    )

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data, auto_id="massage-report-%s", label_suffix="")


class MemberForm(CommentForm):
    """What somebody fills in who is signed in: name and address are the account's."""

    def __init__(
        self, data: QueryDict | None = None, *, author: Author, initial: dict[str, Any] | None = None
    ) -> None:
        super().__init__(data, initial=initial)
        for name in ("author_name", "author_email"):
            del self.fields[name]
        if not author.email:
            self.fields.pop("wants_mail", None)

    def ask_for_email(self, rule: EmailRule) -> None:
        """Nothing is asked: what the account says counts."""

    def draft(self) -> Draft:
        said = self.cleaned_data
        return Draft(
            body=said["body"],
            author_name="",
            wants_mail=said.get("wants_mail", False),
            parent=said["parent"],
            locale=get_language() or "",
        )


class OwnTextForm(forms.Form):
    """The text of a comment that its author changes, and the version that the author has seen."""

    body = forms.CharField(
        label=_("Comment"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6, "required": True, "dir": "auto", "autocomplete": "off"}),
    )
    version = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)

    def __init__(self, data: QueryDict | None = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial, auto_id="massage-comment-%s", label_suffix="")

    def refuse(self, errors: dict[str, str]) -> None:
        """Show the sentences of `actions.Refused` beside their fields."""
        for field, message in errors.items():
            self.add_error(field if field in self.fields else None, message)


class HealthChoiceForm(forms.Form):
    """What may become of a health question, and which words were agreed to."""

    choice = forms.ChoiceField(choices=[choice for choice in HealthChoice.choices if choice[0]])
    consent_version = forms.CharField(max_length=16)
