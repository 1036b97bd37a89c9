"""What the links in mails do: confirm an address, stop mails. In HTML and in JSON, with tokens good and bad."""

from __future__ import annotations

import logging
from datetime import timedelta
from unittest import mock

import pytest
from django.core import signing
from django.db import OperationalError, connection
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from tests.comments.conftest import NOW
from tests.comments.faces import API, post_json
from tests.comments.postbox import header_path, path_of
from tests.comments.test_health import QUESTION
from tests.mail_sink import text_of
from wagtail_massage.comments import actions
from wagtail_massage.comments.mails import deliver_due
from wagtail_massage.comments.mails.links import confirm_token, unsubscribe_token
from wagtail_massage.comments.models import MailRefusal, VisitorComment
from wagtail_massage.comments.states import EmailRule, Policy, Status
from wagtail_massage.comments.text import recipient_key
from wagtail_massage.comments.tokens import Purpose, make_token

WREN = "wren@visitors.example"


def confirm_url(token):
    return reverse("wagtail_massage_comments:confirm", args=[token])


def unsubscribe_url(token):
    return reverse("wagtail_massage_comments:unsubscribe", args=[token])


def checksums():
    """Return a fingerprint of every table of the room."""
    tables = [name for name in connection.introspection.table_names() if "massage_comments" in name]
    assert len(tables) > 8
    with connection.cursor() as cursor:
        for table in sorted(tables):
            cursor.execute(f"SELECT * FROM {table} ORDER BY id")
            yield table, hash(str(cursor.fetchall()))


class HtmlLinks:
    """The pages that the links in mails lead to."""

    bad = 410

    def __init__(self):
        self.client = Client()

    def confirm(self, token):
        return self.client.post(confirm_url(token)).status_code

    def unsubscribe(self, token, **wish):
        posted = {"scope": wish.get("scope", "COMMENT"), "wanted": "yes" if wish.get("wanted") else "no"}
        return self.client.post(unsubscribe_url(token), posted).status_code


class JsonLinks:
    """The same for a front end."""

    bad = 410

    def __init__(self):
        self.client = Client()

    def confirm(self, token):
        return post_json(self.client, f"{API}comments/confirm/", {"token": token}).status_code

    def unsubscribe(self, token, **wish):
        return post_json(self.client, f"{API}comments/unsubscribe/", {"token": token} | wish).status_code


@pytest.fixture(params=[HtmlLinks, JsonLinks], ids=["HTML", "JSON"])
def face(request):
    return request.param()


@pytest.fixture
def comment(say):
    """A comment that waits for a moderator, whose author asked for mails."""
    return say(author_email=WREN, wants_mail=True)


class TestConfirming:
    def test_proves_the_address(self, face, comment):
        assert face.confirm(confirm_token(comment)) == 200
        comment.refresh_from_db()
        assert comment.email_verified_at is not None
        assert (comment.status, comment.version) == ("PENDING", 1)

    def test_twice_changes_nothing_more(self, face, comment):
        token = confirm_token(comment)
        face.confirm(token)
        before = dict(checksums())
        assert face.confirm(token) == 200
        assert dict(checksums()) == before

    @pytest.mark.parametrize(("policy", "status"), [(Policy.OPEN, "APPROVED"), (Policy.PRE, "PENDING")])
    def test_sends_a_comment_that_waited_for_it_on_its_way(self, face, say, settings, page, policy, status):
        settings.WAGTAIL_MASSAGE_COMMENTS_EMAIL = EmailRule.CONFIRMED
        actions.set_policy(page=page, policy=policy, by=None, now=NOW)
        comment = say(author_email=WREN)
        assert comment.status == Status.UNCONFIRMED
        face.confirm(confirm_token(comment))
        comment.refresh_from_db()
        assert comment.status == status

    def test_is_what_the_link_in_the_mail_does(self, comment, sink, client):
        deliver_due(now=NOW + timedelta(hours=1))
        mail = next(mail for mail in sink.mails if mail["To"] == WREN)
        path = path_of(text_of(mail), "confirm")
        shown = client.get(path)
        assert "Yes, this is my address" in shown.content.decode()
        assert "Thank you, your address is confirmed" in client.post(path).content.decode()
        assert "already confirmed" in client.post(path).content.decode()
        assert "already confirmed" in client.get(path).content.decode()

    def test_says_where_the_comment_is_then(self, client, say, page, settings, moderator):
        settings.WAGTAIL_MASSAGE_COMMENTS_EMAIL = EmailRule.CONFIRMED
        waiting = say(author_email=WREN)
        assert "A moderator reads" in client.post(confirm_url(confirm_token(waiting))).content.decode()
        actions.set_policy(page=page, policy=Policy.OPEN, by=None, now=NOW)
        at_once = say(author_email="ash@visitors.example")
        assert "Your comment is public." in client.post(confirm_url(confirm_token(at_once))).content.decode()
        asked = say(QUESTION, author_email="holly@visitors.example")
        shown = client.post(confirm_url(confirm_token(asked))).content.decode()
        assert "does not appear below the article" in shown
        settings.WAGTAIL_MASSAGE_COMMENTS_EMAIL = EmailRule.OPTIONAL
        actions.set_policy(page=page, policy=Policy.PRE, by=None, now=NOW)
        late = actions.reject(say(author_email=WREN, wants_mail=True), by=moderator, now=NOW)
        shown = client.post(confirm_url(confirm_token(late))).content.decode()
        assert "decided not to publish it" in shown

    def test_answers_a_front_end_with_the_state(self, client, comment):
        answer = post_json(client, f"{API}comments/confirm/", {"token": confirm_token(comment)})
        assert answer.json() == {"id": str(comment.uuid), "state": "PENDING", "was_confirmed": False}
        assert answer["Cache-Control"] == "private, no-store"

    def test_names_a_page_only_while_the_public_may_know_it(self, client, comment, page):
        assert "Warm stones" in client.get(confirm_url(confirm_token(comment))).content.decode()
        page.unpublish()
        shown = client.get(confirm_url(confirm_token(comment)))
        assert shown.status_code == 200
        assert "Warm stones" not in shown.content.decode()


class TestUnsubscribing:
    def test_from_one_comment_leaves_the_others(self, face, comment, say):
        other = say(author_email=WREN, wants_mail=True)
        assert face.unsubscribe(unsubscribe_token(comment)) == 200
        wishes = dict(VisitorComment.objects.values_list("pk", "wants_mail"))
        assert wishes == {comment.pk: False, other.pk: True}
        assert not MailRefusal.objects.exists()

    def test_from_everything_holds_for_the_mailbox_however_it_is_written(self, face, comment):
        assert face.unsubscribe(unsubscribe_token(comment), scope="EVERYTHING") == 200
        assert MailRefusal.objects.get().recipient_key == recipient_key("WREN+x@Visitors.example")

    @pytest.mark.parametrize("scope", ["COMMENT", "EVERYTHING"])
    def test_can_be_taken_back(self, face, comment, scope):
        token = unsubscribe_token(comment)
        before = dict(checksums())
        face.unsubscribe(token, scope=scope)
        assert dict(checksums()) != before
        assert face.unsubscribe(token, scope=scope, wanted=True) == 200
        assert dict(checksums()) == before

    def test_twice_is_as_good_as_once(self, face, comment):
        token = unsubscribe_token(comment)
        for scope in ("COMMENT", "EVERYTHING"):
            face.unsubscribe(token, scope=scope)
            before = dict(checksums())
            assert face.unsubscribe(token, scope=scope) == 200
            assert dict(checksums()) == before

    def test_from_everything_works_when_the_comment_is_gone(self, face, comment):
        token = unsubscribe_token(comment)
        actions.remove(comment, by=None, now=NOW)
        assert face.unsubscribe(token, scope="EVERYTHING") == 200
        assert MailRefusal.objects.count() == 1

    def test_is_one_click_for_a_mail_program(self, comment, sink, moderator):
        actions.approve(actions.confirm(comment, now=NOW), by=moderator, now=NOW)
        deliver_due(now=NOW + timedelta(hours=1))
        mail = next(mail for mail in sink.mails if mail["Subject"].endswith("Your comment is published"))
        provider = Client(enforce_csrf_checks=True)
        for content_type in ("application/x-www-form-urlencoded", "multipart/form-data; boundary=b"):
            VisitorComment.objects.update(wants_mail=True)
            body = {
                "application/x-www-form-urlencoded": b"List-Unsubscribe=One-Click",
                "multipart/form-data; boundary=b": b"--b\r\nContent-Disposition: form-data; "
                b'name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--b--\r\n',
            }[content_type]
            response = provider.post(header_path(mail), body, content_type=content_type)
            assert response.status_code == 200
            assert not response.cookies
            comment.refresh_from_db()
            assert comment.wants_mail is False

    def test_with_one_click_by_somebody_who_never_confirmed_stops_everything(self, comment):
        url = unsubscribe_url(unsubscribe_token(comment))
        Client().post(url, {"List-Unsubscribe": "One-Click"})
        assert MailRefusal.objects.get().recipient_key == recipient_key(WREN)

    def test_offers_what_is_left_to_choose(self, client, comment):
        url = unsubscribe_url(unsubscribe_token(comment))
        actions.confirm(comment, now=NOW)
        assert "No more mails about this comment" in client.get(url).content.decode()
        assert "Send me mails about this comment" in client.post(url).content.decode()
        refused = client.post(url, {"scope": "EVERYTHING"}).content.decode()
        assert "Allow mails again" in refused
        assert "about this comment" not in refused

    def test_answers_a_front_end_with_what_holds(self, client, comment):
        url, token = f"{API}comments/unsubscribe/", unsubscribe_token(comment)
        wish = {"token": token, "scope": "EVERYTHING"}
        assert post_json(client, url, wish).json() == {"wants_mail": False, "refuses_all": True}
        assert post_json(client, url, wish | {"wanted": True}).json() == {
            "wants_mail": True,
            "refuses_all": False,
        }


class TestLooking:
    @pytest.mark.parametrize("method", ["get", "head", "options", "put", "patch", "delete", "trace"])
    def test_at_a_link_changes_nothing(self, client, comment, method):
        before = dict(checksums())
        for url in (confirm_url(confirm_token(comment)), unsubscribe_url(unsubscribe_token(comment))):
            status = getattr(client, method)(url).status_code
            assert status == (200 if method in {"get", "head"} else 405)
        assert dict(checksums()) == before

    @pytest.mark.parametrize("method", ["get", "head", "options"])
    def test_at_the_api_changes_nothing(self, client, comment, method):
        before = dict(checksums())
        for step in ("confirm", "unsubscribe"):
            getattr(client, method)(f"{API}comments/{step}/", {"token": confirm_token(comment)})
        assert dict(checksums()) == before


class TestAnyAnswer:
    @pytest.mark.parametrize("method", ["get", "post"])
    @pytest.mark.parametrize("is_good", [True, False])
    def test_is_kept_nowhere_and_goes_nowhere(self, client, comment, method, is_good):
        token = confirm_token(comment) if is_good else "nonsense"
        response = getattr(client, method)(confirm_url(token))
        assert response["Cache-Control"] == "private, no-store"
        assert response["X-Robots-Tag"] == "noindex"
        assert response["Referrer-Policy"] == "no-referrer"
        assert not response.cookies

    def test_to_a_bad_token_is_friendly(self, client, db):
        response = client.get(confirm_url("nonsense"))
        assert response.status_code == 410
        assert "This link does not work any more." in response.content.decode()

    def test_to_a_bad_token_is_a_problem_for_a_front_end(self, client, db):
        answer = post_json(client, f"{API}comments/confirm/", {"token": "nonsense"})
        assert answer.status_code == 410
        assert answer.json()["type"] == "urn:wagtail-massage:problem:token"

    def test_is_friendly_when_the_database_is_away(self, client, comment, monkeypatch):
        def fail(*args, **values):
            raise OperationalError("the server is gone")

        token = confirm_token(comment)
        monkeypatch.setattr(actions, "confirm", fail)
        response = client.post(confirm_url(token))
        assert (response.status_code, response["Retry-After"]) == (503, "5")

    def test_is_friendly_to_what_cannot_be_read(self, client, comment):
        url = unsubscribe_url(unsubscribe_token(comment))
        response = client.generic("POST", url, b"x", content_type="multipart/form-data")
        assert response.status_code == 400

    def test_leaves_no_token_in_the_log(self, client, comment, caplog, monkeypatch):
        caplog.set_level(logging.DEBUG)
        good, bad = confirm_token(comment), confirm_token(comment)[:-1] + "!"
        for token in (good, bad):
            for method in ("get", "post", "put", "options"):
                getattr(client, method)(confirm_url(token))
                getattr(client, method)(unsubscribe_url(token))
            post_json(client, f"{API}comments/confirm/", {"token": token})
            post_json(client, f"{API}comments/unsubscribe/", {"token": token})
        assert good[:60] not in caplog.text


class TestToken:
    """None is accepted for what it was not made for, by somebody it was not made for, or too late."""

    @pytest.mark.parametrize("purpose", list(Purpose))
    def test_of_one_purpose_is_worthless_for_another(self, face, comment, purpose):
        token = make_token(purpose, str(comment.uuid), recipient_key(WREN))
        accepted = {"confirm": purpose == Purpose.CONFIRM, "unsubscribe": purpose == Purpose.UNSUBSCRIBE}
        for use, is_good in accepted.items():
            before = dict(checksums())
            assert getattr(face, use)(token) == (200 if is_good else face.bad)
            assert (dict(checksums()) == before) is not is_good

    @pytest.mark.parametrize("purpose", [Purpose.CONFIRM, Purpose.UNSUBSCRIBE])
    @pytest.mark.parametrize("count", [0, 1, 3])
    def test_with_another_number_of_values_is_refused(self, face, comment, purpose, count):
        values = [str(comment.uuid), recipient_key(WREN), "more"][:count]
        assert getattr(face, purpose)(make_token(purpose, *values)) == face.bad

    @pytest.mark.parametrize("uuid", ["", "7", "x" * 36, "00000000-0000-0000-0000-000000000000"])
    def test_about_nothing_confirms_nothing(self, face, comment, uuid):
        assert face.confirm(make_token(Purpose.CONFIRM, uuid, recipient_key(WREN))) == face.bad

    def test_of_one_comment_and_another_mailbox_confirms_nothing(self, face, comment, say):
        other = say(author_email="ash@visitors.example", wants_mail=True)
        before = dict(checksums())
        token = make_token(Purpose.CONFIRM, str(comment.uuid), recipient_key(other.author_email))
        assert face.confirm(token) == face.bad
        token = make_token(Purpose.UNSUBSCRIBE, str(comment.uuid), recipient_key(other.author_email))
        assert face.unsubscribe(token) == 200
        assert dict(checksums()) == before

    @pytest.mark.parametrize("status", [Status.REMOVED, Status.ERASED])
    def test_is_worthless_when_the_comment_is_gone(self, face, comment, status):
        token = confirm_token(comment)
        VisitorComment.objects.update(status=status, author_email="")
        assert face.confirm(token) == face.bad

    @pytest.mark.parametrize(("use", "days"), [("confirm", 7), ("unsubscribe", 400)])
    def test_is_too_old_after_a_while(self, face, comment, use, days):
        token = {"confirm": confirm_token, "unsubscribe": unsubscribe_token}[use](comment)
        made = timezone.now().timestamp()
        for age, status in ((days * 86400 + 60, face.bad), (days * 86400 - 60, 200)):
            with mock.patch.object(signing.time, "time", lambda age=age: made + age):
                assert getattr(face, use)(token) == status

    @pytest.mark.parametrize("use", ["confirm", "unsubscribe"])
    def test_of_an_older_key_counts_while_the_site_says_so(self, face, comment, use):
        with override_settings(SECRET_KEY="old" * 20):
            token = {"confirm": confirm_token, "unsubscribe": unsubscribe_token}[use](comment)
        assert getattr(face, use)(token) == face.bad
        with override_settings(SECRET_KEY_FALLBACKS=["old" * 20]):
            before = dict(checksums())
            assert getattr(face, use)(token) == 200
            assert dict(checksums()) != before

    @pytest.mark.parametrize("use", ["confirm", "unsubscribe"])
    def test_with_any_bit_changed_is_worthless(self, comment, use):
        token = {"confirm": confirm_token, "unsubscribe": unsubscribe_token}[use](comment)
        before = dict(checksums())
        face = JsonLinks()
        for position, character in enumerate(token):
            for bit in range(7):
                altered = token[:position] + chr(ord(character) ^ (1 << bit)) + token[position + 1 :]
                assert getattr(face, use)(altered) in {410, 422}
        assert dict(checksums()) == before

    def test_cannot_be_made_of_a_form_token(self, face, comment, page):
        from tests.comments.faces import good_token

        for use in ("confirm", "unsubscribe"):
            assert getattr(face, use)(good_token(page)) == face.bad

    def test_too_long_to_be_one_is_refused(self, face, db):
        assert face.confirm("x" * 1001) in {410, 422}
