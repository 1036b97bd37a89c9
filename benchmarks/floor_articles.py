"""The floor of the articles: one indexed query, the same JSON as ours; rows of one table hold what ours answers.

Served as `benchmarks.floor_articles:application`; `python -m benchmarks.floor_articles PORT ID...` fills its table from
our site, which listens on that port.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path

from benchmarks import database
from benchmarks.articles import LISTED
from benchmarks.client import Ask, Client
from benchmarks.floor import NAME, answer, application, query, urlpatterns

__all__ = ["application"]

_API = "/api/massage/v1/benefit-lists/"
_COLUMNS = "id, title, slug, card, rest, body"
_TABLE = """
    CREATE TABLE article (
        id integer PRIMARY KEY, title text NOT NULL, slug text NOT NULL, card text NOT NULL, rest text NOT NULL,
        body text NOT NULL
    )"""


def article(request: HttpRequest, pk: int) -> HttpResponse:
    """One article, whole."""
    [row] = query(f"SELECT {_COLUMNS} FROM article WHERE id = %s", pk)
    return answer({**_card(row), **json.loads(row[4])})


def articles(request: HttpRequest) -> HttpResponse:
    """Twenty articles with their bodies, from the id `after` on."""
    rows = query(
        f"SELECT {_COLUMNS} FROM article WHERE id > %s ORDER BY id LIMIT %s", request.GET["after"], LISTED
    )
    return answer({"items": [_card(row) for row in rows], "count": len(rows)})


def _card(row: tuple[Any, ...]) -> dict[str, Any]:
    pk, title, slug, card, _rest, body = row
    return {"id": pk, "title": title, "slug": slug, **json.loads(card), "body": json.loads(body)}


urlpatterns += [path("articles/<int:pk>/", article), path("articles/", articles)]


def seed(port: int, pages: list[int]) -> dict[str, Any]:
    """Return {"pages": ids}."""
    client = Client(port)
    database.create(NAME)
    with database.connect(NAME) as server, server.cursor() as cursor:
        cursor.execute(_TABLE)
        for start in range(0, len(pages), LISTED):
            ask = Ask(path=f"{_API}?include=body&limit={LISTED}&offset={start}&order=first_published_at")
            for item in client.do(ask).document["items"]:
                cursor.execute(
                    f"INSERT INTO article ({_COLUMNS}) VALUES (%s, %s, %s, %s, %s, %s)", _row(client, item)
                )
        cursor.execute("VACUUM ANALYZE")
    return {"pages": pages}


def _row(client: Client, item: dict[str, Any]) -> list[Any]:
    whole = client.do(Ask(path=f"{_API}{item['id']}/")).document
    rest = {name: value for name, value in whole.items() if name not in item}
    columns = [item.pop(name) for name in ("id", "title", "slug")]
    body = item.pop("body")
    return [*columns, *(json.dumps(part) for part in (item, rest, body))]


if __name__ == "__main__":
    print(json.dumps(seed(int(sys.argv[1]), [int(pk) for pk in sys.argv[2:]])))
