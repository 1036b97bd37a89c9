"""Found threads go to the comments room, through its own door. Import this only where that room is installed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import gettext as _

from ..comments.actions import Found, Taken, import_comments
from ..comments.drafts import Draft
from ..comments.states import Badge, Status
from ..comments.text import NAME_MAX, is_blank
from .comment_html import to_plain_text
from .found_threads import APPROVED, PENDING, SPAM, TRASH, FoundComment, FoundThread, arrange, is_by_a_person

MOST_REFUSED = 50  # refused comments that are named one by one
MOST_ODD = 5  # ids that are named of all that is worth a look for one reason

_FIRST_YEAR = 1971  # a comment's place in its thread counts from 1970, and the time zone may move it there
_STATUSES = {APPROVED: Status.APPROVED, PENDING: Status.PENDING, SPAM: Status.SPAM, TRASH: Status.REMOVED}
_LONGEST_KEY = 200


@dataclass
class Tally:
    """What became of the comments of an import.

    Attributes:
        stored: how many there are now of each status that were not there before.
        counts: "known" (stored before), and what is worth a look, by a word for it.
        odd: the first of what is worth a look, by the same word: their ids in the file.
        refused: the first of those that could not be stored: whose, where and why.
    """

    stored: Counter[str] = field(default_factory=Counter)
    counts: Counter[str] = field(default_factory=Counter)
    odd: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    refused: list[tuple[str, str, str]] = field(default_factory=list)

    def look_at(self, word: str, *ids: str) -> None:
        self.counts[word] += len(ids)
        self.odd[word] += ids[: MOST_ODD - len(self.odd[word])]

    def note(self, thread: FoundThread, taken: Taken) -> None:
        if taken.refusal:
            self.counts["refused"] += 1
            if len(self.refused) < MOST_REFUSED:
                self.refused.append((taken.found.draft.author_name, thread.name, str(taken.refusal)))
        elif taken.comment and taken.is_new:
            self.stored[taken.comment.status] += 1
            self.counts["health"] += taken.comment.is_health
        else:
            self.counts["known"] += 1


def write_thread(
    page: Any,
    thread: FoundThread,
    *,
    keeps_approval: bool,
    keeps_emails: bool,
    by: Any,
    now: datetime,
    tally: Tally,
    told: Callable[[int], None] = lambda count: None,
) -> None:
    """Store a thread's comments on `page`, batch by batch; those that an earlier import has stored stay as they are.

    Args:
        keeps_approval: what was approved there, on a post that everybody could read, is approved here; else it
            waits for a moderator.
        keeps_emails: keep the addresses of authors, which nobody is shown but the desk.
        told: is called with the number of comments of each batch that is done.
    """
    for batch in import_comments(
        page=page, found=_found(thread, keeps_approval, keeps_emails, now, tally), by=by, now=now
    ):
        for taken in batch:
            tally.note(thread, taken)
        told(len(batch))


def _found(
    thread: FoundThread, keeps_approval: bool, keeps_emails: bool, now: datetime, tally: Tally
) -> Iterator[Found]:
    arranged = arrange(thread.comments, is_kept=is_by_a_person)
    tally.look_at("orphans", *arranged.orphans, *arranged.own_parents)
    for word in ("cycles", "doubles", "twins"):
        tally.look_at(word, *getattr(arranged, word))
    keys = {comment.id: _source_key(thread, comment) for comment, _above in arranged.comments}
    keeps_approval = keeps_approval and thread.is_public
    moments = _Moments(thread, now, tally)
    for comment, above in arranged.comments:
        status = _STATUSES[comment.status]
        yield Found(
            draft=_draft(thread, comment, keeps_emails, tally),
            status=Status.PENDING if status == Status.APPROVED and not keeps_approval else status,
            source_key=keys[comment.id],
            created_at=moments.of(comment),
            parent_key=keys[above] if above else "",
            badge=Badge.STAFF if comment.badge == Badge.STAFF else Badge.NONE,
            uuid=_uuid(comment),
        )


def _draft(thread: FoundThread, comment: FoundComment, keeps_emails: bool, tally: Tally) -> Draft:
    name = " ".join(to_plain_text(comment.author).split())
    if is_blank(name):
        tally.look_at("nameless", comment.id)
        name = _("Anonymous")
    if len(name) > NAME_MAX:
        tally.look_at("long_names", comment.id)
        name = f"{name[: NAME_MAX - 1]}…"
    email = _email(comment.email) if keeps_emails else ""
    if keeps_emails and comment.email and not email:
        tally.look_at("no_emails", comment.id)
    return Draft(
        body=to_plain_text(comment.html),
        author_name=name,
        author_email=email,
        data={"imported_from": thread.source},
    )


def _email(address: str) -> str:
    try:
        validate_email(address)
    except ValidationError:
        return ""
    return address if len(address) <= 254 else ""


def _uuid(comment: FoundComment) -> UUID | None:
    try:
        return UUID(comment.uuid)
    except ValueError:
        return None


def _source_key(thread: FoundThread, comment: FoundComment) -> str:
    """Return by what a comment is known again: where it comes from and the ids that it has there.

    What a database could take for another, that of capitals and accents, stands there as a digest.
    """
    uuid = _uuid(comment)
    key = f"massage:{uuid}" if uuid else f"{thread.source}:{thread.id}:{comment.id}"
    if len(key) <= _LONGEST_KEY and key.isascii() and key == key.lower():
        return key
    return f"{key.partition(':')[0]}:{sha256(key.encode()).hexdigest()}"


class _Moments:
    """When the comments of a thread were written.

    Exports count in seconds, so comments of the same second are put a microsecond apart, in their order. It is the
    same whenever the file is read.
    """

    def __init__(self, thread: FoundThread, now: datetime, tally: Tally) -> None:
        self._now, self._tally = now, tally
        self._fallback = self._possible(thread.published_at) or now
        self._taken: Counter[datetime] = Counter()

    def of(self, comment: FoundComment) -> datetime:
        moment = self._possible(comment.written_at)
        if moment is None:
            self._tally.look_at("undated", comment.id)
            moment = self._fallback
        self._taken[moment] += 1
        return moment + timedelta(microseconds=self._taken[moment] - 1)

    def _possible(self, moment: datetime | None) -> datetime | None:
        if moment is None or moment.year < _FIRST_YEAR or moment.year > self._now.year + 1:
            return None
        if timezone.is_naive(moment):
            moment = timezone.make_aware(moment, timezone.get_default_timezone())
        return moment if moment <= self._now else None
