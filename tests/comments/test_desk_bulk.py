"""Many comments at once on the desk: ticked ones, or all that a filter finds."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import Page

from tests.comments.desk import client_of, desk_url, make_user
from tests.projects.blog.models import BlogPage
from wagtail_massage.comments import actions
from wagtail_massage.comments.desk import bulk, choosing
from wagtail_massage.comments.models import ModerationEvent, VisitorComment

Say = Callable[..., VisitorComment]


@pytest.fixture
def desk(moderator: Any) -> Client:
    return client_of(moderator)


def statuses() -> dict[str, str]:
    return dict(VisitorComment.objects.values_list("body", "status"))


def pair(comment: VisitorComment) -> str:
    return f"{comment.pk}:{comment.version}"


def forms(markup: str, needle: str) -> dict[str, Any]:
    """Return what a browser would send of the form whose tag holds `needle`, its boxes for the list ticked."""
    found = re.search(rf"<form[^>]*{needle}[^>]*>.*?</form>", markup, re.DOTALL)
    assert found, markup
    action = re.search(r'action="([^"]*)"', found[0])
    fields = re.findall(r'<input type="(?:hidden|checkbox)" name="(\w+)" value="([^"]*)"', found[0])
    return {"action": html.unescape(action[1]), **{name: html.unescape(value) for name, value in fields}}


def choose_all(client: Client, verb: str, query: str = "", lane: str = "pending") -> Any:
    """Open a lane, tick the box for the whole list, press a verb."""
    form = forms(client.get(desk_url("lane", lane) + query).content.decode(), 'id="massage-bulk"')
    return client.post(form.pop("action"), {**form, "verb": verb})


def confirm(client: Client, question: Any, **values: Any) -> Any:
    """Press the button of the page that asks."""
    form = forms(question.content.decode(), r'action="[^"]*/bulk/')
    assert form["is_confirmed"] == "1"
    return client.post(form.pop("action"), {**form, **values}, follow=True)


class TestTickedComments:
    def test_are_asked_about_and_then_decided(self, desk: Client, say: Say) -> None:
        one, two, _three = say("one"), say("two"), say("three")
        url = desk_url("bulk", "pending")
        question = desk.post(url, {"verb": "approve", "seen": [pair(one), pair(two)]})
        assert "Approve 2 comments?" in question.content.decode()
        assert "2 × Pending" in question.content.decode()
        assert set(statuses().values()) == {"PENDING"}
        answer = confirm(desk, question)
        assert "2 comments are approved." in answer.content.decode()
        assert answer.redirect_chain == [(desk_url("index"), 302)]
        assert statuses() == {"one": "APPROVED", "two": "APPROVED", "three": "PENDING"}

    @pytest.mark.parametrize(
        ("verb", "status"),
        [("approve", "APPROVED"), ("reject", "REJECTED"), ("mark_spam", "SPAM"), ("remove", "REMOVED")],
    )
    def test_become_what_the_verb_says(self, desk: Client, say: Say, verb: str, status: str) -> None:
        comment = say("me")
        confirm(desk, desk.post(desk_url("bulk", "pending"), {"verb": verb, "seen": pair(comment)}))
        assert statuses() == {"me": status}

    @pytest.mark.parametrize("verb", ["reject", "mark_spam"])
    def test_can_be_restored_after_a_mistake(self, desk: Client, say: Say, now: Any, verb: str) -> None:
        for text in ("one", "two"):
            getattr(actions, verb)(say(text), by=None, now=now)
        lane = {"reject": "rejected", "mark_spam": "spam"}[verb]
        question = desk.post(desk_url("bulk", lane), {"verb": "restore", "every": timezone.now().isoformat()})
        assert "Restore 2 comments?" in question.content.decode()
        assert "2 comments are restored." in confirm(desk, question).content.decode()
        assert statuses() == {"one": "PENDING", "two": "PENDING"}

    def test_that_were_removed_are_restored_one_by_one(self, desk: Client, say: Say, now: Any) -> None:
        removed = actions.remove(say("gone"), by=None, now=now)
        question = desk.post(desk_url("bulk", "all"), {"verb": "restore", "seen": pair(removed)})
        assert "1 × Removed: nothing happens to these" in question.content.decode()

    def test_have_a_box_each_that_belongs_to_the_form(self, desk: Client, say: Say) -> None:
        comment = say("me", author_name="Tilda")
        markup = desk.get(desk_url("index")).content.decode()
        assert f'<input type="checkbox" form="massage-bulk" name="seen" value="{pair(comment)}">' in markup
        assert "Choose the comment by Tilda" in markup

    def test_that_somebody_else_decided_are_reported_and_left_alone(
        self, desk: Client, say: Say, page: Page, now: Any
    ) -> None:
        mine, theirs = say("mine"), say("theirs", author_name="Tilda")
        question = desk.post(
            desk_url("bulk", "pending"), {"verb": "approve", "seen": [pair(mine), pair(theirs)]}
        )
        actions.reject(theirs, by=make_user("sue", moderates=page), now=now)
        markup = confirm(desk, question).content.decode()
        assert statuses() == {"mine": "APPROVED", "theirs": "REJECTED"}
        assert "Somebody was faster, or the text was changed (1)" in markup
        assert f'href="{desk_url("inspect", theirs.pk)}?next=' in markup
        assert "Tilda" in markup

    def test_where_the_verb_leads_nowhere_are_reported(self, desk: Client, say: Say, publish: Say) -> None:
        waits, is_public = say("waits"), publish("public")
        seen = {"verb": "approve", "seen": f"{pair(waits)} {pair(is_public)}"}
        question = desk.post(desk_url("bulk", "all"), seen)
        assert "1 × Approved: nothing happens to these" in question.content.decode()
        markup = confirm(desk, question).content.decode()
        assert "The decision is not possible in the state they are in (1)" in markup
        assert statuses() == {"waits": "APPROVED", "public": "APPROVED"}

    def test_out_of_scope_are_refused_and_reported(self, say: Say, home: Page, page: Page) -> None:
        """And so are those that never were: nobody learns which of them exist."""
        other = home.add_child(instance=BlogPage(title="Other", slug="other"))
        mine, secret = say("mine"), say("secret", page=other, author_name="Cormorant")
        client = client_of(make_user("sue", moderates=page))
        seen = f"{pair(mine)} {pair(secret)} {secret.pk + 99}:1"
        question = client.post(desk_url("bulk", "pending"), {"verb": "remove", "seen": seen})
        assert "Remove 1 comment?" in question.content.decode()
        markup = confirm(client, question).content.decode()
        assert statuses() == {"mine": "REMOVED", "secret": "PENDING"}
        assert "Gone, or not yours to decide (2)" in markup
        assert "Cormorant" not in question.content.decode() + markup


class TestWholeList:
    def test_goes_past_the_page_that_is_shown(self, desk: Client, say: Say) -> None:
        for number in range(25):
            say(f"number {number}")
        assert "Select all 25 of this filter" in desk.get(desk_url("index")).content.decode()
        confirm(desk, choose_all(desk, "reject"))
        assert list(statuses().values()) == ["REJECTED"] * 25

    def test_honours_filters_and_search(self, desk: Client, say: Say, home: Page, page: Page) -> None:
        other = home.add_child(instance=BlogPage(title="Other", slug="other"))
        say("knee here"), say("hand here"), say("knee there", page=other)
        question = choose_all(desk, "approve", f"?page={page.pk}&q=knee")
        markup = question.content.decode()
        assert "Approve 1 comment?" in markup
        assert "<dd><bdi>Warm stones</bdi></dd>" in markup
        assert "<dd><bdi>knee</bdi></dd>" in markup
        confirm(desk, question)
        assert statuses() == {"knee here": "APPROVED", "hand here": "PENDING", "knee there": "PENDING"}

    def test_honours_the_age(self, desk: Client, say: Say) -> None:
        old, fresh = say("old"), say("fresh")
        VisitorComment.objects.filter(pk=fresh.pk).update(created_at=timezone.now() - timedelta(hours=1))
        confirm(desk, choose_all(desk, "mark_spam", "?age=older"))
        assert statuses() == {old.body: "SPAM", fresh.body: "PENDING"}

    def test_ends_where_the_user_moderates(self, say: Say, home: Page, page: Page) -> None:
        other = home.add_child(instance=BlogPage(title="Other", slug="other"))
        say("mine"), say("theirs", page=other)
        client = client_of(make_user("sue", moderates=page))
        confirm(client, choose_all(client, "approve"))
        assert statuses() == {"mine": "APPROVED", "theirs": "PENDING"}

    def test_leaves_alone_what_came_after_it_was_read(self, desk: Client, say: Say) -> None:
        say("seen")
        question = choose_all(desk, "approve")
        late = say("late")
        VisitorComment.objects.filter(pk=late.pk).update(created_at=timezone.now())
        confirm(desk, question)
        assert statuses() == {"seen": "APPROVED", "late": "PENDING"}

    @pytest.mark.parametrize("what", ["edited_at", "reviewed_at"])
    def test_leaves_alone_what_changed_after_it_was_read(self, desk: Client, say: Say, what: str) -> None:
        say("seen")
        changed = say("changed")
        form = forms(desk.get(desk_url("lane", "pending")).content.decode(), 'id="massage-bulk"')
        VisitorComment.objects.filter(pk=changed.pk).update(**{what: timezone.now()})
        question = desk.post(form.pop("action"), {**form, "verb": "approve"})
        assert "1 × Changed since you read the list" in question.content.decode()
        confirm(desk, question)
        assert statuses() == {"seen": "APPROVED", "changed": "PENDING"}

    def test_names_what_a_colleague_decided_after_the_question(
        self, desk: Client, say: Say, page: Page, now: Any
    ) -> None:
        """Although the lane no longer holds it."""
        say("mine"), say("theirs", author_name="Tilda")
        question = choose_all(desk, "approve")
        theirs = VisitorComment.objects.get(body="theirs")
        actions.reject(theirs, by=make_user("sue", moderates=page), now=now)
        markup = confirm(desk, question).content.decode()
        assert statuses() == {"mine": "APPROVED", "theirs": "REJECTED"}
        assert "Somebody was faster, or the text was changed (1)" in markup
        assert "Tilda" in markup
        assert "Rejected, sue" in markup

    def test_is_cut_at_a_limit_and_says_so(
        self, desk: Client, say: Say, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(bulk, "LIMIT", 3)
        for number in range(5):
            say(f"number {number}")
        question = choose_all(desk, "approve")
        assert "3 comments are decided at a time, the oldest first; 2 more are left" in " ".join(
            question.content.decode().split()
        )
        assert "Select all 2 of this filter" in confirm(desk, question).content.decode()
        assert sorted(statuses().values()) == ["APPROVED"] * 3 + ["PENDING"] * 2
        assert statuses()["number 4"] == "PENDING"

    def test_is_not_offered_where_no_verb_leads_anywhere(self, desk: Client, say: Say, now: Any) -> None:
        actions.remove(say(), by=None, now=now)
        assert 'id="massage-bulk"' not in desk.get(desk_url("lane", "removed")).content.decode()
        assert 'id="massage-bulk"' in desk.get(desk_url("lane", "all")).content.decode()


class TestPieces:
    """What the script sends, a thousand after the other."""

    @staticmethod
    def send(client: Client, form: dict[str, Any], pairs: list[str]) -> dict[str, Any]:
        values = {**form, "seen": " ".join(pairs)}
        return client.post(values.pop("action"), values, headers={"Accept": "application/json"}).json()

    def test_add_up_whatever_is_lost_or_decided_in_between(
        self, desk: Client, say: Say, page: Page, now: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(bulk, "BATCH", 2)
        for number in range(4):
            say(f"number {number}", author_name=f"<i>Bo {number}</i>")
        question = choose_all(desk, "mark_spam", "?q=number").content.decode()
        assert 'id="massage-bulk-confirm"' in question
        assert 'data-pieces="2"' in question
        form = forms(question, r'action="[^"]*/bulk/')
        first, second = (pairs := form["seen"].split())[:2], pairs[2:]
        assert self.send(desk, form, first) == {"done": 2, "leftovers": []}
        assert self.send(desk, form, first) == {"done": 2, "leftovers": []}  # its answer was lost
        assert ModerationEvent.objects.filter(verb="mark_spam").count() == 2
        actions.mark_spam(
            VisitorComment.objects.get(body="number 3"), by=make_user("sue", moderates=page), now=now
        )
        said = self.send(desk, form, second)
        assert (said["done"], [each["count"] for each in said["leftovers"]]) == (1, [1])
        assert "&lt;i&gt;Bo 3&lt;/i&gt;" in said["leftovers"][0]["rows"]
        assert "Marked as spam, sue" in said["leftovers"][0]["rows"]
        assert list(statuses().values()) == ["SPAM"] * 4
        assert "marked as spam" not in desk.get(desk_url("index")).content.decode()

    def test_ask_for_the_right_each_time(self, say: Say, page: Page, moderator: Any) -> None:
        comments = [say("one"), say("two")]
        user = make_user("sue", moderates=page)
        client = client_of(user)
        form = forms(choose_all(client, "approve").content.decode(), r'action="[^"]*/bulk/')
        assert self.send(client, form, [pair(comments[0])])["done"] == 1
        user.groups.clear()
        values = {**form, "seen": pair(comments[1])}
        answer = client.post(values.pop("action"), values, headers={"Accept": "application/json"})
        assert "application/json" not in answer.headers["Content-Type"]
        assert statuses() == {"one": "APPROVED", "two": "PENDING"}


class TestQueries:
    def test_are_constant_besides_the_batches(
        self, desk: Client, say: Say, django_assert_max_num_queries: Any
    ) -> None:
        """The list, the question and the decision, for 3 comments and for 60."""
        say("the first")
        confirm(desk, choose_all(desk, "approve"))  # fills the caches of sites and content types
        counts = []
        for number in (3, 60):
            for one in range(number):
                say(f"{one} of {number}")
            with django_assert_max_num_queries(24) as asking:
                question = choose_all(desk, "approve")
            form = forms(question.content.decode(), r'action="[^"]*/bulk/')
            with django_assert_max_num_queries(20) as deciding:
                desk.post(form.pop("action"), form)
            counts.append((len(asking), len(deciding)))
        assert list(statuses().values()) == ["APPROVED"] * 64
        assert counts[0] == counts[1]

    def test_leave_an_event_for_each(self, desk: Client, say: Say, moderator: Any) -> None:
        say("one"), say("two")
        confirm(desk, choose_all(desk, "approve"))
        events = ModerationEvent.objects.filter(verb="approve", actor=moderator, actor_kind="HUMAN")
        assert events.count() == 2


class TestForgedChoice:
    @pytest.mark.parametrize(
        ("values", "complaint"),
        [
            ({"verb": "approve"}, "No comment was chosen."),
            ({"verb": "erase", "seen": "1:1"}, "erase"),
            ({"seen": "1:1"}, "required"),
            ({"verb": "approve", "seen": "1"}, "is no comment with its version"),
            ({"verb": "approve", "seen": "x:1"}, "is no comment with its version"),
            ({"verb": "approve", "seen": "-1:1"}, "is no comment with its version"),
            ({"verb": "approve", "seen": "٣:1"}, "is no comment with its version"),
            ({"verb": "approve", "seen": f"{'9' * 40}:1"}, "is no comment with its version"),
            ({"verb": "approve", "seen": f"1:{2**31}"}, "is no comment with its version"),
            ({"verb": "approve", "every": "yesterday"}, "is no moment"),
            ({"verb": "approve", "every": "2026-01-01T00:00:00"}, "is no moment"),
            ({"verb": "approve", "every": "0001-01-01T00:00:00+14:00"}, "is no moment"),
        ],
    )
    def test_changes_nothing_and_is_explained(
        self, desk: Client, say: Say, values: dict[str, str], complaint: str
    ) -> None:
        say("me")
        answer = desk.post(desk_url("bulk", "pending"), {**values, "is_confirmed": "1"}, follow=True)
        assert complaint in html.unescape(answer.content.decode())
        assert statuses() == {"me": "PENDING"}

    def test_of_too_many_is_explained(self, desk: Client, say: Say, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(choosing, "LIMIT", 2)
        answer = desk.post(
            desk_url("bulk", "pending"), {"verb": "approve", "seen": "1:1 2:1 3:1"}, follow=True
        )
        assert "Please choose at most 2 comments." in answer.content.decode()

    def test_from_the_future_reaches_no_further_than_now(self, desk: Client, say: Say) -> None:
        later = say("later")
        VisitorComment.objects.filter(pk=later.pk).update(created_at=timezone.now() + timedelta(hours=1))
        moment = (timezone.now() + timedelta(days=9)).isoformat()
        desk.post(desk_url("bulk", "pending"), {"verb": "approve", "every": moment, "is_confirmed": "1"})
        assert statuses() == {"later": "PENDING"}

    def test_needs_a_lane_that_exists_and_a_token(self, desk: Client, moderator: Any, say: Say) -> None:
        seen = {"verb": "approve", "seen": pair(say("me")), "is_confirmed": "1"}
        assert desk.post(desk_url("bulk", "banana"), seen).status_code == 404
        client = Client(enforce_csrf_checks=True)
        client.force_login(moderator)
        assert client.post(desk_url("bulk", "pending"), seen).status_code == 403
        assert statuses() == {"me": "PENDING"}

    def test_cannot_put_markup_into_the_pages(self, desk: Client, say: Say) -> None:
        say("<b>knee</b>", author_name="<i>Bo</i>")
        markup = choose_all(desk, "approve", "?q=%3Cb%3Eknee").content.decode()
        assert "<b>knee" not in markup
        assert "&lt;b&gt;knee" in markup


def test_every_verb_has_words() -> None:
    assert set(choosing.DONE) == set(choosing.QUESTIONS) <= set(actions.bulk._VERBS)
    assert len({str(words % {"count": 2}) for words in choosing.DONE.values()}) == len(choosing.DONE)
