"""The author's private page: without scripts, without cookies, for nobody else."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from django.utils.formats import date_format

from tests.comments.faces import FIELDS, form_url, good_token
from tests.comments.test_html import by_id, inputs, parse
from wagtail_massage.comments import actions, receipts
from wagtail_massage.comments.models import VisitorComment
from wagtail_massage.comments.states import Policy, Status
from wagtail_massage.testing.comments import CommentThreadFactory, VisitorCommentFactory

pytestmark = pytest.mark.contract


def send(client, page, **values):
    return client.post(form_url(page.pk), FIELDS | {"form_token": good_token(page)} | values)


def words(response):
    return " ".join("".join(parse(response).itertext()).split())


def row():
    return VisitorComment.objects.get()


@pytest.fixture
def address(client, page):
    return send(client, page)["Location"]


@pytest.fixture
def enforcing():
    """A client that has no cookies, at a server that wants CSRF tokens."""
    return Client(enforce_csrf_checks=True)


class TestPage:
    def test_is_where_the_form_leads(self, client, page):
        response = send(client, page)
        assert response.status_code == 303
        shown = client.get(response["Location"])
        assert "Thank you for your comment" in words(shown)
        assert "A moderator reads it before it appears on the page." in words(shown)
        assert FIELDS["body"] in words(shown)

    def test_is_private_in_every_answer(self, client, page, address):
        answers = [
            client.get(address),
            client.head(address),
            client.post(address, {"body": "", "version": "1"}),
            client.post(address, {"body": "Changed.", "version": "1"}),
            client.get(f"{address}withdraw/"),
            client.get("/massage/comments/receipt/nonsense/"),
            client.put(address),
        ]
        assert [answer.status_code for answer in answers] == [200, 200, 422, 303, 200, 410, 405]
        for answer in answers:
            assert answer["Cache-Control"] == "private, no-store"
            assert answer["X-Robots-Tag"] == "noindex"
            assert answer["Referrer-Policy"] == "no-referrer"
            assert not answer.cookies
            assert "Cookie" not in answer.get("Vary", "")

    def test_lets_the_browser_load_nothing_from_elsewhere(self, client, address, settings):
        policy = client.get(address)["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'; ")
        assert "script-src" not in policy
        assert "style-src 'self' 'unsafe-inline'" in policy
        settings.STATIC_URL = "https://static.example/assets/"
        call_command("check")  # nothing in the project minds
        assert (
            "style-src 'self' https://static.example 'unsafe-inline'"
            in client.get(address)["Content-Security-Policy"]
        )

    def test_leads_to_the_comment_once_it_is_public(self, client, page, address, moderator, now):
        actions.approve(row(), by=moderator, now=now)
        shown = client.get(address)
        assert "It is public now." in words(shown)
        links = [link.get("href") for link in parse(shown).iter("a")]
        assert f"/massage/comments/{page.pk}/comment/{row().uuid}/" in links

    def test_shows_spam_as_what_waits(self, client, page):
        way = send(client, page)["Location"]
        other_way = send(client, page, massage_extra="x", body="Other words.")["Location"]
        honest, spam = client.get(way), client.get(other_way)
        assert row_of(spam).status == Status.SPAM
        assert words(spam).replace("Other words.", FIELDS["body"]).replace(other_way, way) == words(honest)

    def test_links_nowhere_before_a_moderator_has_seen_it(self, client, page, moderator, now):
        address = send(client, page, body="See https://example.com/ <b>")["Location"]
        assert b"https://example.com/ &lt;b&gt;" in client.get(address).content
        assert b'href="https://example.com/"' not in client.get(address).content
        actions.approve(row(), by=moderator, now=now)
        assert b'href="https://example.com/"' in client.get(address).content

    def test_tells_of_a_rejection(self, client, address, moderator, now):
        actions.reject(row(), by=moderator, now=now)
        shown = client.get(address)
        assert "decided not to publish it" in words(shown)
        assert not list(parse(shown).iter("form"))

    def test_says_how_long_it_works(self, client, address, settings):
        settings.WAGTAIL_MASSAGE_COMMENTS_RECEIPT_DAYS = 3
        until = date_format(timezone.localtime(row().created_at + timedelta(days=3)), "DATE_FORMAT")
        assert f"it works until {until}," in words(client.get(address))

    def test_does_not_name_a_page_that_is_not_public(self, client, page, address):
        assert "Warm stones" in words(client.get(address))
        page.specific.unpublish()
        assert "Warm stones" not in words(client.get(address))
        page.delete()
        assert client.get(address).status_code == 200

    def test_says_kindly_that_a_link_is_broken(self, client, address):
        for broken in (address[:-4] + "/", "/massage/comments/receipt/nonsense/", f"{address}more/"):
            response = client.get(broken)
            assert response.status_code == 410
            assert "This link does not work any more" in words(response)

    def test_holds_no_markup_of_a_visitor(self, client, page):
        shown = client.get(
            send(client, page, author_name="<img src=x>", body="<script>alert(1)</script>")["Location"]
        )
        assert "<script>alert" not in shown.content.decode()
        assert "<img" not in shown.content.decode()

    def test_does_not_go_to_somebody_else_who_sends_the_same(self, client, page):
        CommentThreadFactory(page=page, policy=Policy.POST)
        send(client, page)
        response = send(client, page)  # as it stands on the page for everybody
        assert response["Location"] == f"/massage/comments/{page.pk}/thanks/{row().uuid}/"

    @pytest.mark.parametrize(
        ("values", "passed"), [({"REMOTE_ADDR": "198.51.100.7"}, 0), ({}, 31)], ids=["elsewhere", "later"]
    )
    def test_goes_to_a_second_tap_only(self, client, page, values, passed):
        send(client, page)
        created_at = row().created_at - timedelta(seconds=passed)
        VisitorComment.objects.update(created_at=created_at)
        fields = FIELDS | {"form_token": good_token(page)}
        response = client.post(form_url(page.pk), fields, **values)
        assert "/thanks/" in response["Location"]
        assert VisitorComment.objects.count() == 1


def row_of(response):
    return response.context["own"].row


class TestEditing:
    def test_needs_no_cookie(self, enforcing, client, address):
        sent = inputs(client.get(address))
        response = enforcing.post(address, sent | {"body": "Changed."})
        assert (response.status_code, response["Location"]) == (303, address)
        assert (row().body, row().version) == ("Changed.", 2)
        assert "edited" in words(client.get(address))

    def test_keeps_the_text_that_cannot_be_stored(self, client, address):
        response = client.post(address, {"body": "x" * 5001, "version": "1"})
        assert response.status_code == 422
        tree = parse(response)
        assert next(tree.iter("details")).get("open") is not None
        assert by_id(tree, "massage-comment-body").text.lstrip("\n") == "x" * 5001
        assert "5000 are the most that fit" in words(response)

    def test_of_an_old_version_shows_what_has_happened_and_keeps_the_text(
        self, client, address, moderator, now
    ):
        sent = inputs(client.get(address))
        actions.approve(row(), by=moderator, now=now)
        response = client.post(address, sent | {"body": "Changed."})
        assert response.status_code == 409
        assert "It is public now." in words(response)
        assert client.post(address, inputs(response)).status_code == 303
        assert (row().body, row().status) == ("Changed.", "PENDING")

    def test_after_its_window_keeps_the_text(self, client, address):
        VisitorComment.objects.update(created_at=timezone.now() - timedelta(minutes=31))
        response = client.post(address, {"body": "Too late.", "version": "1"})
        assert response.status_code == 403
        area = by_id(parse(response), "massage-comment-body")
        assert (area.text.lstrip("\n"), area.get("readonly") is not None) == ("Too late.", True)
        assert b'name="body"' not in client.get(address).content

    def test_too_often_is_told_when_to_come_back(self, client, address, settings):
        settings.WAGTAIL_MASSAGE_COMMENTS_RATE = "1/h"
        client.post(address, {"body": "Once.", "version": "1"})
        response = client.post(address, {"body": "Twice.", "version": "2"})
        assert (response.status_code, inputs(response)["body"]) == (429, "Twice.")
        assert int(response["Retry-After"]) > 0

    @pytest.mark.parametrize("version", ["", "x", "0", "9" * 20])
    def test_without_a_version_changes_nothing(self, client, address, version):
        assert client.post(address, {"body": "Changed.", "version": version}).status_code == 422
        assert row().version == 1


class TestWithdrawing:
    def test_asks_first(self, client, address):
        response = client.get(f"{address}withdraw/")
        assert "Yes, withdraw it" in words(response)
        assert row().status == "PENDING"

    def test_needs_no_cookie(self, enforcing, client, address):
        response = enforcing.post(f"{address}withdraw/")
        assert (response.status_code, response["Location"]) == (303, address)
        assert row().status == "REMOVED"
        assert "You have withdrawn this comment." in words(client.get(address))

    def test_twice_is_fine(self, client, address):
        for method in (client.post, client.post, client.get):
            assert method(f"{address}withdraw/").status_code == 303
        assert row().events.filter(verb="withdraw").count() == 1

    def test_is_still_offered_when_the_page_is_closed(self, client, page, address):
        CommentThreadFactory(page=page, policy=Policy.OFF)
        assert "Withdraw this comment" in words(client.get(address))
        client.post(f"{address}withdraw/")
        assert row().status == "REMOVED"

    def test_does_not_open_another_comment(self, client, page, address):
        other = VisitorCommentFactory(page=page)
        client.post(f"{address}withdraw/", {"id": str(other.uuid), "comment": other.pk})
        assert list(VisitorComment.objects.order_by("pk").values_list("status", flat=True)) == [
            "REMOVED",
            "APPROVED",
        ]
        assert receipts.make_receipt(other) not in address
