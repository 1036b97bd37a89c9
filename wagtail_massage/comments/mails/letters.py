"""What every mail of the room looks like: plain text from a template, and headers that mail programs understand.

No letter holds anything that a visitor has typed, neither text nor name: a name such as "www.example.com" would be a
link in most mail programs, sent in the site's own name to somebody whom a stranger chose.
"""

from __future__ import annotations

from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils.crypto import salted_hmac
from django.utils.translation import get_supported_language_variant

from ..models import CommentMail
from ..states import MailOutcome

_SUBJECT_MAX = 150


class NotSent(Exception):
    """This mail must not be sent, now or later; `outcome` says why."""

    def __init__(self, outcome: MailOutcome) -> None:
        super().__init__(outcome)
        self.outcome = outcome


def compose(
    row: CommentMail, *, to: str, context: dict[str, Any], headers: dict[str, str] | None = None
) -> EmailMessage:
    """Return the mail of an outbox row in the language that is active: `mails/<kind>.txt` and `_subject.txt`."""
    name = f"wagtail_massage_comments/mails/{row.kind.lower()}"
    subject = one_line(render_to_string(f"{name}_subject.txt", context))
    body = render_to_string(f"{name}.txt", context).strip() + "\n"
    return EmailMessage(subject=subject, body=body, to=[to], headers=_headers(row) | (headers or {}))


def one_line(text: str) -> str:
    """Return `text` fit for a header: printable, on one line, not too long."""
    printable = "".join(character if character.isprintable() else " " for character in text)
    line = " ".join(printable.split())
    return line if len(line) <= _SUBJECT_MAX else line[: _SUBJECT_MAX - 1] + "…"


def known_language(code: str) -> str:
    """Return the language of the site that is nearest to `code`, the site's own when there is none."""
    try:
        return get_supported_language_variant(code)
    except LookupError:
        return settings.LANGUAGE_CODE


def list_id(name: str) -> str:
    """Return a List-Id (RFC 2919), so that a mail program can group what belongs together."""
    return f"<{name}.comments.{_domain()}>"


def _headers(row: CommentMail) -> dict[str, str]:
    # The same row always has the same Message-ID: a mail sent twice is shown once.
    digest = salted_hmac("wagtail_massage_comments.message", row.key, algorithm="sha256").hexdigest()
    return {
        "Message-ID": f"<massage.{digest[:32]}@{_domain()}>",
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
    }


def _domain() -> str:
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    return domain if domain.isascii() and domain else "localhost"
