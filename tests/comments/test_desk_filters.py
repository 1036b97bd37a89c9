"""The filters of the lanes, and the counts for a desk that is left open."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import Page

from tests.comments.desk import client_of, desk_url, html_of, make_user
from tests.projects.blog.models import BlogPage
from wagtail_massage.comments import actions
from wagtail_massage.comments.drafts import Origin
from wagtail_massage.comments.models import VisitorComment
from wagtail_massage.comments.states import ReportReason
from wagtail_massage.testing.comments import VisitorCommentFactory


@pytest.fixture
def other(home: Page) -> Page:
    page = home.add_child(instance=BlogPage(title="Private matters", slug="private-matters"))
    return Page.objects.get(pk=page.pk)


@pytest.fixture
def sue(page: Page) -> Client:
    """Moderates the page, and nothing else."""
    return client_of(make_user("sue", moderates=page))


@pytest.fixture
def desk(moderator: Any) -> Client:
    return client_of(moderator)


def found(client: Client, lane: str = "all", **filters: Any) -> set[str]:
    response = client.get(f"{desk_url('lane', lane)}?{urlencode(filters)}")
    assert response.status_code == 200
    return {card.comment.body for card in response.context["cards"]}


class TestReason:
    def test_finds_what_a_check_objected_to(self, desk, say):
        (
            say("One https://a.example https://b.example https://c.example https://d.example"),
            say("None of that."),
        )
        assert found(desk, reason="check:many_links") == {VisitorComment.objects.first().body}

    def test_finds_what_visitors_reported(self, desk, publish, now):
        reported, _other = publish("Buy my stones."), publish("Lovely.")
        actions.report(reported, reason=ReportReason.SPAM, origin=Origin(address="192.0.2.7"), now=now)
        assert found(desk, reason="report:SPAM") == {"Buy my stones."}
        assert found(desk, reason="report:OFFENSIVE") == set()

    def test_finds_what_a_moderator_said(self, desk, say, moderator, now):
        rejected, _other = say("My cream cures it."), say("Lovely.")
        actions.reject(rejected, by=moderator, now=now, reason="MEDICAL_CLAIM")
        assert found(desk, reason="event:MEDICAL_CLAIM") == {"My cream cures it."}

    @pytest.mark.parametrize("value", ["check", "check:nothing", "nobody:SPAM", ":", "x" * 500, "\x00"])
    def test_that_is_none_narrows_nothing(self, desk, say, value):
        say("Lovely.")
        assert found(desk, reason=value) == {"Lovely."}


class TestAuthor:
    def test_is_found_by_the_whole_name_or_address(self, desk, page):
        VisitorCommentFactory(page=page, body="mine", author_name="Ida Moor", author_email="ida@example.com")
        VisitorCommentFactory(
            page=page, body="hers", author_name="Ida Moorland", author_email="i@example.com"
        )
        assert found(desk, author="ida moor") == {"mine"}
        assert found(desk, author="IDA@example.com") == {"mine"}
        assert found(desk, author="Nobody") == set()

    def test_is_found_by_a_comment_of_the_same_person(self, desk, say):
        first = say("one", author_name="Ida", author_email="ida@example.com")
        say("two", author_name="Ida M.", author_email="ida@example.com"), say("three", author_name="Ida")
        assert found(desk, author=f"#{first.pk}") == {"one", "two"}
        assert found(desk, author=f"#{VisitorComment.objects.get(body='three').pk}") == {"three"}

    def test_of_another_section_stays_unknown(self, sue, page, other):
        theirs = VisitorCommentFactory(page=other, body="theirs", author_name="Ida")
        VisitorCommentFactory(page=page, body="ours", author_name="Ida")
        assert found(sue, author=f"#{theirs.pk}") == set()
        assert found(sue, author="Ida") == {"ours"}

    def test_who_only_answers_health_questions_guesses_no_address(self, desk, page, say):
        asked = say(
            "My left leg swells after the operation. Would a massage help me?", author_email="ida@example.com"
        )
        petra = client_of(make_user("petra", answers=page))
        for wanted in ("ida@example.com", f"#{asked.pk}"):
            assert found(desk, "health", author=wanted) == {asked.body}
            assert found(petra, "health", author=wanted) == set()
        assert found(petra, "health") == {asked.body}

    @pytest.mark.parametrize("value", ["#0", "#", "#999999999999999999", "#-1", "\x00", "@", "a@" * 100])
    def test_survives_nonsense(self, desk, say, value):
        say("Lovely.")
        assert found(desk, author=value) <= {"Lovely."}


class TestLanguage:
    @pytest.fixture(autouse=True)
    def _languages(self, settings):
        settings.WAGTAIL_CONTENT_LANGUAGES = [("en", "English"), ("de", "German")]

    def test_is_that_of_the_comment(self, desk, page):
        VisitorCommentFactory(page=page, body="schön", locale="de")
        VisitorCommentFactory(page=page, body="lovely", locale="en")
        assert found(desk, locale="de") == {"schön"}
        assert found(desk, locale="xx") == {"schön", "lovely"}


class TestTogether:
    @pytest.fixture(autouse=True)
    def _languages(self, settings):
        settings.WAGTAIL_CONTENT_LANGUAGES = [("en", "English"), ("de", "German")]

    def test_narrow_further_each(self, desk, page, now):
        old = now - timedelta(days=60)
        VisitorCommentFactory(page=page, body="old", author_name="Ida", locale="de", created_at=old)
        VisitorCommentFactory(
            page=page, body="new", author_name="Ida", locale="de", created_at=timezone.now()
        )
        VisitorCommentFactory(page=page, body="else", author_name="Ida", locale="en")
        assert found(desk, author="Ida", locale="de", age="older", page=page.pk) == {"old"}

    def test_hold_for_many_comments_and_are_named_before_the_decision(self, desk, page):
        VisitorCommentFactory(page=page, body="schön", locale="de", status="PENDING", author_name="Ida")
        VisitorCommentFactory(page=page, body="lovely", locale="en", status="PENDING", author_name="Ida")
        address = f"{desk_url('bulk', 'pending')}?{urlencode({'locale': 'de', 'author': 'Ida'})}"
        bar = desk.get(f"{desk_url('lane', 'pending')}?locale=de").context["bulk"]
        question = html_of(desk.post(address, {"verb": "approve", "every": bar.moment}))
        assert "Approve 1 comment?" in question
        assert "German" in question
        desk.post(address, {"verb": "approve", "every": bar.moment, "is_confirmed": "on"})
        assert VisitorComment.objects.get(locale="de").status == "APPROVED"
        assert VisitorComment.objects.get(locale="en").status == "PENDING"

    def test_cost_no_more_queries_for_more_comments(self, desk, page, django_assert_max_num_queries):
        address = f"{desk_url('lane', 'all')}?{urlencode({'locale': 'en', 'author': 'Ida', 'reason': 'report:SPAM'})}"
        desk.get(address)
        for _number in range(30):
            VisitorCommentFactory(page=page, author_name="Ida", locale="en")
        with django_assert_max_num_queries(12):
            desk.get(address)


class TestCounts:
    def test_say_what_each_lane_holds(self, desk, say, publish):
        say("one"), say("two"), publish("three")
        response = desk.get(desk_url("counts"))
        assert {"private", "no-store"} <= set(response["Cache-Control"].split(", "))
        lanes = response.json()["lanes"]
        assert (lanes["pending"], lanes["approved"], lanes["all"], lanes["health"]) == (2, 1, 3, 0)

    def test_are_those_of_the_users_sections(self, sue, page, other):
        (
            VisitorCommentFactory(page=page, status="PENDING"),
            VisitorCommentFactory(page=other, status="PENDING"),
        )
        assert sue.get(desk_url("counts")).json()["lanes"]["pending"] == 1

    def test_can_be_those_of_a_page(self, desk, page, other):
        (
            VisitorCommentFactory(page=page, status="PENDING"),
            VisitorCommentFactory(page=other, status="PENDING"),
        )
        lanes = desk.get(f"{desk_url('counts')}?page={page.pk}").json()["lanes"]
        assert lanes["pending"] == 1

    def test_cost_two_queries_besides_the_sign_in(self, desk, say, django_assert_max_num_queries):
        say("one")
        desk.get(desk_url("counts"))
        with django_assert_max_num_queries(4):
            desk.get(desk_url("counts"))
