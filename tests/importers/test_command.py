"""`import_article`, as somebody at a keyboard uses it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.models import Page, Revision

from tests.projects.base import CORE_APPS
from tests.spa import factory_for
from wagtail_massage.comments import actions
from wagtail_massage.comments.models import CommentMail, ModerationEvent, VisitorComment
from wagtail_massage.importers import writing
from wagtail_massage.importers.models import ImportedArticle
from wagtail_massage.treatments.abstract import BenefitListIndexMixin

from .articles import ARTICLE
from .running import Run, articles

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def without_comments(monkeypatch):
    """Return a context in which a site has the importers but not the comments app."""

    @contextmanager
    def context():
        with monkeypatch.context() as patch:
            patch.setattr(writing, "comments_installed", lambda: False)
            yield

    return context


class TestImport:
    def test_makes_a_draft_below_the_only_index(self, spa, write):
        run = Run(write())
        page = articles().get()
        assert (page.title, page.live, page.get_parent().pk) == (
            "3 Reasons to Put Your Feet Up",
            False,
            spa.journal.pk,
        )
        assert f"made page {page.pk} (draft)" in run.out
        assert page.latest_revision and page.has_unpublished_changes

    def test_names_every_change(self, spa, write):
        run = Run(write())
        assert "Changed: No-break spaces trimmed at the end of paragraphs: 1." in run.out
        assert "Changed: Numbers dropped from headings: 3." in run.out

    def test_keeps_every_character_of_the_text(self, spa, write):
        Run(write())
        intro, benefit_list, outro = articles().get().body
        assert intro.value["rich_text"].source == "<p>Feet work all day long &amp; nobody thanks them.</p>"
        assert benefit_list.value["lead_in"] == "Here is what an evening foot rub does for them:"
        first = benefit_list.value["benefits"][0].value
        assert first["heading"] == "Warmer <Toes>"
        assert first["body"][0].value["rich_text"].source == (
            '<p>Rubbing brings warmth. Cold toes notice it first…</p><p>Socks – "wool" ones – keep it there.</p>'
        )
        assert outro.value["rich_text"].source == "<p>As you can see, ten minutes are well spent.</p>"

    def test_publishes_when_told_to(self, spa, write, client):
        run = Run(write(), "--publish")
        page = articles().get()
        assert page.live and "(published)" in run.out
        html = client.get(page.url).content.decode()
        assert "Warmer &lt;Toes&gt;" in html and 'id="lighter-steps"' in html
        data = client.get(f"/api/massage/v1/benefit-lists/{page.pk}/").json()
        [benefit_list] = [block for block in data["body"] if block["type"] == "benefit_list"]
        assert [entry["value"]["number"] for entry in benefit_list["value"]["benefits"]] == [1, 2, 3]
        assert benefit_list["value"]["kind"] == "REASONS"

    def test_writes_the_creation_into_the_audit_log_once(self, spa, write):
        from wagtail.models import PageLogEntry

        Run(write())
        entries = PageLogEntry.objects.filter(page=articles().get().pk, action="wagtail.create")
        assert entries.count() == 1

    def test_takes_the_page_that_is_named(self, spa, write):
        other = factory_for(BenefitListIndexMixin)(parent=spa.home, title="Tips", slug="tips")
        Run(write(), "--parent", other.pk)
        assert articles().get().get_parent().pk == other.pk

    def test_takes_the_page_type_that_is_named(self, spa, write):
        label = articles().model._meta.label
        assert not Run(write(), "--page-type", label.lower()).error
        assert articles().count() == 1

    def test_gives_equal_titles_different_addresses(self, spa, write):
        spa.article(title="Feet", slug="3-reasons-to-put-your-feet-up")
        Run(write())
        assert articles().last().slug == "3-reasons-to-put-your-feet-up-2"

    def test_goes_on_after_a_bad_file(self, spa, write, tmp_path):
        second = write(ARTICLE.replace("Feet Up", "Hands Down"), "hands.txt")
        run = Run(write(), tmp_path / "missing.txt", second)
        assert articles().count() == 2
        [line] = run.err.splitlines()
        assert line.startswith("[2/3] ") and "does not exist" in line
        assert run.error == "1 of 3 files could not be imported."
        assert "[3/3]" in run.out

    def test_leaves_an_article_with_gaps_a_draft(self, spa, write):
        run = Run(
            write(
                ARTICLE.replace("The next morning feels lighter.", "")
                .replace("Stairs become friendly again.", "")
                .replace("As you can see, ten minutes are well spent.", "")
            ),
            "--publish",
        )
        assert not articles().get().live
        assert "Look at: Entry 3 has no text." in run.out

    def test_leaves_what_the_page_type_objects_to_a_draft(self, spa, write, monkeypatch):
        def object_to(self):
            raise ValidationError({"slug": "Not on a Sunday."})

        monkeypatch.setattr(articles().model, "clean", object_to)
        run = Run(write(), "--publish")
        assert not articles().get().live
        assert "Look at: slug: Not on a Sunday." in run.out


class TestComments:
    def test_wait_for_a_moderator(self, spa, write, client):
        run = Run(write(), "--publish")
        first, second = VisitorComment.objects.order_by("pk")
        assert {first.status, second.status} == {"PENDING"}
        assert "Comments stored: 2, waiting for a moderator." in run.out
        page = articles().get()
        assert "Mirela" not in client.get(page.url).content.decode()
        actions.approve(first, by=None, now=timezone.now())
        assert "Mirela Quist" in client.get(page.url).content.decode()

    def test_are_public_at_once_when_told_so(self, spa, write, client):
        Run(write(), "--publish", "--comments", "approved")
        assert set(VisitorComment.objects.values_list("status", "is_visible")) == {("APPROVED", True)}
        events = ModerationEvent.objects.values_list("verb", "to_status", "actor_kind")
        assert set(events) == {("import", "APPROVED", "TASK")}
        assert "Odo Brandl" in client.get(articles().get().url).content.decode()

    def test_that_ask_about_ones_own_health_are_set_apart_whatever_was_told(self, spa, write, client):
        question = "I had a stent put in last year and my calf swells at night. Is a foot rub safe for me?"
        Run(write(ARTICLE.replace("Same here.", question)), "--publish", "--comments", "approved")
        apart = VisitorComment.objects.get(author_name="Odo Brandl")
        assert (apart.status, apart.is_health, apart.body) == ("PENDING", True, question)
        assert apart.health.is_urgent
        html = client.get(articles().get().url).content.decode()
        assert "Mirela Quist" in html
        assert "my calf swells" not in html
        assert not CommentMail.objects.exists(), "it was asked long ago and elsewhere"

    def test_keep_their_text_and_the_local_time_of_the_site(self, spa, write):
        Run(write())
        first = VisitorComment.objects.get(author_name="Mirela Quist")
        assert first.body == "I tried it yesterday , my toes say thanks.\n\nTwice!"
        assert first.created_at.isoformat() == "2024-07-04T20:05:00+00:00"  # summer time in London
        assert first.data == {
            "imported_from": "feet",
            "time_zone": "Europe/London",
            "date_text": "4 July 2024 at 9:05 pm",
        }

    def test_without_a_usable_date_get_the_time_of_the_import(self, spa, write):
        before = timezone.now()
        run = Run(
            write(ARTICLE.replace("4 July 2024", "04/05/2024").replace("5 January 2024", "5 January 1901"))
        )
        assert all(comment.created_at >= before for comment in VisitorComment.objects.all())
        assert run.out.count("has no usable date") == 2

    def test_that_cannot_be_stored_are_named(self, spa, write):
        run = Run(write(ARTICLE.replace("Same here.", "Same here. " * 600)))
        assert VisitorComment.objects.count() == 1
        assert "The comment by Odo Brandl was left out." in run.out

    def test_are_left_out_without_the_comments_app(self, spa, write, without_comments):
        with without_comments():
            run = Run(write())
        assert articles().count() == 1 and not VisitorComment.objects.exists()
        assert "the comments app is not installed" in run.out


class TestRepeat:
    def test_makes_nothing_new(self, spa, write):
        Run(write())
        run = Run(write())
        assert (articles().count(), VisitorComment.objects.count()) == (1, 2)
        assert f"was imported before as page {articles().get().pk} (draft)" in run.out

    def test_knows_the_text_under_another_name_and_in_another_form(self, spa, write):
        Run(write())
        Run(write(b"\xef\xbb\xbf\n" + ARTICLE.replace("\n", "  \r\n").encode(), "other.txt"))
        assert (articles().count(), VisitorComment.objects.count()) == (1, 2)

    def test_leaves_what_an_editor_has_changed(self, spa, write):
        Run(write())
        page = articles().get()
        page.title = "Feet first"
        page.save_revision().publish()
        Run(write())
        assert articles().get().title == "Feet first"

    def test_adds_the_comments_that_are_not_there_yet(self, spa, write, without_comments):
        with without_comments():
            Run(write())
        Run(write())
        assert (articles().count(), VisitorComment.objects.count()) == (1, 2)

    def test_does_not_bring_back_a_deleted_page(self, spa, write):
        Run(write())
        articles().get().delete()
        run = Run(write())
        assert not articles().exists() and "has been deleted since" in run.err
        assert run.error

    def test_brings_back_a_deleted_page_when_told_to(self, spa, write):
        Run(write())
        articles().get().delete()
        assert not Run(write(), "--again").error
        assert VisitorComment.objects.filter(page=articles().get().pk).count() == 2
        assert ImportedArticle.objects.count() == 1

    def test_refuses_another_text_under_the_same_title(self, spa, write):
        Run(write())
        changed = write(ARTICLE.replace("tea", "cocoa"), "newer.txt")
        run = Run(changed)
        assert articles().count() == 1
        assert f"with another text, as page {articles().get().pk}" in run.err
        assert not Run(changed, "--again").error
        assert articles().count() == 2

    def test_says_that_a_draft_is_still_a_draft(self, spa, write):
        Run(write())
        run = Run(write(), "--publish")
        assert not articles().get().live and "still a draft" in run.out


class TestDestination:
    def test_is_asked_for_when_there_are_several(self, spa, write):
        other = factory_for(BenefitListIndexMixin)(parent=spa.home, title="Tips", slug="tips")
        run = Run(write())
        assert f"{spa.journal.pk} (Journal), {other.pk} (Tips)" in run.error and "--parent" in run.error
        assert not articles().exists()

    def test_is_asked_for_when_there_is_none(self, db, write):
        assert "make an index page for it first" in Run(write()).error

    def test_must_exist(self, spa, write):
        assert "There is no page 99999999." in Run(write(), "--parent", 99999999).error

    def test_must_take_articles(self, spa, write):
        run = Run(write(), "--parent", spa.treatments.pk)
        assert f"Page {spa.treatments.pk} (Treatments) takes no" in run.error
        assert f"{spa.journal.pk} (Journal)" in run.error

    def test_must_be_a_page_type_for_articles(self, spa, write):
        assert articles().model._meta.label in Run(write(), "--page-type", "home.Nothing").error

    def test_needs_page_types_at_all(self, write):
        """A process of its own, with the importers alone: no treatments, no pages, no tables."""
        rooms = ["wagtail_massage", "wagtail_massage.importers", *CORE_APPS]
        code = (
            "import django; from django.conf import settings; from tests.projects import base\n"
            "names = [name for name in dir(base) if name.isupper() and name != 'CORE_APPS']\n"
            f"settings.configure(INSTALLED_APPS={rooms}, **{{name: getattr(base, name) for name in names}})\n"
            "django.setup()\n"
            "from django.core.management import execute_from_command_line\n"
            f"execute_from_command_line(['manage.py', 'import_article', {str(write())!r}])"
        )
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        done = subprocess.run(
            [sys.executable, "-c", code],
            env=environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 1
        assert "No page type of this site is made for articles" in done.stderr
        assert "Traceback" not in done.stderr


class TestPlan:
    def test_goes_to_stdout_and_uses_no_database(self, write):
        run = Run(write(), "--plan")
        plan = json.loads(run.out)
        assert [len(item["paragraphs"]) for item in plan["items"]] == [2, 2, 2]
        assert plan["lead_in"] == plan["intro_paragraphs"][-1]
        assert plan["comments"][0] == {
            "author": "Mirela Quist",
            "date": "2024-07-04T21:05",
            "text": "I tried it yesterday , my toes say thanks.\n\nTwice!",
        }
        assert "would make" in run.err and "Changed: " in run.err

    def test_stores_nothing_whatever_else_is_asked_for(self, spa, write, tmp_path):
        tables = (Page, Revision, ImportedArticle, VisitorComment)
        before = [table.objects.count() for table in tables]
        assert not Run(write(), "--plan", "--publish", "--comments", "approved", "--out", tmp_path).error
        assert [table.objects.count() for table in tables] == before
        assert (tmp_path / "feet.json").exists()

    def test_of_several_goes_to_a_folder(self, write, tmp_path):
        folder = tmp_path / "a" / "b"
        other = write("4 Signs\n\n1. A sign\n\nIt is there.\n\n2. Another\n\nIt is here.", "signs.txt")
        run = Run("--plan", "--out", folder, write(), other)
        assert sorted(path.name for path in folder.iterdir()) == ["feet.json", "signs.json"]
        assert "Look at: The title promises 4 entries, 2 were found." in run.out

    def test_of_several_needs_a_folder(self, write):
        assert "--out" in Run("--plan", write(), write(name="b.txt")).error

    def test_does_not_overwrite_the_plan_of_another_file(self, write, tmp_path):
        (tmp_path / "x").mkdir()
        run = Run("--plan", "--out", tmp_path / "plans", write(), write(name="x/feet.md"))
        assert "feet" in run.error and not (tmp_path / "plans").exists()

    def test_never_overwrites_a_source(self, write, tmp_path):
        source = write(name="feet.json")
        (tmp_path / "link").symlink_to(tmp_path, target_is_directory=True)
        run = Run("--plan", "--out", tmp_path / "link", source)
        assert "would overwrite the source" in run.error and "feet.json" in run.error
        assert source.read_bytes() == ARTICLE.encode()

    def test_says_where_it_cannot_write(self, write, tmp_path):
        assert "cannot be made" in Run("--plan", "--out", write(name="file"), write()).error

    def test_needs_the_flag(self, spa, write, tmp_path):
        assert "Add --plan" in Run(write(), "--out", tmp_path).error


class TestHostileInput:
    @pytest.mark.parametrize(
        ("content", "complaint"),
        [
            (b"", "contains no text"),
            (b" \n\t\n", "contains no text"),
            (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "binary"),
            ("Café".encode("latin-1"), "no UTF-8 text"),
            (b"A title\x00", "binary"),
        ],
    )
    def test_is_refused_in_one_line(self, spa, write, content, complaint):
        run = Run(write(content))
        [line] = run.err.splitlines()
        assert "feet.txt" in line and complaint in line
        assert run.error and not articles().exists() and not ImportedArticle.objects.exists()

    def test_gets_a_line_each_while_the_others_go_on(self, spa, write, tmp_path):
        huge = write(b"", "huge.txt")
        os.truncate(huge, 50_000_000)
        bad = [
            tmp_path / "missing.txt",
            tmp_path,
            write(b"", "empty.txt"),
            write(b"\x7fELF\x02\x01\x01\x00\x00", "binary.txt"),
            write("Fußbad".encode("latin-1"), "latin.txt"),
            huge,
        ]
        run = Run(*bad, write())
        for position, (line, path) in enumerate(zip(run.err.splitlines(), bad, strict=True), 1):
            assert line.startswith(f"[{position}/7] ") and path.name in line
        assert run.error == "6 of 7 files could not be imported."
        assert articles().get().title == "3 Reasons to Put Your Feet Up"

    def test_of_fifty_megabytes_is_refused_unread(self, spa, tmp_path):
        path = tmp_path / "huge.txt"
        with path.open("wb") as file:
            file.truncate(50_000_000)
        assert "50,000,000 bytes" in Run(path).err

    def test_that_is_no_file_is_refused(self, spa, tmp_path):
        os.mkfifo(tmp_path / "pipe")
        assert "is a directory" in Run(tmp_path).err
        assert "no regular file" in Run(tmp_path / "pipe").err

    def test_cannot_write_to_the_terminal(self, spa, write):
        run = Run(write(ARTICLE.replace("Feet Up", "Feet \x1b[2JUp")))
        assert "\x1b" not in run.out + run.err

    def test_of_markup_stays_text(self, spa, write, client):
        Run(write(ARTICLE.replace("A cup of tea", "<script>alert(1)</script>")), "--publish")
        html = client.get(articles().get().url).content.decode()
        assert "<script>alert(1)" not in html and "&lt;script&gt;alert(1)" in html

    def test_without_title_is_named_after_its_file(self, spa, write):
        run = Run(write(ARTICLE.split("\n\n", 3)[3], "tired feet.txt"), "--publish")
        page = articles().get()
        assert (page.title, page.live) == ("tired feet", False)
        assert "no title" in run.out


class TestCommandLine:
    def test_runs_in_a_process_of_its_own(self, write, tmp_path):
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
        environment["DJANGO_SETTINGS_MODULE"] = os.environ.get(
            "DJANGO_SETTINGS_MODULE", "tests.projects.everything"
        )
        command = [sys.executable, "-m", "django", "import_article", "--plan", str(write()), "missing.txt"]
        folder = ["--out", str(tmp_path / "plans")]
        done = subprocess.run(
            [*command, *folder], env=environment, cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert done.returncode == 1
        assert "missing.txt does not exist" in done.stderr and "Traceback" not in done.stderr
        assert (
            json.loads((tmp_path / "plans" / "feet.json").read_text(encoding="utf-8"))["declared_count"] == 3
        )
