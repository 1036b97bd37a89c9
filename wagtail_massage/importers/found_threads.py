"""What readers of comment exports find: threads, each with the address it had and its comments, as they stood there."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime

APPROVED, PENDING, SPAM, TRASH = "APPROVED", "PENDING", "SPAM", "TRASH"

BACK_LINKS = frozenset({"pingback", "trackback"})
"""Kinds of "comments" that other sites' programs have left."""

LONGEST_NAME = 80  # characters of a thread's name that people are shown

_BY_PEOPLE = frozenset({"comment", "review"})  # a shop's notes about orders, for one, are not


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundComment:
    """A comment as the file has it, without network addresses, which no reader reads.

    Attributes:
        id: unique within its thread; "" where the file gives none.
        parent_id: the id of the one it answers, "" for none.
        html: its text, in the loose HTML of its source.
        written_at: aware, or naive in the local time of the source; None where the file gives no possible date.
        uuid, badge: what only our own exports say.
    """

    id: str
    parent_id: str = ""
    kind: str = "comment"
    status: str = APPROVED
    author: str = ""
    email: str = ""
    html: str = ""
    written_at: datetime | None = None
    uuid: str = ""
    badge: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundThread:
    """The comments of one page.

    Attributes:
        source: the file's kind and the site it comes from: "wxr:spa.example/blog", "disqus".
        id: what the source calls the page.
        kind: "post", "page" and so on, "" where the file does not say.
        is_public: whether everybody could read it there: no draft, not private, without a password, not deleted.
        published_at: as `FoundComment.written_at`.
    """

    source: str
    id: str
    kind: str = ""
    title: str = ""
    url: str = ""
    slug: str = ""
    is_public: bool = True
    published_at: datetime | None = None
    comments: list[FoundComment] = field(default_factory=list)

    @property
    def name(self) -> str:
        """What to call it for people, on one line that is not too long."""
        name = " ".join((self.title or self.slug or self.id).split()) or "(no title)"
        return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"


def is_by_a_person(comment: FoundComment) -> bool:
    """Tell whether a comment was written by a person for readers: what an import takes."""
    return comment.kind in _BY_PEOPLE


@dataclass(slots=True)
class Arranged:
    """Comments in an order in which parents come before their answers, with the id of the parent ("" for none).

    Attributes:
        orphans, own_parents, cycles: ids of those whose relation could not be kept: the parent is not there, they
            answer themselves, a circle was opened above them.
        doubles: ids of what stands there twice, word for word, and is left out the second time.
        twins: ids under which something else stands too; it is kept under an id that is made of its content.
    """

    comments: list[tuple[FoundComment, str]]
    orphans: list[str] = field(default_factory=list)
    own_parents: list[str] = field(default_factory=list)
    cycles: list[str] = field(default_factory=list)
    doubles: list[str] = field(default_factory=list)
    twins: list[str] = field(default_factory=list)


def arrange(found: Iterable[FoundComment], *, is_kept: Callable[[FoundComment], bool]) -> Arranged:
    """Return the comments that are kept, parents first and otherwise as in the file.

    Orphans, comments that answer themselves and the first of a circle go to the top. What answers a comment that is
    not kept, or spam without being spam, takes the place of that. Time and memory grow with the number of comments,
    however deep they go.
    """
    arranged = Arranged([])
    by_id = _by_id(found, arranged)
    parents = {comment.id: _parent_of(comment, by_id, arranged) for comment in by_id.values()}
    held_by: dict[str, str] = {}  # what an answer to this one hangs from
    for comment in _parents_first(by_id, parents, arranged):
        parent = by_id.get(parents[comment.id])
        above = held_by[parent.id] if parent else ""
        is_spam, is_there = comment.status == SPAM, is_kept(comment)
        held_by[comment.id] = comment.id if is_there and not is_spam else above
        if is_there:
            beside_spam = is_spam and parent and parent.status == SPAM and is_kept(parent)
            arranged.comments.append((comment, parent.id if parent and beside_spam else above))
    return arranged


def _by_id(found: Iterable[FoundComment], arranged: Arranged) -> dict[str, FoundComment]:
    """Return the comments by an id that each has for itself; "" is none, for that is what answers nothing."""
    by_id: dict[str, FoundComment] = {}
    for comment in found:
        is_twin = _said(by_id.get(comment.id, comment)) != _said(comment)
        if is_twin or not comment.id:
            digest = hashlib.sha256(repr(_said(comment)).encode()).hexdigest()[:24]
            own = replace(comment, id=f"{comment.id}~{digest}")
        else:
            own = comment
        if own.id in by_id:
            arranged.doubles.append(comment.id)
            continue
        by_id[own.id] = own
        if is_twin:
            arranged.twins.append(comment.id)
    return by_id


def _said(comment: FoundComment) -> tuple[object, ...]:
    return comment.author, comment.email, comment.html, comment.written_at


def _parent_of(comment: FoundComment, by_id: dict[str, FoundComment], arranged: Arranged) -> str:
    parent = comment.parent_id
    if not parent:
        return ""
    if parent == comment.id:
        arranged.own_parents.append(comment.id)
        return ""
    if parent not in by_id:
        arranged.orphans.append(comment.id)
        return ""
    return parent


def _parents_first(
    by_id: dict[str, FoundComment], parents: dict[str, str], arranged: Arranged
) -> Iterator[FoundComment]:
    answers: dict[str, list[str]] = defaultdict(list)
    for own, parent in parents.items():
        answers[parent].append(own)
    done: set[str] = set()
    yield from _walk(answers[""], answers, by_id, done)
    for own in by_id:
        if own not in done:  # nothing of its circle was reached
            first = _on_circle(own, parents)
            arranged.cycles.append(first)
            parents[first] = ""
            yield from _walk([first], answers, by_id, done)


def _on_circle(own: str, parents: dict[str, str]) -> str:
    """Return one of the circle that is above `own`."""
    passed: set[str] = set()
    while own not in passed:
        passed.add(own)
        own = parents[own]
    return own


def _walk(
    begin: list[str], answers: dict[str, list[str]], by_id: dict[str, FoundComment], done: set[str]
) -> Iterator[FoundComment]:
    waiting = begin[::-1]
    while waiting:
        own = waiting.pop()
        if own in done:  # where a circle closes
            continue
        done.add(own)
        yield by_id[own]
        waiting.extend(reversed(answers[own]))
