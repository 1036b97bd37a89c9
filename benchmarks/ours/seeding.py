"""`python -m benchmarks.ours.seeding ROUNDS SIZE...`: fill our database by COPY, check it, print where things are.

The paths, depths, visibility and counts are written as the actions would have; the package's own recount then has to
find nothing to correct.
"""

from __future__ import annotations

import json
import sys
from functools import cache, partial
from typing import Any

from django.core.management import call_command
from django.db import connection

from benchmarks import content, database, sessions
from benchmarks.ours import wsgi  # noqa: F401 (sets Django up)
from benchmarks.ours.settings import NAME
from wagtail_massage.comments import text
from wagtail_massage.comments.counting import TreeRow, count_statuses, derive, tree_rows, trees
from wagtail_massage.comments.models import CommentThread, CommentVerdict, VisitorComment
from wagtail_massage.comments.paths import make_path
from wagtail_massage.comments.reading import find_thread, thread_cursor
from wagtail_massage.comments.states import AuthorKind, Status

_FIELDS = VisitorComment._meta.concrete_fields
_body_hash = cache(text.body_hash)
_author_key = cache(partial(text.author_key, AuthorKind.GUEST))


def seed(rounds: int, sizes: list[int]) -> dict[str, Any]:
    """Return {"pages": id of each page by thread name, "cursors": of parts of each flat thread, the last fifty at the
    end, "cookie": of a moderator}."""
    from django.contrib.auth import get_user_model
    from wagtail.models import Site

    from wagtail_massage.pages.models import BenefitListPage

    call_command("migrate", verbosity=0)
    moderator = get_user_model().objects.create_superuser("moderator", "moderator@example.org", "bench")
    site = Site.objects.get()
    pages, last, cursors = {}, 0, {}
    for name, (size, is_approved) in content.plan(sizes, rounds).items():
        page = site.root_page.add_child(instance=BenefitListPage(title=name, slug=name))
        pages[name] = page.pk
        thread = CommentThread.objects.create(page_id=page.pk, page_title=name, page_url=page.url_path)
        copy_comments(thread, name, size, is_approved, last)
        last += size
        if name.startswith("flat"):
            found = find_thread(page.pk, site=site)
            starts = [last - size + start for start in content.starts(size)]
            before = VisitorComment.objects.filter(pk__in=starts).order_by("pk")
            cursors[name] = [thread_cursor(found, "oldest", row.created_at, row.uuid) for row in before]
        if not is_approved:
            judge(last - size + 1, last)
    with connection.cursor() as cursor:
        table = VisitorComment._meta.db_table
        cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), %s)", [last])
        cursor.execute("VACUUM ANALYZE")
    return {"pages": pages, "cursors": cursors, "cookie": sessions.sign_in(moderator)}


def copy_comments(thread: CommentThread, name: str, size: int, is_approved: bool, last: int) -> None:
    """Write the comments of one thread under the ids that follow `last`, and the counts that follow from them."""
    status = Status.APPROVED if is_approved else Status.PENDING
    columns = ", ".join(f'"{field.column}"' for field in _FIELDS)
    places: dict[int, str] = {}
    replies: dict[int, int] = {}
    if is_approved:
        for item in content.items(name, size):
            replies[item.root] = replies.get(item.root, 0) + (item.depth > 0)
    with (
        connection.cursor() as cursor,
        database.unchecked(cursor),
        cursor.copy(f"COPY {VisitorComment._meta.db_table} ({columns}) FROM STDIN") as copy,
    ):
        for item in content.items(name, size):
            path = places[item.number] = make_path(places.get(item.parent, ""), item.created_at)
            parent = last + item.parent if item.parent else None
            comment = VisitorComment(
                pk=last + item.number,
                uuid=item.uuid,
                thread=thread,
                page_id=thread.page_id,
                parent_id=parent,
                in_reply_to_id=parent,
                root_id=last + item.root if item.depth else None,
                path=path,
                depth=item.depth + 1,
                reply_count=0 if item.depth else replies.get(item.number, 0),
                status=status,
                is_visible=is_approved,
                author_name=item.author,
                author_email=item.email,
                author_key=_author_key(item.email),
                body=item.text,
                body_hash=_body_hash(item.text),
                idempotency_key=f"{name}:{item.number}",
                created_at=item.created_at,
                reviewed_at=item.created_at if is_approved else None,
            )
            copy.write_row([_stored(comment, field) for field in _FIELDS])
    counts = {f"{status.lower()}_count": size, "visible_count": size if is_approved else 0}
    CommentThread.objects.filter(pk=thread.pk).update(version=1, **counts)


def _stored(comment: VisitorComment, field: Any) -> Any:
    value = getattr(comment, field.attname)
    return json.dumps(value) if isinstance(value, dict) else value


def judge(first: int, last: int) -> None:
    """Write what two checks said of each comment that waits."""
    said = [("length", 1, 0, None, "", None, None, 1), ("words", 1, 1, None, "suspect_word", 0, 4, 1)]
    columns = "check_name check_version outcome score reason span_start span_end comment_version"
    names = ", ".join(["comment_id", "created_at", *columns.split()])
    with (
        connection.cursor() as cursor,
        database.unchecked(cursor),
        cursor.copy(f"COPY {CommentVerdict._meta.db_table} ({names}) FROM STDIN") as copy,
    ):
        for pk in range(first, last + 1):
            for verdict in said:
                copy.write_row([pk, content.written_at(0), *verdict])


def check() -> None:
    """Recount everything.

    Raises:
        SystemExit: if a stored value is not the one that follows from the rows.
    """
    for thread in CommentThread.objects.all():
        stored = [TreeRow._make(row) for row in tree_rows(VisitorComment.objects.filter(thread=thread))]
        right = [row for tree in trees(stored) for row in derive(tree)]
        counts = count_statuses(right)
        if stored != right or counts != {name: getattr(thread, name) for name in counts}:
            raise SystemExit(f"The counts of {thread.page_title} are not those of its rows.")


if __name__ == "__main__":
    database.create(NAME)
    found = seed(int(sys.argv[1]), [int(size) for size in sys.argv[2:]])
    check()
    print(json.dumps(found))
