"""`purge_comments`: what has been kept long enough goes, readable replies keep their place, counts stay true."""

from __future__ import annotations

import json
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from wagtail.models import Page

from tests.comments.counts import assert_true_counts
from wagtail_massage.comments import actions
from wagtail_massage.comments.actions import purging
from wagtail_massage.comments.management.commands.purge_comments import Command
from wagtail_massage.comments.models import CommentMail, CommentThread, ModerationEvent, VisitorComment
from wagtail_massage.comments.states import MailKind, Status

OLD = timedelta(days=400)


def run(*args: str) -> str:
    out = StringIO()
    call_command("purge_comments", *args, stdout=out, stderr=StringIO())
    return out.getvalue()


def purge(*args: str) -> str:
    """Purge, hold the counts against the definition, and purge again, which must change nothing."""
    out = run(*args, "--yes")
    assert_true_counts()
    before = list(VisitorComment.objects.values()), list(CommentThread.objects.values())
    run(*args, "--yes")
    assert (list(VisitorComment.objects.values()), list(CommentThread.objects.values())) == before
    return out


def age(*comments: VisitorComment, by: timedelta = OLD) -> None:
    for comment in comments:
        VisitorComment.objects.filter(pk=comment.pk).update(created_at=timezone.now() - by)


def left() -> set[int]:
    return set(VisitorComment.objects.values_list("pk", flat=True))


@pytest.fixture(autouse=True)
def _small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(purging, "BATCH", 2)


class TestOldComments:
    @pytest.mark.parametrize("verb", ["reject", "mark_spam", "remove"])
    def test_go_where_they_were_turned_away(self, verb: str, say: Any, moderator: Any, now: Any) -> None:
        gone, young, waiting = say(), say(), say()
        for comment in (gone, young):
            getattr(actions, verb)(comment, by=moderator, now=now)
        age(gone, waiting)
        age(young, by=timedelta(days=3))
        purge("--older-than", "180")
        assert left() == {young.pk, waiting.pk}
        assert not ModerationEvent.objects.filter(comment=gone.pk).exists()

    def test_stay_where_they_are_public_unless_that_is_asked_for(self, publish: Any) -> None:
        age(comment := publish())
        purge("--older-than", "180")
        assert left() == {comment.pk}
        purge("--older-than", "180", "--status", "APPROVED")
        assert left() == set()

    def test_go_level_by_level(self, publish: Any) -> None:
        chain = [publish()]
        for _level in range(5):
            chain.append(publish(parent=chain[-1]))
        age(*chain)
        purge("--older-than", "180", "--status", "APPROVED")
        assert left() == set()
        assert CommentThread.objects.get().visible_count == 0

    def test_are_erased_where_readable_replies_hang_on_them(
        self, publish: Any, moderator: Any, now: Any
    ) -> None:
        top = publish("Something old about Wren")
        reply = publish(parent=top)
        actions.remove(top, by=moderator, now=now)
        age(top)
        age(reply, by=timedelta(days=2))
        purge("--older-than", "180")
        top.refresh_from_db()
        assert (top.status, top.body, top.is_visible) == (Status.ERASED, "", True)
        assert VisitorComment.objects.public().filter(pk=reply.pk).exists()

    def test_take_along_old_replies_that_nobody_can_see(self, publish: Any, moderator: Any, now: Any) -> None:
        spam = publish()
        answer = publish(parent=spam)
        actions.mark_spam(spam, by=moderator, now=now)
        age(spam, answer)
        purge("--older-than", "180")
        assert left() == set()

    def test_wait_for_younger_replies_and_never_show_them(
        self, publish: Any, moderator: Any, now: Any
    ) -> None:
        spam = publish()
        answer = publish(parent=spam)
        actions.mark_spam(spam, by=moderator, now=now)
        age(spam)
        age(answer, by=timedelta(days=2))
        purge("--older-than", "180")
        assert left() == {spam.pk, answer.pk}
        assert not VisitorComment.objects.public().exists()

    def test_take_down_the_tombstone_that_held_nothing_else(
        self, publish: Any, moderator: Any, now: Any
    ) -> None:
        top = publish()
        reply = publish(parent=top)
        actions.erase(top, by=moderator, now=now)
        age(reply)
        purge("--older-than", "180", "--status", "APPROVED")
        top.refresh_from_db()
        assert top.is_visible is False

    def test_of_deleted_pages_go_whatever_their_state_and_the_thread_last(
        self, publish: Any, say: Any, page: Page
    ) -> None:
        comments = [publish(), say()]
        age(*comments, by=timedelta(days=2))
        Page.objects.get(pk=page.pk).delete()
        purge("--older-than", "180")
        assert len(left()) == 2
        age(*comments)
        purge("--older-than", "180")
        assert left() == set()
        assert not CommentThread.objects.exists()


class TestHousekeeping:
    def test_forgets_networks_after_their_days(self, say: Any, settings: Any) -> None:
        settings.WAGTAIL_MASSAGE_COMMENTS_KEEP_NETWORK_DAYS = 30
        old, young = say(), say()
        VisitorComment.objects.update(origin={"address": "192.0.2.1"})
        age(old, by=timedelta(days=31))
        age(young, by=timedelta(days=29))
        purge()
        rows = dict(VisitorComment.objects.values_list("pk", "network_key"))
        assert rows[old.pk] == ""
        assert rows[young.pk] != ""
        origins = dict(VisitorComment.objects.values_list("pk", "origin"))
        assert origins == {old.pk: {}, young.pk: {"address": "192.0.2.1"}}

    def test_deletes_what_was_never_confirmed(self, say: Any, settings: Any) -> None:
        settings.WAGTAIL_MASSAGE_COMMENTS_EMAIL = "CONFIRMED"
        old, young = (say(author_email="wren@example.com") for _ in range(2))
        age(old, by=timedelta(days=8))
        age(young, by=timedelta(days=6))
        purge()
        assert left() == {young.pk}

    def test_deletes_finished_mails_alone(self, say: Any) -> None:
        comment, long_ago = say(), timezone.now() - OLD
        CommentMail.objects.all().delete()
        for key, finished_at in (("finished", long_ago), ("waiting", None), ("new", timezone.now())):
            CommentMail.objects.create(
                key=key,
                kind=MailKind.MODERATORS,
                comment=comment,
                created_at=long_ago,
                due_at=long_ago,
                finished_at=finished_at,
            )
        purge()
        assert set(CommentMail.objects.values_list("key", flat=True)) == {"waiting", "new"}

    def test_completes_the_erasure_ledger(
        self, say: Any, moderator: Any, now: Any, settings: Any, tmp_path: Path
    ) -> None:
        comment = actions.erase(say(), by=moderator, now=now)
        settings.WAGTAIL_MASSAGE_COMMENTS_ERASURE_LEDGER = str(tmp_path / "erased.jsonl")
        assert "1\tlines added that the erasure ledger lacked" in purge()
        (line,) = (tmp_path / "erased.jsonl").read_text().splitlines()
        assert json.loads(line)["uuid"] == str(comment.uuid)


class TestPurgeComments:
    def test_changes_nothing_without_yes(self, say: Any, moderator: Any, now: Any) -> None:
        age(actions.reject(say(), by=moderator, now=now))
        before = list(VisitorComment.objects.values())
        out = run("--older-than", "180")
        assert "1\told comments to delete" in out
        assert "Nothing was changed. Add --yes to do it." in out
        assert list(VisitorComment.objects.values()) == before

    @pytest.mark.parametrize("days", ["0", "-3", "soon", "99999"])
    def test_names_a_number_of_days_that_is_none(self, days: str, db: None) -> None:
        with pytest.raises(CommandError, match=f"--older-than is {days}. Give a number of days"):
            run(f"--older-than={days}")

    def test_names_it_on_a_command_line_too(self, capsys: pytest.CaptureFixture[str]) -> None:
        with pytest.raises(SystemExit):
            Command().run_from_argv(["manage.py", "purge_comments", "--older-than", "0"])
        assert "--older-than is 0. Give a number of days" in capsys.readouterr().err

    def test_wants_an_age_with_a_status(self, db: None) -> None:
        with pytest.raises(CommandError, match="--status needs --older-than"):
            run("--status", "SPAM")
