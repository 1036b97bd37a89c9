"""Import: comments that were published elsewhere, with their own dates and states. Nobody is told of each of them."""

from __future__ import annotations

from collections import ChainMap, Counter
from collections.abc import Iterable, Iterator, MutableMapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import islice
from typing import Any, NamedTuple
from uuid import UUID

from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import Q

from .. import counting, signals, text
from ..drafts import Draft, Origin
from ..models import CommentThread, CommentVerdict, ModerationEvent, VisitorComment
from ..paths import MAX_DEPTH, STEP, depth_of, make_path
from ..screening import pipeline
from ..screening.base import Candidate, Verdict
from ..screening.health import HEALTH, HealthCheck
from ..states import ActorKind, AuthorKind, Badge, Status
from ..threads import lock_thread
from .cleaning import Refused, clean
from .deadlocks import begun_again
from .erasing import erased_source_key
from .recording import verdict_row
from .setting_apart import note_health
from .submitting import Submission

BATCH = 400  # comments in one transaction; with their roots they fit into one statement on SQLite

_TRIES = 5
_UNDECIDED = frozenset({Status.UNCONFIRMED, Status.PENDING})  # all others were decided where they come from


@dataclass(frozen=True, kw_only=True)
class Found:
    """A comment that an importer has found.

    Attributes:
        source_key: where it was found, at most 200 characters, unique over the whole installation.
        created_at: when it was written (aware), which also gives its place in the thread.
        parent: the stored comment that it answers; or
        parent_key: the `source_key` of an earlier one of the same call that it answers, "" for none.
        badge: what stands beside the name; the importer answers for it.
        uuid: the public id that it had on another site of this kind; it keeps it.
    """

    draft: Draft
    status: Status
    source_key: str
    created_at: datetime
    parent: VisitorComment | None = None
    parent_key: str = ""
    badge: Badge = Badge.NONE
    uuid: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class Taken:
    """What became of a found comment: stored now or before, or (no `comment`) refused, and why."""

    found: Found
    comment: VisitorComment | None = None
    is_new: bool = False
    refusal: Refused | None = None


def import_comment(
    *,
    page: Any,
    draft: Draft,
    status: Status,
    source_key: str,
    created_at: datetime,
    by: Any,
    now: datetime,
    parent: VisitorComment | None = None,
    badge: Badge = Badge.NONE,
) -> Submission:
    """Store one comment found by an importer. See `import_comments` and `Found`.

    Raises:
        Refused: if the text cannot be stored.
    """
    found = Found(
        draft=draft, status=status, source_key=source_key, created_at=created_at, parent=parent, badge=badge
    )
    [taken] = next(import_comments(page=page, found=[found], by=by, now=now))
    if taken.comment is None:
        raise taken.refusal or RuntimeError("An import left nothing.")
    return Submission(comment=taken.comment, is_new=taken.is_new)


def import_comments(*, page: Any, found: Iterable[Found], by: Any, now: datetime) -> Iterator[list[Taken]]:
    """Store comments found by an importer, parents before their answers; each batch is a transaction of its own.

    What is stored under a `source_key` (or `uuid`) already stays as it is, also where it was erased since: an import
    that was broken off is finished by doing it again. A comment was decided elsewhere, so only the check for health
    questions looks at it; one waits, whatever its status is. Answers to what is refused take its place. In the end,
    also where it comes too early, `signals.comments_imported` tells of the page if the public sees more than before.

    Args:
        page: the thread's own page; it need be neither public nor open.
        by: who runs the import, None from the command line.

    Yields:
        What became of each comment of a batch, once the batch is stored.
    """
    places: dict[str, _Place | None] = {}
    shown: dict[int, int | None] = {}  # what the public can see of it: row numbers, with those of their roots
    waiting = iter(found)
    try:
        while batch := list(islice(waiting, BATCH)):
            done = begun_again(partial(_import_batch, page, batch, places, by=by, now=now))
            new = [taken.comment for taken in done if taken.comment and taken.is_new]
            shown |= {comment.pk: comment.root_id for comment in new if comment.is_visible}
            yield done
    finally:
        if shown:
            _announce(page, shown, by=by, now=now)


def _announce(page: Any, shown: dict[int, int | None], *, by: Any, now: datetime) -> None:
    roots = {root for root in shown.values() if root and root not in shown}
    announcement = {"page": page, "roots": roots, "by": by, "now": now}
    transaction.on_commit(
        partial(signals.comments_imported.send_robust, sender=VisitorComment, **announcement)
    )


class _Place:
    """A place in the thread; the row number comes when it is stored."""

    __slots__ = ("parent", "path", "pk", "root")

    def __init__(
        self, path: str, *, parent: _Place | None, root: _Place | None, pk: int | None = None
    ) -> None:
        self.path, self.parent, self.root, self.pk = path, parent, root, pk

    @classmethod
    def of(cls, comment: VisitorComment, thread: CommentThread) -> _Place | None:
        """Return that of a stored comment, without asking for what is above it; None if it lies in another thread."""
        if comment.thread_id != thread.pk:
            return None
        parent = root = None
        if comment.root_id is not None:
            root = cls(comment.path[:STEP], parent=None, root=None, pk=comment.root_id)
            parent = root
            if comment.depth > 2:
                parent = cls(comment.path[:-STEP], parent=None, root=root, pk=comment.parent_id)
        return cls(comment.path, parent=parent, root=root, pk=comment.pk)


@dataclass(slots=True)
class _Row:
    """A comment on its way into the database, and the place of what it answers."""

    comment: VisitorComment
    place: _Place
    target: _Place | None
    verdicts: list[Verdict]


_Places = MutableMapping[str, "_Place | None"]


def _import_batch(
    page: Any, batch: Sequence[Found], places: dict[str, _Place | None], *, by: Any, now: datetime
) -> list[Taken]:
    for attempt in range(1, _TRIES + 1):
        tried: ChainMap[str, _Place | None] = ChainMap({}, places)
        try:
            with transaction.atomic():
                done = _take(page, batch, tried, by=by, now=now)
        except IntegrityError:
            if attempt == _TRIES:
                raise
            continue  # a place was taken (two digits of it are random), or somebody imports the same
        places.update(tried.maps[0])
        return done
    raise AssertionError("unreachable")


def _take(page: Any, batch: Sequence[Found], places: _Places, *, by: Any, now: datetime) -> list[Taken]:
    thread = lock_thread(page)
    known = _known(batch)
    said = _screen(page, [found for found in batch if found.source_key not in known], now=now)
    done: list[Taken] = []
    rows: list[_Row] = []
    for found in batch:
        target = _Place.of(found.parent, thread) if found.parent else places.get(found.parent_key)
        if comment := known.get(found.source_key):
            places.setdefault(found.source_key, _Place.of(comment, thread))
            done.append(Taken(found=found, comment=comment))
            continue
        screened = said[found.source_key]
        if isinstance(screened, Refused):
            places[found.source_key] = target
            done.append(Taken(found=found, refusal=screened))
            continue
        row = _row(thread, found, target, screened, now)
        places[found.source_key] = row.place
        known[found.source_key] = row.comment
        rows.append(row)
        done.append(Taken(found=found, comment=row.comment, is_new=True))
    if rows:
        _store(thread, rows, by=by, now=now)
    return done


def _known(batch: Sequence[Found]) -> dict[str, VisitorComment]:
    """Return what is stored of a batch, by the source key; what was erased does not come back."""
    keys = {key: found.source_key for found in batch for key in _keys_of(found.source_key)}
    uuids = {found.uuid: found.source_key for found in batch if found.uuid}
    stored = Q(source_key__in=list(keys))
    same = [*VisitorComment.objects.filter(stored)]
    if uuids:
        same += VisitorComment.objects.filter(uuid__in=list(uuids)).exclude(stored)
    return {keys.get(comment.source_key or "") or uuids[comment.uuid]: comment for comment in same}


def _keys_of(source_key: str) -> tuple[str, str]:
    return source_key, erased_source_key(source_key)


class _Screened(NamedTuple):
    """A draft as it would be stored, and what the checks say of it."""

    draft: Draft
    verdicts: list[Verdict]


def _screen(page: Any, batch: Sequence[Found], *, now: datetime) -> dict[str, _Screened | Refused]:
    """Clean each draft and let the checks look at it, within one savepoint for all of them.

    All checks but those outside of the site look at what waits, for whoever decides. Of what was approved elsewhere
    only what the check for health questions has found is kept, and nothing of what was taken away there.
    """
    said: dict[str, _Screened | Refused] = {}
    candidates: dict[str, tuple[Candidate, Status]] = {}
    for found in batch:
        if found.source_key in candidates or found.source_key in said:
            continue  # it stands there twice; the first counts
        try:
            draft = clean(found.draft)
        except Refused as refusal:
            said[found.source_key] = refusal
            continue
        digest = text.body_hash(draft.body)
        candidate = Candidate(draft=draft, origin=Origin(), page=page, body_hash=digest, now=now)
        candidates[found.source_key] = candidate, found.status

    def look(*, has_savepoint: bool) -> dict[str, _Screened]:
        return {
            key: _Screened(candidate.draft, _verdicts(candidate, status, has_savepoint))
            for key, (candidate, status) in candidates.items()
        }

    try:
        with transaction.atomic():
            return said | look(has_savepoint=True)
    except DatabaseError:  # a check has broken a query, and with it the savepoint
        return said | look(has_savepoint=False)


def _verdicts(candidate: Candidate, status: Status, has_savepoint: bool) -> list[Verdict]:
    if status in _UNDECIDED:
        return pipeline.run(candidate, may_ask=False, has_savepoint=has_savepoint)
    if status != Status.APPROVED:
        return []
    checks = [check for check in pipeline.load_checks() if isinstance(check, HealthCheck)]
    verdicts = pipeline.look(checks, candidate, has_savepoint=has_savepoint)
    return verdicts if _find_health(verdicts) else []


def _find_health(verdicts: list[Verdict]) -> bool:
    return any(verdict.finding.reason == HEALTH for verdict in verdicts)


def _row(
    thread: CommentThread, found: Found, target: _Place | None, screened: _Screened, now: datetime
) -> _Row:
    """Return a comment below `target`; one to the deepest level goes beside what it answers, as in `placing`."""
    parent = target.parent if target and depth_of(target.path) >= MAX_DEPTH else target
    path = make_path(parent.path if parent else "", found.created_at)
    place = _Place(path, parent=parent, root=(parent.root or parent) if parent else None)
    is_apart = found.status == Status.APPROVED and _find_health(screened.verdicts)
    status = Status.PENDING if is_apart else found.status
    comment = VisitorComment(
        thread=thread,
        page_id=thread.page_id,
        path=path,
        depth=depth_of(path),
        status=status,
        reviewed_at=None if status in _UNDECIDED else now,
        badge=found.badge,
        source_key=found.source_key,
        created_at=found.created_at,
        **_written(screened.draft),
        **({"uuid": found.uuid} if found.uuid else {}),
    )
    return _Row(comment, place, target, screened.verdicts)


def _written(draft: Draft) -> dict[str, Any]:
    """Return what a comment holds of its draft."""
    key = text.author_key(AuthorKind.GUEST, draft.author_email.casefold()) if draft.author_email else ""
    return {
        "author_kind": AuthorKind.GUEST,
        "author_name": draft.author_name,
        "author_email": draft.author_email,
        "author_key": key,
        "body": draft.body,
        "body_hash": text.body_hash(draft.body),
        "locale": draft.locale,
        "data": draft.data,
    }


def _store(thread: CommentThread, rows: list[_Row], *, by: Any, now: datetime) -> None:
    for depth in range(1, MAX_DEPTH + 1):
        _insert([row for row in rows if row.comment.depth == depth])
    late = [row for row in rows if row.target and row.comment.in_reply_to_id is None]
    for row in late:  # at the deepest level it answers one of the same INSERT
        row.comment.in_reply_to_id = row.target.pk if row.target else None
    VisitorComment.objects.bulk_update([row.comment for row in late], ["in_reply_to"])
    comments = [row.comment for row in rows]
    _settle(thread, comments)
    ModerationEvent.objects.bulk_create(_event(comment, by, now) for comment in comments)
    said = [verdict_row(row.comment, verdict, 1, now) for row in rows for verdict in row.verdicts]
    CommentVerdict.objects.bulk_create(said)
    for row in rows:
        note_health(row.comment, row.verdicts, now=now, is_quiet=True)


def _insert(rows: list[_Row]) -> None:
    """Store comments of one depth; those above them have their numbers already."""
    for row in rows:
        row.comment.parent_id = row.place.parent.pk if row.place.parent else None
        row.comment.root_id = row.place.root.pk if row.place.root else None
        row.comment.in_reply_to_id = row.target.pk if row.target else None
    VisitorComment.objects.bulk_create([row.comment for row in rows])
    for row in rows:
        row.place.pk = row.comment.pk


def _settle(thread: CommentThread, comments: list[VisitorComment]) -> None:
    """Store the visibility and the counts that follow from new comments."""
    settled = counting.work_out(counting.whole_trees(comments), was={})
    settled.changes[thread.pk].statuses.update(Counter(comment.status for comment in comments))
    counting.store(settled.old, settled.new)
    counting.apply(settled.changes)
    derived = {row.pk: row for row in settled.new}
    for comment in comments:
        row = derived[comment.pk]
        comment.is_visible, comment.reply_count = row.is_visible, row.reply_count


def _event(comment: VisitorComment, by: Any, now: datetime) -> ModerationEvent:
    return ModerationEvent(
        comment=comment,
        verb="import",
        to_status=comment.status,
        actor_kind=ActorKind.TASK,
        actor=by,
        created_at=now,
    )
