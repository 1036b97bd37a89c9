"""Retention: how long does it take to purge a million comments, with their verdicts and events, on PostgreSQL?"""

from __future__ import annotations

import argparse
import json
import os
import resource
import time
from io import StringIO
from pathlib import Path
from typing import Any

from . import database, report

TARGET_SECONDS = 600
_THREADS = 200
_STAYING = 10  # one comment in so many more is public and stays

_COMMENT = {
    "id": "n",
    "uuid": "gen_random_uuid()",
    "thread_id": "thread",
    "page_id": "page",
    "parent_id": "CASE WHEN n % 10 IN (6, 7, 8) THEN n - n % 10 WHEN n % 10 = 9 THEN n - 1 END",
    "root_id": "CASE WHEN n % 10 >= 6 THEN n - n % 10 END",
    "path": "CASE n % 10 WHEN 6 THEN top || own WHEN 7 THEN top || own WHEN 8 THEN top || own "
    "WHEN 9 THEN top || lpad(to_hex(n - 1), 13, '0') || own ELSE own END",
    "depth": "CASE WHEN n % 10 = 9 THEN 3 WHEN n % 10 >= 6 THEN 2 ELSE 1 END",
    "reply_count": "0",
    "status": "CASE WHEN n >= FIRST_STAYING THEN 'APPROVED' WHEN n % 3 = 0 THEN 'SPAM' "
    "WHEN n % 3 = 1 THEN 'REJECTED' ELSE 'REMOVED' END",
    "is_visible": "n >= FIRST_STAYING",
    "version": "2",
    "is_health": "false",
    "report_count": "0",
    "author_kind": "'GUEST'",
    "author_key": "md5('author' || n % 5000)",
    "author_name": "'Visitor ' || n",
    "author_email": "'visitor' || n || '@example.com'",
    "wants_mail": "false",
    "badge": "''",
    "network_key": "md5('network' || n % 9000)",
    "body": "repeat('warm stones ', 10 + (n % 30)::int)",
    "body_hash": "md5('body' || n)",
    "locale": "'en'",
    "data": "'{}'::jsonb",
    "origin": "'{}'::jsonb",
    "idempotency_key": "md5('key' || n)",
    "request_hash": "md5('request' || n)",
    "created_at": "timestamptz '2024-01-01' + n * interval '10 seconds'",
}


def main(argv: list[str]) -> int:
    """Fill a database, purge it, print the figures and write build/purge.json.

    Returns:
        1 if anything was left that should have gone, or if a count is wrong; else 0, whatever the figures are.
    """
    parser = argparse.ArgumentParser(prog="python -m benchmarks purge", description=__doc__)
    parser.add_argument("--n", type=int, default=1_000_000, help="comments to purge")
    options = parser.parse_args(argv)
    database.run_within_postgres()
    _set_up()
    filled = _timed(lambda: fill(options.n))
    counted = _timed(lambda: _call("rebuild_comment_stats"))
    cpu_before = _cpu_seconds()
    purged = _timed(lambda: _call("purge_comments", "--older-than", "180", "--yes"))
    cpu = _cpu_seconds() - cpu_before
    faults = find_faults(options.n)
    figures = {
        "comments": options.n,
        "filled_seconds": filled,
        "counted_seconds": counted,
        "purge_seconds": purged,
        "purge_cpu_seconds": round(cpu, 1),
        "target_seconds": TARGET_SECONDS,
        "peak_memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "faults": faults,
        "machine": report.machine(),
    }
    folder = database.ROOT / "build"
    folder.mkdir(exist_ok=True)
    (folder / "purge.json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    for name, figure in figures.items():
        print(f"{name:18} {figure}")
    return 1 if faults else 0


def fill(count: int) -> None:
    """Write `count` comments that are due, a tenth more that stay, and two verdicts and two events for each."""
    from wagtail_massage.comments.models import CommentVerdict, ModerationEvent, VisitorComment

    _make_threads()
    last = count + count // _STAYING + 9
    columns = ", ".join(_COMMENT)
    values = ", ".join(_COMMENT.values()).replace("FIRST_STAYING", str(count + 10))
    _run(
        f"INSERT INTO {VisitorComment._meta.db_table} ({columns}) SELECT {values} FROM ("
        "  SELECT n, t.id AS thread, t.page_id AS page, lpad(to_hex(n), 13, '0') AS own,"
        "  lpad(to_hex(n - n % 10), 13, '0') AS top"
        f" FROM generate_series(10, {last}) AS n JOIN bench_threads t ON t.number = (n / 10) % {_THREADS}) AS rows"
    )
    _run(
        f"INSERT INTO {CommentVerdict._meta.db_table} (comment_id, check_name, check_version, outcome, reason,"
        " comment_version, created_at) SELECT n, name, 1, 0, '', 1, now()"
        f" FROM generate_series(10, {last}) AS n, (VALUES ('length'), ('links')) AS checks (name)"
    )
    _run(
        f"INSERT INTO {ModerationEvent._meta.db_table} (comment_id, verb, from_status, to_status, actor_kind, reason,"
        " data, created_at) SELECT n, verb, '', 'PENDING', 'AUTHOR', '', '{}', now()"
        f" FROM generate_series(10, {last}) AS n, (VALUES ('submit'), ('reject')) AS verbs (verb)"
    )
    _run("ANALYZE")


def find_faults(count: int) -> list[str]:
    """Return in words what is not as it should be after the purge."""
    from django.core.management import CommandError

    from wagtail_massage.comments.models import CommentVerdict, ModerationEvent, VisitorComment

    staying = count // _STAYING
    left = {
        "comments": (VisitorComment.objects.count(), staying),
        "verdicts": (CommentVerdict.objects.count(), 2 * staying),
        "events": (ModerationEvent.objects.count(), 2 * staying),
    }
    faults = [
        f"{found} {what} instead of {wanted}" for what, (found, wanted) in left.items() if found != wanted
    ]
    try:
        _call("rebuild_comment_stats", "--check")
    except CommandError as error:
        faults.append(str(error))
    return faults


def _set_up() -> None:
    database.create("bench_ours")
    os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.ours.settings"
    import django

    django.setup()
    _call("migrate", "--verbosity", "0")


def _make_threads() -> None:
    from wagtail.models import Page

    from wagtail_massage.comments.models import CommentThread

    home = Page.objects.get(depth=2)
    for number in range(_THREADS):
        page = home.add_child(instance=Page(title=f"Page {number}", slug=f"page-{number}"))
        CommentThread.objects.create(page=page, page_title=page.title)
    _run(
        f"CREATE TABLE bench_threads AS SELECT id, page_id, row_number() OVER (ORDER BY id) - 1 AS number"
        f" FROM {CommentThread._meta.db_table}"
    )


def _run(sql: str) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(sql)


def _call(*command: str) -> str:
    from django.core.management import call_command

    out = StringIO()
    call_command(*command, stdout=out)
    return out.getvalue()


def _cpu_seconds() -> float:
    """Return the CPU time of this process and of the database's, which is the same however busy the machine is."""
    stats = [Path(f"/proc/{pid}/schedstat") for pid in database.backends("bench_ours")]
    return time.process_time() + sum(int(stat.read_text().split()[0]) for stat in stats) / 1e9


def _timed(work: Any) -> float:
    start = time.monotonic()
    work()
    return round(time.monotonic() - start, 1)
