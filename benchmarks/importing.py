"""Import: how long do 100,000 comments from WordPress take, and how much memory, on PostgreSQL?"""

from __future__ import annotations

import argparse
import json
import os
import resource
import time
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from . import content, database, report

TARGET_SECONDS, TARGET_MB = 600, 500
_POSTS = 200
_HEAD = (
    '<rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/"><channel>'
    "<wp:base_blog_url>https://old.example</wp:base_blog_url>\n"
)


def main(argv: list[str]) -> int:
    """Make an export (or take one), import it, print the figures and write build/importing.json.

    Returns:
        1 if a comment is missing, or if a count is wrong; else 0, whatever the figures are.
    """
    parser = argparse.ArgumentParser(prog="python -m benchmarks importing", description=__doc__)
    parser.add_argument("--n", type=int, default=100_000, help="comments in the export")
    parser.add_argument(
        "--file", type=Path, help="an export to take instead; its posts are spread over the pages"
    )
    parser.add_argument("--comments", choices=["pending", "approved"], default="approved")
    options = parser.parse_args(argv)
    database.run_within_postgres()
    folder = database.ROOT / "build"
    folder.mkdir(exist_ok=True)
    file = options.file or make_export(folder / "importing.xml", options.n)
    database.create("bench_ours")
    os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.ours.settings"
    import django

    django.setup()
    named = _make_pages(file, folder / "importing.map")
    seconds = {run: _import(file, named, options.comments) for run in ("first", "again")}
    figures = {
        "comments": _stored(),
        "verdicts": _verdicts(),
        "seconds": seconds["first"][0],
        "cpu_seconds": seconds["first"][1],
        "seconds_again": seconds["again"][0],
        "target_seconds": TARGET_SECONDS,
        "peak_memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "target_mb": TARGET_MB,
        "faults": _faults(options.n if options.file is None else None),
        "machine": report.machine(),
    }
    (folder / "importing.json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    for name, figure in figures.items():
        print(f"{name:16} {figure}")
    return 1 if figures["faults"] else 0


def make_export(path: Path, count: int) -> Path:
    """Write an export of `count` comments below 200 posts: every third answers the one before."""
    each = -(-count // _POSTS)
    items = iter(content.items("importing", count))
    with path.open("w", encoding="utf-8") as out:
        out.write(_HEAD)
        for post in range(1, _POSTS + 1):
            out.write(f"<item><title>Post {post}</title><wp:post_id>{post}</wp:post_id>\n")
            for number, item in zip(range(each), items, strict=False):
                out.write(_comment(item, item.number - 1 if number % 3 == 2 else 0))
            out.write("</item>\n")
        out.write("</channel></rss>\n")
    return path


def _comment(item: Any, parent: int) -> str:
    values = {
        "id": item.number,
        "author": item.author,
        "author_email": f"{item.author.split()[0].lower()}@example.com",
        "date_gmt": f"{item.created_at:%Y-%m-%d %H:%M:%S}",
        "content": item.text,
        "approved": 1,
        "parent": parent,
    }
    inner = "".join(
        f"<wp:comment_{name}>{escape(str(value))}</wp:comment_{name}>" for name, value in values.items()
    )
    return f"<wp:comment>{inner}</wp:comment>\n"


def _make_pages(file: Path, named: Path) -> Path:
    from django.core.management import call_command
    from wagtail.models import Site

    from wagtail_massage.importers.comment_exports import CommentExport
    from wagtail_massage.pages.models import BenefitListPage

    call_command("migrate", verbosity=0)
    home = Site.objects.get().root_page
    pages = [
        home.add_child(instance=BenefitListPage(title=f"Page {n}", slug=f"page-{n}")).pk
        for n in range(_POSTS)
    ]
    with file.open("rb") as source:
        ids = [thread.id for thread in CommentExport(source, name=file.name).threads() if thread.comments]
    named.write_text("".join(f"{own}={pages[n % _POSTS]}\n" for n, own in enumerate(ids)), encoding="utf-8")
    return named


def _import(file: Path, named: Path, comments: str) -> tuple[float, float]:
    """Return the seconds of a run by the clock, and those of both processors (this process and the database's)."""
    from django.core.management import call_command

    from wagtail_massage.importers.management.commands.import_comments import Command

    started, cpu = time.monotonic(), _cpu_seconds()
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        call_command(Command(), file, map_file=named, comments=comments, stdout=nowhere)
    return round(time.monotonic() - started, 1), round(_cpu_seconds() - cpu, 1)


def _cpu_seconds() -> float:
    stats = [Path(f"/proc/{pid}/schedstat") for pid in database.backends("bench_ours")]
    return time.process_time() + sum(int(stat.read_text().split()[0]) for stat in stats) / 1e9


def _stored() -> int:
    from wagtail_massage.comments.models import VisitorComment

    return VisitorComment.objects.count()


def _verdicts() -> int:
    from wagtail_massage.comments.models import CommentVerdict

    return CommentVerdict.objects.count()


def _faults(wanted: int | None) -> list[str]:
    from wagtail_massage.comments import stats

    faults = [str(drift) for _count, drifts in stats.walk(repair=False) for drift in drifts]
    if wanted is not None and _stored() != wanted:
        faults.append(f"{_stored()} comments instead of {wanted}")
    return faults
