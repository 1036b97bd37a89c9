"""`python -m benchmarks.counting APPLICATION < asks.json`: how many queries each request takes, away from the clock.

Reads {name: [requests to warm up with, requests to count]} and prints {name: queries}. Transactions and savepoints
are not counted.
"""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
from dataclasses import asdict
from typing import Any

from benchmarks.client import Ask
from benchmarks.database import ROOT


def count_apart(application: str, asks: dict[str, list[list[Ask]]]) -> dict[str, int]:
    """Return the queries of each request, counted in a process of its own: {name: [to warm up with, to count]}."""
    plain = {name: [[asdict(ask) for ask in part] for part in pair] for name, pair in asks.items()}
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.counting", application],
        cwd=ROOT,
        input=json.dumps(plain),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return json.loads(done.stdout.splitlines()[-1])


def count(client: Any, connection: Any, asks: list[Ask], etags: dict[str, str]) -> int:
    """Return how many statements the requests took together. `etags` are the versions that came before, by path."""
    statements: list[str] = []

    def note(execute: Any, sql: str, *rest: Any) -> Any:
        statements.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        for ask in asks:
            send(client, ask, etags)
    return sum("SAVEPOINT" not in sql for sql in statements)


def send(client: Any, ask: Ask, etags: dict[str, str]) -> None:
    ask = ask.knowing(etags)
    sent, kind = ask.sent
    method = "GET" if sent is None else "POST"
    response = client.generic(method, ask.path, sent or b"", kind, headers=ask.headers)
    if response.status_code not in ask.status:
        raise SystemExit(f"{ask.path} answered {response.status_code}: {response.content[:300]!r}")
    etags[ask.path] = response.headers.get("ETag", "")


def main() -> None:
    importlib.import_module(sys.argv[1].partition(":")[0])
    from django.db import connection
    from django.test import Client

    client, etags = Client(), {}
    counted = {}
    for name, (before, asks) in json.load(sys.stdin).items():
        for ask in before:
            send(client, Ask(**ask), etags)
        counted[name] = count(client, connection, [Ask(**ask) for ask in asks], etags)
    print(json.dumps(counted))


if __name__ == "__main__":
    main()
