"""C8, C23: form tokens and purpose tokens, each altered, swapped, expired and used at every door."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core import signing
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone

from tests.comments.faces import FIELDS, comments_url, good_token, post_json
from tests.security.surface import rows
from wagtail_massage.comments import actions
from wagtail_massage.comments.accounts import make_author_token
from wagtail_massage.comments.drafts import Draft, Origin
from wagtail_massage.comments.mails.links import confirm_token, unsubscribe_token
from wagtail_massage.comments.models import VisitorComment
from wagtail_massage.comments.receipts import make_receipt
from wagtail_massage.comments.tokens import Purpose, make_form_token, make_token
from wagtail_massage.testing.comments import VisitorCommentFactory

API = "/api/massage/v1/comments/"


def altered(token: str) -> str:
    return token[:-1] + ("A" if token[-1] != "A" else "B")


def of_another_key(page: Any) -> str:
    with override_settings(SECRET_KEY="the-key-of-somebody-else-0123456789-abcdefghijklmnop"):
        return good_token(page)


FORM_TOKENS = {
    "too young": lambda page, other: good_token(page, seconds_ago=0),
    "expired": lambda page, other: good_token(page, seconds_ago=90_000),
    "from the future": lambda page, other: good_token(page, seconds_ago=-3600),
    "altered": lambda page, other: altered(good_token(page)),
    "another page's": lambda page, other: good_token(other),
    "another key's": lambda page, other: of_another_key(page),
    "nonsense": lambda page, other: "nonsense",
    "without end": lambda page, other: "a:b:" * 10_000,
    "a receipt": lambda page, other: make_token(Purpose.RECEIPT, str(page.pk)),
    "no list": lambda page, other: signing.dumps("x", salt="wagtail_massage_comments.form"),
    "a list of text": lambda page, other: signing.dumps([page.pk, "x"], salt="wagtail_massage_comments.form"),
    "of the year 292277026596": lambda page, other: signing.dumps(
        [page.pk, 2**63], salt="wagtail_massage_comments.form"
    ),
}


@pytest.fixture
def other_page(home):
    from tests.projects.blog.models import BlogPage

    return home.add_child(instance=BlogPage(title="Cold stones", slug="cold-stones"))


@pytest.mark.parametrize("make", FORM_TOKENS.values(), ids=FORM_TOKENS)
class TestAFormTokenThatIsNotGood:
    def test_stores_nothing_and_offers_a_second_step(self, face, page, other_page, make, settings):
        settings.WAGTAIL_MASSAGE_COMMENTS_MIN_SECONDS = 1000  # however slow the machine is
        answer = face.post_id(page.pk, form_token=make(page, other_page))
        assert answer.status_code == 422
        assert not VisitorComment.objects.exists()
        if face.name == "JSON":
            assert answer.json()["type"].endswith(":form-token")
            assert answer.json()["form_token"]
        else:
            assert FIELDS["body"] in answer.content.decode()
            assert answer.context["confirm_token"]

    def test_is_made_good_by_the_second_step(self, face, page, other_page, make, settings):
        settings.WAGTAIL_MASSAGE_COMMENTS_MIN_SECONDS = 0
        token = make(page, other_page) if make is not FORM_TOKENS["too young"] else "nonsense"
        answer = face.post_id(page.pk, form_token=token)
        if face.name == "JSON":
            again = {"form_token": answer.json()["form_token"]}
        else:
            again = {"form_token": token, "confirm_token": answer.context["confirm_token"]}
        assert face.post_id(page.pk, **again).status_code in face.accepted
        assert VisitorComment.objects.count() == 1


class TestAFormToken:
    def test_of_the_second_step_is_for_that_text_only(self, client, page):
        url = f"/massage/comments/{page.pk}/"
        token = client.post(url, FIELDS).context["confirm_token"]
        answer = client.post(url, FIELDS | {"confirm_token": token, "body": "Buy my pills."})
        assert answer.status_code == 422
        assert not VisitorComment.objects.exists()

    def test_outlives_a_change_of_the_key_while_the_old_one_is_a_fallback(self, face, page, settings):
        token, old = good_token(page), settings.SECRET_KEY
        settings.SECRET_KEY = "a-new-key-0123456789-abcdefghijklmnopqrstuvwxyz-0123"
        settings.SECRET_KEY_FALLBACKS = [old]
        assert face.post_id(page.pk, form_token=token).status_code in face.accepted

    def test_with_one_bit_changed_is_never_good(self, page):
        from wagtail_massage.comments.tokens import TokenState, judge_form_token

        token, now = good_token(page), timezone.now()
        for place in range(len(token)):
            for bit in range(7):
                changed = token[:place] + chr(ord(token[place]) ^ 1 << bit) + token[place + 1 :]
                state = judge_form_token(changed, page_id=page.pk, now=now)
                # The last character of a signature carries bits that mean nothing.
                assert state == TokenState.INVALID or place == len(token) - 1, (place, bit)


# Every kind of token there is, for one comment.
TOKENS = {
    "receipt": make_receipt,
    "confirm": confirm_token,
    "unsubscribe": unsubscribe_token,
    "author": lambda comment: make_author_token(identity="customer-1", name="Wren"),
    "form": lambda comment: make_form_token(
        page_id=comment.page_id, now=timezone.now() - timedelta(minutes=1)
    ),
    "an id": lambda comment: str(comment.uuid),
    "a signed id": lambda comment: signing.dumps([str(comment.uuid)]),
    "nothing": lambda comment: "x",
}


def html(name: str, method: str = "post", **values: str) -> Any:
    def use(client: Any, comment: Any, token: str) -> Any:
        return getattr(client, method)(reverse(f"wagtail_massage_comments:{name}", args=[token]), values)

    return use


def json_own(method: str, **values: Any) -> Any:
    def use(client: Any, comment: Any, token: str) -> Any:
        return client.generic(
            method,
            f"{API}{comment.uuid}/own/",
            json.dumps(values) if values else "",
            content_type="application/json",
            HTTP_AUTHORIZATION=f"Receipt {token}",
        )

    return use


def json_token(name: str) -> Any:
    return lambda client, comment, token: post_json(client, f"{API}{name}/", {"token": token})


def author_door(client: Any, comment: Any, token: str) -> Any:
    fields = FIELDS | {"author_token": token, "form_token": good_token(comment.page)}
    return post_json(client, comments_url(comment.page_id), fields)


# Every door, and the one kind of token that opens it.
DOORS = {
    "receipt page": ("receipt", html("receipt", "get")),
    "receipt edit": ("receipt", html("receipt", body="Changed.", version="1")),
    "receipt withdraw": ("receipt", html("withdraw")),
    "confirm page": ("confirm", html("confirm", "get")),
    "confirm": ("confirm", html("confirm")),
    "unsubscribe page": ("unsubscribe", html("unsubscribe", "get")),
    "unsubscribe": ("unsubscribe", html("unsubscribe")),
    "own": ("receipt", json_own("GET")),
    "own edit": ("receipt", json_own("PATCH", body="Changed.", version=1)),
    "own withdraw": ("receipt", json_own("DELETE")),
    "confirm JSON": ("confirm", json_token("confirm")),
    "unsubscribe JSON": ("unsubscribe", json_token("unsubscribe")),
    "author": ("author", author_door),
}


@pytest.fixture
def comment(page):
    """A comment of a minute ago by a guest who wants mails and has yet to confirm the address."""
    draft = Draft(
        body="Warm and unhurried.", author_name="Wren", author_email="wren@example.com", wants_mail=True
    )
    origin = Origin(address="192.0.2.1", token="GOOD")
    return actions.submit(
        page=page, draft=draft, origin=origin, now=timezone.now() - timedelta(minutes=1)
    ).comment


@pytest.mark.parametrize("door", DOORS)
class TestADoor:
    @pytest.mark.parametrize("kind", TOKENS)
    def test_opens_to_its_own_kind_of_token_only(self, client, comment, door, kind):
        opened_by, use = DOORS[door]
        before = rows()
        answer = use(client, comment, TOKENS[kind](comment))
        if kind == opened_by:
            assert answer.status_code < 400, answer.content
        else:
            assert answer.status_code in {401, 403, 404, 410, 422}, answer.content
            assert comment.body not in answer.content.decode()
            assert rows() == before

    def test_stays_shut_to_a_token_that_was_altered_anywhere(self, client, comment, door):
        kind, use = DOORS[door]
        token, before = TOKENS[kind](comment), rows()
        for place in range(0, len(token) - 1, 9):
            changed = token[:place] + ("A" if token[place] != "A" else "B") + token[place + 1 :]
            assert use(client, comment, changed).status_code in {401, 403, 404, 410, 422}
        assert rows() == before

    def test_stays_shut_to_the_token_of_another_key_and_opens_to_that_of_the_key_before(
        self, client, comment, door, settings
    ):
        kind, use = DOORS[door]
        token, old = TOKENS[kind](comment), settings.SECRET_KEY
        settings.SECRET_KEY = "a-new-key-0123456789-abcdefghijklmnopqrstuvwxyz-0123"
        before = rows()
        assert use(client, comment, token).status_code in {401, 403, 404, 410, 422}
        assert rows() == before
        settings.SECRET_KEY_FALLBACKS = [old]
        assert use(client, comment, token).status_code < 400

    def test_stays_shut_to_a_token_that_is_too_old(self, client, comment, door, monkeypatch):
        kind, use = DOORS[door]
        token = TOKENS[kind](comment)
        before, now = rows(), signing.time.time()
        monkeypatch.setattr(signing.time, "time", lambda: now + 500 * 86_400)
        assert use(client, comment, token).status_code in {401, 403, 404, 410, 422}
        assert rows() == before

    def test_leads_to_no_other_comment(self, client, comment, door, page):
        kind, use = DOORS[door]
        other = VisitorCommentFactory(
            page=page, status="PENDING", author_email="finch@example.com", body="The other one."
        )
        token = TOKENS[kind](comment)
        answer = use(client, other, token)
        other_after = VisitorComment.objects.get(pk=other.pk)
        assert "The other one." not in answer.content.decode()
        assert (other_after.version, other_after.body, other_after.email_verified_at) == (
            other.version,
            other.body,
            None,
        )

    def test_stays_shut_once_the_comment_is_erased(self, client, comment, door, moderator):
        kind, use = DOORS[door]
        if kind in {"author", "unsubscribe"}:
            pytest.skip("what this token stands for is not the comment")
        token = TOKENS[kind](comment)
        actions.erase(comment, by=moderator, now=timezone.now())
        before = rows()
        assert use(client, comment, token).status_code in {404, 410}
        assert rows() == before


class TestATokenThatChangesSomething:
    def test_does_so_once(self, client, comment):
        for door in ("confirm", "confirm JSON", "unsubscribe", "unsubscribe JSON", "receipt withdraw"):
            kind, use = DOORS[door]
            token = TOKENS[kind](comment)
            assert use(client, comment, token).status_code < 400
            before = rows()
            assert use(client, comment, token).status_code < 500
            assert rows() == before, door

    def test_holds_nothing_personal(self, comment):
        for kind in ("receipt", "confirm", "unsubscribe", "form"):
            token = TOKENS[kind](comment)
            payload = token.partition(":")[0].lstrip(".")
            plain = signing.b64_decode(payload.encode()).decode("utf-8", "replace")
            assert "wren" not in (token + plain).lower(), kind
