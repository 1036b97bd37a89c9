"""The back-test: what a rule would have done to the comments that are there."""

from __future__ import annotations

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.comments.test_permission_matrix import snapshot
from wagtail_massage.comments import actions
from wagtail_massage.comments.drafts import Origin
from wagtail_massage.comments.models import VisitorComment
from wagtail_massage.comments.screening import back_test
from wagtail_massage.comments.screening.base import Check, Finding, Outcome

HERE = __name__


class Shouting(Check):
    name = "shouting"

    def examine(self, candidate):
        if candidate.draft.body.isupper():
            yield Finding(outcome=Outcome.HOLD, reason="shouting")


class Breaking(Check):
    name = "breaking"

    def examine(self, candidate):
        raise RuntimeError


class ManyQueries(Check):
    name = "writing"

    def examine(self, candidate):
        if VisitorComment.objects.filter(body=candidate.draft.body).count() > 1:
            yield Finding(outcome=Outcome.SPAM, reason="again")


@pytest.fixture
def comments(say, moderator, now):
    """Five comments, four of which speak of a trial: approved, rejected, waiting, and published unread."""
    approved = actions.approve(say("My free trial was lovely"), by=moderator, now=now)
    rejected = actions.reject(say("FREE TRIAL HERE"), by=moderator, now=now)
    waiting = say("Is there a trial?")
    unread = say("A trial again")
    VisitorComment.objects.filter(pk=unread.pk).update(status="APPROVED")
    return {
        "approved": approved,
        "rejected": rejected,
        "waiting": waiting,
        "unread": unread,
        "other": say("Hello"),
    }


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("back_test_screening", *arguments, stdout=out, stderr=StringIO())
    return out.getvalue()


class TestBackTest:
    def test_counts_what_would_have_been_held_and_what_of_it_was_approved(self, comments):
        out = run("--suspect", "trial")
        assert out.splitlines()[-3:] == [
            "5 comments looked at.",
            "4 would have been held: a person approved 1 of them and refused 1.",
            "0 would have been called spam: a person approved 0 of them and refused 0.",
        ]

    def test_says_which_with_a_link_and_without_their_text(self, comments):
        out = run("--suspect", "free trial", "--banned", "again")
        for name in ("approved", "rejected", "unread"):
            assert str(comments[name].uuid) in out
            assert f"http://testserver/admin/massage-comments/{comments[name].pk}/" in out
        assert str(comments["waiting"].uuid) not in out
        assert "lovely" not in out

    def test_shows_the_place_only_when_asked(self, comments):
        assert "My [free trial] was lovely" in run("--suspect", "free trial", "--excerpts")

    def test_lets_no_excerpt_steer_a_terminal(self, say):
        say("One\u202e trial\n\u009b31m".replace("\u009b", "\u200b"))
        excerpt = run("--suspect", "trial", "--excerpts").splitlines()[1]
        assert "[trial]" in excerpt
        assert excerpt.isprintable()

    def test_writes_json(self, comments):
        document = json.loads(run("--suspect", "trial", "--banned", "free*", "--json", "--excerpts"))
        assert document["summary"] == {
            "looked_at": 5,
            "held": 2,
            "held_but_approved": 0,
            "held_and_refused": 0,
            "spam": 2,
            "spam_but_approved": 1,
            "spam_and_refused": 1,
            "check_failed": 0,
        }
        first = document["comments"][-1]
        assert first["id"] == str(comments["approved"].uuid)
        assert (first["outcome"], first["is_approved"]) == ("SPAM", True)
        assert first["reasons"] == ["banned_word", "suspect_word"]

    def test_writes_json_about_nothing(self, db):
        assert json.loads(run("--suspect", "trial", "--json"))["comments"] == []

    def test_runs_any_check(self, comments):
        out = run("--check", f"{HERE}.Shouting")
        assert str(comments["rejected"].uuid) in out
        assert "1 would have been held" in out

    def test_runs_the_sites_own_check_with_its_settings(self, comments, settings):
        settings.WAGTAIL_MASSAGE_COMMENTS_SUSPECT_WORDS = ["hello"]
        out = run("--check", "wagtail_massage.comments.screening.words.WordsCheck")
        assert str(comments["other"].uuid) in out

    def test_sees_what_is_stored_of_the_origin(self, say, listed):
        comment = say("From there", origin=Origin(address="203.0.113.9"))
        say("From elsewhere")
        listed("BLOCKED_NETWORK", comment.network_key)
        out = run("--check", "wagtail_massage.comments.screening.lists.ListsCheck")
        assert str(comment.uuid) in out
        assert "1 would have been called spam" in out

    def test_reads_words_from_a_file(self, comments, tmp_path):
        words = tmp_path / "words.txt"
        words.write_text("# wellness\nhello\n")
        assert "1 would have been called spam" in run("--banned", str(words))

    def test_names_the_line_of_a_file_that_is_not_utf_8(self, db, tmp_path):
        words = tmp_path / "words.txt"
        words.write_bytes("hello\ncafé\n".encode("latin-1"))
        with pytest.raises(CommandError, match=r"line 2 of .*words\.txt is not UTF-8"):
            run("--banned", str(words))

    def test_looks_at_the_newest_or_the_latest_only(self, comments):
        assert "2 comments looked at" in run("--suspect", "trial", "--limit", "2")
        VisitorComment.objects.update(created_at=timezone.now() - timedelta(days=10))
        VisitorComment.objects.filter(pk=comments["other"].pk).update(created_at=timezone.now())
        assert "1 comments looked at" in run("--suspect", "trial", "--days", "9")

    def test_leaves_out_what_has_no_text_any_more(self, comments):
        VisitorComment.objects.filter(pk=comments["waiting"].pk).update(status="ERASED", body="")
        assert "4 comments looked at" in run("--suspect", "trial")

    def test_says_how_often_a_check_broke(self, comments):
        assert "In 5 of them the check broke" in run("--check", f"{HERE}.Breaking")

    def test_changes_nothing(self, comments):
        before = snapshot()
        with CaptureQueriesContext(connection) as captured:
            run("--suspect", "trial", "--check", f"{HERE}.ManyQueries")
        assert snapshot() == before
        words = {query["sql"].split()[0] for query in captured}
        assert words <= {"SELECT", "SAVEPOINT", "RELEASE", "BEGIN", "COMMIT"}

    def test_reads_in_batches(self, comments, monkeypatch):
        monkeypatch.setattr(back_test, "_BATCH", 2)
        assert "5 comments looked at" in run("--suspect", "trial")
        assert "3 comments looked at" in run("--suspect", "trial", "--limit", "3")

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            ([], "Say what to try"),
            (["--suspect", "x", "--days", "0"], "--days 0 looks at nothing"),
            (["--suspect", "x", "--limit", "-1"], "--limit -1 looks at nothing"),
            (["--check", "no.such.Check"], "--check no.such.Check cannot be imported"),
            (["--check", "datetime.datetime"], "--check datetime.datetime is no screening check"),
            (["--check", "wagtail_massage.comments.screening.akismet.AkismetCheck"], "asks somebody outside"),
            (["--banned", "missing.txt"], "A file of words cannot be read"),
            (["--suspect", "x", "***"], "“\\*\\*\\*” holds no letters or digits"),
        ],
    )
    def test_says_what_it_cannot_do(self, db, arguments, message):
        with pytest.raises(CommandError, match=message):
            run(*arguments)
