"""Stored visibility and counts against what they should be, over any sequence of actions."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.db.models import Count
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule
from wagtail.models import Page

from tests import memory
from tests.projects.blog.models import BlogPage
from wagtail_massage.comments import actions
from wagtail_massage.comments.actions.deciding import legal_verbs
from wagtail_massage.comments.drafts import Draft
from wagtail_massage.comments.models import CommentThread, ModerationEvent, VisitorComment
from wagtail_massage.comments.paths import MAX_DEPTH, ancestor_paths, depth_of, make_path
from wagtail_massage.comments.states import OPEN, TOMBSTONES, TRANSITIONS, Status

START = datetime(2026, 1, 1, tzinfo=UTC)


def expected_visibility(rows: list[VisitorComment]) -> dict[int, bool]:
    """The definition, written out slowly: approved below open ancestors; tombstones that hold something visible."""
    by_path = {row.path: row for row in rows}

    def is_open(row: VisitorComment) -> bool:
        return all(by_path[path].status in OPEN for path in [*ancestor_paths(row.path), row.path])

    shown = {row.path for row in rows if row.status == Status.APPROVED and is_open(row)}
    held = {path for leaf in shown for path in ancestor_paths(leaf)}
    return {row.pk: row.path in shown or (row.status in TOMBSTONES and row.path in held) for row in rows}


class CommentMachine(RuleBasedStateMachine):
    comments = Bundle("comments")

    def __init__(self):
        super().__init__()
        memory.forget()  # each example begins with the same row numbers
        home = Page.objects.get(depth=2)
        self.page = home.add_child(instance=BlogPage(title="Page", slug=f"page-{home.numchild}"))
        self.user = get_user_model().objects.create_superuser(f"mod-{self.page.pk}", "m@example.com", "x")
        self.clock = 0

    def now(self) -> datetime:
        self.clock += 1
        return START + timedelta(minutes=self.clock)

    @rule(target=comments, status=st.sampled_from([Status.PENDING, Status.APPROVED, Status.SPAM]))
    def start(self, status):
        return self.add(None, status)

    @rule(target=comments, parent=comments, status=st.sampled_from([Status.PENDING, Status.APPROVED]))
    def reply(self, parent, status):
        return self.add(parent, status)

    def add(self, parent, status):
        now = self.now()
        draft = Draft(body=f"Text {self.clock}", author_name="Wren")
        target = VisitorComment.objects.get(pk=parent) if parent else None
        key = f"{self.page.pk}:{self.clock}"
        done = actions.import_comment(
            page=self.page,
            draft=draft,
            status=status,
            source_key=key,
            created_at=now,
            by=None,
            now=now,
            parent=target,
        )
        return done.comment.pk

    @rule(pk=comments, verb=st.sampled_from(["approve", "reject", "mark_spam", "hide", "restore", "remove"]))
    def decide(self, pk, verb):
        comment = VisitorComment.objects.get(pk=pk)
        if verb in legal_verbs(comment.status):
            getattr(actions, verb)(comment, by=self.user, now=self.now())

    @rule(pk=comments, is_author=st.booleans())
    def edit(self, pk, is_author):
        comment = VisitorComment.objects.get(pk=pk)
        if comment.status in {Status.PENDING, Status.APPROVED}:
            by = None if is_author else self.user
            actions.edit(comment, body=f"Edited {self.clock}", by=by, now=self.now())

    @invariant()
    def stored_is_true(self):
        rows = list(VisitorComment.objects.filter(page=self.page))
        assert {row.pk: row.is_visible for row in rows} == expected_visibility(rows)
        counted = VisitorComment.objects.counted().filter(page=self.page)
        for row in rows:
            if row.root_id is None:
                assert row.reply_count == counted.filter(root=row.pk).count()
        if thread := CommentThread.objects.filter(page=self.page).first():
            assert thread.visible_count == counted.count()
            by_status = (
                VisitorComment.objects.filter(page=self.page).values_list("status").annotate(Count("pk"))
            )
            stored = {status: getattr(thread, f"{status.lower()}_count") for status in Status.values}
            assert {status: count for status, count in stored.items() if count} == dict(by_status)

    @invariant()
    def every_event_is_legal(self):
        for event in ModerationEvent.objects.filter(comment__page=self.page).exclude(from_status=""):
            assert event.to_status == event.from_status or event.to_status in TRANSITIONS[event.from_status]


CommentMachine.TestCase.settings = settings(
    max_examples=40 if connection.vendor == "sqlite" else 15,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


class TestLedger(CommentMachine.TestCase, TestCase):
    """Runs the machine, each example in a transaction of its own."""


@pytest.mark.contract
class TestMakePath:
    def test_sorts_as_time_does(self):
        paths = [
            make_path("", START + timedelta(microseconds=step)) for step in (0, 1, 31, 32, 10**6, 10**12)
        ]
        assert paths == sorted(paths)

    def test_is_thirteen_characters_a_level(self):
        path = ""
        for depth in range(1, MAX_DEPTH + 1):
            path = make_path(path, START)
            assert (len(path), depth_of(path)) == (13 * depth, depth)

    def test_refuses_a_ninth_level(self):
        with pytest.raises(ValueError, match="depth 8"):
            make_path("x" * 104, START)

    def test_refuses_dates_before_1970(self):
        with pytest.raises(ValueError, match="1970"):
            make_path("", datetime(1969, 12, 31, tzinfo=UTC))
