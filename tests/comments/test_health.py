"""A personal health question from the post to its answer, through the JSON API and the author's page. All invented."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone

from tests.comments.faces import API, comments_url, good_token, post_json
from wagtail_massage.comments import actions
from wagtail_massage.comments.drafts import Author, Origin
from wagtail_massage.comments.models import (
    CommentMail,
    DeskText,
    GroupCommentPermission,
    HealthAnswer,
    HealthQuestion,
    VisitorComment,
)
from wagtail_massage.comments.receipts import make_receipt
from wagtail_massage.comments.states import AuthorKind, DeskTextKind, HealthChoice, MailLane, Policy, Status
from wagtail_massage.comments.tokens import TokenState

QUESTION = (
    "I had two veins taken out of my left leg in spring and it still swells. Would a massage help the flow?"
)
TWINS = [
    "Great article, my legs feel new!",
    "The triple bypass road is closed, leave early.",
    "I'm a nurse and massage helps.",
]


@pytest.fixture
def practitioner(page: Any) -> Any:
    group = Group.objects.create(name="Practitioners")
    GroupCommentPermission.objects.create(group=group, page=page, permission="ANSWER_HEALTH")
    user = get_user_model().objects.create_user(
        "petra", "petra@example.com", "x", first_name="Petra", last_name="Lind"
    )
    user.groups.add(group)
    return user


@pytest.fixture
def asked(say: Any, practitioner: Any) -> VisitorComment:
    return say(QUESTION, author_name="Holly W.", author_email="holly@example.com")


def post(client: Client, page: Any, body: str = QUESTION, **values: Any) -> Any:
    said = {"author_name": "Holly W.", "body": body, "form_token": good_token(page)} | values
    return post_json(client, comments_url(page.pk), said)


def own(client: Client, comment: VisitorComment | str, **extra: Any) -> Any:
    uuid = comment if isinstance(comment, str) else comment.uuid
    receipt = extra.pop("receipt", None) or make_receipt(comment)  # type: ignore[arg-type]
    return client.get(f"{API}comments/{uuid}/own/", headers={"Authorization": f"Receipt {receipt}"})


def choose(client: Client, comment: VisitorComment, choice: str, version: str = "built-in") -> Any:
    return client.put(
        f"{API}comments/{comment.uuid}/own/choice/",
        {"choice": choice, "consent_version": version},
        content_type="application/json",
        headers={"Authorization": f"Receipt {make_receipt(comment)}"},
    )


class TestPost:
    @pytest.mark.parametrize("policy", [Policy.OPEN, Policy.POST, Policy.PRE])
    def test_holds_a_health_question_whatever_the_policy(
        self, client, page, moderator, now, policy, practitioner
    ):
        actions.set_policy(page=page, policy=policy, by=moderator, now=now)
        response = post(client, page)
        assert response.status_code == 202
        [notice] = response.json()["notices"]
        assert notice["type"] == "health-question"
        health = notice["health"]
        assert health["choices"] == ["NAMED", "NAMELESS", "PRIVATE"]
        assert (health["choice"], health["urgent"], health["can_be_answered"]) == (None, True, True)
        assert "doctor" in health["safety"]
        assert health["consent"]["version"] == "built-in"
        assert not VisitorComment.objects.public().exists()

    def test_holds_it_also_for_somebody_trusted(self, say, moderator, now, settings):
        settings.WAGTAIL_MASSAGE_COMMENTS_TRUST_AFTER = 1
        author = Author(kind=AuthorKind.EXTERNAL, identity="7", name="Holly W.")
        origin = Origin(address="192.0.2.1", author=author, token=TokenState.GOOD)
        actions.approve(say("Lovely.", origin=origin), by=moderator, now=now)
        assert say("Lovely again.", origin=origin).status == Status.APPROVED
        assert say(QUESTION, origin=origin).status == Status.PENDING

    @pytest.mark.parametrize("body", TWINS)
    def test_lets_the_twins_pass(self, client, page, moderator, now, body):
        actions.set_policy(page=page, policy=Policy.OPEN, by=moderator, now=now)
        response = post(client, page, body)
        assert (response.status_code, response.json()["notices"]) == (201, [])

    def test_tells_the_truth_where_nobody_may_answer(self, client, page):
        [notice] = post(client, page).json()["notices"]
        assert notice["health"]["can_be_answered"] is False

    def test_says_nothing_of_health_to_somebody_who_copies_the_text(self, client, page):
        post(client, page)
        again = post(client, page).json()
        assert (again["receipt"], again["notices"]) == (None, [])

    def test_alerts_those_who_may_answer_and_keeps_the_lane_of_others_quiet(self, asked):
        lanes = CommentMail.objects.values_list("lane", flat=True)
        assert list(lanes) == [MailLane.HEALTH]

    def test_is_due_sooner_with_a_red_flag(self, say, asked):
        calm = say("My knees hurt when I kneel. Which of your treatments would help?", author_name="Rowan")
        assert not calm.health.is_urgent
        assert calm.health.due_at - calm.health.created_at == timedelta(hours=24)
        assert asked.health.due_at - asked.health.created_at == timedelta(hours=2)

    def test_uses_the_words_of_the_editors(self, client, page, practitioner):
        DeskText.objects.create(kind=DeskTextKind.SAFETY, title="Safety", body="Please ring 111 today.")
        [notice] = post(client, page).json()["notices"]
        assert notice["health"]["safety"] == "Please ring 111 today."

    def test_keeps_a_language_without_words_waiting(self, say, page, moderator, now):
        actions.set_policy(page=page, policy=Policy.OPEN, by=moderator, now=now)
        comment = say("Mam żylaki i bolą mnie nogi, czy mogę przyjść do was na masaż nóg")
        assert (comment.status, comment.is_health) == (Status.PENDING, False)
        assert "unknown_language" in set(comment.verdicts.values_list("reason", flat=True))


class TestChoice:
    def test_is_stored_with_the_words_that_were_agreed_to(self, client, asked):
        assert choose(client, asked, "NAMELESS").json()["health"]["choice"] == "NAMELESS"
        question = HealthQuestion.objects.get()
        assert (question.choice, question.consent_version) == (HealthChoice.NAMELESS, "built-in")
        assert question.chosen_at is not None

    def test_is_refused_for_other_words(self, client, asked):
        response = choose(client, asked, "NAMED", version="9.1")
        assert (response.status_code, response.json()["type"]) == (409, "urn:wagtail-massage:problem:stale")

    def test_is_not_there_for_other_comments(self, client, say):
        assert choose(client, say("Lovely."), "NAMED").status_code == 404

    def test_is_made_on_the_authors_page_without_scripts(self, client, asked):
        url = f"/massage/comments/receipt/{make_receipt(asked)}/"
        page = client.get(url).content.decode()
        assert "Answer me privately" in page
        assert client.get(f"{url}choice/").status_code == 303
        assert HealthQuestion.objects.get().choice == ""
        said = {"choice": "PRIVATE", "consent_version": "built-in"}
        assert client.post(f"{url}choice/", said)["Location"] == f"{url}#massage-choice"
        assert HealthQuestion.objects.get().choice == HealthChoice.PRIVATE

    def test_takes_down_what_was_published(self, client, asked, practitioner, moderator, now):
        choose(client, asked, "NAMED")
        actions.publish_question(asked, by=moderator, now=now)
        choose(client, asked, "PRIVATE")
        assert client.get(f"/massage/comments/health/{asked.uuid}/").status_code == 404


class TestAnswer:
    @pytest.fixture
    def answered(self, asked: VisitorComment, practitioner: Any, now: Any) -> HealthAnswer:
        return actions.answer_question(asked, body="Please ask the surgeon first.", by=practitioner, now=now)

    def test_is_read_at_the_receipt_with_signature_and_disclaimer(self, client, asked, answered):
        [answer] = own(client, asked).json()["health"]["answers"]
        assert answer["body"] == "Please ask the surgeon first."
        assert answer["signature"]["name"] == "Petra Lind"
        assert "no diagnosis" in answer["disclaimer"]
        page = client.get(f"/massage/comments/receipt/{make_receipt(asked)}/").content.decode()
        assert "Please ask the surgeon first." in page

    def test_is_kept_as_it_was_signed(self, client, asked, answered, practitioner):
        practitioner.first_name = "Paula"
        practitioner.save()
        assert own(client, asked).json()["health"]["answers"][0]["signature"]["name"] == "Petra Lind"

    def test_needs_the_right_for_the_page(self, asked, now):
        stranger = get_user_model().objects.create_user("sam", "sam@example.com", "x")
        with pytest.raises(actions.MayNotAnswer):
            actions.answer_question(asked, body="Sure.", by=stranger, now=now)

    def test_is_public_by_two_acts_only(self, client, asked, answered, practitioner, moderator, now, page):
        url = f"/massage/comments/health/{asked.uuid}/"
        with pytest.raises(actions.NotAgreed):
            actions.publish_question(asked, by=moderator, now=now)
        choose(client, asked, "NAMELESS")
        with pytest.raises(actions.NotAgreed):
            actions.publish_answer(answered, by=practitioner, now=now)
        assert client.get(url).status_code == 404
        actions.publish_question(asked, by=moderator, now=now)
        shown = client.get(url)
        assert QUESTION in shown.content.decode().replace("&#x27;", "'")
        assert "Holly" not in shown.content.decode()
        assert "surgeon" not in shown.content.decode()
        assert shown["X-Robots-Tag"] == "noindex"
        actions.publish_answer(answered, by=practitioner, now=now)
        assert "surgeon" in client.get(url).content.decode()
        found = client.get(f"{API}health-questions/{asked.uuid}/").json()
        assert (found["author"], len(found["answers"])) == (None, 1)
        # and nowhere else
        assert "swells" not in client.get(page.url).content.decode()
        assert client.get(comments_url(page.pk)).json()["count"] == 0
        assert "swells" not in client.get(f"/massage/comments/{page.pk}/feed/").content.decode()

    def test_is_told_by_a_mail_that_says_nothing_else(
        self, asked, practitioner, now, mailoutbox, django_capture_on_commit_callbacks
    ):
        VisitorComment.objects.update(wants_mail=True)
        actions.confirm(asked, now=now)
        with django_capture_on_commit_callbacks(execute=True):
            actions.answer_question(
                asked, body="Please ask the surgeon first.", by=practitioner, now=timezone.now()
            )
        mails = [mail for mail in mailoutbox if mail.to == ["holly@example.com"]]
        [mail] = [mail for mail in mails if "answer is waiting" in mail.subject]
        assert "surgeon" not in mail.body
        assert "/massage/comments/receipt/" in mail.body


class TestDecisions:
    def test_cannot_approve_it(self, asked, moderator, now):
        with pytest.raises(actions.HealthApart):
            actions.approve(asked, by=moderator, now=now)
        done = actions.decide_many({asked.pk: asked.version}, "approve", by=moderator, now=now)
        assert done.illegal == [asked.pk]

    def test_can_set_a_comment_apart_that_is_public(self, publish, moderator, now, page, client):
        comment = publish("Since the fall I walk with a stick, what would you do?")
        actions.set_apart(comment, is_urgent=False, by=moderator, now=now)
        assert client.get(comments_url(page.pk)).json()["items"] == []
        assert HealthQuestion.objects.filter(comment=comment).exists()

    def test_can_put_one_back(self, asked, moderator, now):
        comment = actions.put_back(asked, by=moderator, now=now)
        assert actions.approve(comment, by=moderator, now=now).is_visible

    def test_withdrawing_erases_it(self, client, asked, practitioner, now):
        actions.answer_question(asked, body="Ask the surgeon.", by=practitioner, now=now)
        receipt = make_receipt(asked)
        client.delete(f"{API}comments/{asked.uuid}/own/", headers={"Authorization": f"Receipt {receipt}"})
        asked.refresh_from_db()
        assert (asked.status, asked.body, asked.author_name) == (Status.ERASED, "", "")
        assert not HealthQuestion.objects.exists()
        assert not HealthAnswer.objects.exists()

    def test_redacting_is_final(self, asked, moderator, now):
        start = QUESTION.index("two veins")
        comment = actions.redact(asked, start=start, end=start + len("two veins"), by=moderator, now=now)
        assert comment.body.startswith("I had […] taken out")
        assert not comment.revisions.exists()
        assert "two veins" not in str(list(comment.events.values_list("data", flat=True)))

    def test_escalates_when_nobody_answers(self, asked, moderator, now):
        assert actions.escalate_overdue(now=now) == 0
        assert actions.escalate_overdue(now=asked.health.due_at + timedelta(minutes=1)) == 1
        assert actions.escalate_overdue(now=asked.health.due_at + timedelta(minutes=2)) == 0
        assert CommentMail.objects.filter(lane=MailLane.HEALTH).count() == 2


class TestImport:
    def test_sets_it_apart_whatever_the_status(self, page, now):
        from wagtail_massage.comments.drafts import Draft

        done = actions.import_comment(
            page=page,
            draft=Draft(body=QUESTION, author_name="Holly W."),
            status=Status.APPROVED,
            source_key="article:1",
            created_at=now,
            by=None,
            now=now,
        )
        assert (done.comment.status, done.comment.is_health) == (Status.PENDING, True)
        assert not CommentMail.objects.exists()
