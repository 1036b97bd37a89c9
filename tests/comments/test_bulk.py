"""One decision about many comments is the same as many decisions, in few statements."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from wagtail.models import ModelLogEntry, Page

from tests.comments.conftest import NOW
from tests.projects.blog.models import BlogPage
from wagtail_massage.comments import actions, counting, signals
from wagtail_massage.comments.drafts import Draft
from wagtail_massage.comments.models import (
    CommentMail,
    CommentReport,
    CommentThread,
    ModerationEvent,
    VisitorComment,
)
from wagtail_massage.comments.paths import make_path
from wagtail_massage.comments.states import Status

VERBS = ["approve", "reject", "mark_spam", "restore", "remove"]


def decide_one(verb: str, comment: VisitorComment, **values: Any) -> None:
    if verb == "restore" and comment.status == Status.REMOVED:  # goes back to what it was, each on its own
        raise actions.IllegalTransition(comment.status, Status.PENDING)
    getattr(actions, verb)(comment, **values)


def make_page(slug: str) -> Page:
    blog = Page.objects.get(depth=2).add_child(instance=BlogPage(title=slug, slug=slug))
    return Page.objects.get(pk=blog.pk)


def make_comment(
    page: Page, number: int, status: Status = Status.PENDING, parent: Any = None, **values: Any
) -> VisitorComment:
    comment = actions.import_comment(
        page=page,
        draft=Draft(body=f"Number {number}", author_name="Wren", author_email=f"wren{number}@example.com"),
        status=status,
        source_key=f"{page.slug}:{number}",
        created_at=NOW + timedelta(minutes=number),
        by=None,
        now=NOW,
        parent=parent,
    ).comment
    if values:
        VisitorComment.objects.filter(pk=comment.pk).update(**values)
        comment.refresh_from_db()
    return comment


def as_seen(comments: Any) -> dict[int, int]:
    return {comment.pk: comment.version for comment in comments}


def state_of(page: Page) -> dict[str, Any]:
    """Everything that a decision leaves behind on a page, in words that are the same for two equal pages."""
    comments = VisitorComment.objects.filter(page=page)
    thread = CommentThread.objects.filter(page=page)
    counts = [f"{status.lower()}_count" for status in Status.values]
    number = {pk: int(key.rpartition(":")[2]) for pk, key in comments.values_list("pk", "source_key")}
    entries = ModelLogEntry.objects.filter(object_id__in=map(str, number)).order_by("pk")
    events = ModerationEvent.objects.filter(comment__page=page).order_by("pk")
    mails = CommentMail.objects.filter(comment__page=page)
    reports = CommentReport.objects.filter(comment__page=page)
    return {
        "comments": {
            number[pk]: values
            for pk, *values in comments.values_list(
                "pk", "status", "is_visible", "version", "reply_count", "report_count", "reviewed_at"
            )
        },
        "thread": list(thread.values_list("visible_count", *counts)),
        "events": sorted(
            (number[pk], verb, old, new, actor, reason)
            for pk, verb, old, new, actor, reason in events.values_list(
                "comment", "verb", "from_status", "to_status", "actor", "reason"
            )
        ),
        "log": sorted(
            (number[int(pk)], action, sorted(data.items()), user)
            for pk, action, data, user in entries.values_list("object_id", "action", "data", "user")
        ),
        "mails": sorted(
            (number[pk], kind, number.get(about, 0))
            for pk, kind, about in mails.values_list("comment", "kind", "about")
        ),
        "reports": sorted(
            (number[pk], at is not None) for pk, at in reports.values_list("comment", "handled_at")
        ),
    }


plants = st.lists(
    st.tuples(st.integers(-1, 7), st.sampled_from(Status.values), st.booleans(), st.booleans()),
    min_size=1,
    max_size=9,
)
"""Comments as (number of the parent, or none; status; wants mails; was reported)."""


def plant(page: Page, plan: list[tuple[int, str, bool, bool]]) -> list[VisitorComment]:
    comments: list[VisitorComment] = []
    for number, (above, status, wants_mail, is_reported) in enumerate(plan):
        parent = comments[above] if 0 <= above < number else None
        verified = NOW if wants_mail else None
        comment = make_comment(
            page, number, Status(status), parent, wants_mail=wants_mail, email_verified_at=verified
        )
        if is_reported:
            CommentReport.objects.create(comment=comment, reporter_key="k", reason="SPAM", created_at=NOW)
            VisitorComment.objects.filter(pk=comment.pk).update(report_count=1)
        comments.append(VisitorComment.objects.get(pk=comment.pk))
    return comments


class TestManyAtOnce(TestCase):
    @settings(max_examples=40)
    @given(
        plan=plants, verb=st.sampled_from(VERBS), chosen=st.sets(st.integers(0, 8)), late=st.integers(-1, 8)
    )
    def test_leave_behind_what_one_after_the_other_do(
        self, plan: Any, verb: str, chosen: set[int], late: int
    ) -> None:
        user = get_user_model().objects.create_superuser("mona", "mona@example.com", "x")
        one, many = make_page("one"), make_page("many")
        singly, together = plant(one, plan), plant(many, plan)
        picked = [number for number in sorted(chosen) if number < len(plan)]
        seen = as_seen(together[number] for number in picked)
        for comments in (singly, together):
            if 0 <= late < len(comments):  # somebody was faster
                VisitorComment.objects.filter(pk=comments[late].pk).update(version=7)
        expected: dict[str, list[int]] = {"done": [], "stale": [], "illegal": []}
        for number in picked:
            try:
                decide_one(verb, singly[number], by=user, now=NOW, reason="r")
                expected["done"].append(number)
            except actions.StaleState:
                expected["stale"].append(number)
            except actions.IllegalTransition:
                expected["stale" if number == late else "illegal"].append(number)

        result = actions.decide_many(seen, verb, by=user, now=NOW, reason="r")

        number_of = {comment.pk: number for number, comment in enumerate(together)}
        outcome = {name: [number_of[pk] for pk in getattr(result, name)] for name in expected}
        assert outcome == expected
        assert state_of(many) == state_of(one)
        assert_counts_are_true(many)


def assert_counts_are_true(page: Page) -> None:
    rows = list(counting.tree_rows(VisitorComment.objects.filter(page=page)))
    derived = [row for tree in counting.trees(rows) for row in counting.derive(tree)]
    assert derived == list(map(counting.TreeRow._make, rows))
    thread = CommentThread.objects.values().get(page=page)
    assert {name: thread[name] for name in counting.count_statuses(derived)} == counting.count_statuses(
        derived
    )


class TestDecideMany:
    @pytest.mark.parametrize("verb", VERBS)
    def test_costs_the_same_for_ten_and_for_thirty(self, moderator, page, verb):
        status = Status.SPAM if verb == "restore" else Status.PENDING

        def cost(numbers: range) -> int:
            root = make_comment(page, numbers.start, Status.APPROVED)
            comments = [
                make_comment(page, number, status, parent=root, wants_mail=True, email_verified_at=NOW)
                for number in numbers[1:]
            ]
            with CaptureQueriesContext(connection) as captured:
                result = actions.decide_many(as_seen(comments), verb, by=moderator, now=NOW)
            assert len(result.done) == len(comments)
            return sum("SAVEPOINT" not in query["sql"] for query in captured)

        cost(range(3))  # fills Django's cache of content types
        assert cost(range(10, 20)) == cost(range(20, 50)) <= 15

    @pytest.mark.postgres
    @pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL takes 1,000 rows at once")
    def test_of_a_thousand_costs_at_most_fifteen_queries(self, moderator, page):
        root = make_comment(page, 0, Status.APPROVED)
        thread = CommentThread.objects.get(page=page)
        common = {
            "thread": thread,
            "page": page,
            "root": root,
            "parent": root,
            "in_reply_to": root,
            "depth": 2,
        }
        rows = [
            VisitorComment(
                path=make_path(root.path, NOW + timedelta(seconds=number)),
                status=Status.PENDING,
                created_at=NOW,
                author_email="wren@example.com",
                wants_mail=True,
                email_verified_at=NOW,
                report_count=1,
                **common,
            )
            for number in range(1000)
        ]
        VisitorComment.objects.bulk_create(rows)
        CommentThread.objects.filter(pk=thread.pk).update(pending_count=1000)
        with CaptureQueriesContext(connection) as captured:
            result = actions.decide_many(as_seen(rows), "approve", by=moderator, now=NOW)
        assert len(result.done) == 1000
        assert sum("SAVEPOINT" not in query["sql"] for query in captured) <= 15
        assert_counts_are_true(page)
        assert ModerationEvent.objects.filter(verb="approve").count() == 1000

    def test_spans_threads(self, moderator, home):
        pages = [make_page(f"page-{number}") for number in range(3)]
        comments = [make_comment(page, number) for page in pages for number in range(2)]
        actions.decide_many(as_seen(comments), "approve", by=moderator, now=NOW)
        for page in pages:
            thread = CommentThread.objects.get(page=page)
            assert (thread.visible_count, thread.approved_count, thread.pending_count) == (2, 2, 0)
            assert thread.version == 1

    def test_takes_as_many_batches_as_it_needs(self, moderator, page, monkeypatch):
        monkeypatch.setattr("wagtail_massage.comments.actions.bulk.BATCH", 3)
        comments = [make_comment(page, number) for number in range(10)]
        result = actions.decide_many(as_seen(comments), "reject", by=moderator, now=NOW)
        assert sorted(result.done) == sorted(comment.pk for comment in comments)
        assert CommentThread.objects.get(page=page).rejected_count == 10

    def test_announces_each_after_commit_as_it_is_then(
        self, moderator, page, django_capture_on_commit_callbacks
    ):
        heard = []

        def listen(comment: VisitorComment, by: Any, **kwargs: Any) -> None:
            heard.append((comment.pk, comment.status, comment.is_visible, comment.version, by))

        root = make_comment(page, 0)
        reply = make_comment(page, 1, parent=root)
        signals.comment_approved.connect(listen)
        try:
            with django_capture_on_commit_callbacks(execute=True):
                actions.decide_many(as_seen([root, reply]), "approve", by=moderator, now=NOW)
                assert not heard
        finally:
            signals.comment_approved.disconnect(listen)
        assert heard == [(pk, Status.APPROVED, True, 2, moderator) for pk in (root.pk, reply.pk)]

    def test_takes_down_what_was_pinned_and_is_removed(self, moderator, page):
        root = make_comment(page, 0, Status.APPROVED)
        CommentThread.objects.update(pinned=root)
        actions.decide_many(as_seen([root]), "remove", by=moderator, now=NOW)
        assert CommentThread.objects.get(page=page).pinned is None

    def test_calls_what_is_gone_stale(self, moderator, page):
        result = actions.decide_many({987654: 1}, "approve", by=moderator, now=NOW)
        assert result == actions.Decisions(stale=[987654])

    def test_of_nothing_asks_nothing(self, moderator, django_assert_num_queries):
        with django_assert_num_queries(0):
            assert actions.decide_many({}, "approve", by=moderator, now=NOW) == actions.Decisions()

    def test_does_not_know_other_verbs(self, moderator):
        with pytest.raises(ValueError, match="'erase' cannot be decided in bulk"):
            actions.decide_many({1: 1}, "erase", by=moderator, now=NOW)

    def test_of_a_batch_that_fails_leaves_nothing_behind(self, moderator, page, monkeypatch):
        def fail(*args: Any, **kwargs: Any) -> None:
            raise RuntimeError("no room")

        comment = make_comment(page, 0)
        before = state_of(page)
        monkeypatch.setattr("wagtail_massage.comments.actions.bulk.record_many", fail)
        with pytest.raises(RuntimeError), transaction.atomic():
            actions.decide_many(as_seen([comment]), "approve", by=moderator, now=NOW)
        assert state_of(page) == before
