"""`python -m benchmarks.xtd.seeding ROUNDS SIZE...`: fill the database of django-comments-xtd.

Prints where things are.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from django.core.management import call_command
from django.db import connection

from benchmarks import content, database, sessions
from benchmarks.xtd import wsgi  # noqa: F401 (sets Django up)
from benchmarks.xtd.settings import NAME

_COMMENT = (
    "id, content_type_id, object_pk, site_id, user_name, user_email, user_url, comment, submit_date, "
    "is_public, is_removed"
)
_EXTENSION = 'comment_ptr_id, thread_id, parent_id, level, "order", followup, nested_count'
_NESTED = [3, 0, 0, 0, 0, 2, 0, 0, 1, 0]
"""Answers that django-comments-xtd counts for each of ten comments of a tree."""


def seed(rounds: int, sizes: list[int]) -> dict[str, Any]:
    """Return {"pages": id of the group behind each thread, "cookie": of a moderator}."""
    from django.contrib.auth.models import Group, User
    from django.contrib.contenttypes.models import ContentType

    call_command("migrate", verbosity=0)
    moderator = User.objects.create_superuser("moderator", "moderator@example.org", "bench")
    kind = ContentType.objects.get_for_model(Group).pk
    pages, last = {}, 0
    for name, (size, is_approved) in content.plan(sizes, rounds).items():
        pages[name] = Group.objects.create(name=name).pk
        extension, orders = [], {}
        with connection.cursor() as cursor, database.unchecked(cursor):
            with cursor.copy(f"COPY django_comments ({_COMMENT}) FROM STDIN") as copy:
                for item in content.items(name, size):
                    pk = last + item.number
                    thread = last + item.root if item.depth else pk
                    orders[thread] = orders.get(thread, 0) + 1
                    nested = _NESTED[(item.number - 1) % 10] if name.startswith("tree") else 0
                    parent = last + item.parent if item.parent else pk
                    extension.append((pk, thread, parent, item.depth, orders[thread], False, nested))
                    who = (item.author, item.email, "", item.text, item.created_at)
                    copy.write_row((pk, kind, str(pages[name]), 1, *who, is_approved, False))
            with cursor.copy(f"COPY django_comments_xtd_xtdcomment ({_EXTENSION}) FROM STDIN") as copy:
                for row in extension:
                    copy.write_row(row)
        last += size
    with connection.cursor() as cursor:
        cursor.execute("SELECT setval(pg_get_serial_sequence('django_comments', 'id'), %s)", [last])
        cursor.execute("VACUUM ANALYZE")
    return {"pages": pages, "cookie": sessions.sign_in(moderator)}


if __name__ == "__main__":
    database.create(NAME)
    print(json.dumps(seed(int(sys.argv[1]), [int(size) for size in sys.argv[2:]])))
