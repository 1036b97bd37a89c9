"""`comments_doctor`: what is not as it should be is said, with the next step and in the exit code."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from tests.comments.desk import make_user
from wagtail_massage.comments import actions
from wagtail_massage.comments.models import CommentMail, CommentThread, GroupCommentPermission, VisitorComment
from wagtail_massage.comments.states import MailKind


def examine() -> tuple[str, int]:
    """Return what the doctor says and the exit code."""
    out = StringIO()
    try:
        call_command("comments_doctor", stdout=out, no_color=True)
    except CommandError as error:
        return out.getvalue(), error.returncode
    return out.getvalue(), 0


@pytest.fixture
def healthy(settings: Any, tmp_path: Path, moderator: Any, page: Any, say: Any) -> VisitorComment:
    """A site with one waiting comment on which nothing is wrong."""
    make_user("sue", moderates=page)
    make_user("petra", answers=page)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.WAGTAIL_MASSAGE_COMMENTS_ERASURE_LEDGER = str(tmp_path / "erased.jsonl")
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    settings.CACHES = {
        **settings.CACHES,
        "default": {
            "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
            "LOCATION": str(tmp_path / "c"),
        },
    }
    comment = say()
    VisitorComment.objects.update(created_at=timezone.now())
    CommentMail.objects.all().delete()
    return comment


class TestDoctor:
    def test_has_nothing_to_say_against_a_healthy_site(self, healthy: VisitorComment) -> None:
        out, code = examine()
        assert code == 0
        assert "WRONG" not in out
        assert "LOOK" not in out

    def test_sees_that_nobody_may_answer_health_questions(self, healthy: VisitorComment, say: Any) -> None:
        GroupCommentPermission.objects.filter(permission="ANSWER_HEALTH").delete()
        assert "LOOK  Personal health questions are set apart, and nobody may answer them." in examine()[0]
        say("I had a stent put in and my leg swells. Is a massage safe for me?")
        assert "WRONG Personal health questions are set apart, and nobody may answer them." in examine()[0]

    def test_sees_health_questions_that_wait_too_long(self, healthy: VisitorComment, say: Any) -> None:
        say("I had a stent put in and my leg swells. Is a massage safe for me?")
        assert "WRONG 1 health questions should have been answered by now." in examine()[0]

    def test_sees_a_wrong_setting(self, healthy: VisitorComment, settings: Any) -> None:
        settings.WAGTAIL_MASSAGE_COMMENTS_POLICY = "BANANA"
        assert "WRONG WAGTAIL_MASSAGE_COMMENTS_POLICY is 'BANANA'." in examine()[0]

    def test_sees_wrong_counts(self, healthy: VisitorComment) -> None:
        CommentThread.objects.update(pending_count=7)
        out, code = examine()
        assert "WRONG 1 stored counts are wrong in the newest threads. Run rebuild_comment_stats." in out
        assert code == 1

    def test_sees_late_mails(self, healthy: VisitorComment) -> None:
        due = timezone.now() - timedelta(hours=2)
        CommentMail.objects.create(key="k", kind=MailKind.DIGEST, created_at=due, due_at=due)
        assert "WRONG 1 mails should have been sent" in examine()[0]

    def test_sees_who_was_forgotten(self, healthy: VisitorComment) -> None:
        VisitorComment.objects.update(created_at=timezone.now() - timedelta(days=9))
        out, code = examine()
        assert "LOOK  The oldest comment that waits for a moderator was written 9 days ago." in out
        assert code == 0

    def test_sees_a_lost_outside_check(self, healthy: VisitorComment) -> None:
        VisitorComment.objects.update(
            created_at=timezone.now() - timedelta(hours=2), origin={"address": "192.0.2.1"}
        )
        assert "WRONG 1 comments wait for an outside check. Run screen_waiting_comments." in examine()[0]

    def test_sees_pages_without_moderators(
        self, healthy: VisitorComment, moderator: Any, django_user_model: Any
    ) -> None:
        django_user_model.objects.filter(username="sue").update(is_active=False)
        assert (
            "LOOK  On 1 pages with waiting comments only superusers moderate, “Warm stones”" in examine()[0]
        )
        moderator.delete()
        assert "WRONG Nobody at all moderates “Warm stones”" in examine()[0]

    def test_sees_networks_kept_too_long(self, healthy: VisitorComment) -> None:
        VisitorComment.objects.update(created_at=timezone.now() - timedelta(days=60))
        assert "LOOK  Networks are remembered for longer than 30 days." in examine()[0]

    def test_sees_what_the_ledger_lacks(self, healthy: VisitorComment, moderator: Any, now: Any) -> None:
        actions.erase(healthy, by=moderator, now=now)
        assert (
            "WRONG 1 erased comments are not in the erasure ledger. Run purge_comments --yes" in examine()[0]
        )
        call_command("purge_comments", "--yes", stdout=StringIO())
        assert "FINE  The erasure ledger is complete." in examine()[0]

    def test_sees_a_ledger_that_cannot_be_kept(self, healthy: VisitorComment, settings: Any) -> None:
        settings.WAGTAIL_MASSAGE_COMMENTS_ERASURE_LEDGER = "/no/such/folder/erased.jsonl"
        assert "WRONG The erasure ledger /no/such/folder/erased.jsonl cannot be written." in examine()[0]
        settings.WAGTAIL_MASSAGE_COMMENTS_ERASURE_LEDGER = ""
        assert "LOOK  WAGTAIL_MASSAGE_COMMENTS_ERASURE_LEDGER is not set." in examine()[0]

    def test_sees_a_cache_that_is_away_or_not_shared(self, healthy: VisitorComment, settings: Any) -> None:
        settings.CACHES = {"default": {"BACKEND": "tests.comments.broken_cache.BrokenCache"}}
        assert "WRONG The cache (BrokenCache) does not answer" in examine()[0]
        settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
        assert "LOOK  The cache (LocMemCache) is not shared" in examine()[0]

    def test_sees_what_suits_a_small_site_only(self, healthy: VisitorComment, settings: Any) -> None:
        settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
        settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
        out, _code = examine()
        assert "LOOK  Tasks run in the visitor's request" in out
        assert "LOOK  Mails go nowhere: they are handed to django.core.mail.backends.console." in out

    def test_goes_on_where_one_question_fails(self, healthy: VisitorComment, monkeypatch: Any) -> None:
        def broken(*args: Any, **kwargs: Any) -> Any:
            raise RuntimeError("ill")

        monkeypatch.setattr("wagtail_massage.comments.doctor.stats.check", broken)
        out, _code = examine()
        assert "WRONG The question “counts” failed: RuntimeError('ill')" in out
        assert "The erasure ledger is complete." in out
