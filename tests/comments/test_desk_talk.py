"""Reports, unread comments, pins and answers on the desk, through the admin."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from wagtail.models import ModelLogEntry

from tests.comments.desk import client_of, decision, desk_url, make_user
from wagtail_massage.comments import actions
from wagtail_massage.comments.drafts import Origin
from wagtail_massage.comments.models import CommentMail, CommentThread, VisitorComment
from wagtail_massage.comments.states import Policy, ReportReason


@pytest.fixture(autouse=True)
def forgetful() -> Any:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def sue(page: Any) -> Client:
    """A client of somebody who moderates the page and is no superuser."""
    user = make_user("sue", moderates=page)
    user.first_name, user.last_name = "Sue", "Ash"
    user.save()
    return client_of(user)


@pytest.fixture
def tell(now: datetime) -> Any:
    def run(comment: Any, network: int = 1, reason: Any = ReportReason.OFFENSIVE, note: str = "") -> None:
        origin = Origin(address=f"198.51.100.{network}")
        actions.report(comment, reason=reason, origin=origin, note=note, now=now)
        comment.refresh_from_db()

    return run


def press(client: Client, comment: VisitorComment, verb: str) -> str:
    response = client.post(desk_url("decide", comment.pk), decision(comment, verb), follow=True)
    comment.refresh_from_db()
    return response.content.decode()


def bodies(client: Client, lane: str) -> list[str]:
    return [card.comment.body for card in client.get(desk_url("lane", lane)).context["cards"]]


def counts(client: Client) -> dict[str, int]:
    tabs = client.get(desk_url("index")).context["tabs"]
    return {tab.lane.slug: tab.count for tab in tabs if tab.lane.by_row}


class TestReported:
    def test_lane_holds_what_is_reported_public_or_held(self, sue, publish, say, tell):
        publish("Fine"), say("Waiting")
        first, second = publish("Reported once"), publish("Held")
        tell(first)
        for network in range(3):
            tell(second, network)
        assert bodies(sue, "reported") == ["Reported once", "Held"]
        assert counts(sue) == {"reported": 2, "unread": 0}

    def test_cards_count_the_reasons_and_keep_the_words_for_the_comment(self, sue, publish, tell):
        comment = publish()
        tell(comment, 1, ReportReason.SPAM, "An advert <b>!")
        tell(comment, 2, ReportReason.SPAM)
        html = sue.get(desk_url("lane", "reported")).content.decode()
        assert "Advertising or spam (2)" in html
        assert "An advert" not in html
        html = sue.get(desk_url("inspect", comment.pk)).content.decode()
        assert "An advert &lt;b&gt;!" in html

    def test_comment_does_not_tell_who_reported_it(self, sue, publish, tell):
        comment = publish()
        tell(comment)
        key = comment.reports.get().reporter_key
        for url in (desk_url("inspect", comment.pk), desk_url("lane", "reported")):
            html = sue.get(url).content.decode()
            assert key not in html
            assert "198.51.100" not in html

    def test_comment_can_be_kept(self, sue, publish, tell):
        comment = publish(author_name="Tilda")
        tell(comment)
        assert "The comment by Tilda stays" in press(sue, comment, "dismiss_reports")
        assert (comment.status, comment.report_count) == ("APPROVED", 0)
        assert counts(sue)["reported"] == 0
        assert ModelLogEntry.objects.filter(action="wagtail_massage_comments.dismiss_reports").count() == 1

    def test_comment_leaves_the_lane_with_any_decision(self, sue, publish, tell):
        comment = publish()
        for network in range(3):
            tell(comment, network)
        press(sue, comment, "reject")
        assert counts(sue)["reported"] == 0
        assert "done with" in sue.get(desk_url("inspect", comment.pk)).content.decode()

    def test_history_says_why_it_was_hidden(self, sue, publish, tell):
        comment = publish()
        for network in range(3):
            tell(comment, network)
        history = sue.get(desk_url("inspect", comment.pk)).context["history"]
        assert (str(history[-1].what), history[-1].by) == ("Hidden", "Rule")
        assert "visitors reported it" in str(history[-1].why)

    def test_lane_shows_nothing_of_another_section(self, home, publish, tell):
        tell(publish("Elsewhere"))
        from tests.projects.blog.models import BlogPage

        other = home.add_child(instance=BlogPage(title="Other", slug="other"))
        client = client_of(make_user("otto", moderates=other))
        assert bodies(client, "reported") == []
        assert counts(client) == {"reported": 0, "unread": 0}


class TestUnread:
    @pytest.fixture
    def at_once(self, page, moderator, say, now):
        actions.set_policy(page=page, policy=Policy.POST, by=moderator, now=now)
        return say("Straight to the page", author_name="Tilda")

    def test_lane_holds_what_appeared_without_a_moderator(self, sue, publish, at_once):
        assert bodies(sue, "unread") == ["Straight to the page"]
        assert counts(sue)["unread"] == 1

    def test_comment_leaves_the_lane_when_it_was_read(self, sue, at_once):
        assert "counts as read" in press(sue, at_once, "acknowledge")
        assert at_once.status == "APPROVED"
        assert counts(sue)["unread"] == 0
        assert ModelLogEntry.objects.filter(action="wagtail_massage_comments.acknowledge").count() == 1

    def test_comment_is_not_read_twice(self, sue, at_once):
        seen = VisitorComment.objects.get(pk=at_once.pk)
        press(sue, at_once, "acknowledge")
        html = sue.post(desk_url("decide", seen.pk), decision(seen, "acknowledge"), follow=True).content
        assert "You have already decided" in html.decode()


class TestPin:
    def test_puts_a_comment_above_the_others_and_takes_it_down(self, sue, publish):
        comment = publish(author_name="Tilda")
        assert "The comment by Tilda stands above all others now." in press(sue, comment, "pin")
        assert CommentThread.objects.get().pinned == comment
        press(sue, comment, "unpin")
        assert CommentThread.objects.get().pinned is None
        assert list(comment.events.values_list("verb", flat=True)) == ["submit", "approve", "pin", "unpin"]

    def test_replaces_the_one_before(self, sue, publish):
        first, second = publish(), publish()
        press(sue, first, "pin"), press(sue, second, "pin")
        assert CommentThread.objects.get().pinned == second
        assert first.events.latest("pk").verb == "unpin"

    def test_is_offered_for_public_comments_that_answer_nothing(self, sue, say, publish):
        top, waiting = publish(), say()
        reply = publish(parent=top)

        def offers(comment: Any) -> bool:
            return 'value="pin"' in sue.get(desk_url("inspect", comment.pk)).content.decode()

        assert [offers(comment) for comment in (top, waiting, reply)] == [True, False, False]

    def test_of_anything_else_is_refused(self, sue, publish):
        reply = publish(parent=publish())
        assert "can be pinned" in press(sue, reply, "pin")
        assert CommentThread.objects.get().pinned is None

    def test_ends_when_the_comment_is_removed(self, sue, publish):
        comment = publish()
        publish(parent=comment)
        press(sue, comment, "pin"), press(sue, comment, "remove")
        assert CommentThread.objects.get().pinned is None


class TestAnswer:
    def send(self, client, comment, body="Yes, on Mondays.", **values):
        posted = {"status": comment.status, "version": comment.version, "body": body, **values}
        return client.post(desk_url("answer", comment.pk), posted, follow=True)

    def test_is_public_at_once_with_the_badge_and_the_full_name(self, sue, publish, client, page):
        question = publish("Are you open on Mondays?")
        response = self.send(sue, question)
        assert "Your answer to Wren A. is public." in response.content.decode()
        answer = VisitorComment.objects.get(parent=question)
        assert (answer.status, answer.is_visible, answer.badge) == ("APPROVED", True, "STAFF")
        assert (answer.author_name, answer.author_user.username) == ("Sue Ash", "sue")
        html = client.get(page.url).content.decode()
        assert "Yes, on Mondays." in html
        assert "Team" in html

    def test_never_shows_a_login_name(self, moderator, publish):
        self.send(client_of(moderator), publish())
        assert VisitorComment.objects.get(depth=2).author_name == "Team"

    def test_waits_for_no_policy_but_closed(self, sue, page, moderator, publish, now):
        question = publish()
        actions.set_policy(page=page, policy=Policy.READ_ONLY, by=moderator, now=now)
        self.send(sue, question)
        assert VisitorComment.objects.filter(parent=question).count() == 1
        actions.set_policy(page=page, policy=Policy.CLOSED, by=moderator, now=now)
        html = self.send(sue, question, "One more thing").content.decode()
        assert VisitorComment.objects.filter(parent=question).count() == 1
        assert "lets nobody write now" in html
        assert "One more thing" in html

    def test_approves_what_waits_only_when_told_to(self, sue, say):
        question = say()
        html = self.send(sue, question).content.decode()
        assert not VisitorComment.objects.filter(parent=question).exists()
        assert "Yes, on Mondays." in html
        self.send(sue, question, approve_first="1")
        question.refresh_from_db()
        assert question.status == "APPROVED"
        assert VisitorComment.objects.get(parent=question).is_visible

    def test_is_not_lost_when_the_comment_has_changed(self, sue, publish, moderator, now):
        question = publish()
        seen = VisitorComment.objects.get(pk=question.pk)
        actions.hide(question, by=moderator, now=now)
        html = self.send(sue, seen, "Do not lose me").content.decode()
        assert "Do not lose me" in html
        assert "was faster" in html
        assert not VisitorComment.objects.filter(parent=question).exists()

    @pytest.mark.parametrize("verb", ["approve", "reject", "mark_spam", "remove", "set_apart"])
    def test_that_approves_comes_back_when_a_colleague_was_faster(self, sue, say, moderator, now, verb):
        moderator.first_name = "Wilhelmina"
        moderator.save()
        question = say()
        seen = VisitorComment.objects.get(pk=question.pk)
        how = {"is_urgent": False} if verb == "set_apart" else {}
        getattr(actions, verb)(question, by=moderator, now=now, **how)
        html = self.send(sue, seen, "Do not lose me", approve_first="1").content.decode()
        assert "Do not lose me" in html
        assert "Wilhelmina was faster" in html or (verb == "set_apart" and "personal health question" in html)
        assert not VisitorComment.objects.filter(parent=question).exists()

    @pytest.mark.parametrize(("body", "problem"), [("  ", "Please write something."), ("a\x07", "U+0007")])
    def test_that_cannot_be_stored_comes_back_with_the_reason(self, sue, publish, body, problem):
        question = publish()
        assert problem in self.send(sue, question, body).content.decode()
        assert not VisitorComment.objects.filter(parent=question).exists()

    def test_sent_twice_is_stored_once(self, sue, publish):
        question = publish()
        self.send(sue, question), self.send(sue, question)
        assert VisitorComment.objects.filter(parent=question).count() == 1

    def test_is_mailed_to_whoever_asked(self, sue, say, moderator, now):
        question = say(author_email="ida@example.com")
        question.wants_mail, question.email_verified_at = True, now
        question.save()
        self.send(sue, question, approve_first="1")
        answer = VisitorComment.objects.get(parent=question)
        kinds = CommentMail.objects.filter(comment=question).values_list("kind", "about")
        assert ("REPLY", answer.pk) in kinds

    def test_is_offered_where_there_is_something_to_answer(self, sue, say, publish, moderator, now):
        removed = actions.remove(publish(), by=moderator, now=now)
        shown = [
            sue.get(desk_url("inspect", comment.pk)).context["composer"]
            for comment in (publish(), say(), removed)
        ]
        assert [composer and composer.approves for composer in shown] == [False, True, None]

    def test_is_in_the_audit_log_without_its_text(self, sue, publish):
        self.send(sue, publish(), "A secret of mine")
        entry = ModelLogEntry.objects.get(action="wagtail_massage_comments.answer")
        assert "secret" not in str(entry.data) + entry.label
