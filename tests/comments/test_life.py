"""A comment's whole life in any order of events: what is stored, what is counted and what a reader can reach agree."""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.test import Client, override_settings
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, multiple, rule
from wagtail.models import Site

from tests import memory
from tests.projects.blog.models import BlogPage
from wagtail_massage.comments import actions, kept_parts, reading
from wagtail_massage.comments.actions.deciding import legal_verbs
from wagtail_massage.comments.drafts import Author, Draft, Origin
from wagtail_massage.comments.models import CommentThread, ModerationEvent, VisitorComment
from wagtail_massage.comments.policies import PolicyTerms
from wagtail_massage.comments.states import (
    READABLE,
    TOMBSTONES,
    TRANSITIONS,
    AuthorKind,
    EmailRule,
    Policy,
    ReportReason,
    Status,
)
from wagtail_massage.comments.tokens import TokenState

START = datetime(2026, 1, 1, tzinfo=UTC)
WORDS = st.sampled_from(
    ["Warm hands.", "Never slept better.", "See http://a.example http://b.example http://c.example"]
)
REFUSALS = (
    actions.Refused,
    actions.Closed,
    actions.MembersOnly,
    actions.EditClosed,
    actions.IllegalTransition,
    actions.StaleState,
    actions.NotReportable,
    actions.NotPinnable,
    actions.Withdrawn,
)


class LifeMachine(RuleBasedStateMachine):
    comments = Bundle("comments")

    def __init__(self) -> None:
        super().__init__()
        memory.forget()  # each example begins with the same row numbers
        self.site = Site.objects.get(is_default_site=True)
        home = self.site.root_page
        self.page = home.add_child(instance=BlogPage(title="Page", slug=f"page-{home.numchild}"))
        self.user = get_user_model().objects.create_superuser(f"mod-{self.page.pk}", "m@example.com", "x")
        self.clock = 0
        self.taken = 0
        self.limits = override_settings(
            WAGTAIL_MASSAGE_COMMENTS_RATE="1000/s",
            WAGTAIL_MASSAGE_COMMENTS_REPORT_RATE="1000/s",
            WAGTAIL_MASSAGE_COMMENTS_TRUST_AFTER=2,
            WAGTAIL_MASSAGE_COMMENTS_REPORT_THRESHOLD=2,
            EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend",
        )
        self.limits.enable()

    def teardown(self) -> None:
        """In the end, counting everything anew finds nothing to mend."""
        try:
            call_command("rebuild_comment_stats", "--check", stdout=StringIO())
        finally:
            self.limits.disable()

    def now(self) -> datetime:
        self.clock += 1
        return START + timedelta(minutes=self.clock)

    def comment(self, pk: int) -> VisitorComment:
        return VisitorComment.objects.select_related("page", "in_reply_to").get(pk=pk)

    @rule(policy=st.sampled_from([None, *Policy]), rule_=st.sampled_from(["", *EmailRule]))
    def choose_policy(self, policy: Policy | None, rule_: str) -> None:
        terms = PolicyTerms(email_rule=rule_)
        actions.set_policy(page=self.page, policy=policy, by=self.user, now=self.now(), terms=terms)

    @rule(
        target=comments, body=WORDS, kind=st.sampled_from(["guest", "nameless", "member"]), good=st.booleans()
    )
    def post(self, body: str, kind: str, good: bool) -> Any:
        return self.submit(body, kind, good=good, parent=None)

    @rule(target=comments, parent=comments, body=WORDS, kind=st.sampled_from(["guest", "member"]))
    def reply(self, parent: int, body: str, kind: str) -> Any:
        return self.submit(body, kind, good=True, parent=self.comment(parent))

    def submit(self, body: str, kind: str, *, good: bool, parent: VisitorComment | None) -> Any:
        author = Author(kind=AuthorKind.USER, identity=str(self.user.pk), name="Mona", user=self.user)
        origin = Origin(
            address="192.0.2.7",
            author=author if kind == "member" else None,
            token=TokenState.GOOD if good else TokenState.MISSING,
        )
        now = self.now()
        draft = Draft(
            body=f"{body} {self.clock}",
            author_name="Wren",
            author_email="wren@example.com" if kind == "guest" else "",
            wants_mail=kind == "guest",
            parent=parent.uuid if parent else None,
        )
        try:
            submission = actions.submit(page=self.page, draft=draft, origin=origin, now=now)
        except REFUSALS:
            return multiple()
        self.taken += 1
        return submission.comment.pk

    @rule(target=comments, parent=comments, first=st.booleans())
    def answer(self, parent: int, first: bool) -> Any:
        body = f"From the team {self.clock}"
        try:
            given = actions.answer(
                self.comment(parent), body=body, by=self.user, now=self.now(), approve_first=first
            )
        except REFUSALS:
            return multiple()
        self.taken += 1
        return given.pk

    @rule(pk=comments, verb=st.sampled_from(["approve", "reject", "mark_spam", "hide", "restore", "remove"]))
    def decide(self, pk: int, verb: str) -> None:
        comment = self.comment(pk)
        if verb in legal_verbs(comment.status):
            self.attempt(getattr(actions, verb), comment, by=self.user)

    @rule(
        pks=st.lists(comments, max_size=4), verb=st.sampled_from(["approve", "reject", "mark_spam", "remove"])
    )
    def decide_many(self, pks: list[int], verb: str) -> None:
        seen = dict(VisitorComment.objects.filter(pk__in=pks).values_list("pk", "version"))
        actions.decide_many(seen, verb, by=self.user, now=self.now())

    @rule(pk=comments, verb=st.sampled_from(["pin", "unpin", "acknowledge", "dismiss_reports"]))
    def tend(self, pk: int, verb: str) -> None:
        self.attempt(getattr(actions, verb), self.comment(pk), by=self.user)

    @rule(pk=comments)
    def confirm(self, pk: int) -> None:
        self.attempt(actions.confirm, self.comment(pk))

    @rule(pk=comments, body=WORDS, by_author=st.booleans())
    def edit(self, pk: int, body: str, by_author: bool) -> None:
        by = None if by_author else self.user
        self.attempt(actions.edit, self.comment(pk), body=f"{body} again {self.clock}", by=by)

    @rule(pk=comments)
    def withdraw(self, pk: int) -> None:
        self.attempt(actions.withdraw, self.comment(pk))

    @rule(pk=comments, neighbour=st.integers(1, 4))
    def report(self, pk: int, neighbour: int) -> None:
        origin = Origin(address=f"198.51.100.{neighbour}")
        self.attempt(actions.report, self.comment(pk), reason=ReportReason.OFFENSIVE, origin=origin)

    @rule(pk=comments)
    def erase(self, pk: int) -> None:
        self.attempt(actions.erase, self.comment(pk), by=self.user)

    def attempt(self, act: Any, comment: VisitorComment, **values: Any) -> None:
        with contextlib.suppress(REFUSALS):
            act(comment, now=self.now(), **values)

    @invariant()
    def nothing_is_lost(self) -> None:
        rows = VisitorComment.objects.filter(page=self.page)
        assert rows.count() == self.taken
        for row in rows.prefetch_related("events"):
            events = sorted(row.events.all(), key=lambda event: event.pk)
            assert events, f"{row.pk} has no history"
            assert events[-1].to_status == row.status
            assert all(
                later.from_status in {"", earlier.to_status} for earlier, later in itertools.pairwise(events)
            )

    @invariant()
    def every_event_is_legal(self) -> None:
        for event in ModerationEvent.objects.filter(comment__page=self.page).exclude(from_status=""):
            assert event.to_status == event.from_status or event.to_status in TRANSITIONS[event.from_status]

    @invariant()
    def counts_are_what_a_reader_can_reach(self) -> None:
        counted = VisitorComment.objects.counted().filter(page=self.page).count()
        stored = CommentThread.objects.filter(page=self.page).first()
        if stored is None:
            assert counted == 0
            return
        assert stored.visible_count == counted
        for status in Status:
            rows = VisitorComment.objects.filter(page=self.page, status=status).count()
            assert getattr(stored, f"{status.lower()}_count") == rows, status
        try:
            thread = reading.find_thread(self.page.pk, site=self.site)
        except reading.NotPublic:
            return
        assert thread.policy in READABLE
        reached = list(self.reach(thread))
        assert len(reached) == len({comment.id for comment in reached})
        assert sum(comment.state == "APPROVED" for comment in reached) == counted == thread.count
        public = VisitorComment.objects.public().filter(page=self.page)
        assert {comment.id for comment in reached} == set(public.values_list("uuid", flat=True))

    def reach(self, thread: Any) -> Iterator[Any]:
        """Follow every cursor, two comments at a time."""
        cursor = ""
        while True:
            part = reading.read_thread(thread, cursor=cursor, limit=2)
            for root in part.items:
                yield root
                yield from root.replies.items
                below = root.replies.next
                while below:
                    more = reading.read_replies(thread, root, cursor=below, limit=2)
                    yield from more.items
                    below = more.next
            if not part.next:
                return
            cursor = part.next

    @invariant()
    def what_is_kept_is_what_would_be_made(self) -> None:
        url = f"/api/massage/v1/pages/{self.page.pk}/comments/?limit=3"
        client = Client()
        kept = client.get(url).content
        kept_parts.forget()
        assert client.get(url).content == kept

    @invariant()
    def small_things_agree(self) -> None:
        for row in VisitorComment.objects.filter(page=self.page).prefetch_related("reports"):
            assert row.report_count == sum(report.handled_at is None for report in row.reports.all())
            if row.status == Status.ERASED:
                assert (row.body, row.author_name, row.author_email, row.author_key) == ("", "", "", "")
        thread = CommentThread.objects.filter(page=self.page, pinned__isnull=False).first()
        if thread is not None:
            assert thread.pinned.status not in TOMBSTONES


LifeMachine.TestCase.settings = settings(
    max_examples=12, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
)


class TestLife(LifeMachine.TestCase, TestCase):
    """Runs the machine, each example in a transaction of its own."""
