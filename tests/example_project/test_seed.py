"""What the demo is filled with, in a folder and a database of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from example_project.content import loader
from wagtail_massage.comments.conf import DEFAULT_CHECKS

ROOT = Path(__file__).resolve().parents[2]

FILL = """
import json
import django
django.setup()
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from wagtail.images import get_image_model
from wagtail.models import Page
from example_project.home.models import HomePage
from example_project.seed import ForeignSite, pictures, seed
from wagtail_massage.comments.models import CommentThread, ModerationEvent, VisitorComment
from wagtail_massage.comments.permissions import is_health_answered, scope_of
from wagtail_massage.pages.models import BenefitListPage, TreatmentPage

def rows():
    return {model._meta.label: model._base_manager.count() for model in apps.get_models()}

def ask(path):
    response = Client(headers={"host": "localhost"}).get(path)
    return [response.status_code, response.content.decode()]

def page_facts(page):
    return {"slug": page.slug, "title": page.title, "tags": sorted(page.tags.names()), "hero": page.get_hero_alt()}

def refuse(change):
    with transaction.atomic():
        change(Page.objects.get(depth=2))
        before = rows()
        try:
            answer = str(seed(report=lambda done, total: None))
        except ForeignSite as error:
            answer = str(error)
        kept = before == rows()
        transaction.set_rollback(True)
    return [answer, kept]

def edit(welcome):
    welcome.title = "My own site"
    welcome.save_revision().publish()

call_command("migrate", verbosity=0)
pictures.SIZE = (300, 200)  # large ones take their time
refusals = [
    refuse(edit),
    refuse(lambda welcome: welcome.add_child(instance=Page(title="About us"))),
]
progress = []
made = [seed(report=lambda done, total: progress.append((done, total)))]
before = rows()
made.append(seed(report=lambda done, total: progress.append("again")))
comments = VisitorComment.objects.order_by("pk")
moderator = get_user_model().objects.get(groups__name="Comment moderators")
home = HomePage.objects.get()
print(json.dumps({
    "refusals": refusals,
    "made": made,
    "progress": progress,
    "kept": before == rows(),
    "treatments": [page_facts(page) for page in TreatmentPage.objects.live()],
    "articles": [page_facts(page) for page in BenefitListPage.objects.live()],
    "options": [page.options.count() for page in TreatmentPage.objects.order_by("slug")],
    "contraindications": [page.contraindications.count() for page in TreatmentPage.objects.order_by("slug")],
    "authors": list(BenefitListPage.objects.order_by("slug").values_list("author__name", flat=True)),
    "subjects": {
        page.slug: [row.treatment.slug for row in page.subjects.all()] for page in BenefitListPage.objects.all()
    },
    "undescribed": get_image_model().objects.filter(description="").count(),
    "comments": list(comments.values("source_key", "status", "badge", "depth")),
    "verbs": {c.source_key: [e.verb for e in c.events.order_by("pk")] for c in comments},
    "checks": {c.source_key: sorted({v.check_name for v in c.verdicts.all()}) for c in comments},
    "objections": {c.source_key: sorted(v.reason for v in c.verdicts.all() if v.outcome) for c in comments},
    "visible": VisitorComment.objects.counted().count(),
    "counted": sum(CommentThread.objects.values_list("visible_count", flat=True)),
    "replied_too_soon": [c.source_key for c in comments.exclude(parent=None) if c.created_at <= c.parent.created_at],
    "moderates": scope_of(moderator).covers(home.path),
    "answered": is_health_answered(),
    "moderator_permissions": list(moderator.groups.values_list("permissions__codename", flat=True)),
    "moderator_can_sign_in": moderator.has_usable_password(),
    "pages": {page.url: ask(page.url) for page in Page.objects.live().filter(depth__gt=1)},
    "missing": ask("/no-such-page/"),
}))
"""


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    """What the program above says of a new demo database."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "example_project.settings",
        "MASSAGE_DEMO_DIR": str(tmp_path_factory.mktemp("demo")),
        "PYTHONPATH": str(ROOT),
    }
    command = [sys.executable, "-c", FILL]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


@pytest.fixture(scope="module")
def content():
    return loader.load()


class TestSeed:
    def test_fills_an_empty_site_once(self, filled):
        assert filled["made"] == [True, False]

    def test_changes_no_table_the_second_time(self, filled):
        assert filled["kept"]

    def test_reports_every_step_up_to_the_last(self, filled):
        total = filled["progress"][0][1]
        assert filled["progress"] == [[done, total] for done in range(1, total + 1)]

    def test_leaves_the_site_of_somebody_else_alone(self, filled):
        (edited, edited_kept), (grown, grown_kept) = filled["refusals"]
        assert "“My own site” has been edited" in edited
        assert "pages that are not the demo's" in grown
        assert edited_kept and grown_kept


class TestPages:
    def test_are_those_of_the_content(self, filled, content):
        for name in ("treatments", "articles"):
            made = {(page["slug"], page["title"], *page["tags"]) for page in filled[name]}
            assert made == {(it.slug, it.title, *sorted(it.tags)) for it in getattr(content, name)}

    def test_have_options_and_contraindications(self, filled, content):
        by_slug = sorted(content.treatments, key=lambda treatment: treatment.slug)
        assert filled["options"] == [len(treatment.options) for treatment in by_slug]
        assert filled["contraindications"] == [len(treatment.contraindications) for treatment in by_slug]

    def test_name_their_authors_and_treatments(self, filled, content):
        names = {person.key: person.name for person in content.people}
        by_slug = sorted(content.articles, key=lambda article: article.slug)
        assert filled["authors"] == [names[article.author] for article in by_slug]
        assert filled["subjects"] == {article.slug: list(article.treatments) for article in by_slug}

    def test_describe_every_picture(self, filled):
        assert filled["undescribed"] == 0
        assert all(page["hero"] for page in filled["treatments"] + filled["articles"])

    def test_answer(self, filled):
        assert {url: status for url, (status, _html) in filled["pages"].items() if status != 200} == {}
        assert len(filled["pages"]) == 11

    def test_have_one_heading_of_the_first_level_and_a_place_to_skip_to(self, filled):
        for url, (_status, html) in filled["pages"].items():
            assert html.count("<h1") == 1, url
            assert '<a class="skip" href="#main">' in html and 'id="main"' in html, url

    def test_fetch_nothing_from_elsewhere(self, filled):
        for url, (_status, html) in filled["pages"].items():
            assert 'src="http' not in html and 'rel="stylesheet" href="http' not in html, url

    def test_are_listed_on_the_front_page(self, filled, content):
        _status, html = filled["pages"]["/"]
        for card in (*content.treatments, *content.articles):
            assert f"/{card.slug}/" in html

    def test_say_in_the_sites_own_frame_that_an_address_is_wrong(self, filled):
        status, html = filled["missing"]
        assert status == 404
        assert "This page is not here" in html and 'class="site-menu"' in html


class TestComments:
    def test_have_the_status_and_badge_of_the_content(self, filled, content):
        made = {c["source_key"]: (c["status"], c["badge"]) for c in filled["comments"]}
        assert made == {f"demo:{c.key}": (c.status, "STAFF" if c.staff else "") for c in content.comments}

    def test_are_in_every_status_that_a_visitor_can_bring_about(self, filled):
        statuses = {comment["status"] for comment in filled["comments"]}
        assert statuses == {"UNCONFIRMED", "PENDING", "APPROVED", "REJECTED", "SPAM", "REMOVED"}

    def test_go_at_least_three_deep(self, filled):
        assert max(comment["depth"] for comment in filled["comments"]) >= 3

    def test_have_the_history_behind_their_status(self, filled, content):
        decisions = {"APPROVED": ["approve"], "REJECTED": ["reject"], "SPAM": ["mark_spam"]}
        decisions |= {"REMOVED": ["approve", "remove"]}
        for comment in content.comments:
            expected = ["import", *([] if comment.staff else decisions.get(comment.status, []))]
            assert filled["verbs"][f"demo:{comment.key}"] == expected

    def test_were_read_by_every_check_unless_the_team_wrote_them(self, filled, content):
        for comment in content.comments:
            assert len(filled["checks"][f"demo:{comment.key}"]) == (
                0 if comment.staff else len(DEFAULT_CHECKS)
            )

    def test_show_a_moderator_what_checks_object_to(self, filled):
        objections = filled["objections"]
        assert "health_question" in objections["demo:health-question"]
        assert objections["demo:stones-spam-casino"] == ["suspect_word"]
        assert objections["demo:legs-typos"] == []

    def test_were_answered_after_they_were_written(self, filled):
        assert filled["replied_too_soon"] == []

    def test_are_counted_truly(self, filled):
        assert filled["visible"] == filled["counted"] > 0

    def test_leave_the_health_question_waiting_and_unseen(self, filled, content):
        [question] = [c for c in content.comments if c.key == "health-question"]
        assert filled["verbs"]["demo:health-question"] == ["import"]
        assert not any(question.body[:40] in html for _status, html in filled["pages"].values())


class TestAccounts:
    def test_let_the_moderator_into_the_admin_and_to_the_comments_alone(self, filled):
        assert filled["moderates"]
        assert filled["answered"]
        assert filled["moderator_permissions"] == ["access_admin"]

    def test_have_no_password_until_the_start_up_gives_them_one(self, filled):
        assert not filled["moderator_can_sign_in"]
