"""`python -m benchmarks.counting APPLICATION < asks.json`: how many queries each request takes, away from the clock.

Reads {name: [requests to warm up with, requests to count]} and prints {name: queries}. Transactions and savepoints
are not counted.
"""

from __future__ import annotations

import importlib
import json
import sys
from typing import Any


def count(client: Any, connection: Any, asks: list[dict[str, Any]]) -> int:
    """Return how many statements the requests took together."""
    statements: list[str] = []

    def note(execute: Any, sql: str, *rest: Any) -> Any:
        statements.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        for ask in asks:
            send(client, ask)
    return sum("SAVEPOINT" not in sql for sql in statements)


def send(client: Any, ask: dict[str, Any]) -> None:
    if ask["body"] is None:
        response = client.get(ask["path"])
    else:
        response = client.post(ask["path"], json.dumps(ask["body"]), content_type="application/json")
    if response.status_code not in ask["status"]:
        raise SystemExit(f"{ask['path']} answered {response.status_code}: {response.content[:300]!r}")


def main() -> None:
    importlib.import_module(sys.argv[1].partition(":")[0])
    from django.db import connection
    from django.test import Client

    client = Client()
    counted = {}
    for name, (before, asks) in json.load(sys.stdin).items():
        for ask in before:
            send(client, ask)
        counted[name] = count(client, connection, asks)
    print(json.dumps(counted))


if __name__ == "__main__":
    main()
