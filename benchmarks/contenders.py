"""The contenders, and how each of them is asked for the same thing."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

from . import content, database
from .client import Ask
from .database import ROOT
from .sessions import CSRF_TOKEN

PAGE = content.PART
"""Comments in one answer; the desk shows `CARDS` of them, the admin of django-comments-xtd `ROWS`."""
CARDS = 20
ROWS = 100


def seed(module: str, *arguments: Any) -> Any:
    """Run a module that fills a database, in a process of its own; return what its last line says in JSON."""
    command = [sys.executable, "-m", module, *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


class Contender:
    """One system in the comparison.

    Attributes:
        name: what the tables call it.
        database: its database on the private PostgreSQL.
        application: what gunicorn serves.
        seeding: the module that fills the database and prints where things are.
    """

    name = ""
    database = ""
    application = ""
    seeding = ""

    def __init__(self, *, rounds: int, sizes: list[int]) -> None:
        self.facts = seed(self.seeding, rounds, *sizes)
        self.pages: dict[str, int] = self.facts["pages"]

    def flat(self, size: int, *, is_last: bool) -> Ask | None:
        """Fifty comments of a thread of `size` that answer nothing, the first or the last."""
        raise NotImplementedError

    def parts(self, size: int) -> list[Ask]:
        """Fifties of that thread from all over it; [] where it is too long."""
        raise NotImplementedError

    def tree(self, size: int) -> Ask | None:
        """Fifty roots with their replies on three levels; None where there is no such thing."""
        return None

    def counts(self) -> list[Ask]:
        """How many comments each of twenty pages has."""
        raise NotImplementedError

    def post(self, text: str) -> Ask:
        """A new comment on the page `posting`."""
        raise NotImplementedError

    def queue(self) -> Ask:
        """What a moderator sees first of all that waits."""
        raise NotImplementedError

    def queue_rows(self) -> Ask | None:
        """The same in JSON; None where there is no such thing."""
        return None

    def queue_part(self) -> Ask | None:
        """The same as the HTML of the list alone, which a filter or a following page brings."""
        return None

    def empty_desk(self) -> Ask | None:
        """A page of the admin with nothing on it."""
        return None

    def pending(self) -> dict[int, int]:
        """The first thousand comments that wait, with the versions seen."""
        raise NotImplementedError

    def approve(self, seen: dict[int, int]) -> Ask:
        """A decision about them, with all that the desk wants for it."""
        raise NotImplementedError

    def count_approved(self) -> int:
        """How many comments that waited are approved by now."""
        raise NotImplementedError

    def posted(self, tag: str) -> dict[str, str]:
        """What is stored of the comments whose text begins with `tag`: text by public id."""
        raise NotImplementedError

    def count_faults(self) -> str:
        """What is wrong with the counters and the order of the page `posting`; "" if nothing is."""
        return ""

    def _fetch(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        return database.fetch(self.database, sql, *values)


class Floor(Contender):
    name = "floor"
    database = "bench_floor"
    application = "benchmarks.floor:application"
    seeding = "benchmarks.floor"

    def flat(self, size: int, *, is_last: bool) -> Ask:
        if is_last:
            return self.parts(size)[-1]
        return Ask(path=f"/flat/{self.pages[f'flat-{size}']}/", items=("items",), expected=PAGE)

    def parts(self, size: int) -> list[Ask]:
        path = f"/flat/{self.pages[f'flat-{size}']}/?after="
        befores = [
            content.written_at(start).isoformat().replace("+", "%2B") for start in content.starts(size)
        ]
        return [Ask(path=path + before, items=("items",), expected=PAGE) for before in befores]

    def tree(self, size: int) -> Ask:
        return Ask(path=f"/tree/{self.pages[f'tree-{size}']}/", items=("items",), expected=PAGE)

    def counts(self) -> list[Ask]:
        return [Ask(path=f"/counts/?{_pages(self.pages)}", items=("counts",), expected=20)]

    def queue(self) -> Ask:
        return Ask(path="/queue/", items=("items",), expected=PAGE)

    queue_rows = queue_part = empty_desk = queue

    def post(self, text: str) -> Ask:
        body = {"author_name": "Visitor", "body": text}
        return Ask(path=f"/post/{self.pages['posting']}/", body=body)

    def pending(self) -> dict[int, int]:
        sql = "SELECT id FROM comment WHERE page_id = %s AND status = 0 ORDER BY id LIMIT %s"
        return {pk: 1 for (pk,) in self._fetch(sql, self.pages["pending"], content.BATCH)}

    def approve(self, seen: dict[int, int]) -> Ask:
        return Ask(path="/approve/", body={str(pk): version for pk, version in seen.items()})

    def count_approved(self) -> int:
        sql = "SELECT count(*) FROM comment WHERE page_id = %s AND status = 1"
        return int(self._fetch(sql, self.pages["pending"])[0][0])

    def posted(self, tag: str) -> dict[str, str]:
        rows = self._fetch("SELECT uuid, body FROM comment WHERE body LIKE %s", f"{tag} %")
        return {str(public_id): text for public_id, text in rows}


class Ours(Contender):
    name = "ours"
    database = "bench_ours"
    application = "benchmarks.ours.wsgi:application"
    seeding = "benchmarks.ours.seeding"

    _API = "/api/massage/v1"
    _DESK = "/admin/massage-comments"

    def flat(self, size: int, *, is_last: bool) -> Ask:
        if is_last:
            return self.parts(size)[-1]
        path = f"{self._API}/pages/{self.pages[f'flat-{size}']}/comments/"
        return Ask(path=path, items=("items",), expected=PAGE)

    def parts(self, size: int) -> list[Ask]:
        name = f"flat-{size}"
        path = f"{self._API}/pages/{self.pages[name]}/comments/?cursor="
        cursors = self.facts["cursors"][name]
        return [Ask(path=path + cursor, items=("items",), expected=PAGE) for cursor in cursors]

    def tree(self, size: int) -> Ask:
        path = f"{self._API}/pages/{self.pages[f'tree-{size}']}/comments/"
        return Ask(path=path, items=("items",), expected=PAGE)

    def counts(self) -> list[Ask]:
        path = f"{self._API}/comment-counts/?{_pages(self.pages)}"
        return [Ask(path=path, items=("counts",), expected=20)]

    def post(self, text: str) -> Ask:
        body = {"author_name": "Visitor", "body": text}
        path = f"{self._API}/pages/{self.pages['posting']}/comments/"
        return Ask(path=path, body=body, status=(201, 202))

    def queue(self) -> Ask:
        return self._desk("/", mark='<article class="massage-card', expected=CARDS)

    def queue_part(self) -> Ask:
        return self._desk("/lane/pending/results/", mark='<article class="massage-card', expected=CARDS)

    def queue_rows(self) -> Ask:
        return self._desk("/lane/pending/cards.json", items=("items",), expected=PAGE)

    def empty_desk(self) -> Ask:
        return Ask(path="/empty/", cookie=self.facts["cookie"], mark="<main", expected=1)

    def _desk(self, path: str, **wanted: Any) -> Ask:
        return Ask(path=f"{self._DESK}{path}", cookie=self.facts["cookie"], **wanted)

    def approve(self, seen: dict[int, int]) -> Ask:
        pairs = " ".join(f"{pk}:{version}" for pk, version in seen.items())
        form = [
            ("csrfmiddlewaretoken", CSRF_TOKEN),
            ("verb", "approve"),
            ("seen", pairs),
            ("is_confirmed", "1"),
        ]
        return self._desk("/lane/pending/bulk/", form=form, status=(302,))

    def count_approved(self) -> int:
        sql = "SELECT approved_count FROM wagtail_massage_comments_commentthread WHERE page_id = %s"
        return int(self._fetch(sql, self.pages["pending"])[0][0])

    def pending(self) -> dict[int, int]:
        sql = (
            "SELECT id, version FROM wagtail_massage_comments_visitorcomment "
            "WHERE page_id = %s AND status = 'PENDING' ORDER BY id LIMIT %s"
        )
        return dict(self._fetch(sql, self.pages["pending"], content.BATCH))

    def posted(self, tag: str) -> dict[str, str]:
        sql = "SELECT uuid, body FROM wagtail_massage_comments_visitorcomment WHERE body LIKE %s"
        return {str(public_id): text for public_id, text in self._fetch(sql, f"{tag} %")}

    def count_faults(self) -> str:
        page = self.pages["posting"]
        ((rows, places),) = self._fetch(
            "SELECT count(*), count(DISTINCT path) FROM wagtail_massage_comments_visitorcomment WHERE page_id = %s",
            page,
        )
        ((counted,),) = self._fetch(
            "SELECT unconfirmed_count + pending_count + approved_count + rejected_count + spam_count "
            "+ removed_count + erased_count FROM wagtail_massage_comments_commentthread WHERE page_id = %s",
            page,
        )
        ok = rows == places == counted
        return "" if ok else f"{rows} rows, {places} places, {counted} counted"


class Xtd(Contender):
    name = "xtd"
    database = "bench_xtd"
    application = "benchmarks.xtd.wsgi:application"
    seeding = "benchmarks.xtd.seeding"

    def flat(self, size: int, *, is_last: bool) -> Ask | None:
        if size > 100_000:
            return None
        return self._part(size, size - PAGE if is_last else 0)

    def parts(self, size: int) -> list[Ask]:
        return [] if size > 100_000 else [self._part(size, start) for start in content.starts(size)]

    def _part(self, size: int, offset: int) -> Ask:
        path = f"/paged/auth-group/{self.pages[f'flat-{size}']}/?offset={offset}"
        return Ask(path=path, items=("results",), expected=PAGE)

    def counts(self) -> list[Ask]:
        return [Ask(path=f"/comments/api/auth-group/{self.pages[name]}/count/") for name in content.SMALL]

    def post(self, text: str) -> Ask:
        body = {
            "content_type": "auth.group",
            "object_pk": str(self.pages["posting"]),
            "name": "Visitor",
            "email": "visitor@example.org",
            "comment": text,
            "followup": False,
            "reply_to": 0,
        }
        return Ask(path="/comments/api/comment/", body=body, status=(201, 202, 204))

    _WAITING = "/admin/django_comments_xtd/xtdcomment/?is_public__exact=0"

    def queue(self) -> Ask:
        return Ask(
            path=self._WAITING, cookie=self.facts["cookie"], mark='class="action-select"', expected=ROWS
        )

    def approve(self, seen: dict[int, int]) -> Ask:
        form = [("csrfmiddlewaretoken", CSRF_TOKEN), ("action", "approve_comments"), ("index", "0")]
        form += [("_selected_action", str(pk)) for pk in seen]
        return Ask(path=self._WAITING, cookie=self.facts["cookie"], form=form, status=(302,))

    def count_approved(self) -> int:
        sql = "SELECT count(*) FROM django_comments WHERE object_pk = %s AND is_public"
        return int(self._fetch(sql, str(self.pages["pending"]))[0][0])

    def pending(self) -> dict[int, int]:
        sql = "SELECT id FROM django_comments WHERE NOT is_public ORDER BY id LIMIT %s"
        return {pk: 1 for (pk,) in self._fetch(sql, content.BATCH)}

    def posted(self, tag: str) -> dict[str, str]:
        sql = "SELECT id, comment FROM django_comments WHERE comment LIKE %s"
        return {str(pk): text for pk, text in self._fetch(sql, f"{tag} %")}


ALL: list[type[Contender]] = [Floor, Ours, Xtd]


def _pages(pages: dict[str, int]) -> str:
    return "&".join(f"page={pages[name]}" for name in content.SMALL)
