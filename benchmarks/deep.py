"""A thread in which each of 3,000 comments answers the one before: importing it, and reading it in HTML and JSON."""

from __future__ import annotations

import argparse
import os
import time
from datetime import UTC, datetime, timedelta
from typing import Any

from . import content, database

START = datetime(2022, 5, 1, tzinfo=UTC)


def main(argv: list[str]) -> int:
    """Import the thread through `actions.import_comment`, read all of it, and print how long it took."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks deep", description=__doc__)
    parser.add_argument("--n", type=int, default=3000)
    options = parser.parse_args(argv)
    database.run_within_postgres()
    os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.ours.settings"
    database.create("bench_ours")
    import django

    django.setup()
    page = make_page()
    started = time.perf_counter()
    root = import_chain(page, options.n)
    print(f"{options.n} comments imported in {time.perf_counter() - started:.1f} s")
    for face, paths in {"JSON": json_paths(page, root), "HTML": html_paths(page, root)}.items():
        print(f"{face}: {read(face, *paths)}")
    return 0


def make_page() -> Any:
    from django.core.management import call_command
    from wagtail.models import Page, Site

    from wagtail_massage.pages.models import BenefitListPage

    call_command("migrate", verbosity=0)
    site = Site.objects.get()
    page = site.root_page.add_child(instance=BenefitListPage(title="Deep", slug="deep"))
    return Page.objects.get(pk=page.pk)


def import_chain(page: Any, size: int) -> Any:
    """Return the root of a new chain of `size` comments."""
    from wagtail_massage.comments import actions
    from wagtail_massage.comments.drafts import Draft
    from wagtail_massage.comments.states import Status

    comment = root = None
    for item in content.items("deep", size):
        comment = actions.import_comment(
            page=page,
            draft=Draft(body=item.text, author_name=item.author),
            status=Status.APPROVED,
            source_key=f"deep:{item.number}",
            created_at=START + timedelta(seconds=item.number),
            by=None,
            now=START,
            parent=comment,
        ).comment
        root = root or comment
    return root


def json_paths(page: Any, root: Any) -> tuple[str, str]:
    api = "/api/massage/v1"
    return f"{api}/pages/{page.pk}/comments/", f"{api}/comments/{root.uuid}/replies/?limit=100"


def html_paths(page: Any, root: Any) -> tuple[str, str]:
    from django.urls import reverse

    listed = reverse("wagtail_massage_comments:list", args=[page.pk])
    return listed, reverse("wagtail_massage_comments:replies", args=[page.pk, root.uuid])


def read(face: str, first: str, replies: str) -> str:
    """Ask for the list and for every part of the replies; say how many there were and how long the slowest took."""
    import re
    from urllib.parse import urlencode

    from django.test import Client

    client, slowest, path, parts = Client(headers={"host": "localhost"}), 0.0, first, 0
    following: str | None = replies
    while path:
        started = time.perf_counter()
        response = client.get(path)
        slowest = max(slowest, time.perf_counter() - started)
        if response.status_code != 200:
            raise SystemExit(f"{path} answered {response.status_code}.")
        parts += 1
        if path == first:
            path = replies
            continue
        if face == "JSON":
            following = response.json()["next"]
            path = f"{replies}&{urlencode({'cursor': following})}" if following else ""
        else:
            found = re.search(r'href="([^"]*/replies/[^"]*cursor=[^"]*)"', response.content.decode())
            path = found[1].replace("&amp;", "&") if found else ""
    return f"{parts} parts, the slowest in {slowest * 1000:.0f} ms"
