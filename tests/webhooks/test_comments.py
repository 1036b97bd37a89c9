"""What comments tell: only what the public can see, never whom or what is gone, and nothing of a health question."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from tests.projects.blog.models import PlainPage
from wagtail_massage.comments import actions
from wagtail_massage.comments.drafts import Draft, Origin
from wagtail_massage.comments.models import VisitorComment
from wagtail_massage.comments.states import Status
from wagtail_massage.comments.tokens import TokenState
from wagtail_massage.testing.comments import VisitorCommentFactory
from wagtail_massage.testing.webhooks import WebhookEndpointFactory
from wagtail_massage.webhooks.models import WebhookEndpoint, WebhookEvent

pytestmark = pytest.mark.django_db

SECRET_WORDS = "My knee replacement hurts since Tuesday, may I have a massage?"


@pytest.fixture(autouse=True)
def _listening(page, told):
    WebhookEndpointFactory()


@pytest.fixture
def waiting(page):
    return VisitorCommentFactory(page=page, status=Status.PENDING, body="Lovely.", author_name="Wren Ashby")


@pytest.fixture
def shown(page):
    return VisitorCommentFactory(page=page, body="Lovely.", author_name="Wren Ashby")


def say(page, now, body, **values):
    draft = Draft(body=body, author_name="Wren Ashby", author_email="wren@visitors.example")
    origin = Origin(address="192.0.2.1", token=TokenState.GOOD)
    return actions.submit(page=page, draft=draft, origin=origin, now=now, **values).comment


class TestAppearing:
    def test_is_told_with_page_path_tags_and_id(self, waiting, page, boss, now, told):
        actions.approve(waiting, by=boss, now=now)
        (message,) = told()
        assert message == {
            "type": "comment.approved",
            "timestamp": now.isoformat(),
            "tags": [f"massage-comments-{page.pk}", f"massage-page-{page.pk}"],
            "paths": ["/warm-stones/"],
            "site": "localhost",
            "locale": "en",
            "data": {"page": page.pk, "comments": [str(waiting.uuid)]},
        }

    def test_is_told_of_a_comment_that_needs_no_moderator(self, page, now, told, settings):
        settings.WAGTAIL_MASSAGE_COMMENTS_POLICY = "OPEN"
        say(page, now, "Lovely.")
        assert [one["type"] for one in told()] == ["comment.approved"]

    def test_is_not_told_of_one_that_waits(self, page, now, told):
        assert say(page, now, "Lovely.").status == Status.PENDING
        assert told() == []

    def test_is_not_told_below_something_hidden(self, shown, page, boss, now, told):
        reply = VisitorCommentFactory(page=page, parent=shown, status=Status.PENDING)
        actions.hide(shown, by=boss, now=now)
        told()
        actions.approve(reply, by=boss, now=now)
        assert told() == []

    def test_is_told_of_every_page_that_shows_it(self, waiting, page, home, boss, now, told):
        shelf = home.add_child(instance=PlainPage(title="Shelf", slug="shelf"))
        alias = page.create_alias(parent=shelf)
        told()
        actions.approve(waiting, by=boss, now=now)
        (message,) = told()
        assert message["paths"] == ["/warm-stones/", "/shelf/warm-stones/"]
        assert f"massage-comments-{alias.pk}" in message["tags"]

    def test_says_nothing_of_a_private_page(self, waiting, page, boss, now, told):
        PageViewRestriction.objects.create(page=page, restriction_type="login")
        told()
        actions.approve(waiting, by=boss, now=now)
        assert told() == []

    def test_leaves_nothing_where_the_decision_is_rolled_back(self, waiting, boss, now):
        with pytest.raises(RuntimeError), transaction.atomic():
            actions.approve(waiting, by=boss, now=now)
            assert WebhookEvent.objects.count() == 1
            raise RuntimeError
        assert not WebhookEvent.objects.exists()

    def test_of_many_is_one_message_for_each_page(self, page, home, boss, now, told):
        from tests.projects.blog.models import BlogPage

        other = home.add_child(instance=BlogPage(title="Oils", slug="oils"))
        comments = [VisitorCommentFactory(page=where, status=Status.PENDING) for where in (page, page, other)]
        told()
        actions.decide_many({row.pk: row.version for row in comments}, "approve", by=boss, now=now)
        assert [(one["paths"], len(one["data"]["comments"])) for one in told()] == [
            (["/warm-stones/"], 2),
            (["/oils/"], 1),
        ]


class TestDisappearing:
    @pytest.mark.parametrize("verb", ["hide", "mark_spam", "remove"])
    def test_is_told_without_saying_what_is_gone(self, shown, page, boss, now, told, verb):
        getattr(actions, verb)(shown, by=boss, now=now)
        (message,) = told()
        assert message["type"] == "comment.removed"
        assert message["data"] == {"page": page.pk}
        assert f"massage-comments-{page.pk}" in message["tags"]

    def test_is_told_of_what_its_author_takes_back(self, shown, now, told):
        actions.withdraw(shown, now=now)
        assert [one["type"] for one in told()] == ["comment.removed"]

    def test_is_told_of_what_is_erased(self, shown, boss, now, told):
        actions.erase_many([shown.pk], by=boss, now=now)
        (message,) = told()
        assert (message["type"], message["data"]) == ("comment.removed", {"page": shown.page_id})

    def test_is_told_of_many_at_once(self, page, boss, now, told):
        rows = [VisitorCommentFactory(page=page) for _ in range(3)]
        actions.decide_many({row.pk: row.version for row in rows}, "remove", by=boss, now=now)
        assert [one["data"] for one in told()] == [{"page": page.pk}]

    @pytest.mark.parametrize("verb", ["reject", "mark_spam", "remove"])
    def test_is_not_told_of_what_nobody_has_seen(self, waiting, boss, now, told, verb):
        getattr(actions, verb)(waiting, by=boss, now=now)
        assert told() == []

    def test_and_coming_back_is_told(self, shown, boss, now, told):
        actions.remove(shown, by=boss, now=now)
        told()
        actions.undo(shown, by=boss, now=now + timedelta(minutes=1))
        (message,) = told()
        assert message["type"] == "comment.approved"
        assert message["data"]["comments"] == [str(shown.uuid)]


class TestChanging:
    def test_is_told_of_an_edit_and_a_pin(self, shown, boss, now, told):
        actions.edit(shown, body="Lovely, really.", by=boss, now=now)
        actions.pin(shown, by=boss, now=now)
        assert [one["type"] for one in told()] == ["comment.changed", "comment.changed"]

    def test_is_told_of_words_that_are_taken_out(self, shown, boss, now, told):
        actions.redact(shown, start=0, end=3, by=boss, now=now)
        assert [one["type"] for one in told()] == ["comment.changed"]

    def test_is_not_told_of_what_waits(self, waiting, boss, now, told):
        actions.edit(waiting, body="Lovely, really.", by=boss, now=now)
        assert told() == []


class TestHealthQuestions:
    """Nothing that is set apart leaves: not that it exists, not its id, not what is below it."""

    @pytest.fixture
    def question(self, page, now):
        comment = say(page, now, SECRET_WORDS)
        assert comment.is_health
        return comment

    def everything(self):
        return "".join(WebhookEvent.objects.values_list("body", flat=True))

    def test_tell_nothing_from_beginning_to_end(self, question, boss, now):
        actions.answer_question(question, body="Please ask your surgeon.", by=boss, now=now)
        question.refresh_from_db()
        actions.remove(question, by=boss, now=now)
        actions.erase_many([question.pk], by=boss, now=now)
        assert self.everything() == ""

    def test_that_were_public_before_disappear_like_any_comment(self, shown, page, boss, now, told):
        below = VisitorCommentFactory(page=page, parent=shown, body=SECRET_WORDS)
        actions.set_apart(shown, is_urgent=True, by=boss, now=now)
        (message,) = told()
        assert (message["type"], message["data"]) == ("comment.removed", {"page": page.pk})
        for what in (shown, below):
            assert str(what.uuid) not in self.everything()
            what.refresh_from_db()
            assert not what.is_visible

    def test_say_nothing_of_what_is_decided_below_them(self, shown, page, boss, now, told):
        reply = VisitorCommentFactory(page=page, parent=shown, status=Status.PENDING)
        other = VisitorCommentFactory(page=page, parent=shown)
        actions.set_apart(shown, is_urgent=False, by=boss, now=now)
        told()
        actions.approve(reply, by=boss, now=now)
        other.refresh_from_db()
        actions.edit(other, body="Something else", by=boss, now=now)
        actions.remove(other, by=boss, now=now)
        assert told() == []

    def test_and_no_text_name_or_address_of_anybody_ever_leaves(self, page, boss, now):
        for status in Status.values:
            VisitorCommentFactory(
                page=page,
                status=status,
                body="Cedar-canary",
                author_name="Birch-canary",
                author_email="oak-canary@visitors.example",
            )
        for comment in VisitorComment.objects.order_by("pk"):
            for verb in ("approve", "hide", "approve", "remove"):
                try:
                    getattr(actions, verb)(comment, by=boss, now=now)
                except actions.IllegalTransition:
                    comment.refresh_from_db()
        everything = self.everything()
        assert "comment.approved" in everything
        assert "canary" not in everything
        keys = {
            key for line in WebhookEvent.objects.values_list("body", flat=True) for key in json.loads(line)
        }
        assert keys == {"type", "timestamp", "tags", "paths", "site", "locale", "data"}


def test_comments_cost_nothing_where_nobody_listens(waiting, shown, boss, now):
    WebhookEndpoint.objects.all().delete()
    cache.clear()
    actions.hide(shown, by=boss, now=now)  # from now on it is known
    with CaptureQueriesContext(connection) as context:
        actions.approve(waiting, by=boss, now=now)
    assert not [query["sql"] for query in context.captured_queries if "webhook" in query["sql"]]
