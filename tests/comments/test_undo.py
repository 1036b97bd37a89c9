"""The last decision can be taken back: at once from the message, later from the history."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import ModelLogEntry, Page

from tests.comments.counts import assert_true_counts
from tests.comments.desk import client_of, decision, desk_url, make_user
from wagtail_massage.comments import actions, signals
from wagtail_massage.comments.models import CommentMail, ModerationEvent, VisitorComment

Say = Callable[..., VisitorComment]


@pytest.fixture
def desk(moderator: Any) -> Client:
    return client_of(moderator)


def again(comment: VisitorComment) -> VisitorComment:
    return VisitorComment.objects.get(pk=comment.pk)


@pytest.fixture
def decide(moderator: Any, now: Any) -> Callable[..., VisitorComment]:
    """Return a function that lets one decision after the other fall."""

    def act(comment: VisitorComment, *verbs: str) -> VisitorComment:
        for verb in verbs:
            comment = getattr(actions, verb)(again(comment), by=moderator, now=now)
        return again(comment)

    return act


class TestUndo:
    @pytest.mark.parametrize(
        ("verbs", "back"),
        [
            (["approve"], "PENDING"),
            (["reject"], "PENDING"),
            (["mark_spam"], "PENDING"),
            (["remove"], "PENDING"),
            (["approve", "hide"], "APPROVED"),
            (["approve", "remove"], "APPROVED"),
            (["reject", "remove"], "REJECTED"),
            (["mark_spam", "remove"], "SPAM"),
            (["reject", "restore"], "REJECTED"),
            (["mark_spam", "restore"], "SPAM"),
            (["approve", "remove", "restore"], "REMOVED"),
        ],
        ids="-".join,
    )
    def test_gives_back_the_status_before(
        self, say: Say, decide: Any, moderator: Any, now: Any, verbs: list[str], back: str
    ) -> None:
        comment = decide(say(), *verbs)
        actions.undo(comment, by=moderator, now=now)
        assert again(comment).status == comment.status == back
        assert_true_counts()

    def test_leaves_an_event_and_a_line_in_the_audit_log(
        self, say: Say, decide: Any, moderator: Any, now: Any
    ) -> None:
        comment = actions.undo(decide(say(), "reject"), by=moderator, now=now)
        event = ModerationEvent.objects.filter(comment=comment).latest("pk")
        assert (event.verb, event.from_status, event.to_status) == ("undo", "REJECTED", "PENDING")
        assert (event.actor, event.actor_kind, event.created_at) == (moderator, "HUMAN", now)
        assert ModelLogEntry.objects.filter(action="wagtail_massage_comments.undo").count() == 1

    def test_takes_back_one_decision_and_not_its_own(
        self, say: Say, decide: Any, moderator: Any, now: Any
    ) -> None:
        comment = actions.undo(decide(say(), "reject"), by=moderator, now=now)
        with pytest.raises(actions.NothingToUndo):
            actions.undo(comment, by=moderator, now=now)
        assert again(comment).status == "PENDING"

    def test_hides_again_what_hangs_below(self, publish: Say, decide: Any, moderator: Any, now: Any) -> None:
        top = publish("top")
        below = publish("below", parent=top)
        actions.undo(again(top), by=moderator, now=now)
        assert (again(top).is_visible, again(below).is_visible) == (False, False)
        assert_true_counts()

    def test_looks_past_what_changed_no_state(self, publish: Say, moderator: Any, now: Any) -> None:
        comment = publish()
        actions.pin(again(comment), by=moderator, now=now)
        actions.undo(again(comment), by=moderator, now=now)
        assert again(comment).status == "PENDING"

    @pytest.mark.parametrize(
        ("verbs", "status"), [([], "PENDING"), (["approve", "mark_spam"], "SPAM")], ids=["new", "no way back"]
    )
    def test_is_refused_where_nothing_leads_back(
        self, say: Say, decide: Any, moderator: Any, now: Any, verbs: list[str], status: str
    ) -> None:
        comment = decide(say(), *verbs)
        with pytest.raises(actions.NothingToUndo, match="no decision to take back"):
            actions.undo(comment, by=moderator, now=now)
        assert again(comment).status == status

    def test_is_refused_after_the_author_has_acted(
        self, say: Say, decide: Any, moderator: Any, now: Any
    ) -> None:
        comment = actions.withdraw(decide(say(), "reject"), now=now)
        with pytest.raises(actions.NothingToUndo):
            actions.undo(again(comment), by=moderator, now=now)
        assert again(comment).status == "REMOVED"

    def test_is_refused_after_the_text_has_changed(
        self, say: Say, decide: Any, moderator: Any, now: Any
    ) -> None:
        comment = decide(say("one"), "approve")
        actions.edit(comment, body="two", by=None, now=now)
        with pytest.raises(actions.NothingToUndo):
            actions.undo(again(comment), by=moderator, now=now)

    def test_is_stale_when_the_row_has_moved_on(
        self, say: Say, decide: Any, moderator: Any, now: Any
    ) -> None:
        seen = decide(say(), "reject")
        decide(seen, "restore")
        with pytest.raises(actions.StaleState):
            actions.undo(seen, by=moderator, now=now)
        assert again(seen).status == "PENDING"

    @pytest.mark.parametrize(("days", "status"), [(29, "PENDING"), (31, "REMOVED")])
    def test_of_a_removal_has_a_window(
        self, say: Say, decide: Any, moderator: Any, now: Any, days: int, status: str
    ) -> None:
        comment = decide(say(), "remove")
        later = now + timedelta(days=days)
        if status == "REMOVED":
            with pytest.raises(actions.NothingToUndo):
                actions.undo(comment, by=moderator, now=later)
        else:
            actions.undo(comment, by=moderator, now=later)
        assert again(comment).status == status

    def test_of_a_removal_obeys_the_setting(
        self, say: Say, decide: Any, moderator: Any, now: Any, settings: Any
    ) -> None:
        settings.WAGTAIL_MASSAGE_COMMENTS_UNDO_DAYS = 1
        comment = decide(say(), "remove")
        with pytest.raises(actions.NothingToUndo):
            actions.undo(comment, by=moderator, now=now + timedelta(days=2))
        other = decide(say(), "reject")  # nothing is taken away there, so there is no window
        actions.undo(other, by=moderator, now=now + timedelta(days=2))

    def test_mails_nobody(self, say: Say, decide: Any, moderator: Any, now: Any) -> None:
        comment = say(author_email="wren@example.com", wants_mail=True)
        VisitorComment.objects.filter(pk=comment.pk).update(email_verified_at=now)
        comment = decide(comment, "approve", "hide")
        before = CommentMail.objects.count()
        actions.undo(comment, by=moderator, now=now)
        assert CommentMail.objects.count() == before

    @pytest.mark.parametrize(
        ("verbs", "name"),
        [
            (["approve"], "comment_hidden"),
            (["approve", "hide"], "comment_approved"),
            (["reject"], "comment_restored"),
            (["remove"], "comment_restored"),
            (["reject", "restore"], "comment_rejected"),
            (["mark_spam", "restore"], "comment_marked_spam"),
            (["remove", "restore"], "comment_removed"),
        ],
        ids="-".join,
    )
    def test_is_announced_as_what_it_amounts_to(
        self,
        say: Say,
        decide: Any,
        moderator: Any,
        now: Any,
        verbs: list[str],
        name: str,
        django_capture_on_commit_callbacks: Any,
    ) -> None:
        comment = decide(say(), *verbs)
        heard = []

        def listen(sender: Any, signal: Any, **facts: Any) -> None:
            heard.append((signal, facts["comment"].pk, facts["by"]))

        every = [getattr(signals, other) for other in vars(signals) if other.startswith("comment_")]
        for signal in every:
            signal.connect(listen)
        with django_capture_on_commit_callbacks(execute=True):
            actions.undo(comment, by=moderator, now=now)
        for signal in every:
            signal.disconnect(listen)
        assert heard == [(getattr(signals, name), comment.pk, moderator)]


def button(html: str) -> dict[str, Any] | None:
    """Return where the button of a success message leads, and what it sends."""
    found = re.search(
        r'<button[^>]*form="massage-undo"[^>]*formaction="([^"]+)"[^>]*name="version" value="(\d+)"', html
    )
    return {"url": found[1], "version": found[2]} if found else None


class TestMessage:
    def press(self, desk: Client, comment: VisitorComment, verb: str, **values: Any) -> str:
        posted = decision(comment, verb, **values)
        return desk.post(desk_url("decide", comment.pk), posted, follow=True).content.decode()

    def test_offers_undo_and_the_page_holds_its_form(self, desk: Client, say: Say) -> None:
        comment = say(author_name="Tilda")
        html = self.press(desk, comment, "reject")
        found = button(html)
        assert found == {"url": desk_url("undo", comment.pk), "version": "2"}
        assert "Undo: take back the decision about the comment by Tilda" in html
        assert html.count('id="massage-undo"') == 1
        form = re.search(r'<form id="massage-undo" method="post" hidden>.*?</form>', html, re.DOTALL)
        assert 'name="csrfmiddlewaretoken"' in form[0]

    def test_leads_back_to_the_lane_with_its_filters(self, desk: Client, say: Say, page: Page) -> None:
        comment = say()
        lane = f"{desk_url('lane', 'pending')}?page={page.pk}"
        html = self.press(desk, comment, "approve", next=lane)
        form = re.search(r'<form id="massage-undo".*?</form>', html, re.DOTALL)
        assert f'name="next" value="{lane}"' in form[0]
        found = button(html)
        answer = desk.post(found["url"], {"version": found["version"], "next": lane}, follow=True)
        assert answer.redirect_chain == [(lane, 302)]
        assert "Taken back: the comment by Wren A. is “Pending” again." in answer.content.decode()
        assert again(comment).status == "PENDING"

    def test_works_on_the_comment_itself_too(self, desk: Client, say: Say) -> None:
        html = desk.get(desk_url("inspect", say().pk)).content.decode()
        assert html.count('id="massage-undo"') == 1

    def test_offers_none_where_there_is_no_way_back(self, desk: Client, publish: Say) -> None:
        comment = publish()
        assert button(self.press(desk, comment, "pin")) is None
        assert button(self.press(desk, again(comment), "mark_spam")) is None

    def test_escapes_a_name(self, desk: Client, say: Say) -> None:
        html = self.press(desk, say(author_name='"><b>Bo</b>'), "reject")
        assert "<b>Bo</b>" not in html


class TestHistory:
    def test_offers_to_take_the_last_decision_back(self, desk: Client, say: Say, decide: Any) -> None:
        comment = decide(say(), "reject")
        html = desk.get(desk_url("inspect", comment.pk)).content.decode()
        assert "Take back “Rejected”" in html
        desk.post(desk_url("undo", comment.pk), {"version": comment.version})
        history = desk.get(desk_url("inspect", comment.pk)).context["history"]
        assert [str(line.what) for line in history] == ["Written", "Rejected", "Taken back"]

    def test_offers_nothing_where_nothing_was_decided(self, desk: Client, say: Say) -> None:
        assert "Take back" not in desk.get(desk_url("inspect", say().pk)).content.decode()

    def test_forgets_a_removal_after_its_window(self, desk: Client, say: Say, moderator: Any) -> None:
        comment = say()
        actions.remove(comment, by=moderator, now=timezone.now() - timedelta(days=31))
        assert "Take back" not in desk.get(desk_url("inspect", comment.pk)).content.decode()


class TestForgedUndo:
    @pytest.mark.parametrize("version", ["", "x", "-1", "9" * 40, "1"])
    def test_changes_nothing_and_is_explained(
        self, desk: Client, say: Say, decide: Any, version: str
    ) -> None:
        comment = decide(say(), "reject")
        answer = desk.post(desk_url("undo", comment.pk), {"version": version}, follow=True)
        assert answer.redirect_chain[0][0].startswith(desk_url("inspect", comment.pk))
        assert again(comment).status == "REJECTED"
        assert list(answer.context["messages"])

    def test_of_a_comment_out_of_scope_is_not_found(self, say: Say, home: Page, decide: Any) -> None:
        from tests.projects.blog.models import BlogPage

        other = home.add_child(instance=BlogPage(title="Other", slug="other"))
        comment = decide(say(), "reject")
        client = client_of(make_user("sue", moderates=other))
        assert client.post(desk_url("undo", comment.pk), {"version": 2}).status_code == 404
        assert again(comment).status == "REJECTED"

    def test_leads_back_whoever_comes_there_from_the_login(self, desk: Client, say: Say) -> None:
        comment = say()
        answer = desk.get(desk_url("undo", comment.pk), follow=True)
        assert answer.redirect_chain[0][0].startswith(desk_url("inspect", comment.pk))
        assert "If you were signed out meanwhile" in answer.content.decode()

    def test_needs_post_and_a_token(self, desk: Client, moderator: Any, say: Say, decide: Any) -> None:
        comment = decide(say(), "reject")
        assert desk.get(desk_url("undo", comment.pk)).status_code == 302
        client = Client(enforce_csrf_checks=True)
        client.force_login(moderator)
        assert client.post(desk_url("undo", comment.pk), {"version": 2}).status_code == 403
        assert again(comment).status == "REJECTED"
