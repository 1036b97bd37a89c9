"""The JSON face of comments: what only a machine can send, and what only a machine reads."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest
from pydantic import TypeAdapter

from tests.comments.faces import API, FIELDS, comments_url, good_token, post_json
from wagtail_massage.comments.api import schemas
from wagtail_massage.comments.models import VisitorComment
from wagtail_massage.comments.states import Policy, Status
from wagtail_massage.comments.tokens import Purpose, read_token
from wagtail_massage.testing.comments import CommentThreadFactory, VisitorCommentFactory

pytestmark = pytest.mark.contract

ASKED_FOR = set(schemas.MassageCommentDraft.model_fields)


@pytest.fixture
def url(page):
    return comments_url(page.pk)


def assert_problem(response, status, slug):
    document = response.json()
    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    assert document["type"] == f"urn:wagtail-massage:problem:{slug}"
    assert document["status"] == status
    return document


class TestPost:
    def test_answers_202_with_the_id_and_text_of_what_waits(self, client, page, url):
        response = post_json(client, url, FIELDS | {"form_token": good_token(page)})
        document = response.json()
        assert response.status_code == 202
        assert (document["state"], document["body"]) == ("PENDING", FIELDS["body"])
        assert document["id"] == str(VisitorComment.objects.get().uuid)

    def test_answers_201_when_public_at_once(self, client, page, url):
        CommentThreadFactory(page=page, policy=Policy.POST)
        response = post_json(client, url, FIELDS | {"form_token": good_token(page)})
        assert (response.status_code, response.json()["state"]) == (201, "APPROVED")

    def test_without_a_token_is_held_whatever_the_policy(self, client, page, url):
        CommentThreadFactory(page=page, policy=Policy.POST)
        response = post_json(client, url, FIELDS)
        assert (response.status_code, response.json()["state"]) == (202, "PENDING")

    @pytest.mark.parametrize("seconds_ago", [0, 3, 2 * 24 * 3600, -3600])
    def test_with_a_token_of_no_believable_age_gets_a_fresh_one(
        self, client, page, url, seconds_ago, settings
    ):
        settings.WAGTAIL_MASSAGE_COMMENTS_MIN_SECONDS = 600  # however slow the machine is
        response = post_json(client, url, FIELDS | {"form_token": good_token(page, seconds_ago=seconds_ago)})
        document = assert_problem(response, 422, "form-token")
        assert document["form_token"]
        assert response["Retry-After"] == "600"
        assert not VisitorComment.objects.exists()

    @pytest.mark.parametrize("token", ["nonsense", "a:b:c", "\x00", "x" * 10_000])
    def test_with_a_token_that_was_made_up_gets_a_fresh_one(self, client, url, token):
        assert_problem(post_json(client, url, FIELDS | {"form_token": token}), 422, "form-token")

    def test_with_the_token_of_another_page_gets_a_fresh_one(self, client, page, url, home):
        assert_problem(post_json(client, url, FIELDS | {"form_token": good_token(home)}), 422, "form-token")

    def test_does_not_know_spam_from_pending(self, client, page, url):
        links = " ".join(f"https://example.com/{number}" for number in range(9))
        answers = [post_json(client, url, FIELDS | {"body": body}).json() for body in (links, "Fine.")]
        for answer in answers:
            assert answer["receipt"]
            for own in ("id", "body", "body_html", "created_at", "receipt"):
                del answer[own]
        assert set(VisitorComment.objects.values_list("status", flat=True)) == {"SPAM", "PENDING"}
        assert answers[0] == answers[1]


class TestIdempotencyKey:
    def test_sent_twice_answers_the_same_comment(self, client, url):
        first, second = [post_json(client, url, FIELDS, headers={"Idempotency-Key": "k1"}) for _ in range(2)]
        answers = [answer.json() for answer in (first, second)]
        receipts = {read_token(Purpose.RECEIPT, answer.pop("receipt"))[0] for answer in answers}
        assert receipts == {answers[0]["id"]}  # equivalent, made at different seconds
        assert answers[0] == answers[1]
        assert VisitorComment.objects.count() == 1

    def test_sent_with_another_text_is_refused(self, client, url):
        post_json(client, url, FIELDS, headers={"Idempotency-Key": "k1"})
        response = post_json(client, url, FIELDS | {"body": "No."}, headers={"Idempotency-Key": "k1"})
        assert_problem(response, 422, "idempotency-key-reused")

    def test_with_equal_texts_tells_two_comments_apart(self, client, url):
        ids = {
            post_json(client, url, FIELDS, headers={"Idempotency-Key": key}).json()["id"]
            for key in ("a", "b")
        }
        assert len(ids) == 2

    def test_too_long_is_refused(self, client, url):
        response = post_json(client, url, FIELDS, headers={"Idempotency-Key": "k" * 256})
        assert_problem(response, 400, "invalid-parameter")


class TestBody:
    @pytest.mark.parametrize(
        "content_type",
        [
            "text/plain",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x",
            "application/xml",
            "application/json-seq",
        ],
    )
    def test_of_another_type_is_415(self, client, url, content_type):
        response = client.generic("POST", url, json.dumps(FIELDS), content_type=content_type)
        assert_problem(response, 415, "unsupported-media-type")
        assert not VisitorComment.objects.exists()

    def test_with_a_charset_is_read(self, client, url):
        response = client.generic(
            "POST", url, json.dumps(FIELDS), content_type="application/json; charset=utf-8"
        )
        assert response.status_code == 202

    @pytest.mark.parametrize(
        "content",
        [
            b" ",
            b"{",
            b"\xff\xfe",
            b"[" * 60_000,
            b'{"body": "\\ud800", "author_name": "A"}',
            b'{"body": ' + b"9" * 5_000 + b"}",
        ],
        ids=["blank", "cut", "not utf-8", "deep", "surrogate", "huge number"],
    )
    def test_that_is_no_json_is_400(self, client, url, content):
        response = client.generic("POST", url, content, content_type="application/json")
        assert_problem(response, 400, "malformed-json")

    def test_over_64_kilobytes_is_413(self, client, url):
        assert_problem(post_json(client, url, FIELDS | {"body": "x" * 100_000}), 413, "too-large")

    @pytest.mark.parametrize("value", [[], ["a"], {}, {"a": 1}, 1, 1.5, True, None])
    @pytest.mark.parametrize("field", ["author_name", "body"])
    def test_with_something_else_than_text_is_422_by_field(self, client, url, field, value):
        document = assert_problem(post_json(client, url, FIELDS | {field: value}), 422, "validation")
        assert [error["loc"] for error in document["errors"]] == [["body", field]]

    @pytest.mark.parametrize("value", [[], None, "text", 3])
    def test_that_is_no_object_is_422(self, client, url, value):
        assert_problem(post_json(client, url, value), 422, "validation")

    @pytest.mark.parametrize("locale", ["x" * 17, "nul\x00", "en_GB", "💆"])
    def test_with_a_locale_that_is_none_is_422(self, client, url, locale):
        assert_problem(post_json(client, url, FIELDS | {"locale": locale}), 422, "validation")

    def test_that_names_a_field_twice_counts_the_last(self, client, url):
        content = '{"author_name": "A", "body": "first", "body": "second"}'
        response = client.generic("POST", url, content, content_type="application/json")
        assert response.json()["body"] == "second"

    @pytest.mark.parametrize(
        "name",
        sorted(
            (
                {field.name for field in VisitorComment._meta.get_fields()}
                | {field.attname for field in VisitorComment._meta.concrete_fields}
                | {"state", "author", "is_staff", "by", "trap", "created", "user", "__class__"}
            )
            - ASKED_FOR
        ),
    )
    def test_cannot_set_what_it_is_not_asked_for(self, client, url, name):
        document = assert_problem(post_json(client, url, FIELDS | {name: "APPROVED"}), 422, "validation")
        assert document["errors"][0]["loc"] == ["body", name]
        assert not VisitorComment.objects.exists()


class TestList:
    def test_is_what_its_schema_says(self, client, page, url):
        question = VisitorCommentFactory(page=page)
        gone = VisitorCommentFactory(page=page, parent=question, status=Status.REMOVED)
        VisitorCommentFactory(page=page, parent=gone, body="See https://example.com/")
        TypeAdapter(schemas.MassageCommentThreadPart).validate_json(client.get(url).content, extra="forbid")

    def test_names_the_team(self, client, page, url):
        comment = VisitorCommentFactory(page=page)
        VisitorComment.objects.filter(pk=comment.pk).update(badge="STAFF")
        assert client.get(url).json()["items"][0]["author"]["badge"] == "STAFF"

    def test_may_be_kept_by_shared_caches(self, client, url):
        assert client.get(url)["Cache-Control"] == "public, s-maxage=60"

    @pytest.mark.parametrize("limit", ["0", "-1", "101", "x", "1.5", "9" * 30, ""])
    def test_refuses_a_limit_that_is_none(self, client, url, limit):
        assert_problem(client.get(url, {"limit": limit}), 400, "invalid-parameter")

    @pytest.mark.parametrize("sort", ["created_at", "-created_at", "author_email", "OLDEST"])
    def test_refuses_an_order_it_does_not_have(self, client, url, sort):
        assert_problem(client.get(url, {"sort": sort}), 400, "invalid-parameter")

    @pytest.mark.parametrize("name", ["ordering", "status", "author_email", "fields", "offset", "Cursor"])
    def test_refuses_a_parameter_it_does_not_know(self, client, url, name):
        assert_problem(client.get(url, {name: "1"}), 400, "unknown-parameter")

    @pytest.mark.parametrize("cursor", ["nonsense", "W10:x", "💆", "x" * 5_000])
    def test_refuses_a_cursor_that_was_made_up(self, client, url, cursor):
        document = assert_problem(client.get(url, {"cursor": cursor}), 400, "invalid-parameter")
        assert document["errors"][0]["loc"] == ["query", "cursor"]

    def test_refuses_the_cursor_of_another_order_page_or_list(self, client, page, url, home):
        for _ in range(2):
            comment = VisitorCommentFactory(page=page)
        cursor = client.get(url, {"limit": 1}).json()["next"]
        other = home.add_child(instance=type(page.specific)(title="Other", slug="other"))
        for address, extra in [
            (url, {"sort": "newest"}),
            (comments_url(other.pk), {}),
            (f"{API}comments/{comment.uuid}/replies/", {}),
        ]:
            assert_problem(client.get(address, {"cursor": cursor, **extra}), 400, "invalid-parameter")

    def test_does_not_answer_for_another_site(self, client, url):
        assert_problem(client.get(url, {"site": "elsewhere.example"}), 404, "not-found")

    def test_tells_of_a_comment_what_is_documented_and_nothing_else(self, client, page, url):
        for _ in range(3):
            VisitorCommentFactory(page=page)
        first = client.get(url, {"limit": 1}).json()
        names = {"id", "state", "author", "body", "body_html", "created_at", "edited_at"}
        assert set(first["items"][0]) == names | {"depth", "parent", "in_reply_to", "replies"}


class TestComment:
    @pytest.mark.parametrize("path", ["", "replies/"])
    @pytest.mark.parametrize("status", [Status.PENDING, Status.REJECTED, Status.SPAM, Status.UNCONFIRMED])
    def test_that_is_not_public_answers_like_none(self, client, page, path, status):
        hidden = VisitorCommentFactory(page=page, status=status)
        shown = client.get(f"{API}comments/{hidden.uuid}/{path}")
        unknown = client.get(f"{API}comments/{uuid4()}/{path}")
        assert_problem(shown, 404, "not-found")
        assert shown.content == unknown.content

    @pytest.mark.parametrize("name", ["1", "nonsense", "x" * 36, "00000000000000000000000000000000"])
    def test_with_a_name_that_is_none_is_404(self, client, page, name):
        assert_problem(client.get(f"{API}comments/{name}/"), 404, "not-found")

    def test_is_hidden_with_its_page(self, client, page):
        comment = VisitorCommentFactory(page=page)
        page.unpublish()
        assert_problem(client.get(f"{API}comments/{comment.uuid}/"), 404, "not-found")

    def test_brings_its_first_replies(self, client, page):
        question = VisitorCommentFactory(page=page)
        VisitorCommentFactory(page=page, parent=question)
        document = client.get(f"{API}comments/{question.uuid}/").json()
        assert (len(document["replies"]["items"]), document["replies"]["count"]) == (1, 1)


class TestPolicy:
    def test_tells_what_a_form_needs(self, client, page):
        response = client.get(f"{API}pages/{page.pk}/comment-policy/")
        document = response.json()
        TypeAdapter(schemas.MassageCommentPolicy).validate_json(response.content, extra="forbid")
        assert (document["policy"], document["open"], document["max_length"]) == ("PRE", True, 5000)
        assert document["form_token"]

    def test_gives_no_token_where_comments_are_closed(self, client, page):
        CommentThreadFactory(page=page, policy=Policy.CLOSED)
        document = client.get(f"{API}pages/{page.pk}/comment-policy/").json()
        assert (document["open"], document["form_token"]) == (False, None)

    def test_is_not_there_where_comments_are_off(self, client, page):
        CommentThreadFactory(page=page, policy=Policy.OFF)
        assert_problem(client.get(f"{API}pages/{page.pk}/comment-policy/"), 404, "not-found")


class TestCounts:
    url = f"{API}comment-counts/"

    def test_tells_each_page_that_can_be_read(self, client, page, home):
        VisitorCommentFactory(page=page)
        quiet = home.add_child(instance=type(page.specific)(title="Quiet", slug="quiet"))
        draft = home.add_child(instance=type(page.specific)(title="Draft", slug="draft", live=False))
        off = home.add_child(instance=type(page.specific)(title="Off", slug="off"))
        CommentThreadFactory(page=off, policy=Policy.OFF)
        ids = [page.pk, quiet.pk, draft.pk, off.pk, home.pk, 10**6]
        assert client.get(self.url, {"page": ids}).json() == {"counts": {str(page.pk): 1, str(quiet.pk): 0}}

    @pytest.mark.parametrize("ids", [[], ["x"], ["1,2"], ["0"], ["-1"], [str(2**63)], ["9" * 5000]])
    def test_refuses_what_is_no_page(self, client, page, ids):
        assert_problem(client.get(self.url, {"page": ids}), 400, "invalid-parameter")

    def test_answers_for_the_largest_number(self, client, page):
        assert client.get(self.url, {"page": str(2**63 - 1)}).json() == {"counts": {}}

    def test_refuses_more_than_two_hundred_pages(self, client, page):
        assert client.get(self.url, {"page": range(1, 201)}).status_code == 200
        assert_problem(client.get(self.url, {"page": range(1, 202)}), 400, "invalid-parameter")


class TestMethods:
    @pytest.mark.parametrize("method", ["put", "patch", "delete"])
    def test_that_a_list_does_not_have_are_405(self, client, url, method):
        response = getattr(client, method)(url, content_type="application/json")
        assert_problem(response, 405, "method-not-allowed")
        assert response["Allow"] == "GET, HEAD, OPTIONS, POST"

    def test_are_named_to_options(self, client, url):
        response = client.options(url)
        assert (response.status_code, response["Allow"]) == (204, "GET, HEAD, OPTIONS, POST")
