"""The contenders, and how each of them is asked for the same thing."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

from . import content, database
from .client import Ask
from .database import ROOT

PAGE = 50


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
        command = [sys.executable, "-m", self.seeding, str(rounds), *map(str, sizes)]
        done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
        self.facts = json.loads(done.stdout.splitlines()[-1])
        self.pages: dict[str, int] = self.facts["pages"]

    def flat(self, size: int, *, is_last: bool) -> Ask | None:
        """Fifty comments of a thread of `size` that answer nothing, the first or the last."""
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

    def pending(self) -> dict[int, int]:
        """The first thousand comments that wait, with the versions seen."""
        raise NotImplementedError

    def approve(self, seen: dict[int, int]) -> Ask:
        return Ask(path="/approve/", body={str(pk): version for pk, version in seen.items()})

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
        path = f"/flat/{self.pages[f'flat-{size}']}/"
        if is_last:
            before = content.written_at(size - PAGE)
            path += f"?after={before.isoformat().replace('+', '%2B')}"
        return Ask(path=path, items=("items",), expected=PAGE)

    def tree(self, size: int) -> Ask:
        return Ask(path=f"/tree/{self.pages[f'tree-{size}']}/", items=("items",), expected=PAGE)

    def counts(self) -> list[Ask]:
        return [Ask(path=f"/counts/?{_pages(self.pages)}", items=("counts",), expected=20)]

    def post(self, text: str) -> Ask:
        body = {"author_name": "Visitor", "body": text}
        return Ask(path=f"/post/{self.pages['posting']}/", body=body)

    def pending(self) -> dict[int, int]:
        sql = "SELECT id FROM comment WHERE page_id = %s AND status = 0 ORDER BY id LIMIT %s"
        return {pk: 1 for (pk,) in self._fetch(sql, self.pages["pending"], content.BATCH)}

    def posted(self, tag: str) -> dict[str, str]:
        rows = self._fetch("SELECT uuid, body FROM comment WHERE body LIKE %s", f"{tag} %")
        return {str(public_id): text for public_id, text in rows}


class Ours(Contender):
    name = "ours"
    database = "bench_ours"
    application = "benchmarks.ours.wsgi:application"
    seeding = "benchmarks.ours.seeding"

    _API = "/api/massage/v1"

    def flat(self, size: int, *, is_last: bool) -> Ask:
        name = f"flat-{size}"
        query = f"?cursor={self.facts['last'][name]}" if is_last else ""
        path = f"{self._API}/pages/{self.pages[name]}/comments/{query}"
        return Ask(path=path, items=("items",), expected=PAGE)

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
        offset = size - PAGE if is_last else 0
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

    def pending(self) -> dict[int, int]:
        sql = "SELECT id FROM django_comments WHERE NOT is_public ORDER BY id LIMIT %s"
        return {pk: 1 for (pk,) in self._fetch(sql, content.BATCH)}

    def posted(self, tag: str) -> dict[str, str]:
        sql = "SELECT id, comment FROM django_comments WHERE comment LIKE %s"
        return {str(pk): text for pk, text in self._fetch(sql, f"{tag} %")}


ALL: list[type[Contender]] = [Floor, Ours, Xtd]


def _pages(pages: dict[str, int]) -> str:
    return "&".join(f"page={pages[name]}" for name in content.SMALL)
