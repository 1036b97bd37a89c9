"""Submit: the one way in."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.projects.blog.models import PlainPage
from wagtail_massage.comments import actions
from wagtail_massage.comments.conf import comments_settings
from wagtail_massage.comments.drafts import Draft, Origin
from wagtail_massage.comments.models import CommentThread, VisitorComment
from wagtail_massage.comments.screening.base import Check
from wagtail_massage.comments.screening.pipeline import load_checks
from wagtail_massage.comments.states import Policy, Status
from wagtail_massage.comments.throttling import Throttled
from wagtail_massage.comments.tokens import TokenState


class BrokenCheck(Check):
    name = "broken"

    def examine(self, candidate):
        raise RuntimeError("the service is down")


@pytest.mark.contract
class TestSubmit:
    def test_stores_a_comment_that_waits(self, say, page):
        comment = say("It was lovely.")
        assert comment.status == Status.PENDING
        assert not VisitorComment.objects.public().exists()
        thread = CommentThread.objects.get(page=page)
        assert (thread.pending_count, thread.visible_count, thread.version) == (1, 0, 0)

    def test_publishes_at_once_where_the_policy_says_so(self, say, page, moderator, now):
        actions.set_policy(page=page, policy=Policy.POST, by=moderator, now=now)
        comment = say("It was lovely.")
        assert comment.status == Status.APPROVED
        assert VisitorComment.objects.public().get() == comment

    def test_keeps_every_verdict(self, say):
        comment = say("It was lovely.")
        names = {verdict.check_name for verdict in comment.verdicts.all()}
        assert names == {check.name for check in load_checks()}
        assert len(names) == len(comments_settings.checks)

    def test_writes_the_first_event(self, say):
        event = say("It was lovely.").events.get()
        assert (event.verb, event.from_status, event.to_status, event.actor_kind) == (
            "submit",
            "",
            Status.PENDING,
            "AUTHOR",
        )

    def test_needs_a_page_type_that_takes_comments(self, say, home):
        plain = home.add_child(instance=PlainPage(title="Plain"))
        with pytest.raises(actions.NotCommentable):
            say("Hello", page=plain)
        assert not CommentThread.objects.exists()

    def test_takes_a_page_type_that_the_site_names(self, say, home, settings):
        settings.WAGTAIL_MASSAGE_COMMENTS_PAGE_TYPES = ["blog.PlainPage"]
        plain = home.add_child(instance=PlainPage(title="Plain"))
        assert say("Hello", page=plain).page_id == plain.pk

    @pytest.mark.parametrize("policy", [Policy.CLOSED, Policy.OFF])
    def test_stores_nothing_where_comments_are_closed(self, say, page, moderator, now, policy):
        actions.set_policy(page=page, policy=policy, by=moderator, now=now)
        with pytest.raises(actions.Closed):
            say("Hello")
        assert not VisitorComment.objects.exists()

    @pytest.mark.parametrize(
        ("values", "field"),
        [
            ({"body": " \u200b "}, "body"),
            ({"body": "x" * 5001}, "body"),
            ({"body": "a\x00"}, "body"),
            ({"author_name": ""}, "author_name"),
            ({"author_name": "n" * 81}, "author_name"),
            ({"author_name": "\ud800"}, "author_name"),
            ({"author_email": "no address"}, "author_email"),
            ({"author_email": "root@localhost"}, "author_email"),
            ({"author_email": "root@[192.0.2.1]"}, "author_email"),
        ],
    )
    def test_refuses_what_cannot_be_stored_and_names_the_field(self, page, now, values, field):
        draft = Draft(**{"body": "Fine.", "author_name": "Wren A.", **values})
        with pytest.raises(actions.Refused) as refusal:
            actions.submit(page=page, draft=draft, origin=Origin(), now=now)
        assert list(refusal.value.errors) == [field]
        assert not CommentThread.objects.exists()


class TestScreening:
    @pytest.mark.parametrize(
        ("body", "origin", "status", "reason"),
        [
            ("x", {}, Status.PENDING, "too_short"),
            ("a" + "\u0301" * 12, {}, Status.PENDING, "mark_run"),
            ("http://a.example http://b.example www.c.example", {}, Status.PENDING, "many_links"),
            ("http://a.example " * 5, {}, Status.SPAM, "many_links"),
            ("see https://shop.casino.example/x", {}, Status.SPAM, "blocked_domain"),
            ("Hello there", {"trap": "http://x"}, Status.SPAM, "trap_filled"),
            ("Hello there", {"token": TokenState.MISSING}, Status.PENDING, "no_token"),
        ],
    )
    def test_stores_what_it_holds_with_the_reason(
        self, say, page, moderator, now, settings, body, origin, status, reason
    ):
        settings.WAGTAIL_MASSAGE_COMMENTS_BLOCKED_DOMAINS = ["casino.example"]
        actions.set_policy(page=page, policy=Policy.POST, by=moderator, now=now)
        comment = say(body, origin=Origin(address="192.0.2.1", **{"token": TokenState.GOOD, **origin}))
        assert comment.status == status
        assert reason in {verdict.reason for verdict in comment.verdicts.all()}

    def test_calls_links_in_the_name_spam(self, say):
        assert say("Nice", author_name="www.cheap.example").status == Status.SPAM

    def test_marks_the_span_of_the_first_link_too_many(self, say):
        body = "http://a.example http://b.example http://c.example"
        verdict = say(body).verdicts.get(reason="many_links")
        assert body[verdict.span_start : verdict.span_end] == "http://c.example"

    def test_holds_the_same_text_from_somebody_else(self, say, page, moderator, now):
        actions.set_policy(page=page, policy=Policy.POST, by=moderator, now=now)
        assert say("Buy this cream").status == Status.APPROVED
        assert say("buy  THIS cream", author_name="Finch B.").status == Status.PENDING

    def test_fails_closed_when_a_check_breaks(self, say, page, moderator, now, settings):
        settings.WAGTAIL_MASSAGE_COMMENTS_CHECKS = [f"{__name__}.BrokenCheck"]
        actions.set_policy(page=page, policy=Policy.POST, by=moderator, now=now)
        comment = say("Hello there")
        assert comment.status == Status.PENDING
        assert comment.verdicts.get().reason == "check_failed"


@pytest.mark.contract
class TestSubmitTwice:
    def test_stores_an_identical_second_tap_once(self, page, now):
        draft = Draft(body="It was lovely.", author_name="Wren A.")
        first = actions.submit(page=page, draft=draft, origin=Origin(), now=now)
        second = actions.submit(page=page, draft=draft, origin=Origin(), now=now + timedelta(seconds=1))
        assert (first.is_new, second.is_new) == (True, False)
        assert first.comment.uuid == second.comment.uuid
        assert CommentThread.objects.get().pending_count == 1

    def test_stores_again_what_its_author_has_withdrawn(self, page, moderator, now):
        draft = Draft(body="It was lovely.", author_name="Wren A.")
        first = actions.submit(page=page, draft=draft, origin=Origin(), now=now)
        actions.withdraw(first.comment, now=now)
        again = actions.submit(page=page, draft=draft, origin=Origin(), now=now)
        assert (again.is_new, again.is_authors, again.comment.status) == (True, True, Status.PENDING)
        actions.remove(again.comment, by=moderator, now=now)
        assert not actions.submit(page=page, draft=draft, origin=Origin(), now=now).is_new
        retried = Origin(idempotency_key="k-1")
        kept = actions.submit(page=page, draft=draft, origin=retried, now=now).comment
        actions.withdraw(kept, now=now)
        assert actions.submit(page=page, draft=draft, origin=retried, now=now).comment == kept

    def test_answers_the_same_key_with_the_same_comment(self, page, now):
        origin = Origin(idempotency_key="k-1")
        draft = Draft(body="It was lovely.", author_name="Wren A.")
        first = actions.submit(page=page, draft=draft, origin=origin, now=now)
        later = actions.submit(page=page, draft=draft, origin=origin, now=now + timedelta(days=3))
        assert later.comment == first.comment

    def test_refuses_the_same_key_with_another_text(self, page, now):
        origin = Origin(idempotency_key="k-1")
        actions.submit(page=page, draft=Draft(body="One", author_name="Wren"), origin=origin, now=now)
        with pytest.raises(actions.KeyReused):
            actions.submit(page=page, draft=Draft(body="Two", author_name="Wren"), origin=origin, now=now)


class TestReplies:
    def test_stand_below_what_they_answer(self, publish):
        root = publish("Root")
        reply = publish("Reply", parent=root)
        assert (reply.parent, reply.root, reply.depth) == (root, root, 2)
        assert reply.path.startswith(root.path)

    def test_attach_beside_the_deepest_level_and_remember_the_target(self, publish):
        chain = [publish("Root")]
        for _level in range(9):
            chain.append(publish(parent=chain[-1]))
        assert [comment.depth for comment in chain] == [1, 2, 3, 4, 5, 6, 7, 8, 8, 8]
        assert chain[-1].in_reply_to == chain[-2]
        assert chain[-1].parent == chain[6]

    def test_need_a_public_parent(self, say, publish):
        with pytest.raises(actions.Refused):
            say("Reply", parent=say("Waits"))

    def test_need_a_parent_on_the_same_page(self, say, publish, home):
        from tests.projects.blog.models import BlogPage

        other = home.add_child(instance=BlogPage(title="Other"))
        with pytest.raises(actions.Refused):
            say("Reply", parent=publish("Root"), page=other)

    def test_need_a_parent_that_still_has_its_text(self, say, publish, moderator, now):
        root = publish("Root")
        publish("First", parent=root)
        root.refresh_from_db()
        actions.remove(root, by=moderator, now=now)
        assert VisitorComment.objects.public().filter(pk=root.pk).exists()
        with pytest.raises(actions.Refused):
            say("Second", parent=root)


class TestThrottling:
    def test_limits_a_network_and_says_when_to_come_back(self, page, now, settings):
        settings.WAGTAIL_MASSAGE_COMMENTS_RATE = "2/m"
        for number, address in enumerate(["2001:db8::1", "2001:db8::2"]):
            draft = Draft(body=f"Number {number}", author_name="Wren")
            actions.submit(page=page, draft=draft, origin=Origin(address=address), now=now)
        with pytest.raises(Throttled) as refusal:
            draft = Draft(body="One too many", author_name="Finch")
            actions.submit(page=page, draft=draft, origin=Origin(address="2001:db8::3"), now=now)
        assert 1 <= refusal.value.retry_after <= 60
        assert VisitorComment.objects.count() == 2

    def test_lets_another_network_and_the_next_minute_pass(self, page, now, settings):
        settings.WAGTAIL_MASSAGE_COMMENTS_RATE = "1/m"
        for number, (address, when) in enumerate(
            [("192.0.2.1", now), ("192.0.2.2", now), ("192.0.2.1", now + timedelta(minutes=1))]
        ):
            draft = Draft(body=f"Number {number}", author_name="Wren")
            actions.submit(page=page, draft=draft, origin=Origin(address=address), now=when)
        assert VisitorComment.objects.count() == 3

    def test_limits_nothing_when_the_cache_is_away(self, page, now, settings):
        settings.CACHES = {"default": {"BACKEND": "tests.comments.broken_cache.BrokenCache"}}
        settings.WAGTAIL_MASSAGE_COMMENTS_RATE = "1/m"
        for number in range(3):
            draft = Draft(body=f"Number {number}", author_name="Wren")
            actions.submit(page=page, draft=draft, origin=Origin(address="192.0.2.1"), now=now)
        assert VisitorComment.objects.count() == 3
