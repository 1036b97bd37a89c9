"""Clean: what a draft must be like before it is looked at, and a sentence for each field that is not."""

from __future__ import annotations

import dataclasses

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .. import text
from ..conf import comments_settings
from ..drafts import Author, Draft


class Refused(Exception):
    """The draft cannot be taken as it is. `errors` maps a field of the draft to a sentence for its author."""

    def __init__(self, errors: dict[str, str]) -> None:
        super().__init__(" ".join(errors.values()))
        self.errors = errors


def clean(draft: Draft, *, author: Author | None = None) -> Draft:
    """Return the draft as it would be stored; a proved `author` is named as the account is.

    Raises:
        Refused: with a sentence for each field that cannot be stored.
    """
    errors: dict[str, str] = {}
    if author is not None:
        draft = dataclasses.replace(
            draft, author_name=author.name[: text.NAME_MAX], author_email=author.email
        )
    body = _clean_body(draft.body, errors)
    author_name = _clean_name(draft.author_name, errors)
    author_email = draft.author_email.strip()
    wants_mail = draft.wants_mail and comments_settings.author_mails
    if author_email and not _is_address(author_email):
        if author is not None:
            author_email = ""  # the account's own affair, and nothing that its owner could correct here
        else:
            errors["author_email"] = _(
                "This does not look like an e-mail address. Correct it, or leave it empty."
            )
    elif wants_mail and author is None and not author_email:
        errors["author_email"] = _(
            "Give an e-mail address for the mails that you asked for, or ask for none."
        )
    if errors:
        raise Refused(errors)
    return dataclasses.replace(
        draft, body=body, author_name=author_name, author_email=author_email, wants_mail=wants_mail
    )


def _is_address(value: str) -> bool:
    """Tell whether mails can be sent there. A host inside of the site's own network is no stranger's address."""
    domain = value.rpartition("@")[2]
    try:
        validate_email(value)
    except ValidationError:
        return False
    # RFC 5321; validate_email lets 320 characters pass
    return len(value) <= 254 and "." in domain and not domain.startswith("[")


def _clean_body(raw: str, errors: dict[str, str]) -> str:
    try:
        body = text.clean_body(raw)
    except text.Unreadable as error:
        errors["body"] = str(error)
        return ""
    limit = comments_settings.max_length
    if text.is_blank(body):
        errors["body"] = _("Please write something.")
    elif len(body) > limit:
        errors["body"] = ngettext(
            "Your comment has %(length)d characters; %(limit)d is the most that fits. Please shorten it.",
            "Your comment has %(length)d characters; %(limit)d are the most that fit. Please shorten it.",
            limit,
        ) % {"length": len(body), "limit": limit}
    return body


def _clean_name(raw: str, errors: dict[str, str]) -> str:
    try:
        name = text.clean_name(raw)
    except text.Unreadable as error:
        errors["author_name"] = str(error)
        return ""
    if text.is_blank(name):
        errors["author_name"] = _("Please give a name. It need not be your full name.")
    elif len(name) > text.NAME_MAX:
        errors["author_name"] = _("Please use a name of at most %(limit)d characters.") % {
            "limit": text.NAME_MAX
        }
    return name
