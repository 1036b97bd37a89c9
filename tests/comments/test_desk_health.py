"""The lane of health questions and the page of each: who sees what, who may do what. Everybody here is invented."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from wagtail.models import Page

from tests.comments.desk import client_of, desk_url, html_of, make_user
from tests.comments.faces import API, comments_url
from tests.mail_sink import text_of
from tests.projects.blog.models import BlogPage
from wagtail_massage import slots
from wagtail_massage.comments import actions
from wagtail_massage.comments.models import (
    CommentMail,
    DeskText,
    HealthAnswer,
    HealthQuestion,
    ModerationEvent,
    VisitorComment,
)
from wagtail_massage.comments.privacy.export import document
from wagtail_massage.comments.states import DeskTextKind, HealthChoice, MailLane, Policy, Status

URGENT = (
    "I had two veins taken out of my left leg in spring and it still swells. Would a massage help the flow?"
)
CALM = "My knees hurt when I kneel in the garden. Which of your treatments would help me?"
DRAFT = "Please ask the surgeon first."
RISKY = "This massage will cure your leg, I am sure."


@pytest.fixture
def petra(page: Page) -> Client:
    """Answers health questions on the page and moderates nothing."""
    return client_of(make_user("petra", answers=page))


@pytest.fixture
def sue(page: Page) -> Client:
    """Moderates the page and answers no health questions."""
    return client_of(make_user("sue", moderates=page))


@pytest.fixture
def asked(say: Any) -> VisitorComment:
    return say(URGENT, author_name="Holly W.", author_email="holly@example.com")


def lane(client: Client, slug: str = "health") -> list[str]:
    return [card.comment.body for card in client.get(desk_url("lane", slug)).context["cards"]]


def tabs(client: Client) -> dict[str, int]:
    return {tab.lane.slug: tab.count for tab in client.get(desk_url("index")).context["tabs"]}


def look(client: Client, comment: VisitorComment) -> str:
    return html_of(client.get(desk_url("inspect", comment.pk)))


def answer(client: Client, comment: VisitorComment, body: str = DRAFT, **values: Any) -> Any:
    said = {"body": body, "version": comment.version, "answers": 0} | values
    return client.post(desk_url("health_answer", comment.pk), said, follow=True)


def decide(client: Client, comment: VisitorComment, act: str, **values: Any) -> Any:
    said = {"verb": act, "version": comment.version} | values
    return client.post(desk_url("health_decide", comment.pk), said, follow=True)


def agree(comment: VisitorComment, choice: HealthChoice = HealthChoice.NAMELESS) -> None:
    actions.choose(comment, choice=choice, consent_version="built-in", now=timezone.now())


class TestLane:
    def test_shows_red_flags_first_then_the_oldest(self, petra, say):
        say(CALM), say(f"{CALM} Please tell me."), say(URGENT)
        assert lane(petra) == [URGENT, CALM, f"{CALM} Please tell me."]

    def test_says_how_long_each_waits_and_which_is_overdue(self, petra, say, asked):
        calm, now = say(CALM), timezone.now()
        HealthQuestion.objects.filter(comment=calm).update(
            created_at=now - timedelta(hours=3), due_at=now + timedelta(hours=21)
        )
        HealthQuestion.objects.filter(comment=asked).update(
            created_at=now - timedelta(days=3), due_at=now - timedelta(days=2)
        )
        html = html_of(petra.get(desk_url("lane", "health")))
        assert "Waiting 3 h" in html
        assert "Waiting 3 days" in html
        assert html.count("Overdue") == 1
        assert html.count("Red flag") == 1

    def test_is_counted_apart_from_what_is_pending(self, sue, say, asked):
        say("Lovely.")
        counts = tabs(sue)
        assert (counts["pending"], counts["health"], counts["all"]) == (1, 1, 2)
        assert lane(sue, "pending") == ["Lovely."]

    def test_holds_what_was_answered_in_a_list_of_its_own(self, petra, say, asked):
        say(CALM)
        answer(petra, asked)
        assert (lane(petra), lane(petra, "answered")) == ([CALM], [URGENT])
        parts = petra.get(desk_url("lane", "answered")).context["parts"]
        assert [(part.count, part.is_current) for part in parts] == [(1, False), (1, True)]
        assert tabs(petra) == {"health": 1}

    def test_is_all_that_somebody_has_who_only_answers(self, petra, say, asked):
        say("Lovely.")
        assert tabs(petra) == {"health": 1}
        assert "Lovely." not in html_of(petra.get(desk_url("index")))
        for other in ("pending", "all", "approved"):
            assert petra.get(desk_url("lane", other)).status_code == 302

    def test_shows_nothing_of_another_section(self, home, say):
        other = home.add_child(instance=BlogPage(title="Other", slug="other"))
        say(URGENT)
        client = client_of(make_user("otto", answers=other))
        assert (lane(client), tabs(client)) == ([], {"health": 0})

    def test_can_be_narrowed_to_a_page(self, petra, home, page, asked):
        other = home.add_child(instance=BlogPage(title="Other", slug="other"))
        url = desk_url("lane", "health")
        found = petra.get(f"{url}?page={page.pk}")
        assert [card.comment.body for card in found.context["cards"]] == [URGENT]
        assert "Other" not in html_of(petra.get(f"{url}?page={other.pk}"))

    def test_adds_to_the_menu_what_the_user_may_answer(self, petra, sue, say, asked):
        say("Lovely.")
        assert "Comments (1)" in html_of(petra.get("/admin/"))  # the question
        assert "Comments (1)" in html_of(sue.get("/admin/"))  # the other
        answer(petra, asked)
        assert "Comments (" not in html_of(petra.get("/admin/"))

    def test_costs_as_many_queries_for_one_question_as_for_many(
        self, petra, say, django_assert_max_num_queries
    ):
        say(CALM)
        petra.get(desk_url("index"))  # fills the caches of sites and content types
        with django_assert_max_num_queries(30) as one:
            petra.get(desk_url("lane", "health"))
        for number in range(12):
            say(f"{CALM} It is the {number}. time.")
        with django_assert_max_num_queries(len(one.captured_queries)):
            assert len(lane(petra)) == 13


class TestQuestion:
    def test_shows_the_question_with_what_was_found_in_it(self, petra, asked):
        html = look(petra, asked)
        assert "<mark>" in html
        assert "Red flag" in html
        assert "Has not chosen yet" in html
        assert "The question cannot be published. Its author has not chosen yet." in html

    def test_shows_what_the_sites_own_pages_say(self, petra, asked, monkeypatch):
        caveat = slots.Caveat(name="Swollen leg after surgery", instruction="Send her to a doctor first.")
        monkeypatch.setattr(slots, "_caveats", [lambda text: [caveat] if "swells" in text else []])
        html = look(petra, asked)
        assert "Swollen leg after surgery" in html
        assert "Send her to a doctor first." in html

    def test_keeps_the_address_from_who_only_answers(self, petra, sue, asked):
        assert "holly@example.com" not in look(petra, asked)
        assert "holly@example.com" in look(sue, asked)

    def test_shows_only_what_is_public_around_it_to_who_only_answers(
        self, petra, sue, publish, say, moderator, now
    ):
        question = publish("Since the fall I walk with a stick.", parent=publish("Seen by all"))
        say("Waits too", parent=question)
        actions.set_apart(question, is_urgent=False, by=moderator, now=now)
        assert "Seen by all" in look(petra, question)
        assert "Waits too" not in look(petra, question)
        assert "Waits too" in look(sue, question)

    def test_is_not_there_for_other_comments(self, petra, say):
        assert petra.get(desk_url("inspect", say("Lovely.").pk)).status_code == 404

    def test_cannot_be_approved_and_can_be_refused(self, sue, asked):
        html = look(sue, asked)
        assert 'value="approve"' not in html
        for verb in ("reject", "mark_spam", "remove"):
            assert f'value="{verb}"' in html

    def test_offers_no_public_answer(self, sue, asked):
        assert "Answer in public" not in look(sue, asked)
        said = {"body": "Hello", "status": asked.status, "version": asked.version, "approve_first": 1}
        html = sue.post(desk_url("answer", asked.pk), said).content.decode()
        assert "This is a personal health question" in html
        assert "Hello" in html
        assert not VisitorComment.objects.exclude(pk=asked.pk).exists()

    def test_has_no_quick_decisions_for_who_only_answers(self, petra, asked):
        said = {"verb": "reject", "status": asked.status, "version": asked.version}
        assert petra.post(desk_url("decide", asked.pk), said).status_code == 302
        asked.refresh_from_db()
        assert asked.status == Status.PENDING


class TestAnswering:
    def test_keeps_the_answer_with_its_signature(self, petra, asked):
        html = html_of(answer(petra, asked))
        stored = HealthAnswer.objects.get()
        assert (stored.body, stored.signature["name"]) == (DRAFT, "Team")
        assert "no diagnosis" in stored.disclaimer
        assert DRAFT in html
        assert "Only the author reads it" in html

    def test_shows_before_what_will_be_attached(self, petra, asked):
        DeskText.objects.create(kind=DeskTextKind.DISCLAIMER, title="D", body="Not a doctor's word.")
        html = look(petra, asked)
        assert "Not a doctor's word." in html
        assert "Team" in html

    def test_is_refused_to_moderators_without_the_right(self, sue, asked):
        assert "Nobody may answer health questions on this page" in look(sue, asked)
        make_user("petra", answers=asked.page)
        assert "You may not answer health questions on this page." in look(sue, asked)
        answer(sue, asked)
        assert not HealthAnswer.objects.exists()

    def test_is_open_to_superusers(self, moderator, asked):
        answer(client_of(moderator), asked)
        assert HealthAnswer.objects.exists()

    def test_asks_to_read_a_risky_draft_again(self, petra, asked):
        html = html_of(answer(petra, asked, RISKY))
        assert "Nothing was sent yet." in html
        assert "It promises what nobody can promise." in html
        assert "<mark>" in html
        assert RISKY in html
        assert not HealthAnswer.objects.exists()

    def test_sends_it_once_it_is_confirmed(self, petra, asked):
        digest = answer(petra, asked, RISKY).context["question"].composer.warned.digest
        answer(petra, asked, RISKY, read_again=digest)
        assert HealthAnswer.objects.get().body == RISKY

    def test_asks_once_more_about_other_words(self, petra, asked):
        digest = answer(petra, asked, RISKY).context["question"].composer.warned.digest
        answer(petra, asked, f"{RISKY} It will heal your heart as well.", read_again=digest)
        assert not HealthAnswer.objects.exists()

    def test_begins_with_a_ready_made_text_below_what_was_written(self, petra, asked):
        start = DeskText.objects.create(
            kind=DeskTextKind.HEALTH_REPLY, title="See a doctor", body="Please see a doctor first."
        )
        assert "See a doctor" in look(petra, asked)
        response = answer(petra, asked, "Dear Holly,", start=start.pk)
        draft = response.context["question"].composer.form.draft
        assert draft == "Dear Holly,\n\nPlease see a doctor first."
        assert not HealthAnswer.objects.exists()

    def test_gives_the_draft_back_when_a_colleague_was_faster(self, petra, asked, moderator, now):
        actions.answer_question(asked, body="I was first.", by=moderator, now=now)
        html = html_of(answer(petra, asked))
        assert "Somebody has answered in the meantime." in html
        assert DRAFT in html
        assert HealthAnswer.objects.count() == 1

    def test_says_what_is_missing(self, petra, asked):
        response = answer(petra, asked, "  ")
        assert response.context["question"].composer.form.errors["body"]
        assert not HealthAnswer.objects.exists()

    @pytest.mark.parametrize("values", [{"version": "x"}, {"answers": ""}, {"version": 10**30}])
    def test_survives_nonsense(self, petra, asked, values):
        assert answer(petra, asked, **values).status_code == 200
        assert not HealthAnswer.objects.exists()


class TestPublishing:
    def test_takes_two_acts(self, petra, asked, client):
        answer(petra, asked)
        agree(asked)
        url = f"/massage/comments/health/{asked.uuid}/"
        assert "Publish answer" not in look(petra, asked)
        decide(petra, asked, "publish_question")
        assert DRAFT not in html_of(client.get(url))
        assert "Publish answer" in look(petra, asked)
        decide(petra, asked, "publish_answer", answer=HealthAnswer.objects.get().pk)
        assert DRAFT in html_of(client.get(url))
        assert client.get(comments_url(asked.page_id)).json()["items"] == []

    def test_is_refused_as_long_as_the_author_has_not_agreed(self, petra, asked, client):
        html = html_of(decide(petra, asked, "publish_question"))
        assert "The author has not agreed to have this published." in html
        agree(asked, HealthChoice.PRIVATE)
        assert "Its author wants a private answer." in look(petra, asked)
        assert client.get(f"{API}health-questions/{asked.uuid}/").status_code == 404

    def test_of_an_answer_needs_the_right_to_answer(self, sue, moderator, asked, now):
        given = actions.answer_question(asked, body=DRAFT, by=moderator, now=now)
        agree(asked)
        decide(sue, asked, "publish_question")
        html = html_of(decide(sue, asked, "publish_answer", answer=given.pk))
        assert "You may not answer health questions on this page." in html
        given.refresh_from_db()
        assert given.published_at is None

    def test_finds_no_answer_of_another_question(self, petra, say, asked, now, moderator):
        other = say(CALM)
        given = actions.answer_question(other, body=DRAFT, by=moderator, now=now)
        agree(asked)
        decide(petra, asked, "publish_question")
        assert decide(petra, asked, "publish_answer", answer=given.pk).status_code == 404

    @pytest.mark.parametrize("values", [{"verb": "approve"}, {"version": ""}, {"answer": "x"}])
    def test_survives_nonsense(self, petra, asked, values):
        assert decide(petra, asked, "publish_question", **values).status_code == 200
        assert HealthQuestion.objects.get().published_at is None

    def test_ends_when_the_author_writes_something_else(self, petra, asked, client, now):
        agree(asked)
        decide(petra, asked, "publish_question")
        actions.edit(asked, body="Forget my knee, thank you.", by=None, now=now + timedelta(minutes=5))
        assert client.get(f"/massage/comments/health/{asked.uuid}/").status_code == 404
        asked.refresh_from_db()
        assert (asked.is_health, asked.status, asked.origin) == (True, Status.PENDING, {})


class TestSettingApart:
    def test_moves_an_ordinary_comment_to_the_lane(self, sue, publish, client):
        comment = publish("Since the fall I walk with a stick.")
        said = {"status": comment.status, "version": comment.version, "is_urgent": "1"}
        assert "Set apart as a health question" in look(sue, comment)
        sue.post(desk_url("set_apart", comment.pk), said)
        assert lane(sue) == [comment.body]
        assert HealthQuestion.objects.get().is_urgent
        assert client.get(comments_url(comment.page_id)).json()["items"] == []

    def test_does_nothing_to_a_text_that_was_changed_meanwhile(self, sue, say):
        comment = say("Since the fall I walk with a stick.")
        said = {"status": comment.status, "version": comment.version + 1}
        sue.post(desk_url("set_apart", comment.pk), said)
        assert not HealthQuestion.objects.exists()

    def test_is_taken_back_by_who_finds_it_to_be_none(self, petra, asked):
        html = html_of(decide(petra, asked, "put_back"))
        assert "waits like any other now" in html
        asked.refresh_from_db()
        assert (asked.is_health, asked.status) == (False, Status.PENDING)
        assert lane(petra) == []

    def test_stays_once_it_was_answered(self, petra, asked):
        answer(petra, asked)
        assert "Not a health question" not in look(petra, asked)
        assert "That is not possible any more." in html_of(decide(petra, asked, "put_back"))
        assert HealthQuestion.objects.exists()


class TestRedacting:
    def redact(self, client: Client, comment: VisitorComment, words: str, **values: Any) -> Any:
        said = {"words": words, "version": comment.version} | values
        return client.post(desk_url("redact", comment.pk), said, follow=True)

    def test_asks_first_with_the_words_marked(self, petra, asked):
        html = html_of(self.redact(petra, asked, "two veins"))
        assert "<mark>two veins</mark>" in html
        asked.refresh_from_db()
        assert asked.body == URGENT

    def test_is_final(self, petra, asked):
        html = html_of(self.redact(petra, asked, "two veins", is_sure="1"))
        asked.refresh_from_db()
        assert asked.body.startswith("I had […] taken out")
        assert "two veins" not in html
        event = ModerationEvent.objects.get(verb="redact")
        assert (event.reason, event.data) == ("", {})

    def test_works_for_ordinary_comments_and_line_breaks(self, sue, publish):
        comment = publish("My number is\n555 01234, call me.")
        self.redact(sue, comment, "number is\r\n555 01234", is_sure="1")
        comment.refresh_from_db()
        assert comment.body == "My […], call me."

    def test_says_when_the_words_are_not_there(self, petra, asked):
        assert "These words are not in the text." in html_of(self.redact(petra, asked, "three veins"))

    def test_does_nothing_to_a_text_that_was_changed_meanwhile(self, petra, asked):
        self.redact(petra, asked, "two veins", is_sure="1", version=asked.version + 1)
        asked.refresh_from_db()
        assert asked.body == URGENT


class TestConfirmation:
    """With double opt-in a question waits for its author first."""

    @pytest.fixture(autouse=True)
    def _rule(self, settings):
        settings.WAGTAIL_MASSAGE_COMMENTS_EMAIL = "CONFIRMED"

    def test_brings_the_question_to_the_lane_and_tells_those_who_answer(self, petra, asked, now):
        assert (asked.status, lane(petra)) == (Status.UNCONFIRMED, [])
        actions.confirm(asked, now=now)
        assert lane(petra) == [URGENT]
        assert CommentMail.objects.filter(lane=MailLane.HEALTH, comment=asked).exists()

    def test_publishes_nothing_that_a_moderator_has_set_apart(self, petra, page, say, moderator, now):
        actions.set_policy(page=page, policy=Policy.OPEN, by=moderator, now=now)
        comment = say("Since the fall I walk with a stick.", author_email="holly@example.com")
        actions.set_apart(comment, is_urgent=False, by=moderator, now=now)
        actions.confirm(comment, now=now)
        assert (comment.status, comment.is_visible) == (Status.PENDING, False)
        assert lane(petra) == [comment.body]


class TestEscalation:
    def test_comes_with_the_command_that_sends_mails(self, asked, page, sink):
        make_user("petra", answers=page), make_user("sue", moderates=page)
        call_command("send_comment_mails")
        assert {mail["To"] for mail in sink.mails} == {"petra@example.com", "sue@example.com"}
        assert not any("swells" in text_of(mail) or "Holly" in text_of(mail) for mail in sink.mails)
        assert all("everybody who moderates there is told: 1" in text_of(mail) for mail in sink.mails)
        assert HealthQuestion.objects.get().escalated_at is not None

    def test_tells_superusers_before_anything_is_overdue(self, asked, moderator, sink):
        HealthQuestion.objects.update(due_at=timezone.now() + timedelta(hours=1))
        call_command("send_comment_mails")
        assert [mail["To"] for mail in sink.mails] == ["mona@example.com"]
        assert "Overdue" not in text_of(sink.mails[0])


class TestPrivacy:
    def test_hands_out_the_question_with_its_answers(self, petra, asked):
        answer(petra, asked)
        agree(asked)
        [row] = document([asked.pk], now=timezone.now())["comments"]
        question = row["health_question"]
        assert (question["choice"], question["consent_version"]) == ("NAMELESS", "built-in")
        assert [given["body"] for given in question["answers"]] == [DRAFT]

    def test_has_nothing_of_the_kind_for_other_comments(self, say):
        [row] = document([say("Lovely.").pk], now=timezone.now())["comments"]
        assert row["health_question"] is None

    def test_purges_the_question_with_its_comment(self, petra, asked):
        answer(petra, asked)
        actions.remove(asked, by=None, now=asked.created_at)
        call_command("purge_comments", "--older-than", "1", "--yes", stdout=StringIO(), stderr=StringIO())
        assert not VisitorComment.objects.exists()
        assert not HealthQuestion.objects.exists()
        assert not HealthAnswer.objects.exists()


def test_groups_are_told_apart(page: Page) -> None:
    """Two groups, one person: the rights add up."""
    user = make_user("olga", answers=page)
    assert set(tabs(client_of(user))) == {"health"}
    moderators = Group.objects.create(name="Moderators here")
    moderators.massage_comment_permissions.create(page=page, permission="MODERATE")
    user.groups.add(moderators)
    assert {"health", "pending"} <= set(tabs(client_of(user)))
