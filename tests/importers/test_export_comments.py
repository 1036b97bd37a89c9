"""`export_comments`: what leaves the site, what does not, and that it comes back as it was."""

from __future__ import annotations

import json
import stat
from datetime import UTC, datetime, timedelta

import pytest
from wagtail.models import PageViewRestriction

from wagtail_massage.comments import actions
from wagtail_massage.comments.drafts import Draft
from wagtail_massage.comments.models import CommentThread, ModerationEvent, VisitorComment
from wagtail_massage.comments.states import Badge, Policy, Status

from .running import ExportComments, ImportComments

NOW = datetime(2026, 3, 4, 10, 30, tzinfo=UTC)
QUESTION = "I had a bypass last month and my leg is swollen. Can I have a massage?"


@pytest.fixture
def stones(spa):
    return spa.article(title="Warm <stones> & “towels” ]]>", slug="warm-stones")


@pytest.fixture
def say(stones):
    """Return a function that stores a comment, a minute after the one before it."""
    minutes = iter(range(1, 1000))

    def say(body, *, status=Status.APPROVED, page=stones, **values):
        minute = next(minutes)
        draft = Draft(body=body, author_name="Wren <A.> & co", author_email="wren@example.com")
        return actions.import_comment(
            page=page,
            draft=draft,
            status=status,
            source_key=f"test:{minute}",
            created_at=NOW - timedelta(minutes=1000 - minute),
            by=None,
            now=NOW,
            **values,
        ).comment

    return say


@pytest.fixture
def thread(say):
    """A thread with an answer of the team, hostile texts, and more levels than there are."""
    first = say("<b>1 &amp; 2</b> ]]> <script>alert(1)</script>\n\nSecond\nline\xa0here &nbsp; &#8;")
    say("Answer", parent=first, badge=Badge.STAFF)
    above = first
    for number in range(12):
        above = say(f"Level {number}", parent=above)
    return first


def shape():
    rows = VisitorComment.objects.order_by("path").select_related("parent", "in_reply_to")
    return [
        (
            row.uuid,
            row.body,
            row.author_name,
            row.author_email,
            row.status,
            row.badge,
            row.depth,
            row.is_visible,
            row.reply_count,
            row.created_at.replace(microsecond=0),
            row.parent and row.parent.uuid,
            row.in_reply_to and row.in_reply_to.uuid,
        )
        for row in rows
    ]


def forget():
    """Take all comments away, as on a site that has none yet."""
    ModerationEvent.objects.all()._raw_delete("default")
    VisitorComment.objects.update(parent=None, root=None, in_reply_to=None)
    VisitorComment.objects.all().delete()
    CommentThread.objects.all().delete()


def exported(*options):
    run = ExportComments("--format", "json", *options)
    assert not run.error, run.error
    return [comment for thread in json.loads(run.out)["threads"] for comment in thread["comments"]]


class TestRoundTrip:
    def test_gives_the_same_thread(self, thread, tmp_path):
        before = shape()
        file = tmp_path / "out.xml"
        assert not ExportComments("--all", "--out", file).error
        forget()
        run = ImportComments(file, "--comments", "approved")
        assert "by its address" in run.out and not run.error
        assert shape() == before

    def test_stores_nothing_twice_where_the_comments_still_are(self, thread, tmp_path):
        before = shape()
        ExportComments("--out", tmp_path / "out.xml")
        run = ImportComments(tmp_path / "out.xml", "--comments", "approved")
        assert shape() == before and "14 stored before" in run.out

    def test_brings_nobody_back_who_was_erased(self, thread, tmp_path):
        ExportComments("--all", "--out", tmp_path / "out.xml")
        actions.erase(thread, by=None, now=NOW)
        ImportComments(tmp_path / "out.xml")
        assert VisitorComment.objects.get(pk=thread.pk).body == ""


class TestWhatLeaves:
    def test_is_what_everybody_can_read(self, say):
        first = say("Public")
        for status in (Status.PENDING, Status.REJECTED, Status.SPAM, Status.REMOVED):
            say(status.value, status=status)
        say("Below", parent=say("Hidden", status=Status.PENDING))
        assert [comment["body"] for comment in exported()] == ["Public"]
        assert exported()[0]["id"] == str(first.uuid)

    def test_holds_no_address(self, thread):
        for form in ("wxr", "json"):
            assert "wren@example.com" not in ExportComments("--format", form).out

    def test_hangs_an_answer_to_what_stays_here_from_what_leaves(self, say):
        first = say("One")
        gone = say("Two", parent=first, status=Status.REMOVED)
        say("Three", parent=gone)
        assert [(comment["body"], comment["parent"]) for comment in exported()] == [
            ("One", None),
            ("Three", str(first.uuid)),
        ]

    def test_is_nothing_of_a_page_that_is_not_public(self, say, stones):
        say("Public")
        restriction = PageViewRestriction.objects.create(page=stones, restriction_type="login")
        assert exported() == []
        restriction.delete()
        stones.unpublish()
        assert exported() == []
        assert len(exported("--all")) == 1

    def test_is_nothing_of_a_page_whose_comments_are_off(self, say, stones):
        say("Public")
        actions.set_policy(page=stones, policy=Policy.OFF, by=None, now=NOW)
        assert exported() == []

    def test_is_everything_but_the_erased_when_asked_for(self, say):
        for status in (Status.APPROVED, Status.PENDING, Status.REJECTED, Status.SPAM, Status.REMOVED):
            say(status.value, status=status)
        actions.erase(say("Erased"), by=None, now=NOW)
        found = exported("--all")
        assert {comment["status"] for comment in found} == {
            "APPROVED",
            "PENDING",
            "REJECTED",
            "SPAM",
            "REMOVED",
        }
        assert {comment["email"] for comment in found} == {"wren@example.com"}

    def test_is_a_health_question_only_when_named(self, say):
        say(QUESTION)
        assert exported("--all") == []
        assert [comment["body"] for comment in exported("--all", "--health")] == [QUESTION]
        assert "--health needs --all" in ExportComments("--health").error

    def test_is_a_page_or_a_section(self, spa, say):
        other = spa.article(title="Other", slug="other", parent=spa.treatments)
        say("Here")
        say("There", page=other)
        assert [comment["body"] for comment in exported("--page", other.pk)] == ["There"]
        assert [comment["body"] for comment in exported("--section", spa.journal.pk)] == ["Here"]
        assert "There is no page 99999" in ExportComments("--page", "99999").error

    def test_holds_the_threads_of_deleted_pages_when_everything_is_asked_for(self, say, stones):
        say("Here")
        stones.delete()
        assert exported() == []
        assert len(exported("--all")) == 1


class TestFile:
    def test_is_new_and_readable_by_its_owner_alone(self, thread, tmp_path):
        file = tmp_path / "out.xml"
        assert not ExportComments("--out", file).error
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert "is there already" in ExportComments("--out", file).error

    def test_comes_with_a_warning_where_it_holds_addresses(self, thread):
        assert "e-mail addresses" in ExportComments("--all").err
        assert ExportComments().err == ""
