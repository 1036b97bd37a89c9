"""Disqus's export: threads first, then all comments in one long row, whichever thread they belong to."""

from __future__ import annotations

import json
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from .found_threads import APPROVED, PENDING, SPAM, TRASH, FoundComment, FoundThread
from .wxr import read_date
from .xml_stream import Event

_ID = "{http://disqus.com/disqus-internals}id"
_FIELDS = "id link title createdAt message isDeleted isSpam isApproved name email"
WANTED = frozenset(f"dsq:{name}" for name in _FIELDS.split())


def read_disqus(events: Iterable[Event]) -> Iterator[FoundThread]:
    """Return the threads of the file, then one for each thread that is not in it though its comments are.

    What is read of comments lies in a temporary file until their thread is asked for, so memory holds little more
    than their number.
    """
    threads: dict[str, dict[str, str]] = {}
    places: dict[str, list[int]] = defaultdict(list)
    with tempfile.TemporaryFile() as spool:
        for kind, fields in _records(events):
            if kind == "dsq:thread":
                if fields["own"]:  # else nothing can belong to it
                    threads[fields["own"]] = fields
            else:
                places[fields["thread"]].append(spool.tell())
                spool.write(json.dumps(fields).encode() + b"\n")
        for own in dict.fromkeys([*threads, *places]):
            comments = [_read(spool, place) for place in places[own]]
            yield _thread(own, threads.get(own, {}), comments)


def _records(events: Iterable[Event]) -> Iterator[tuple[str, dict[str, str]]]:
    """Put together what stands in each thread and post: `own` is its id, `thread` and `parent` are those it names."""
    kind = ""
    fields: dict[str, str] = {}
    for is_start, name, attributes, text in events:
        if is_start and not kind and name in {"dsq:thread", "dsq:post"}:
            kind, fields = name, {"own": attributes.get(_ID, ""), "thread": ""}
        elif is_start and kind == "dsq:post" and name in {"dsq:thread", "dsq:parent"}:
            fields[name.removeprefix("dsq:")] = attributes.get(_ID, "")
        elif not is_start and name == kind:
            yield kind, fields
            kind = ""
        elif not is_start and kind and name in WANTED:
            fields.setdefault(name.removeprefix("dsq:"), text)


def _read(spool: BinaryIO, place: int) -> FoundComment:
    spool.seek(place)
    fields: dict[str, Any] = json.loads(spool.readline())
    return FoundComment(
        id=fields["own"],
        parent_id=fields.get("parent", ""),
        status=_status(fields),
        author=fields.get("name", "").strip(),
        email=fields.get("email", "").strip(),
        html=fields.get("message", ""),
        written_at=read_date(fields.get("createdAt", ""), is_gmt=True),
    )


def _status(fields: dict[str, Any]) -> str:
    if fields.get("isSpam") == "true":
        return SPAM
    if fields.get("isDeleted") == "true":
        return TRASH
    return PENDING if fields.get("isApproved") == "false" else APPROVED


def _thread(own: str, fields: dict[str, str], comments: list[FoundComment]) -> FoundThread:
    return FoundThread(
        source="disqus",
        id=own,
        title=fields.get("title", "").strip(),
        url=fields.get("link", "").strip(),
        slug=fields.get("id", "").strip(),
        is_public=fields.get("isDeleted") != "true",
        published_at=read_date(fields.get("createdAt", ""), is_gmt=True),
        comments=comments,
    )
