"""Erasing: nothing that leads to a person is left, the thread stays, and it cannot come back."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import ModelLogEntry

from tests.comments.counts import assert_true_counts
from wagtail_massage.comments import actions, signals
from wagtail_massage.comments.drafts import Draft
from wagtail_massage.comments.models import (
    CommentReport,
    CommentRevision,
    CommentThread,
    CommentVerdict,
    ModerationEvent,
    VisitorComment,
)
from wagtail_massage.comments.states import ActorKind, Status

KEPT = {
    "id", "uuid", "thread_id", "page_id", "parent_id", "root_id", "in_reply_to_id", "path", "depth",
    "reply_count", "status", "is_visible", "version", "reviewed_at", "author_kind", "created_at",
}  # fmt: skip


@pytest.fixture
def ledger_file(tmp_path: Path, settings: Any) -> Path:
    path = tmp_path / "erased.jsonl"
    settings.WAGTAIL_MASSAGE_COMMENTS_ERASURE_LEDGER = str(path)
    return path


class TestErase:
    def test_leaves_nothing_in_the_columns_of_the_row(self, publish: Any, moderator: Any, now: Any) -> None:
        comment = publish("I am Wren and my back hurts.", author_email="wren@example.com")
        VisitorComment.objects.filter(pk=comment.pk).update(data={"shoe": 41}, origin={"ip": "192.0.2.1"})
        actions.erase(comment, by=moderator, now=now)
        row = VisitorComment.objects.filter(pk=comment.pk).values().get()
        left = {name: value for name, value in row.items() if name not in KEPT and value}
        assert left == {}
        assert row["status"] == Status.ERASED
        assert row["author_kind"] == "GUEST"

    @pytest.mark.parametrize("verb", ["approve", "reject", "mark_spam", "remove", None])
    def test_works_in_whatever_state(self, verb: str | None, say: Any, moderator: Any, now: Any) -> None:
        comment = say()
        if verb:
            getattr(actions, verb)(comment, by=moderator, now=now)
        assert actions.erase(comment, by=moderator, now=now).status == Status.ERASED
        assert_true_counts()

    def test_keeps_the_replies_readable_below_a_tombstone(
        self, publish: Any, moderator: Any, now: Any
    ) -> None:
        root = publish()
        reply = publish(parent=root)
        actions.erase(root, by=moderator, now=now)
        assert [comment.pk for comment in VisitorComment.objects.public().order_by("path")] == [
            root.pk,
            reply.pk,
        ]
        assert_true_counts()

    def test_is_harmless_the_second_time(self, publish: Any, moderator: Any, now: Any) -> None:
        comment = actions.erase(publish(), by=moderator, now=now)
        before = list(VisitorComment.objects.values()), ModerationEvent.objects.count()
        assert actions.erase_many([comment.pk], by=moderator, now=now) == []
        assert (list(VisitorComment.objects.values()), ModerationEvent.objects.count()) == before

    def test_takes_along_what_was_kept_about_it(self, say: Any, moderator: Any, now: Any) -> None:
        comment = say("First text of Wren")
        comment = actions.edit(comment, body="Second text of Wren", by=moderator, now=now)
        CommentReport.objects.create(comment=comment, reporter_key="k", reason="OTHER", created_at=now)
        actions.erase(comment, by=moderator, now=now)
        for model in (CommentRevision, CommentVerdict, CommentReport):
            assert not model.objects.exists()

    def test_keeps_the_history_without_the_author(self, publish: Any, moderator: Any, now: Any) -> None:
        comment = publish()
        ModerationEvent.objects.bulk_create(
            [
                ModerationEvent(
                    comment=comment,
                    verb="edit",
                    to_status="APPROVED",
                    actor_kind=ActorKind.AUTHOR,
                    actor=moderator,
                    reason="as Wren asked",
                    data={"was": "Wren"},
                    created_at=now,
                )
            ]
        )
        actions.erase(comment, by=moderator, now=now, reference="E-1")
        events = list(
            comment.events.order_by("pk").values_list("verb", "actor_kind", "actor", "reason", "data")
        )
        assert events == [
            ("submit", "AUTHOR", None, "", {}),
            ("approve", "HUMAN", moderator.pk, "", {}),
            ("edit", "AUTHOR", None, "", {}),
            ("erase", "HUMAN", moderator.pk, "E-1", {}),
        ]

    def test_takes_it_down_where_it_was_pinned(self, publish: Any, moderator: Any, now: Any) -> None:
        comment = publish()
        CommentThread.objects.update(pinned=comment)
        actions.erase(comment, by=moderator, now=now)
        assert CommentThread.objects.get().pinned is None

    def test_is_announced_after_commit_as_an_empty_comment(
        self, publish: Any, moderator: Any, now: Any, django_capture_on_commit_callbacks: Any
    ) -> None:
        comment, heard = publish(), []

        def hear(sender: Any, comment: VisitorComment, **kwargs: Any) -> None:
            heard.append((comment.pk, comment.body, comment.status))

        signals.comment_erased.connect(hear)
        try:
            with django_capture_on_commit_callbacks(execute=True):
                actions.erase(comment, by=moderator, now=now)
                assert heard == []
        finally:
            signals.comment_erased.disconnect(hear)
        assert heard == [(comment.pk, "", Status.ERASED)]

    def test_by_its_author_names_nobody(self, publish: Any, now: Any) -> None:
        comment = actions.erase(publish(), by=None, now=now)
        event = comment.events.latest("pk")
        assert (event.verb, event.actor_kind, event.actor) == ("erase", "AUTHOR", None)
        assert not ModelLogEntry.objects.filter(action="wagtail_massage_comments.erase").exists()

    def test_does_not_come_back_with_the_same_import(self, page: Any, moderator: Any, now: Any) -> None:
        def bring() -> Any:
            return actions.import_comment(
                page=page,
                draft=Draft(body="Imported", author_name="Wren"),
                status=Status.APPROVED,
                source_key="articles/wrens-back.txt:1",
                created_at=now - timedelta(days=9),
                by=None,
                now=now,
            )

        comment = actions.erase(bring().comment, by=moderator, now=now)
        assert "wren" not in (comment.source_key or "")
        assert bring().is_new is False
        assert VisitorComment.objects.get().body == ""


class TestEraseMany:
    def test_settles_threads_whatever_their_shape(
        self, publish: Any, say: Any, moderator: Any, now: Any
    ) -> None:
        root, other = publish(), publish()
        replies = [publish(parent=root), publish(parent=other), say(parent=other)]
        leaf = publish(parent=replies[0])
        actions.erase_many([root.pk, leaf.pk, replies[2].pk], by=moderator, now=now)
        assert_true_counts()
        actions.erase_many([comment.pk for comment in [other, *replies]], by=moderator, now=now)
        assert_true_counts()
        assert not VisitorComment.objects.public().exists()

    def test_costs_the_same_for_few_and_for_many(self, publish: Any, moderator: Any, now: Any) -> None:
        def queries(count: int) -> int:
            pks = [publish(author_email="wren@example.com").pk for _ in range(count)]
            with CaptureQueriesContext(
                connection,
            ) as captured:
                assert len(actions.erase_many(pks, by=moderator, now=now)) == count
            return len(captured)

        queries(1)  # fills Django's cache of content types
        assert queries(2) == queries(9)

    def test_leaves_one_log_entry_each_with_states_alone(self, say: Any, moderator: Any, now: Any) -> None:
        pks = [say().pk for _ in range(3)]
        actions.erase_many(pks, by=moderator, now=now, reference="E-1")
        entries = ModelLogEntry.objects.filter(action="wagtail_massage_comments.erase")
        assert {entry.object_id for entry in entries} == {str(pk) for pk in pks}
        for entry in entries:
            assert (entry.user, entry.data) == (moderator, {"from": "PENDING", "to": "ERASED"})


class TestErasureLedger:
    def test_gets_a_line_for_each_comment_after_commit(
        self, ledger_file: Path, say: Any, moderator: Any, now: Any, django_capture_on_commit_callbacks: Any
    ) -> None:
        comments = [say(), say()]
        with django_capture_on_commit_callbacks(execute=True):
            actions.erase_many([comment.pk for comment in comments], by=moderator, now=now)
            assert not ledger_file.exists()
        lines = [json.loads(line) for line in ledger_file.read_text().splitlines()]
        assert lines == [{"uuid": str(comment.uuid), "erased_at": now.isoformat()} for comment in comments]

    def test_that_cannot_be_written_is_logged_and_undoes_nothing(
        self,
        settings: Any,
        tmp_path: Path,
        say: Any,
        moderator: Any,
        now: Any,
        caplog: Any,
        django_capture_on_commit_callbacks: Any,
    ) -> None:
        settings.WAGTAIL_MASSAGE_COMMENTS_ERASURE_LEDGER = str(tmp_path / "missing" / "erased.jsonl")
        comment = say()
        with django_capture_on_commit_callbacks(execute=True):
            actions.erase(comment, by=moderator, now=now)
        assert "cannot be written; 1 comments are missing there" in caplog.text
        assert VisitorComment.objects.get().status == Status.ERASED
