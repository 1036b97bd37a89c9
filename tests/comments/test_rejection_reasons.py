"""Coded reasons: chosen on the desk, told to the author at the receipt, to nobody else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.comments.desk import client_of, decision, desk_url
from tests.comments.faces import API, comments_url
from wagtail_massage.comments import actions
from wagtail_massage.comments.mails.links import receipt_url
from wagtail_massage.comments.models import CommentMail, ModerationEvent, VisitorComment
from wagtail_massage.comments.receipts import make_receipt
from wagtail_massage.comments.states import STATEMENTS, RejectionReason

Say = Callable[..., VisitorComment]


@pytest.fixture
def desk(moderator: Any) -> Client:
    return client_of(moderator)


def decide(desk: Client, comment: VisitorComment, verb: str, reason: str) -> Any:
    return desk.post(desk_url("decide", comment.pk), decision(comment, verb, reason=reason), follow=True)


def stored_reason(comment: VisitorComment) -> str:
    return ModerationEvent.objects.filter(comment=comment).latest("pk").reason


def own_json(client: Client, comment: VisitorComment) -> dict[str, Any]:
    url = f"{API}comments/{comment.uuid}/own/"
    return client.get(url, headers={"Authorization": f"Receipt {make_receipt(comment)}"}).json()


def own_page(client: Client, comment: VisitorComment) -> str:
    return client.get(receipt_url(comment)).content.decode()


class TestReasons:
    def test_have_a_sentence_each(self) -> None:
        assert set(STATEMENTS) == set(RejectionReason)
        assert len({str(sentence) for sentence in STATEMENTS.values()}) == len(RejectionReason)

    @pytest.mark.parametrize("reason", RejectionReason.values)
    @pytest.mark.parametrize("verb", ["reject", "remove"])
    def test_are_kept_with_the_decision(self, desk: Client, say: Say, verb: str, reason: str) -> None:
        comment = say()
        decide(desk, comment, verb, reason)
        assert stored_reason(comment) == reason

    def test_may_be_left_out(self, desk: Client, say: Say) -> None:
        comment = say()
        decide(desk, comment, "reject", "")
        comment.refresh_from_db()
        assert (comment.status, stored_reason(comment)) == ("REJECTED", "")

    @pytest.mark.parametrize("verb", ["approve", "mark_spam"])
    def test_belong_to_no_other_verb(self, desk: Client, say: Say, verb: str) -> None:
        comment = say()
        decide(desk, comment, verb, "INSULTING")
        comment.refresh_from_db()
        assert comment.status != "PENDING"
        assert stored_reason(comment) == ""

    def test_that_do_not_exist_decide_nothing(self, desk: Client, say: Say) -> None:
        comment = say()
        decide(desk, comment, "reject", "BECAUSE")
        comment.refresh_from_db()
        assert comment.status == "PENDING"

    def test_stand_beside_the_button_once(self, desk: Client, say: Say, publish: Say) -> None:
        waits, is_public = say(), publish()
        for pk, verbs in ((waits.pk, "reject"), (is_public.pk, "remove")):
            html = desk.get(desk_url("inspect", pk)).content.decode()
            assert html.count('name="reason"') == 1, verbs
            assert all(f'<option value="{code}">' in html for code in RejectionReason.values)

    def test_are_in_the_history_in_words(self, desk: Client, say: Say) -> None:
        comment = say()
        decide(desk, comment, "reject", "DUPLICATE")
        history = desk.get(desk_url("inspect", comment.pk)).context["history"]
        assert str(history[-1].why) == "Said before"

    def test_can_be_given_for_many(self, desk: Client, say: Say) -> None:
        one, two = say("one"), say("two")
        seen = f"{one.pk}:{one.version} {two.pk}:{two.version}"
        values = {"verb": "reject", "seen": seen}
        question = desk.post(desk_url("bulk", "pending"), values).content.decode()
        assert '<option value="ADVERTISING">' in question
        desk.post(desk_url("bulk", "pending"), {**values, "reason": "ADVERTISING", "is_confirmed": "1"})
        assert stored_reason(one) == stored_reason(two) == "ADVERTISING"

    def test_are_not_asked_for_where_many_are_approved(self, desk: Client, say: Say) -> None:
        comment = say()
        values = {"verb": "approve", "seen": f"{comment.pk}:{comment.version}"}
        assert 'name="reason"' not in desk.post(desk_url("bulk", "pending"), values).content.decode()
        desk.post(desk_url("bulk", "pending"), {**values, "reason": "OTHER", "is_confirmed": "1"})
        assert stored_reason(comment) == ""

    def test_are_exported(self, desk: Client, say: Say) -> None:
        decide(desk, say(), "reject", "OFF_TOPIC")
        assert b'"Off topic"' in desk.get(desk_url("export_csv", "rejected")).getvalue()


class TestAuthor:
    @pytest.mark.parametrize("verb", ["reject", "remove"])
    def test_reads_the_reason_in_a_sentence(self, desk: Client, client: Client, say: Say, verb: str) -> None:
        comment = say()
        decide(desk, comment, verb, "MEDICAL_CLAIM")
        sentence = str(STATEMENTS[RejectionReason.MEDICAL_CLAIM])
        assert f"The reason: {sentence}" in " ".join(own_page(client, comment).split())
        document = own_json(client, comment)
        assert (document["reason"], document["reason_text"]) == ("MEDICAL_CLAIM", sentence)

    def test_reads_nothing_where_none_was_given(self, desk: Client, client: Client, say: Say) -> None:
        comment = say()
        decide(desk, comment, "reject", "")
        assert "The reason:" not in own_page(client, comment)
        assert own_json(client, comment)["reason_text"] is None

    def test_is_not_told_after_it_was_restored(self, desk: Client, client: Client, say: Say) -> None:
        comment = say()
        decide(desk, comment, "reject", "INSULTING")
        comment.refresh_from_db()
        decide(desk, comment, "restore", "")
        assert "The reason:" not in own_page(client, comment)
        assert own_json(client, comment)["reason"] is None

    def test_who_withdraws_needs_no_sentence(self, client: Client, say: Say, now: Any) -> None:
        comment = actions.withdraw(say(), now=now)
        document = own_json(client, comment)
        assert (document["reason"], document["reason_text"]) == ("withdrawn", None)

    def test_gets_a_mail_that_says_no_more_than_before(
        self, desk: Client, say: Say, mailoutbox: list[Any], now: Any
    ) -> None:
        """A mail may be read by others; the reason is at the receipt."""
        comment = say(author_email="wren@example.com", wants_mail=True)
        VisitorComment.objects.filter(pk=comment.pk).update(email_verified_at=now)
        decide(desk, comment, "reject", "PRIVATE_DATA")
        rows = CommentMail.objects.filter(kind="REJECTED", comment=comment)
        assert rows.count() == 1
        everything = "".join(str(mail.message()) for mail in mailoutbox)
        for word in (str(STATEMENTS[RejectionReason.PRIVATE_DATA]), "PRIVATE_DATA", "Private data"):
            assert word not in everything


class TestPublic:
    def test_is_told_nothing(self, desk: Client, client: Client, publish: Say) -> None:
        parent = publish("Above")
        publish("Below", parent=parent)
        parent.refresh_from_db()
        decide(desk, parent, "remove", "PRIVATE_DATA")
        answer = client.get(comments_url(parent.page_id)).content.decode()
        assert "PRIVATE_DATA" not in answer
        assert str(STATEMENTS[RejectionReason.PRIVATE_DATA]) not in answer
