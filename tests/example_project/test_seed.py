"""What the demo is filled with, in a database of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

FILL = """
import json
import django
django.setup()
from django.core.management import call_command
from django.test import Client
call_command("migrate", verbosity=0)
from example_project.seed import seed
from wagtail.models import Page
from wagtail_massage.comments.models import CommentThread, VisitorComment
from wagtail_massage.pages.models import BenefitListPage, TreatmentPage
made = [seed(report=lambda done, total: None) for _time in range(2)]
client = Client(headers={"host": "localhost"})
print(json.dumps({
    "made": made,
    "treatments": TreatmentPage.objects.live().count(),
    "articles": BenefitListPage.objects.live().count(),
    "comments": VisitorComment.objects.count(),
    "statuses": sorted(set(VisitorComment.objects.values_list("status", flat=True))),
    "deepest": max(VisitorComment.objects.public().values_list("depth", flat=True)),
    "visible": VisitorComment.objects.counted().count(),
    "counted": sum(CommentThread.objects.values_list("visible_count", flat=True)),
    "answers": sorted({client.get(page.url).status_code for page in Page.objects.live().filter(depth__gt=1)}),
}))
"""


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo")
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "example_project.settings",
        "MASSAGE_DEMO_DIR": str(folder),
        "PYTHONPATH": str(ROOT),
    }
    done = subprocess.run(
        [sys.executable, "-c", FILL], env=environment, capture_output=True, text=True, cwd=ROOT
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


class TestSeed:
    def test_fills_an_empty_site_once(self, filled):
        assert filled["made"] == [True, False]

    def test_makes_treatments_articles_and_comments(self, filled):
        assert (filled["treatments"], filled["articles"], filled["comments"]) == (4, 4, 47)

    def test_shows_comments_in_every_status_and_threads_three_deep(self, filled):
        assert filled["statuses"] == ["APPROVED", "PENDING", "REJECTED", "REMOVED", "SPAM", "UNCONFIRMED"]
        assert filled["deepest"] >= 3

    def test_counts_what_can_be_read(self, filled):
        assert filled["visible"] == filled["counted"] > 0

    def test_makes_pages_that_answer(self, filled):
        assert filled["answers"] == [200]
