"""The proof: a person's traces in twenty places, one request, and nothing of them in a dump of the database."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection
from wagtail.models import ModelLogEntry, Page

from tests.comments.conftest import NOW
from tests.comments.counts import assert_true_counts
from tests.comments.desk import client_of, decision, desk_url
from tests.comments.test_races import live_page  # noqa: F401  (a fixture)
from tests.projects.blog.models import BlogPage
from wagtail_massage.comments import actions, text
from wagtail_massage.comments.drafts import Author, Draft, Origin
from wagtail_massage.comments.models import (
    CommentMail,
    CommentReport,
    CommentRevision,
    CommentThread,
    CommentVerdict,
    ModerationEvent,
    ModerationNote,
    VisitorComment,
)
from wagtail_massage.comments.states import AuthorKind, HealthChoice, MailKind, Status
from wagtail_massage.comments.tokens import TokenState

NAME = "Cormoran Quillfeather"
EMAIL = "cormoran.quillfeather@example.com"
TEXT = "Since Thursday my left scapula aches, and my sister has it too."
WORDS = ("cormoran", "quillfeather", "scapula", "my sister")


def needles() -> dict[str, str]:
    """Return what must not be found, by its name: words, and what common tools make of them."""
    found = {word: word for word in WORDS}
    for value in (NAME, EMAIL, TEXT, NAME.lower(), EMAIL.upper()):
        raw = value.encode()
        for algorithm in ("md5", "sha1", "sha256", "sha512"):
            found[f"{algorithm} of {value}"] = hashlib.new(algorithm, raw).hexdigest()
        found[f"base64 of {value}"] = base64.b64encode(raw).decode().rstrip("=")
        found[f"hex of {value}"] = raw.hex()
    found["fingerprint of the text"] = text.body_hash(TEXT)
    found["key of the author"] = text.author_key(AuthorKind.GUEST, EMAIL)
    found["key of the recipient"] = text.recipient_key(EMAIL)
    return found


def dump() -> str:
    """Return every column of every row of every table as text."""
    lines = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            lines += [f"{table}\t{row!r}" for row in cursor.fetchall()]
    return "\n".join(lines)


def hits(haystack: str) -> set[str]:
    lowered = haystack.lower()
    return {name for name, needle in needles().items() if needle.lower() in lowered}


class Scatterer:
    """Leaves traces of one person wherever the room keeps anything."""

    def __init__(self, page: Page, moderator: Any) -> None:
        self.page, self.moderator = page, moderator
        self.clock = NOW
        self.others: list[VisitorComment] = []

    def say(self, words: str = "", *, author: Author | None = None, **values: Any) -> VisitorComment:
        self.clock += timedelta(minutes=1)
        draft = Draft(
            body=f"{TEXT} {words or self.clock.isoformat()}",
            author_name=values.pop("name", NAME),
            author_email=values.pop("email", EMAIL),
            wants_mail=True,
            parent=values.pop("parent", None),
            locale="en",
            data={"salutation": NAME},
        )
        origin = Origin(
            address="192.0.2.7", user_agent=f"Browser of {NAME}", token=TokenState.GOOD, author=author
        )
        return actions.submit(
            page=values.pop("page", self.page), draft=draft, origin=origin, now=self.clock
        ).comment

    def other(self, parent: VisitorComment | None) -> VisitorComment:
        self.clock += timedelta(minutes=1)
        draft = Draft(
            body=f"Answer of {self.clock:%H:%M}", author_name="Otto", parent=parent.uuid if parent else None
        )
        origin = Origin(address="198.51.100.4", token=TokenState.GOOD)
        comment = actions.submit(page=self.page, draft=draft, origin=origin, now=self.clock).comment
        comment = actions.approve(comment, by=self.moderator, now=self.clock)
        self.others.append(comment)
        return comment

    def scatter(self) -> None:
        for verb in ("approve", "reject", "mark_spam", "remove"):
            getattr(actions, verb)(self.say(), by=self.moderator, now=self.clock, reason=f"as {NAME} asked")
        self.say()  # waits
        self._a_conversation()
        self._accounts()
        self._an_import()
        self._a_health_question()
        self._records()

    def _a_conversation(self) -> None:
        top = actions.approve(self.say(), by=self.moderator, now=self.clock)
        CommentThread.objects.filter(page=self.page.pk).update(pinned=top)
        answer = self.other(top)
        actions.approve(self.say(parent=answer.uuid), by=self.moderator, now=self.clock)
        self.other(actions.approve(self.say(), by=self.moderator, now=self.clock))
        edited = actions.edit(
            VisitorComment.objects.get(pk=top.pk),
            body=f"{TEXT} Edited",
            by=self.moderator,
            now=self.clock,
        )
        assert edited.revisions.exists()

    def _accounts(self) -> None:
        user = get_user_model().objects.create_user("cormoran", EMAIL, first_name=NAME)
        self.say(
            author=Author(kind=AuthorKind.USER, identity=str(user.pk), name=NAME, email=EMAIL, user=user)
        )
        self.say(author=Author(kind=AuthorKind.EXTERNAL, identity=EMAIL, name=NAME, email=EMAIL))

    def _an_import(self) -> None:
        actions.import_comment(
            page=self.page,
            draft=Draft(body=TEXT, author_name=NAME, author_email=EMAIL),
            status=Status.APPROVED,
            source_key=f"letters/{NAME}.txt",
            created_at=NOW - timedelta(days=900),
            by=self.moderator,
            now=self.clock,
        )

    def _a_health_question(self) -> None:
        question = self.say("It swells at night. Is a massage safe for me?")
        assert question.is_health
        actions.choose(question, choice=HealthChoice.NAMED, consent_version="built-in", now=self.clock)
        words = f"Dear {NAME}, about your scapula: ask a doctor first."
        answer = actions.answer_question(question, body=words, by=self.moderator, now=self.clock)
        actions.publish_question(question, by=self.moderator, now=self.clock)
        actions.publish_answer(answer, by=self.moderator, now=self.clock)

    def _records(self) -> None:
        comment = VisitorComment.objects.filter(author_email=EMAIL, status=Status.APPROVED).latest("pk")
        ids = {"comment": comment, "created_at": self.clock}
        CommentReport.objects.create(reporter_key="k", reason="PRIVATE", note=f"{NAME} is my aunt", **ids)
        CommentRevision.objects.create(version=1, body=TEXT, **ids)
        ModerationNote.objects.create(author=self.moderator, body=f"Rang {NAME}: the scapula again.", **ids)
        CommentVerdict.objects.create(check_name="own", outcome=1, reason="scapula", comment_version=1, **ids)
        ModerationEvent.objects.create(
            verb="note", to_status="APPROVED", actor_kind="HUMAN", reason=NAME, data={"was": EMAIL}, **ids
        )
        CommentMail.objects.create(
            key=f"reply:{EMAIL}",
            kind=MailKind.REPLY,
            about=comment,
            comment=self.others[0],
            recipient_key=text.recipient_key(EMAIL),
            created_at=self.clock,
            due_at=self.clock,
        )
        VisitorComment.objects.filter(pk=comment.pk).update(origin={"user_agent": f"Browser of {NAME}"})


@pytest.fixture
def scattered(page: Page, home: Page, moderator: Any, settings: Any, tmp_path: Path) -> Scatterer:
    settings.WAGTAIL_MASSAGE_COMMENTS_RATE = "1000/s"
    settings.WAGTAIL_MASSAGE_COMMENTS_ERASURE_LEDGER = str(tmp_path / "erased.jsonl")
    scatterer = Scatterer(page, moderator)
    scatterer.scatter()
    gone = home.add_child(instance=BlogPage(title="Soon gone", slug="soon-gone"))
    scatterer.say(page=Page.objects.get(pk=gone.pk))
    Page.objects.get(pk=gone.pk).delete()
    assert VisitorComment.objects.filter(author_email=EMAIL).count() >= 10
    return scatterer


@pytest.fixture
def erase(django_capture_on_commit_callbacks: Any) -> Any:
    """Return a function that erases the person as the command does, and commits."""

    def run(*args: str) -> str:
        out = StringIO()
        with django_capture_on_commit_callbacks(execute=True):
            call_command("erase_personal_data", *args, "--yes", stdout=out, stderr=StringIO())
        get_user_model().objects.filter(email=EMAIL).delete()  # the owner does that under Settings, Users
        return out.getvalue()

    return run


def cached() -> Iterator[str]:
    for cache in caches.all():
        yield repr(getattr(cache, "_cache", "")) + repr(getattr(cache, "_expire_info", ""))


class TestErasure:
    def test_leaves_nothing_in_a_dump_of_the_database(self, scattered: Scatterer, erase: Any) -> None:
        laid = {*WORDS, "fingerprint of the text", "key of the author", "key of the recipient"}
        assert laid <= hits(dump()), "where no trace was laid, finding none would prove nothing"
        out = erase("--email", EMAIL)
        assert hits(dump()) == set()
        assert hits("".join(cached())) == set()
        assert hits(out) == set()

    def test_leaves_the_thread_readable(self, scattered: Scatterer, erase: Any, client: Any) -> None:
        erase("--email", EMAIL)
        url = f"/api/massage/v1/pages/{scattered.page.pk}/comments/"
        listed = client.get(url).content.decode()
        assert hits(listed) == set()
        for other in scattered.others:
            assert other.body in listed
        assert_true_counts()

    def test_is_complete_and_harmless_the_second_time(self, scattered: Scatterer, erase: Any) -> None:
        erase("--email", EMAIL)
        before = dump()
        out = StringIO()
        call_command("export_personal_data", "--email", EMAIL, "--name", NAME, stdout=out)
        assert json.loads(out.getvalue())["comments"] == []
        assert "Nothing is stored that matches" in erase("--email", EMAIL)
        assert dump() == before

    def test_is_done_again_after_a_restore(
        self, scattered: Scatterer, erase: Any, settings: Any, tmp_path: Path
    ) -> None:
        backup = tmp_path / "backup.json"
        call_command("dumpdata", "wagtail_massage_comments", "auth.user", output=str(backup), verbosity=0)
        erase("--email", EMAIL)
        assert hits(dump()) == set()
        call_command("loaddata", str(backup), verbosity=0)
        assert set(WORDS) <= hits(dump())
        erase("--again", settings.WAGTAIL_MASSAGE_COMMENTS_ERASURE_LEDGER)
        assert_true_counts()
        # What the restore brought back beside the comments is gone with them.
        assert hits(dump()) == set()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="dumps a PostgreSQL database: make postgres")
class TestPgDump:
    def test_finds_nothing_either(self, live_page: Page, settings: Any) -> None:  # noqa: F811
        program = shutil.which("pg_dump")
        if program is None:
            pytest.skip("pg_dump is not installed")
        moderator = get_user_model().objects.create_superuser("mona", "mona@example.com", "secret")
        Scatterer(live_page, moderator).scatter()
        assert set(WORDS) <= hits(self.dump(program))
        call_command("erase_personal_data", "--email", EMAIL, "--yes", stdout=StringIO())
        get_user_model().objects.filter(email=EMAIL).delete()
        assert hits(self.dump(program)) == set()

    def dump(self, program: str) -> str:
        database = connection.settings_dict
        address = [
            "--host",
            database["HOST"],
            "--port",
            str(database["PORT"]),
            "--username",
            database["USER"],
        ]
        done = subprocess.run(
            [program, *address, "--inserts", database["NAME"]],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "LC_ALL": "C.UTF-8"},
        )
        return done.stdout


class TestAuditLog:
    @pytest.mark.parametrize("verb", ["approve", "reject", "mark_spam", "hide", "remove", "restore"])
    def test_has_one_entry_for_a_decision_with_ids_and_states_alone(
        self, verb: str, page: Page, moderator: Any, settings: Any
    ) -> None:
        settings.WAGTAIL_MASSAGE_COMMENTS_RATE = "1000/s"
        comment = Scatterer(page, moderator).say()
        if verb in ("hide", "restore"):
            first = "approve" if verb == "hide" else "reject"
            getattr(actions, first)(comment, by=moderator, now=NOW)
        before, was = ModelLogEntry.objects.count(), comment.status
        client_of(moderator).post(desk_url("decide", comment.pk), decision(comment, verb))
        comment.refresh_from_db()
        assert ModelLogEntry.objects.count() == before + 1
        entry = ModelLogEntry.objects.latest("pk")
        assert (entry.action, entry.user, entry.object_id) == (
            f"wagtail_massage_comments.{verb}",
            moderator,
            str(comment.pk),
        )
        assert entry.data == {"from": was, "to": comment.status}
        assert hits(repr(list(ModelLogEntry.objects.values_list()))) == set()

    def test_keeps_no_reason_in_somebodys_own_words(self, page: Page, moderator: Any) -> None:
        comment = Scatterer(page, moderator).say()
        actions.reject(comment, by=moderator, now=NOW, reason=f"as {NAME} asked")
        assert hits(repr(list(ModelLogEntry.objects.values_list()))) == set()

    def test_outlives_the_comment(self, page: Page, moderator: Any) -> None:
        comment = Scatterer(page, moderator).say()
        actions.reject(comment, by=moderator, now=NOW)
        VisitorComment.objects.filter(pk=comment.pk).update(created_at=NOW - timedelta(days=999))
        call_command("purge_comments", "--older-than", "30", "--yes", stdout=StringIO(), stderr=StringIO())
        assert not VisitorComment.objects.exists()
        assert ModelLogEntry.objects.get().object_id == str(comment.pk)
