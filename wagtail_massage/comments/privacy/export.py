"""Everything stored about a person's comments, as JSON: what a request for access or for one's data is answered with.

Nothing of other people goes along: not what was answered, not who reported or decided, not in which words. What was
answered to a health question goes along: it was told to this person; and so does what the person has reported, where
an account did it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext as _

from .. import actions
from ..counting import chunks
from ..models import CommentReport, MailRefusal, VisitorComment
from ..text import recipient_key

BATCH = 200  # comments that are read together, with all that is kept beside them

_RECORDS = ("verdicts", "events", "revisions", "reports", "mails", "notes")


def document(
    comments: Collection[int], *, now: datetime, told: Callable[[int], None] = lambda count: None
) -> dict[str, Any]:
    """Return everything stored about `comments` (by pk), oldest first, as JSON values.

    `told` is called with the number of comments of each batch that is done.
    """
    in_order = VisitorComment.objects.filter(pk__in=comments).order_by("created_at", "pk")
    rows = in_order.select_related("page", "thread", "in_reply_to", "health")
    rows = rows.prefetch_related(*_RECORDS, "health__answers")
    exported: list[dict[str, Any]] = []
    emails: set[str] = set()
    for batch in chunks(list(in_order.values_list("pk", flat=True)), BATCH):
        read = list(rows.filter(pk__in=batch))
        exported += map(_comment, read)
        emails.update(comment.author_email for comment in read if comment.author_email)
        told(len(batch))
    return {
        "about": _(
            "Everything that this website stores about the comments listed here. Times are in UTC. Texts and names "
            "of other people are left out."
        ),
        "exported_at": now,
        "comments": exported,
        "reports_made": [_report(report) for report in actions.reports_by_authors_of(comments)],
        "addresses_that_want_no_mail": _refusals(emails),
    }


def as_json(exported: dict[str, Any]) -> str:
    """Return the text of the file that is handed over."""
    return json.dumps(exported, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2) + "\n"


def _comment(comment: VisitorComment) -> dict[str, Any]:
    return {
        "id": comment.uuid,
        "page": _page(comment),
        "written_at": comment.created_at,
        "edited_at": comment.edited_at,
        "status": comment.status,
        "public": comment.is_visible and comment.page_id is not None,
        "in_reply_to": comment.in_reply_to and comment.in_reply_to.uuid,
        "text": comment.body,
        "language": comment.locale,
        "author": {
            "name": comment.author_name,
            "email": comment.author_email,
            "email_confirmed_at": comment.email_verified_at,
            "wants_mail": comment.wants_mail,
            "kind": comment.author_kind,
            "user_id": comment.author_user_id,
            "badge": comment.badge,
        },
        "earlier_texts": _rows(comment.revisions.all(), "body", "created_at"),
        "checks": _rows(
            comment.verdicts.all(),
            *("check_name", "outcome", "score", "reason", "span_start", "span_end", "created_at"),
            outcome=lambda row: row.get_outcome_display(),
        ),
        "history": _rows(
            comment.events.all(),
            *("verb", "from_status", "to_status", "actor_kind", "reason", "data", "created_at"),
        ),
        "health_question": _health(comment),
        "reports_by_visitors": _rows(comment.reports.all(), "reason", "created_at", "handled_at"),
        "notes_of_moderators": _rows(comment.notes.all(), "body", "created_at"),
        "mails": _rows(comment.mails.all(), "kind", "created_at", "finished_at", "outcome"),
        "digests": _digests(comment),
        "origin": comment.origin,
        "data": comment.data,
        "imported_from": comment.source_key,
    }


def _page(comment: VisitorComment) -> dict[str, Any]:
    if comment.page is None:
        return {"title": comment.thread.page_title, "url": comment.thread.page_url, "deleted": True}
    return {"title": comment.page.title, "url": comment.page.full_url, "deleted": False}


def _health(comment: VisitorComment) -> dict[str, Any] | None:
    """The answers were given to this person, so they belong to her, signature and all."""
    question = getattr(comment, "health", None)
    if question is None:
        return None
    names = (
        "is_urgent",
        "choice",
        "consent_version",
        "chosen_at",
        "created_at",
        "answered_at",
        "published_at",
    )
    return {name: getattr(question, name) for name in names} | {
        "answers": _rows(
            question.answers.all(), "body", "signature", "disclaimer", "created_at", "published_at"
        )
    }


def _digests(comment: VisitorComment) -> dict[str, str]:
    """Fingerprints are stored too: of the text, of the address, of the network and of the request."""
    names = ("body_hash", "author_key", "network_key", "request_hash", "idempotency_key")
    return {name: value for name in names if (value := getattr(comment, name))}


def _rows(records: Iterable[Any], *names: str, **shown: Any) -> list[dict[str, Any]]:
    as_is = {name: shown.get(name) for name in names}
    return [
        {name: show(record) if show else getattr(record, name) for name, show in as_is.items()}
        for record in sorted(records, key=lambda record: record.pk)
    ]


def _report(report: CommentReport) -> dict[str, Any]:
    """The comment is somebody else's, so it is only named."""
    return {
        "comment": report.comment.uuid,
        "reason": report.reason,
        "note": report.note,
        "created_at": report.created_at,
    }


def _refusals(emails: set[str]) -> list[str]:
    keys = {recipient_key(email): email for email in sorted(emails)}
    refused = MailRefusal.objects.filter(recipient_key__in=keys)
    return sorted(keys[key] for key in refused.values_list("recipient_key", flat=True))
