"""The floor: bare Django without apps or middleware, one indexed query (two to write), the same JSON as ours.

Served as `benchmarks.floor:application`; `python -m benchmarks.floor ROUNDS SIZE...` fills its database.
"""

from __future__ import annotations

import json
import sys
import uuid
from datetime import UTC, datetime
from typing import Any

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import path

from benchmarks import content, database

NAME = "bench_floor"

if not settings.configured:
    settings.configure(
        SECRET_KEY="bench",
        ALLOWED_HOSTS=["*"],
        ROOT_URLCONF=__name__,
        DATABASES=database.settings(NAME),
        USE_TZ=True,
    )
    django.setup()

_COLUMNS = "uuid, author, body, html, created_at, depth, parent"
_TABLES = """
    CREATE TABLE page (id serial PRIMARY KEY, name text, comments integer NOT NULL);
    CREATE TABLE comment (
        id bigserial PRIMARY KEY, uuid uuid NOT NULL, page_id integer NOT NULL, root_id bigint, parent uuid,
        depth smallint NOT NULL, status smallint NOT NULL, created_at timestamptz NOT NULL, author text NOT NULL,
        email text NOT NULL, body text NOT NULL, html text NOT NULL
    )"""
_INDEXES = """
    CREATE INDEX ON comment (page_id, created_at, id) WHERE status = 1 AND depth = 1;
    CREATE INDEX ON comment (root_id, created_at) WHERE status = 1;
    CREATE INDEX ON comment (created_at, id) WHERE status = 0"""


def query(sql: str, *values: Any) -> list[tuple[Any, ...]]:
    """Return the rows of one query."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def answer(document: Any) -> HttpResponse:
    """Answer in JSON."""
    return HttpResponse(json.dumps(document), content_type="application/json")


def _document(row: tuple[Any, ...], replies: Any = None) -> dict[str, Any]:
    public_id, author, body, html, created_at, depth, parent = row
    return {
        "id": str(public_id),
        "state": "APPROVED",
        "author": {"name": author, "badge": None},
        "body": body,
        "body_html": html,
        "created_at": created_at.isoformat(),
        "edited_at": None,
        "depth": depth,
        "parent": parent and str(parent),
        "in_reply_to": parent and str(parent),
        "replies": replies,
    }


def _part(items: list[Any]) -> dict[str, Any]:
    return {"items": items, "next": items[-1]["id"] if items else None, "count": len(items)}


def flat(request: HttpRequest, page: int) -> HttpResponse:
    """Fifty comments that answer nothing, after the date `after`."""
    rows = query(
        f"SELECT {_COLUMNS} FROM comment WHERE page_id = %s AND status = 1 AND depth = 1 AND created_at > %s "
        "ORDER BY created_at, id LIMIT 50",
        page,
        request.GET.get("after", "2000-01-01"),
    )
    return answer(_part([_document(row, _part([])) for row in rows]))


def tree(request: HttpRequest, page: int) -> HttpResponse:
    """Fifty roots with everything below them."""
    rows = query(
        "WITH roots AS (SELECT id, created_at FROM comment WHERE page_id = %s AND status = 1 AND depth = 1 "
        f"ORDER BY created_at, id LIMIT 50) SELECT {_COLUMNS} FROM ("
        f"SELECT c.*, c.id AS tree FROM comment c JOIN roots USING (id) UNION ALL "
        f"SELECT c.*, c.root_id FROM comment c JOIN roots ON c.root_id = roots.id AND c.status = 1"
        ") found ORDER BY tree, depth > 1, created_at",
        page,
    )
    roots: list[Any] = []
    for row in rows:
        if row[5] == 1:
            roots.append(_document(row, {"items": [], "next": None, "count": 0}))
        else:
            replies = roots[-1]["replies"]
            replies["items"].append(_document(row))
            replies["count"] += 1
    return answer(_part(roots))


def post(request: HttpRequest, page: int) -> HttpResponse:
    """Store a comment and count it."""
    sent = json.loads(request.body)
    row = (uuid.uuid4(), sent["author_name"], sent["body"], sent["body"], datetime.now(UTC), 1, None)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO comment ({_COLUMNS}, page_id, status, email) VALUES "
            "(%s, %s, %s, %s, %s, %s, %s, %s, 0, '')",
            [*row, page],
        )
        cursor.execute("UPDATE page SET comments = comments + 1 WHERE id = %s", [page])
    return answer(_document(row))


def counts(request: HttpRequest) -> HttpResponse:
    """How many comments some pages have."""
    pages = [int(page) for page in request.GET.getlist("page")]
    return answer({"counts": dict(query("SELECT id, comments FROM page WHERE id = ANY(%s)", pages))})


def queue(request: HttpRequest) -> HttpResponse:
    """The fifty oldest that wait, with their pages."""
    rows = query(
        "SELECT c.id, uuid, author, body, created_at, depth, parent, page_id, name FROM comment c "
        "JOIN page ON page.id = page_id WHERE status = 0 ORDER BY created_at, c.id LIMIT 50"
    )
    return answer({"items": [_card(row) for row in rows], "next": "/queue/?p=2"})


def _card(row: tuple[Any, ...]) -> dict[str, Any]:
    pk, public_id, author, body, created_at, depth, parent, page, title = row
    return {
        "pk": pk,
        "id": str(public_id),
        "status": "PENDING",
        "version": 1,
        "is_visible": False,
        "is_health": False,
        "author": {"name": author, "kind": "GUEST", "badge": None},
        "body": body,
        "locale": "",
        "depth": depth,
        "parent": parent and str(parent),
        "page": {"id": page, "title": title},
        "created_at": created_at.isoformat(),
        "edited_at": None,
        "was_screened": True,
        "reasons": ["suspect_word"],
        "reports": {},
        "verbs": ["approve", "reject", "mark_spam", "remove"],
    }


def approve(request: HttpRequest) -> HttpResponse:
    """Approve the comments in the body, {id: version}."""
    ids = [int(pk) for pk in json.loads(request.body)]
    with connection.cursor() as cursor:
        cursor.execute("UPDATE comment SET status = 1 WHERE status = 0 AND id = ANY(%s)", [ids])
        return answer({"done": cursor.rowcount})


urlpatterns = [
    path("flat/<int:page>/", flat),
    path("tree/<int:page>/", tree),
    path("post/<int:page>/", post),
    path("counts/", counts),
    path("queue/", queue),
    path("approve/", approve),
]
application = WSGIHandler()


def seed(rounds: int, sizes: list[int]) -> dict[str, Any]:
    """Return {"pages": id of each page by thread name}."""
    database.create(NAME)
    pages = {}
    with database.connect(NAME) as server, server.cursor() as cursor:
        cursor.execute(_TABLES)
        last = 0
        for name, (size, is_approved) in content.plan(sizes, rounds).items():
            cursor.execute("INSERT INTO page (name, comments) VALUES (%s, %s) RETURNING id", [name, size])
            (page,) = cursor.fetchone() or (0,)
            pages[name] = page
            uuids: dict[int, uuid.UUID] = {}
            with cursor.copy(
                f"COPY comment (id, page_id, root_id, status, email, {_COLUMNS}) FROM STDIN"
            ) as copy:
                for item in content.items(name, size):
                    uuids[item.number] = item.uuid
                    root = last + item.root if item.depth else None
                    own = (last + item.number, page, root, int(is_approved), item.email)
                    said = (item.uuid, item.author, item.text, f"<p>{item.text}</p>", item.created_at)
                    copy.write_row((*own, *said, item.depth + 1, uuids.get(item.parent)))
            last += size
        cursor.execute(_INDEXES)
        cursor.execute("SELECT setval('comment_id_seq', %s)", [last])
        cursor.execute("VACUUM ANALYZE")
    return {"pages": pages}


if __name__ == "__main__":
    print(json.dumps(seed(int(sys.argv[1]), [int(size) for size in sys.argv[2:]])))
