"""The receipt of an erasure: what is gone, since when, by whom, and what nobody here can reach.

It is read from the history of the erased comments, whose `erase` events carry its number. Nothing personal stands in
it, so it can be shown, printed and kept.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Min
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .. import actions
from ..actions.erasing import BATCH
from ..counting import chunks
from ..models import ModerationEvent
from ..states import ActorKind

_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # none that looks like another on paper

GONE: tuple[str | Promise, ...] = (
    _("the texts, also those from before an edit, and whatever the site kept along with them"),
    _("the names and e-mail addresses"),
    _("fingerprints of the text, the address, the network and the account"),
    _("what the screening found, what visitors reported, and mails that were waiting to be sent"),
    _("what the person wrote, signed in, when reporting comments of others"),
)
KEPT: tuple[str | Promise, ...] = (
    _("the public number of each comment, when it was written, and on which page it stood"),
    _("what was decided about it and when, without a reason"),
    _("an entry in the block list of this website, or a wish to get no more mails, if there is one"),
)
OUT_OF_REACH: tuple[str | Promise, ...] = (
    _("backups of this website: they are overwritten in time, and after a restore the erasure is done again"),
    _("copies that search engines and web archives have made; they have forms of their own for removal"),
    _("mails that were sent before, to moderators and to people who were answered"),
    _(
        "logs of the web server and of an outside spam service, if the site uses one; they follow their own periods"
    ),
    _("what readers have copied, printed or photographed"),
    _("what other people wrote in their own comments"),
    _("the person's account on this website, if there is one; it is deleted where accounts are kept"),
)


@dataclass(frozen=True, kw_only=True)
class ErasedComment:
    """One line of a receipt."""

    uuid: UUID
    page_title: str
    page_url: str
    written_at: datetime


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """What was erased under one number.

    Attributes:
        by: the user who did it; None for a command, or when the user is gone.
        by_command: whether a command did it.
    """

    reference: str
    erased_at: datetime
    by: Any
    by_command: bool
    comments: list[ErasedComment]


@dataclass(frozen=True, kw_only=True)
class ReceiptLine:
    """A receipt in a list of them."""

    reference: str
    erased_at: datetime
    count: int


def new_reference(now: datetime) -> str:
    """Return the number of a new receipt: the day, and six characters by chance."""
    day = timezone.localtime(now).strftime("%Y%m%d")
    return f"E-{day}-" + "".join(secrets.choice(_LETTERS) for _position in range(6))


def erase_for_request(
    comments: Collection[int],
    *,
    by: Any,
    now: datetime,
    told: Callable[[int], None] = lambda count: None,
) -> str:
    """Erase `comments` (by pk) as the answer to somebody's request, and return the number of the receipt. What their
    accounts wrote in reports goes too.

    Without `by`, a command does it. Where there was nothing left to erase, "" is returned and there is no receipt.
    `told` is called with the number of comments of each batch that is done.
    """
    reference = new_reference(now)
    kind = ActorKind.TASK if by is None else ActorKind.HUMAN
    actions.forget_words_of_reporters(comments)
    erased = 0
    for batch in chunks(list(comments), BATCH):
        erased += len(actions.erase_many(batch, by=by, now=now, reference=reference, kind=kind))
        told(len(batch))
    return reference if erased else ""


def read_receipt(reference: str) -> Receipt | None:
    """Return the receipt with this number, None where there is none."""
    events = _events().filter(reason=reference.strip().upper()).order_by("comment__created_at", "pk")
    found = list(events.select_related("comment__page", "comment__thread", "actor"))
    if not found:
        return None
    first = min(found, key=lambda event: event.created_at)
    return Receipt(
        reference=first.reason,
        erased_at=first.created_at,
        by=first.actor,
        by_command=first.actor_kind == ActorKind.TASK,
        comments=[_line(event.comment) for event in found],
    )


def recent_receipts(most: int = 20) -> list[ReceiptLine]:
    """Return the newest receipts."""
    groups = _events().order_by().values("reason").annotate(erased_at=Min("created_at"), count=Count("pk"))
    return [
        ReceiptLine(reference=group["reason"], erased_at=group["erased_at"], count=group["count"])
        for group in groups.order_by("-erased_at")[:most]
    ]


def _events() -> Any:
    return ModerationEvent.objects.filter(verb="erase", reason__startswith="E-")


def _line(comment: Any) -> ErasedComment:
    page = comment.page
    return ErasedComment(
        uuid=comment.uuid,
        page_title=page.title if page else comment.thread.page_title,
        page_url=(page.full_url or "") if page else comment.thread.page_url,
        written_at=comment.created_at,
    )
