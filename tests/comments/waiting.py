"""A thread beside the test's own, which has come to wait for what the test has locked."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from django.db import connection, connections

# Only who waits for this connection: other tests run beside this one on the same server.
WAITS_FOR_US = {
    "postgresql": "SELECT count(*) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))",
    "mysql": """
        SELECT count(*) FROM information_schema.innodb_lock_waits
        JOIN information_schema.innodb_trx ON trx_id = blocking_trx_id WHERE trx_mysql_thread_id = CONNECTION_ID()
    """,
}
# Whoever asks InnoDB less than 0.1 s after anybody else has asked is shown the same again, for ever if need be.
PAUSE = {"postgresql": 0.02, "mysql": 0.5}


def started(act: Callable[[], Any]) -> tuple[threading.Thread, list[Any]]:
    """Run `act()` in a thread. Once that waits for us or has ended, return it and where its result or error will be."""
    results: list[Any] = []

    def run() -> None:
        try:
            results.append(act())
        except Exception as error:
            results.append(error)
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    while thread.is_alive() and not _waits_for_us():
        thread.join(PAUSE[connection.vendor])
    return thread, results


def _waits_for_us() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(WAITS_FOR_US[connection.vendor])
        return bool(cursor.fetchone()[0])
