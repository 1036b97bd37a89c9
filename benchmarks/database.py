"""The private PostgreSQL of a run: one database for each contender."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

PORT = "MASSAGE_TEST_POSTGRES_PORT"
ROOT = Path(__file__).parent.parent


def run_within_postgres() -> None:
    """Start this command again with a PostgreSQL beside it, unless there is one; then return."""
    if not os.environ.get(PORT):
        wrapper = str(ROOT / "scripts" / "with_postgres.sh")
        os.execv(wrapper, [wrapper, sys.executable, "-m", "benchmarks", *sys.argv[1:]])


def connect(name: str) -> psycopg.Connection[Any]:
    """Return a connection to the database `name` that commits each statement."""
    dsn = f"host=127.0.0.1 port={os.environ[PORT]} user=postgres dbname={name}"
    return psycopg.connect(dsn, autocommit=True)


def create(name: str) -> None:
    """Make an empty database in place of whatever was called so."""
    with connect("postgres") as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{name}"')


def fetch(name: str, sql: str, *values: Any) -> list[tuple[Any, ...]]:
    """Return the rows of one query."""
    with connect(name) as connection:
        return connection.execute(sql, values).fetchall()


@contextmanager
def unchecked(cursor: Any) -> Iterator[None]:
    """Within it, rows are written without a look at their foreign keys."""
    cursor.execute("SET session_replication_role = replica")
    yield
    cursor.execute("SET session_replication_role = DEFAULT")


def backends(name: str) -> list[int]:
    """Return the process ids of the servers that work for the clients of the database `name`."""
    return [pid for (pid,) in fetch("postgres", "SELECT pid FROM pg_stat_activity WHERE datname = %s", name)]


def settings(name: str) -> dict[str, Any]:
    """Return Django's DATABASES for the database `name`; a connection is kept for ever."""
    return {
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": name,
            "USER": "postgres",
            "HOST": "127.0.0.1",
            "PORT": os.environ[PORT],
            "CONN_MAX_AGE": None,
        }
    }
