"""Commenting as a user of the site who is signed in."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from wagtail.models import PageViewRestriction

from tests.comments.faces import FIELDS, comments_url, post_json
from tests.comments.test_html import inputs, parse
from tests.projects.blog.models import BlogPage
from wagtail_massage.comments import receipts
from wagtail_massage.comments.models import VisitorComment
from wagtail_massage.comments.states import Policy, Status
from wagtail_massage.testing.comments import CommentThreadFactory, VisitorCommentFactory

pytestmark = pytest.mark.contract

IDENTITY = "/massage/comments/identity/"


@pytest.fixture
def url(page):
    return f"/massage/comments/{page.pk}/member/"


@pytest.fixture
def user(db):
    return get_user_model().objects.create_user(
        "pippa", "pippa@example.com", "secret", first_name="Pippa", last_name="Rush"
    )


@pytest.fixture
def member(client, user):
    client.force_login(user)
    return client


def text_of(response):
    return response.content.decode()


class TestMemberForm:
    def test_asks_to_sign_in_first_and_leads_back(self, client, url, settings):
        settings.LOGIN_URL = "/sign-in/"
        for method in (client.get, client.post):
            response = method(f"{url}?reply=x")
            assert (response.status_code, response["Location"]) == (302, f"/sign-in/?next={url}%3Freply%3Dx")
            assert response["Cache-Control"] == "private, no-store"

    def test_names_the_user_and_asks_for_neither_name_nor_address(self, member, url):
        response = member.get(url)
        assert response.status_code == 200
        assert response["Cache-Control"] == "private, no-store"
        assert "Cookie" in response["Vary"]
        assert "Pippa Rush" in text_of(response)
        assert {"author_name", "author_email", "form_token"}.isdisjoint(inputs(response))

    def test_stores_a_comment_by_the_user(self, member, url, user):
        response = member.post(
            url, {"body": "Calm at last.", "author_name": "Somebody else", "wants_mail": "on"}
        )
        stored = VisitorComment.objects.get()
        assert (response.status_code, stored.status) == (303, Status.PENDING)
        assert (stored.author_kind, stored.author_user, stored.author_name) == ("USER", user, "Pippa Rush")
        assert (stored.author_email, stored.wants_mail) == ("pippa@example.com", True)
        assert receipts.find_own(response["Location"].split("/")[-2]) == stored

    def test_sent_twice_stores_once_and_leads_to_the_same_page(self, member, url):
        answers = [member.post(url, {"body": "Calm at last."}) for _ in range(2)]
        tokens = [answer["Location"].split("/")[-2] for answer in answers]
        assert {receipts.find_own(token).pk for token in tokens} == {VisitorComment.objects.get().pk}

    def test_is_open_where_only_members_may_write(self, member, page, url):
        CommentThreadFactory(page=page, policy=Policy.MEMBERS)
        assert list(parse(member.get(url)).iter("textarea"))
        assert member.post(url, {"body": "Calm at last."}).status_code == 303

    def test_answers_a_comment(self, member, page, url):
        question = VisitorCommentFactory(page=page, body="Does it hurt?")
        form = member.get(url, {"reply": str(question.uuid)})
        assert "Does it hurt?" in text_of(form)
        member.post(url, inputs(form) | {"body": "Not a bit."})
        assert VisitorComment.objects.get(status=Status.PENDING).parent == question

    def test_does_not_answer_what_is_not_public(self, member, page, url, home):
        other = home.add_child(instance=BlogPage(title="Other", slug="other"))
        hidden = VisitorCommentFactory(page=page, status=Status.PENDING)
        for reply in (hidden.uuid, VisitorCommentFactory(page=other).uuid, "nonsense"):
            assert member.get(url, {"reply": str(reply)}).status_code == 404
        response = member.post(url, {"body": "Kept.", "parent": str(hidden.uuid)})
        assert (response.status_code, inputs(response)["parent"]) == (422, "")
        assert "Kept." in text_of(response)

    def test_is_protected_against_forged_requests(self, user, url):
        client = Client(enforce_csrf_checks=True)
        client.force_login(user)
        assert client.post(url, {"body": "Forged."}).status_code == 403
        token = inputs(client.get(url))["csrfmiddlewaretoken"]
        assert client.post(url, {"body": "Meant.", "csrfmiddlewaretoken": token}).status_code == 303
        assert VisitorComment.objects.get().body == "Meant."

    def test_keeps_the_text_that_cannot_be_stored(self, member, page, url, settings):
        response = member.post(url, {"body": "x" * 5001})
        assert response.status_code == 422
        assert "x" * 5001 in text_of(response)
        settings.WAGTAIL_MASSAGE_COMMENTS_RATE = "1/h"
        member.post(url, {"body": "One."})
        response = member.post(url, {"body": "One more thing."})
        assert (response.status_code, inputs(response)["body"]) == (429, "One more thing.")

    def test_keeps_the_text_where_comments_are_closed(self, member, page, url):
        CommentThreadFactory(page=page, policy=Policy.CLOSED)
        response = member.post(url, {"body": "Too late, alas."})
        assert response.status_code == 403
        assert [area.text for area in parse(response).iter("textarea")] == ["Too late, alas."]
        assert "Your comment could not be sent" in text_of(response)

    def test_is_not_there_for_pages_that_are_not_public(self, member, page, url):
        PageViewRestriction.objects.create(page=page, restriction_type="login")
        assert [member.get(url).status_code, member.post(url, FIELDS).status_code] == [404, 404]


class TestIdentity:
    def test_gives_a_token_to_whoever_is_signed_in(self, member, page, user):
        response = member.get(IDENTITY)
        document = response.json()
        assert (response["Cache-Control"], document["name"]) == ("private, no-store", "Pippa Rush")
        assert "Cookie" in response["Vary"]
        assert "Access-Control-Allow-Origin" not in response
        member.logout()
        fields = {"body": FIELDS["body"], "author_token": document["author_token"]}
        assert post_json(member, comments_url(page.pk), fields).status_code == 202
        assert VisitorComment.objects.get().author_user == user

    def test_has_nothing_for_anybody_else(self, client):
        response = client.get(IDENTITY)
        assert (response.status_code, response.content) == (204, b"")
        assert response["Cache-Control"] == "private, no-store"

    @pytest.mark.parametrize("site", ["cross-site", "same-site"])
    def test_has_nothing_for_another_site(self, member, site):
        assert member.get(IDENTITY, headers={"Sec-Fetch-Site": site}).status_code == 204

    def test_is_for_reading(self, member):
        assert member.post(IDENTITY).status_code == 405


class TestPublicPiece:
    def test_is_the_same_for_a_member(self, client, page, user):
        VisitorCommentFactory(page=page)
        addresses = (comments_url(page.pk), f"/massage/comments/{page.pk}/")
        before = [client.get(address).content for address in addresses]
        client.force_login(user)
        assert [client.get(address).content for address in addresses] == before
