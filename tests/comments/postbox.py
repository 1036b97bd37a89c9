"""What the tests of mails share: a mail server, people who asked for mails, and a way to read links out of letters."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from wagtail_massage.comments.models import CommentMail


def outcomes(kind: str | None = None) -> list[str]:
    """Return what became of the rows of the outbox, in their order; "" for those that wait."""
    rows = CommentMail.objects.order_by("pk")
    return list((rows.filter(kind=kind) if kind else rows).values_list("outcome", flat=True))


def links(text: str) -> list[str]:
    """Return everything in a plain text that a mail program could make a link of: addresses with and without http."""
    return re.findall(r"\S*(?:https?:|www\.|\w\.\w\w)\S*", text)


def path_of(text: str, step: str) -> str:
    """Return the path of the link in a mail that leads to `step`."""
    found = [urlsplit(link).path for link in links(text) if f"/{step}/" in link]
    assert len(found) == 1, f"{len(found)} links to {step}"
    return found[0]


def header_path(mail: Any) -> str:
    """Return the path of a mail's List-Unsubscribe."""
    return urlsplit(mail["List-Unsubscribe"].strip().strip("<>")).path
