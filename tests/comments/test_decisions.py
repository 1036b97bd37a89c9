"""Decisions: what a moderator does with a stored comment, and what the public sees of it."""

from __future__ import annotations

import pytest
from django.db import transaction
from wagtail.models import ModelLogEntry, PageLogEntry

from wagtail_massage.comments import actions, signals
from wagtail_massage.comments.actions.deciding import legal_verbs
from wagtail_massage.comments.models import CommentThread, ModerationEvent, VisitorComment
from wagtail_massage.comments.states import TRANSITIONS, Policy, Status


def visible() -> set[str]:
    return set(VisitorComment.objects.public().values_list("body", flat=True))


@pytest.mark.contract
class TestDecide:
    def test_approval_makes_a_comment_public(self, say, moderator, now):
        actions.approve(say("Hello"), by=moderator, now=now)
        assert visible() == {"Hello"}
        thread = CommentThread.objects.get()
        assert (thread.pending_count, thread.approved_count, thread.visible_count) == (0, 1, 1)

    def test_each_decision_leaves_one_event_and_one_line_in_the_audit_log(self, say, moderator, now):
        comment = actions.approve(say("Hello"), by=moderator, now=now, reason="fine")
        event = comment.events.latest("pk")
        assert (event.verb, event.from_status, event.to_status) == ("approve", "PENDING", "APPROVED")
        assert (event.actor, event.actor_kind, event.reason, event.created_at) == (
            moderator,
            "HUMAN",
            "fine",
            now,
        )
        entry = ModelLogEntry.objects.get()
        assert entry.action == "wagtail_massage_comments.approve"
        assert "Wren" not in entry.label

    def test_a_stale_decision_changes_nothing(self, say, moderator, now):
        first = say("Hello")
        second = VisitorComment.objects.get(pk=first.pk)
        actions.reject(first, by=moderator, now=now)
        with pytest.raises(actions.StaleState) as stale:
            actions.approve(second, by=moderator, now=now)
        assert stale.value.comment.status == Status.REJECTED
        assert visible() == set()

    def test_a_decision_on_a_text_that_has_changed_since_is_stale(self, say, moderator, now):
        seen = say("Hello")
        actions.edit(VisitorComment.objects.get(pk=seen.pk), body="Buy now", by=None, now=now)
        with pytest.raises(actions.StaleState):
            actions.approve(seen, by=moderator, now=now)

    @pytest.mark.parametrize("verb", ["approve", "reject", "mark_spam", "hide", "restore", "remove"])
    @pytest.mark.parametrize("status", list(Status))
    def test_only_legal_changes_are_made(self, say, moderator, now, verb, status):
        comment = say("Hello")
        if status == Status.REMOVED:
            actions.remove(comment, by=moderator, now=now)
        elif status != Status.PENDING:  # states that only later rooms lead to are set by hand
            VisitorComment.objects.filter(pk=comment.pk).update(status=status)
            CommentThread.objects.update(**{"pending_count": 0, f"{status.lower()}_count": 1})
            comment.refresh_from_db()
        act = getattr(actions, verb)
        if verb in legal_verbs(status):
            act(comment, by=moderator, now=now)
            assert comment.status in TRANSITIONS[status]
        else:
            with pytest.raises(actions.IllegalTransition):
                act(comment, by=moderator, now=now)

    def test_restoring_a_removal_brings_back_what_was(self, publish, moderator, now):
        comment = publish("Hello")
        actions.remove(comment, by=moderator, now=now)
        assert visible() == set()
        actions.restore(comment, by=moderator, now=now)
        assert visible() == {"Hello"}


class TestVisibility:
    def test_hiding_a_comment_hides_what_hangs_below_it(self, publish, moderator, now):
        root = publish("Root")
        publish("Reply", parent=root)
        root.refresh_from_db()
        actions.hide(root, by=moderator, now=now)
        assert visible() == set()
        assert CommentThread.objects.get().visible_count == 0

    def test_a_removed_comment_stays_as_a_tombstone_while_replies_are_visible(self, publish, moderator, now):
        root = publish("Root")
        reply = publish("Reply", parent=root)
        root.refresh_from_db()
        actions.remove(root, by=moderator, now=now)
        assert visible() == {"Root", "Reply"}
        assert CommentThread.objects.get().visible_count == 1
        reply.refresh_from_db()
        actions.hide(reply, by=moderator, now=now)
        assert visible() == set()

    def test_a_root_knows_how_many_replies_can_be_read(self, publish, say, moderator, now):
        root = publish("Root")
        reply = publish("Reply", parent=root)
        publish("Deeper", parent=reply)
        say("Waits", parent=root)
        root.refresh_from_db()
        assert root.reply_count == 2

    def test_deleting_the_page_ends_it(self, publish, page):
        publish("Hello")
        page.delete()
        comment = VisitorComment.objects.get()
        assert visible() == set()
        assert comment.page is None
        assert comment.thread.page_title == "Warm stones"


class TestEdit:
    def test_an_authors_edit_of_an_approved_comment_waits_again(self, publish, now):
        comment = publish("Hello")
        actions.edit(comment, body="Buy this", by=None, now=now)
        assert comment.status == Status.PENDING
        assert visible() == set()

    def test_stays_public_where_comments_appear_at_once_and_no_check_objects(self, say, page, moderator, now):
        actions.set_policy(page=page, policy=Policy.POST, by=moderator, now=now)
        comment = say("Hello")
        actions.edit(comment, body="Hello again", by=None, now=now)
        assert visible() == {"Hello again"}

    def test_becomes_spam_when_the_new_text_is(self, publish, now):
        comment = publish("Hello")
        actions.edit(comment, body="http://a.example " * 9, by=None, now=now)
        assert comment.status == Status.SPAM

    def test_a_moderators_edit_keeps_the_status(self, publish, moderator, now):
        comment = publish("Hello, call me on 01632 960000")
        actions.edit(comment, body="Hello, call me", by=moderator, now=now)
        assert visible() == {"Hello, call me"}
        assert comment.edited_at == now

    def test_is_not_for_what_has_been_rejected(self, say, moderator, now):
        comment = actions.reject(say("Hello"), by=moderator, now=now)
        with pytest.raises(actions.IllegalTransition):
            actions.edit(comment, body="Hello again", by=None, now=now)


class TestAnnounce:
    def test_comes_after_commit(self, say, moderator, now, django_capture_on_commit_callbacks):
        heard = []

        def receiver(comment, **kwargs):
            heard.append((comment.status, transaction.get_connection().in_atomic_block))

        signals.comment_approved.connect(receiver)
        try:
            comment = say("Hello")
            with django_capture_on_commit_callbacks() as callbacks:
                actions.approve(comment, by=moderator, now=now)
            assert heard == []
            for callback in callbacks:
                callback()
            assert [status for status, _ in heard] == [Status.APPROVED]
        finally:
            signals.comment_approved.disconnect(receiver)

    def test_survives_a_receiver_that_fails(self, say, moderator, now, django_capture_on_commit_callbacks):
        def receiver(**kwargs):
            raise RuntimeError("the mail server is away")

        signals.comment_approved.connect(receiver)
        try:
            with django_capture_on_commit_callbacks(execute=True):
                actions.approve(say("Hello"), by=moderator, now=now)
        finally:
            signals.comment_approved.disconnect(receiver)
        assert visible() == {"Hello"}


class TestModerationEvent:
    def test_is_append_only(self, say):
        event = say("Hello").events.get()
        with pytest.raises(TypeError):
            event.save()
        with pytest.raises(TypeError):
            ModerationEvent.objects.update(reason="other")
        with pytest.raises(TypeError):
            ModerationEvent.objects.all().delete()


@pytest.mark.contract
class TestSetPolicy:
    def test_takes_effect_at_once_and_is_audited_on_the_page(self, page, moderator, now):
        actions.set_policy(page=page, policy=Policy.CLOSED, by=moderator, now=now)
        assert CommentThread.objects.get().policy == Policy.CLOSED
        entry = PageLogEntry.objects.get(action="wagtail_massage_comments.set_policy")
        assert entry.data == {"from": "PRE", "to": "CLOSED"}


@pytest.mark.contract
class TestInstalling:
    def test_opens_no_thread_on_existing_pages(self, home):
        from tests.projects.blog.models import BlogPage

        for number in range(30):
            home.add_child(instance=BlogPage(title=f"Page {number}"))
        assert not CommentThread.objects.exists()
