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

from .conf import comments_settings
from .drafts import Draft

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
        widget=forms.Textarea(attrs={"rows": 6, "required": True}),
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

    def draft(self) -> Draft:
        """Return what a valid form says."""
        said = self.cleaned_data
        return Draft(
            body=said["body"],
            author_name=said["author_name"],
            author_email=said["author_email"],
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
