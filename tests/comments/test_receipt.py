"""The receipt: what whoever sent a comment may still do with it, through both faces, and nobody else."""

from __future__ import annotations

import json
import logging
from datetime import timedelta

import pytest
from django.core import signing
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pydantic import TypeAdapter
from wagtail.models import PageViewRestriction

from tests.comments.faces import API, FIELDS, comments_url, good_token, post_json
from tests.comments.test_api import assert_problem
from wagtail_massage.comments import actions, receipts
from wagtail_massage.comments.api import schemas
from wagtail_massage.comments.models import CommentMail, CommentRevision, VisitorComment
from wagtail_massage.comments.states import MailLane, Policy, Status
from wagtail_massage.comments.tokens import Purpose, make_token
from wagtail_massage.testing.comments import CommentThreadFactory, VisitorCommentFactory

pytestmark = pytest.mark.contract

SPAMMY = " ".join(f"https://example.com/{number}" for number in range(9))


class Sender:
    """Somebody who has posted through the API and holds the answer."""

    def __init__(self, client, page, **values):
        self.client, self.page = client, page
        response = post_json(
            client, comments_url(page.pk), FIELDS | {"form_token": good_token(page)} | values
        )
        self.answer = response.json()
        self.receipt = self.answer["receipt"]
        self.url = f"{API}comments/{self.answer['id']}/own/"
        self.path = f"/massage/comments/receipt/{self.receipt}/"

    @property
    def row(self):
        return VisitorComment.objects.get(uuid=self.answer["id"])

    def ask(self, method, values=None, *, receipt=None, url=None):
        headers = {"Authorization": f"Receipt {receipt or self.receipt}"}
        body = "" if values is None else json.dumps(values)
        return self.client.generic(
            method, url or self.url, body, content_type="application/json", headers=headers
        )

    def read(self):
        return self.ask("GET").json()

    def edit(self, body, *, version=None):
        version = self.read()["version"] if version is None else version
        return self.ask("PATCH", {"body": body, "version": version})


@pytest.fixture
def sender(client, page):
    return Sender(client, page)


def age(comment, **passed):
    """Let time pass since a comment was written."""
    VisitorComment.objects.filter(pk=comment.pk).update(created_at=timezone.now() - timedelta(**passed))


class TestHandingOut:
    def test_comes_with_the_answer_and_is_kept_by_no_cache(self, client, page):
        response = post_json(client, comments_url(page.pk), FIELDS)
        TypeAdapter(schemas.MassagePostedComment).validate_json(response.content, extra="forbid")
        assert response["Cache-Control"] == "private, no-store"
        assert response.json()["receipt"]

    def test_comes_again_to_the_same_idempotency_key(self, client, page):
        answers = [
            post_json(client, comments_url(page.pk), FIELDS, headers={"Idempotency-Key": "secret"})
            for _ in range(2)
        ]
        assert [receipts.find_own(answer.json()["receipt"]).pk for answer in answers] == [
            VisitorComment.objects.get().pk
        ] * 2

    @pytest.mark.parametrize("policy", [Policy.PRE, Policy.POST])
    def test_does_not_come_to_somebody_who_sends_the_same_text(self, client, page, policy):
        CommentThreadFactory(page=page, policy=policy)
        mine = Sender(client, page)
        copied = Sender(client, page)
        assert copied.answer["id"] == mine.answer["id"]
        assert mine.receipt
        assert copied.receipt is None

    def test_opens_nothing_but_its_own_comment(self, client, page, sender):
        other = Sender(client, page, body="Another one.")
        for method, values in [("GET", None), ("PATCH", {"body": "x y", "version": 1}), ("DELETE", None)]:
            assert_problem(other.ask(method, values, receipt=sender.receipt), 404, "not-found")
        assert set(VisitorComment.objects.values_list("status", "version")) == {("PENDING", 1)}


class TestRefusals:
    def tokens(self, sender):
        good = sender.receipt
        uuid = sender.answer["id"]
        with_other_key = signing.dumps([uuid], salt="wagtail_massage_comments.receipt", key="another key")
        return {
            "altered": good[:-1] + ("A" if good[-1] != "A" else "B"),
            "of another purpose": make_token(Purpose.UNSUBSCRIBE, uuid),
            "of another key": with_other_key,
            "without a comment": make_token(Purpose.RECEIPT, "6c8b1d1e-8d3c-4ab5-9d0e-0d5f4f0f4b5e"),
            "no id": make_token(Purpose.RECEIPT, "1"),
            "two values": make_token(Purpose.RECEIPT, uuid, uuid),
            "nonsense": "nonsense",
            "long": "x" * 5000,
        }

    @pytest.mark.parametrize("method", ["GET", "PATCH", "DELETE"])
    def test_are_equal_whatever_is_wrong(self, sender, method):
        values = {"body": "Changed.", "version": 1} if method == "PATCH" else None
        answers = [sender.ask(method, values, receipt=token) for token in self.tokens(sender).values()]
        elsewhere = f"{API}comments/6c8b1d1e-8d3c-4ab5-9d0e-0d5f4f0f4b5e/own/"
        answers.append(sender.ask(method, values, url=elsewhere))
        for answer in answers:
            assert_problem(answer, 404, "not-found")
            assert answer["Cache-Control"] == "private, no-store"
        assert len({answer.content for answer in answers}) == 1
        assert (sender.row.status, sender.row.version) == ("PENDING", 1)

    @pytest.mark.parametrize("header", [None, "", "Receipt", "Receipt ", "Bearer {}", "Basic {}", "{}"])
    @pytest.mark.parametrize("method", ["GET", "PATCH", "DELETE"])
    def test_ask_for_a_receipt_where_there_is_none(self, sender, method, header):
        headers = {} if header is None else {"Authorization": header.format(sender.receipt)}
        body = '{"body": "Changed.", "version": 1}' if method == "PATCH" else ""
        response = sender.client.generic(
            method, sender.url, body, content_type="application/json", headers=headers
        )
        assert_problem(response, 401, "receipt-needed")
        assert (response["WWW-Authenticate"], response["Cache-Control"]) == ("Receipt", "private, no-store")
        assert sender.row.version == 1

    def test_do_not_take_a_receipt_from_the_address(self, sender):
        for name in ("receipt", "token", "authorization"):
            response = sender.client.get(sender.url, {name: sender.receipt})
            assert_problem(response, 400, "unknown-parameter")

    def test_follow_after_so_many_days(self, sender, settings, monkeypatch):
        later = timezone.now().timestamp() + 89 * 24 * 3600
        monkeypatch.setattr("django.core.signing.time.time", lambda: later)
        assert sender.ask("GET").status_code == 200
        monkeypatch.setattr("django.core.signing.time.time", lambda: later + 2 * 24 * 3600)
        assert_problem(sender.ask("GET"), 404, "not-found")
        assert sender.client.get(sender.path).status_code == 410

    def test_follow_a_new_key_unless_the_old_one_is_a_fallback(self, sender, settings):
        old, settings.SECRET_KEY = (
            settings.SECRET_KEY,
            "a new key of the site, long enough to be one 0123456789",
        )
        assert_problem(sender.ask("GET"), 404, "not-found")
        settings.SECRET_KEY_FALLBACKS = [old]
        assert sender.ask("GET").status_code == 200

    def test_follow_an_erasure(self, sender, moderator, now):
        VisitorComment.objects.filter(pk=sender.row.pk).update(status=Status.ERASED)
        assert_problem(sender.ask("GET"), 404, "not-found")
        assert sender.client.get(sender.path).status_code == 410

    @pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded"])
    def test_follow_another_content_type(self, sender, content_type):
        response = sender.client.generic(
            "PATCH",
            sender.url,
            '{"body": "Changed.", "version": 1}',
            content_type=content_type,
            headers={"Authorization": f"Receipt {sender.receipt}"},
        )
        assert_problem(response, 415, "unsupported-media-type")

    @pytest.mark.parametrize(
        "name", sorted({field.name for field in VisitorComment._meta.get_fields()} - {"body", "version"})
    )
    def test_meet_everything_that_is_not_asked_for(self, sender, name):
        response = sender.ask("PATCH", {"body": "Changed.", "version": 1, name: "APPROVED"})
        document = assert_problem(response, 422, "validation")
        assert document["errors"][0]["loc"] == ["body", name]
        assert sender.row.version == 1

    @pytest.mark.parametrize("version", [0, -1, "x", None, 2**31, 1.5])
    def test_meet_a_version_that_is_none(self, sender, version):
        assert_problem(sender.ask("PATCH", {"body": "Changed.", "version": version}), 422, "validation")


class TestReading:
    def test_is_what_its_schema_says(self, sender):
        response = sender.ask("GET")
        TypeAdapter(schemas.MassageOwnComment).validate_json(response.content, extra="forbid")
        document = response.json()
        assert (document["state"], document["body"], document["version"]) == ("PENDING", FIELDS["body"], 1)
        assert (document["page"], document["reason"]) == (sender.page.pk, None)
        assert response["Cache-Control"] == "private, no-store"
        assert "Authorization" in response["Vary"]

    def test_costs_three_queries(self, sender):
        with CaptureQueriesContext(connection) as captured:
            sender.ask("GET")
        assert len(captured) <= 3

    def test_tells_of_decisions(self, sender, moderator, now):
        actions.reject(sender.row, by=moderator, now=now, reason="off_topic")
        assert (sender.read()["state"], sender.read()["reason"]) == ("REJECTED", "off_topic")
        assert sender.read()["editable_until"] is None
        actions.restore(sender.row, by=moderator, now=now)
        actions.approve(sender.row, by=moderator, now=now, reason="fine")
        assert (sender.read()["state"], sender.read()["reason"]) == ("APPROVED", None)
        actions.remove(sender.row, by=moderator, now=now, reason="private")
        document = sender.read()
        assert (document["state"], document["reason"], document["body"]) == ("REMOVED", "private", "")

    def test_never_tells_of_spam(self, client, page, moderator, now, settings):
        settings.WAGTAIL_MASSAGE_COMMENTS_RATE = "1000/s"
        honest, caught = Sender(client, page), Sender(client, page, body=SPAMMY)
        marked = Sender(client, page, body="Marked by a person.")
        actions.mark_spam(marked.row, by=moderator, now=now, reason="advertising")
        assert [sender.row.status for sender in (honest, caught, marked)] == ["PENDING", "SPAM", "SPAM"]
        own = {"id", "body", "body_html", "created_at", "editable_until", "receipt_expires_at", "edited_at"}
        shown = []
        for sender in (honest, caught, marked):
            for edited in (False, True):
                if edited:
                    assert sender.edit(f"{sender.answer['body']} And more.").status_code == 200
                document = sender.read()
                assert document["editable_until"]
                shown.append({name: value for name, value in document.items() if name not in own})
        assert shown[0] == shown[2] == shown[4]
        assert shown[1] == shown[3] == shown[5]
        assert [sender.row.status for sender in (honest, caught, marked)] == ["PENDING", "SPAM", "SPAM"]

    def test_never_tells_of_spam_where_addresses_are_confirmed(self, client, page, settings):
        settings.WAGTAIL_MASSAGE_COMMENTS_EMAIL = "CONFIRMED"
        honest = Sender(client, page, author_email="rowan@example.com")
        caught = Sender(client, page, author_email="rowan@example.com", body=SPAMMY)
        assert [honest.row.status, caught.row.status] == ["UNCONFIRMED", "SPAM"]
        assert honest.read()["state"] == caught.read()["state"] == "UNCONFIRMED"

    def test_works_when_the_page_is_gone_private_or_closed(self, client, page, sender):
        CommentThreadFactory(page=page, policy=Policy.CLOSED)
        assert (sender.read()["state"], sender.read()["editable_until"]) == ("PENDING", None)
        PageViewRestriction.objects.create(page=page, restriction_type="password", password="x")
        assert sender.read()["page"] == page.pk
        page.delete()
        assert (sender.read()["state"], sender.read()["page"]) == ("PENDING", None)


class TestEditing:
    def test_stores_the_new_text_and_keeps_the_old_one(self, sender):
        response = sender.edit("My shoulders thank you, both.")
        document = response.json()
        assert (response.status_code, document["version"]) == (200, 2)
        assert document["body"] == "My shoulders thank you, both."
        assert document["edited_at"]
        assert CommentRevision.objects.get().body == FIELDS["body"]

    def test_never_makes_a_text_public_that_nobody_has_read(self, client, page, sender, moderator, now):
        actions.approve(sender.row, by=moderator, now=now)
        response = sender.edit("Something else altogether.")
        assert response.json()["state"] == "PENDING"
        assert client.get(comments_url(page.pk)).json()["items"] == []
        waiting = CommentMail.objects.filter(lane=MailLane.WAITING, comment=sender.row)
        assert waiting.count() == 2  # when it came, and now again

    def test_stays_public_where_comments_appear_at_once(self, client, page):
        CommentThreadFactory(page=page, policy=Policy.POST)
        sender = Sender(client, page)
        assert sender.edit("Better said.").json()["state"] == "APPROVED"
        assert client.get(comments_url(page.pk)).json()["items"][0]["body"] == "Better said."
        assert sender.edit(SPAMMY).json()["state"] == "PENDING"
        assert sender.row.status == "SPAM"
        assert client.get(comments_url(page.pk)).json()["items"] == []

    def test_goes_on_waiting_where_it_waits(self, client, page):
        CommentThreadFactory(page=page, policy=Policy.POST)
        held = Sender(client, page, form_token="")
        assert held.edit("Nothing to object to.").json()["state"] == "PENDING"

    def test_of_a_version_that_is_not_the_last_one_is_stale(self, sender, moderator, now):
        assert sender.edit("Once.", version=1).status_code == 200
        assert_problem(sender.edit("Twice.", version=1), 409, "stale")
        seen = sender.read()["version"]
        actions.approve(sender.row, by=moderator, now=now)
        assert_problem(sender.edit("Thrice.", version=seen), 409, "stale")
        assert sender.row.body == "Once."

    def test_sent_twice_changes_once(self, sender):
        answers = [sender.edit("Once.", version=1) for _ in range(2)]
        assert [answer.status_code for answer in answers] == [200, 200]
        assert answers[0].json() == answers[1].json()
        assert CommentRevision.objects.count() == 1

    def test_ends_with_its_window(self, sender, settings):
        settings.WAGTAIL_MASSAGE_COMMENTS_EDIT_MINUTES = 10
        age(sender.row, minutes=9)
        assert sender.edit("In time.").status_code == 200
        age(sender.row, minutes=11)
        assert sender.read()["editable_until"] is None
        assert_problem(sender.edit("Too late."), 403, "edit-window")
        assert sender.row.body == "In time."

    @pytest.mark.parametrize("policy", [Policy.CLOSED, Policy.OFF])
    def test_ends_where_nobody_may_write(self, page, sender, policy):
        CommentThreadFactory(page=page, policy=policy)
        assert_problem(sender.edit("Changed."), 403, "edit-window")

    def test_waits_where_a_page_is_read_only(self, client, page, sender, moderator, now):
        actions.approve(sender.row, by=moderator, now=now)
        CommentThreadFactory(page=page, policy=Policy.READ_ONLY)
        assert sender.edit("Changed.").json()["state"] == "PENDING"

    def test_ends_with_the_page_and_with_a_decision_against_it(self, client, page, sender, moderator, now):
        rejected = Sender(client, page, body="Another one.")
        actions.reject(rejected.row, by=moderator, now=now)
        assert_problem(rejected.edit("Changed."), 403, "edit-window")
        page.delete()
        assert_problem(sender.edit("Changed."), 403, "edit-window")

    @pytest.mark.parametrize("body", ["", " \u200b", "x" * 5001, "bell \x07"])
    def test_refuses_what_a_post_refuses(self, sender, body):
        document = assert_problem(sender.edit(body), 422, "validation")
        assert [error["loc"] for error in document["errors"]] == [["body", "body"]]

    def test_counts_as_a_post_of_its_network(self, sender, settings):
        settings.WAGTAIL_MASSAGE_COMMENTS_RATE = "1/h"
        assert sender.edit("Once.").status_code == 200
        response = sender.edit("Twice.")
        assert_problem(response, 429, "throttled")
        assert int(response["Retry-After"]) > 0

    def test_costs_a_bounded_number_of_queries(self, sender):
        sender.edit("Warm.")
        with CaptureQueriesContext(connection) as captured:
            sender.ask("PATCH", {"body": "Changed.", "version": 2})
        assert len([query for query in captured if "SAVEPOINT" not in query["sql"]]) <= 16

    def test_is_in_the_history_as_the_authors(self, sender):
        sender.edit("Changed.")
        event = sender.row.events.latest("pk")
        assert (event.verb, event.actor_kind, event.actor) == ("edit", "AUTHOR", None)


class TestWithdrawing:
    @pytest.mark.parametrize(
        "status", [Status.UNCONFIRMED, Status.PENDING, Status.APPROVED, Status.REJECTED, Status.SPAM]
    )
    def test_takes_a_comment_back_from_any_state(self, client, page, status):
        comment = VisitorCommentFactory(page=page, status=status)
        headers = {"Authorization": f"Receipt {receipts.make_receipt(comment)}"}
        url = f"{API}comments/{comment.uuid}/own/"
        first, second = [client.delete(url, headers=headers) for _ in range(2)]
        assert (first.status_code, first.json()["state"], first.json()["reason"]) == (
            200,
            "REMOVED",
            "withdrawn",
        )
        assert first.content == second.content
        event = comment.events.latest("pk")
        assert (event.verb, event.from_status, event.actor_kind) == ("withdraw", status, "AUTHOR")
        assert comment.events.filter(verb="withdraw").count() == 1

    def test_works_when_the_page_is_gone(self, page, sender):
        page.delete()
        assert sender.ask("DELETE").json()["state"] == "REMOVED"

    def test_works_when_the_page_is_private_and_closed(self, page, sender):
        CommentThreadFactory(page=page, policy=Policy.OFF)
        PageViewRestriction.objects.create(page=page, restriction_type="login")
        assert sender.ask("DELETE").json()["state"] == "REMOVED"

    def test_leaves_a_tombstone_above_replies(self, client, page, sender, moderator, now):
        actions.approve(sender.row, by=moderator, now=now)
        VisitorCommentFactory(page=page, parent=sender.row, body="Mine too.")
        sender.ask("DELETE")
        item = client.get(comments_url(page.pk)).json()["items"][0]
        assert (item["state"], item["body"], item["author"]["name"]) == ("REMOVED", "", "")
        assert item["replies"]["items"][0]["body"] == "Mine too."

    def test_cannot_be_undone_by_a_moderator(self, sender, moderator, now):
        sender.ask("DELETE")
        with pytest.raises(actions.Withdrawn):
            actions.restore(sender.row, by=moderator, now=now)
        assert sender.row.status == "REMOVED"

    def test_is_never_too_late(self, sender):
        age(sender.row, days=80)
        assert sender.ask("DELETE").json()["state"] == "REMOVED"


class TestEverybodyElse:
    def test_reads_the_same_bytes_with_and_without_a_receipt_or_cookies(
        self, client, page, sender, moderator
    ):
        VisitorCommentFactory(page=page)
        public = VisitorComment.objects.get(status="APPROVED")
        addresses = [
            comments_url(page.pk),
            f"{API}comments/{public.uuid}/",
            f"{API}comments/{sender.answer['id']}/",
            f"/massage/comments/{page.pk}/",
        ]
        plain = [client.get(address) for address in addresses]
        receipt = {"Authorization": f"Receipt {sender.receipt}"}
        assert [client.get(address, headers=receipt).content for address in addresses] == [
            answer.content for answer in plain
        ]
        client.force_login(moderator)
        assert [client.get(address).content for address in addresses] == [answer.content for answer in plain]
        assert [answer.status_code for answer in plain] == [200, 200, 404, 200]

    def test_finds_no_receipt_in_the_logs(self, client, page, caplog):
        with caplog.at_level(logging.DEBUG):
            sender = Sender(client, page)
            sender.edit("Changed.")
            sender.edit("Stale.", version=1)
            client.get(sender.path)
            for path in (sender.path[:-3] + "xx/", f"{sender.path}more/", f"{sender.path}withdraw/more/"):
                assert client.get(path).status_code == 410
            for method in ("put", "delete", "options"):
                assert getattr(client, method)(sender.path).status_code == 405
        assert sender.receipt[:-5] not in caplog.text


class TestConfirming:
    def test_after_an_edit_remembers_what_the_first_text_was_held_for(self, client, page, settings, now):
        settings.WAGTAIL_MASSAGE_COMMENTS_EMAIL = "CONFIRMED"
        CommentThreadFactory(page=page, policy=Policy.POST)
        held = Sender(client, page, author_email="rowan@example.com", form_token="")
        assert held.edit("Nothing to object to.").json()["state"] == "UNCONFIRMED"
        actions.confirm(held.row, now=now)
        assert held.read()["state"] == "PENDING"
