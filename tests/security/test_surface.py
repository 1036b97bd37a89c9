"""The cases that hold for every address: no change by GET, no field but those described, nobody's cookie."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from tests.comments.desk import client_of
from tests.comments.faces import FIELDS, comments_url, form_url, good_token
from tests.security.surface import (
    LABEL,
    Operation,
    columns,
    models,
    operations,
    resolved,
    routes,
    rows,
    schema,
    smallest_body,
)
from wagtail_massage.comments.forms import CommentForm
from wagtail_massage.comments.mails.links import confirm_token, unsubscribe_token
from wagtail_massage.comments.models import VisitorComment
from wagtail_massage.comments.receipts import make_receipt
from wagtail_massage.testing.comments import VisitorCommentFactory

WITH_BODY = [operation for operation in operations() if operation.body_schema]
ORIGINS = [
    "https://evil.example",
    "http://localhost",
    "http://testserver",
    "https://testserver",
    "http://testserver:8000",
    "http://testserver.evil.example",
    "http://eviltestserver",
    "http://sub.testserver",
    "null",
    "",
    "file://",
    "http://testserver%60.evil.example",
]


def name_of(operation: Operation) -> str:
    return f"{operation.method} {operation.path}"


@pytest.fixture
def comment(page):
    """A public comment with everything that an address may ask for."""
    answered = VisitorCommentFactory(page=page, author_email="wren@example.com")
    VisitorCommentFactory(page=page, parent=answered)
    VisitorCommentFactory(page=page, status="PENDING")
    return answered


@pytest.fixture
def known(comment, page, moderator) -> dict[str, Any]:
    """What can stand in an address."""
    return {
        "page_id": page.pk,
        "comment_id": comment.uuid,
        "pk": comment.pk,
        "lane": "all",
        "user_id": moderator.pk,
    }


def urls_of(route: Any, comment: Any, known: dict[str, Any]) -> list[str]:
    """Return what can be asked at a route, with each kind of token where it takes one."""
    if "token" in route.parameters:
        tokens = [confirm_token(comment), unsubscribe_token(comment), make_receipt(comment)]
        return [reverse(route.name, kwargs={"token": token}) for token in tokens]
    try:
        return [reverse(route.name, kwargs={name: known[name] for name in route.parameters})]
    except KeyError as error:
        # Addresses with ids of other things: what is not there must not be made by asking.
        filler = {name: uuid4() if "uuid" in name else 1 for name in route.parameters}
        assert error.args[0] not in {"comment_id", "page_id"}
        return [reverse(route.name, kwargs=filler)]


class TestReading:
    def test_by_the_owner_changes_nothing_anywhere(self, client, page, comment, known, moderator):
        """Every address of ours by GET and HEAD, as a superuser: every table stays as it is."""
        client.force_login(moderator)
        client.get(reverse("wagtailadmin_home"))
        before, asked = rows(everywhere=True), 0
        for route in routes():
            for url in urls_of(route, comment, known):
                asked += 1
                assert client.get(url).status_code < 500, url
                assert client.head(url).status_code < 500, url
        for operation in operations():
            asked += 1
            assert client.get(operation.url(**known)).status_code < 500
        assert asked > 30
        assert rows(everywhere=True) == before


class TestAnyAddress:
    @pytest.mark.parametrize("origin", ORIGINS)
    def test_invites_no_other_site(self, client, page, comment, known, origin):
        """There are no CORS headers at all: a site that wants some adds django-cors-headers for the API."""
        for operation in operations():
            url = operation.url(**known)
            asked = {"HTTP_ORIGIN": origin, "HTTP_ACCESS_CONTROL_REQUEST_METHOD": "POST"}
            for response in (
                client.options(url, **asked),
                client.generic(operation.method.upper(), url, "{}", "application/json", HTTP_ORIGIN=origin),
            ):
                assert not [name for name in response.headers if name.lower().startswith("access-control")]
        for url in (page.url, form_url(page.pk), reverse(f"{LABEL}:identity")):
            response = client.get(url, HTTP_ORIGIN=origin)
            assert not [name for name in response.headers if name.lower().startswith("access-control")]

    def test_of_a_read_differs_for_caches_by_origin(self, client, page, comment):
        response = client.get(comments_url(page.pk))
        assert "Origin" in response["Vary"]

    def test_is_protected_from_frames_sniffing_and_telling_where_one_came_from(
        self, client, comment, known, moderator
    ):
        client.force_login(moderator)
        for route in routes():
            for url in urls_of(route, comment, known):
                headers = client.get(url).headers
                assert headers["X-Frame-Options"] in {"DENY", "SAMEORIGIN"}, url
                assert headers["X-Content-Type-Options"] == "nosniff", url
                assert headers["Referrer-Policy"] in {"same-origin", "no-referrer"}, url


@pytest.mark.parametrize("operation", WITH_BODY, ids=name_of)
class TestAnyBody:
    def send(self, client, operation, known, body, content_type="application/json", **extra):
        url = operation.url(**known)
        return client.generic(operation.method.upper(), url, body, content_type, **extra)

    @pytest.mark.parametrize(
        "content_type",
        [
            "text/plain",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x",
            "application/xml",
            "",
            "application/jsonp",
            "text/plain; charset=application/json",
        ],
    )
    def test_that_a_form_of_another_site_could_send_is_not_read(self, client, operation, known, content_type):
        body = json.dumps(smallest_body(operation.body_schema))
        before = rows()
        assert self.send(client, operation, known, body, content_type).status_code == 415
        assert rows() == before

    def test_with_the_name_of_a_column_is_refused(self, client, operation, known):
        """Every field of every model of the room, unless the operation describes it."""
        described = set(operation.body_schema["properties"])
        before, tried = rows(), columns() - described
        assert len(tried) > 60
        for name in tried:
            body = {**smallest_body(operation.body_schema), name: "APPROVED"}
            response = self.send(client, operation, known, json.dumps(body))
            assert response.status_code == 422, name
            assert ["body", name] in [error["loc"] for error in response.json()["errors"]]
        assert rows() == before

    def test_that_has_no_body_or_another_shape_is_refused(self, client, operation, known):
        before = rows()
        for body in ("[]", "null", "1", '"x"', '[{"body": "x"}]', "{}", ""):
            response = self.send(client, operation, known, body)
            # Django's client leaves the type out where there is no body.
            assert response.status_code in ({400, 422} if body else {400, 415}), body
            assert response["Content-Type"] == "application/problem+json"
        assert rows() == before


class TestCookies:
    @pytest.fixture
    def signed_in(self, moderator):
        client = Client(enforce_csrf_checks=True)
        client.force_login(moderator)
        return client

    def test_make_nobody_the_author_of_a_comment(self, signed_in, page, moderator):
        """A forged request can do what any visitor can, and nothing in the name of who is signed in."""
        fields = FIELDS | {"form_token": good_token(page)}
        extra = {"HTTP_ORIGIN": "https://evil.example", "HTTP_REFERER": "https://evil.example/"}
        signed_in.post(comments_url(page.pk), json.dumps(fields), content_type="application/json", **extra)
        signed_in.post(form_url(page.pk), fields | {"body": "Another."}, **extra)
        made = VisitorComment.objects.all()
        assert [(one.author_kind, one.author_user, one.badge, one.status) for one in made] == [
            ("GUEST", None, "", "PENDING")
        ] * 2

    def test_are_worth_nothing_without_the_token_of_a_form(self, signed_in, comment, known):
        """POST, PUT, PATCH, DELETE to every address of ours that looks at the session."""
        before, forbidden = rows(), 0
        for route in routes():
            if not (route.is_of_the_admin or "views.member" in route.module):
                continue
            for url in urls_of(route, comment, known):
                for method in ("post", "put", "patch", "delete"):
                    response = getattr(signed_in, method)(url, HTTP_ORIGIN="https://evil.example")
                    assert response.status_code in {403, 404, 405}, (method, url)
                    forbidden += response.status_code == 403
        assert forbidden > 5
        assert rows() == before

    def test_change_no_public_answer(self, client, page, comment, known, signed_in):
        for operation in operations():
            url = operation.url(**known)
            assert signed_in.get(url).content == client.get(url).content
        urls = [page.url, form_url(page.pk)]
        assert [signed_in.get(url).content for url in urls] == [client.get(url).content for url in urls]


class TestHtmlForm:
    def test_sets_nothing_that_it_does_not_ask_for(self, client, page, django_user_model):
        """A form that is posted with every column of the room beside its own fields stores what it would without."""
        fields = FIELDS | {"form_token": good_token(page)}
        hostile = dict.fromkeys(columns() - set(fields) - set(CommentForm.base_fields), "1")
        hostile |= {"status": "APPROVED", "is_visible": "true", "badge": "STAFF", "author_kind": "USER"}
        client.post(form_url(page.pk), fields)
        client.post(form_url(page.pk), hostile | fields | {"body": "The other one."})
        plain, tried = VisitorComment.objects.order_by("pk")
        own = {"id", "uuid", "path", "body", "body_hash", "idempotency_key", "request_hash", "created_at"}
        for field in VisitorComment._meta.concrete_fields:
            if field.attname not in own:
                assert getattr(plain, field.attname) == getattr(tried, field.attname), field.attname


class TestFormsOfTheAdmin:
    def test_set_nothing_that_they_do_not_ask_for(self, page, comment, moderator):
        waiting = VisitorComment.objects.get(status="PENDING")
        url = reverse(f"{LABEL}_desk:decide", args=[waiting.pk])
        hostile = dict.fromkeys(columns() - {"status", "version", "reason"}, "1") | {"is_visible": "true"}
        decision = {"verb": "reject", "status": waiting.status, "version": waiting.version}
        client_of(moderator).post(url, hostile | decision)
        after = VisitorComment.objects.get(pk=waiting.pk)
        changed = {
            field.attname
            for field in VisitorComment._meta.concrete_fields
            if getattr(waiting, field.attname) != getattr(after, field.attname)
        }
        assert changed == {"status", "version", "reviewed_at"}


class TestOtherApis:
    """C12: what Wagtail's own interfaces know of comments is nothing."""

    PRIVATE = (
        "author_email",
        "author_key",
        "network_key",
        "body_hash",
        "idempotency_key",
        "request_hash",
        "email_verified_at",
        "wants_mail",
        "report_count",
        "reviewed_at",
    )

    def test_are_offered_no_fields(self):
        for model in models():
            assert not hasattr(model, "api_fields"), model

    def test_are_offered_no_snippets(self):
        from wagtail.snippets.models import get_snippet_models

        assert not set(models()) & set(get_snippet_models())

    def test_find_nothing_by_search(self):
        from wagtail.search.index import get_indexed_models

        assert not set(models()) & set(get_indexed_models())

    def without_ours(self, description: Any) -> str:
        """Our own router is mounted there too, and says what a visitor may send."""
        paths = {path: what for path, what in description["paths"].items() if "/massage/" not in path}
        schemas = description["components"]["schemas"]
        theirs = {name: what for name, what in schemas.items() if not name.startswith("Massage")}
        assert len(theirs) < len(schemas), "Nothing of ours is there to be left out."
        return json.dumps([paths, theirs])

    def test_of_wagtail_name_no_column_of_ours(self, client, page, comment, moderator):
        client.force_login(moderator)
        urls = [
            "/api/v2/pages/",
            f"/api/v2/pages/{page.pk}/?fields=*",
            "/admin/api/main/pages/?fields=*",
            f"/admin/api/main/pages/{page.pk}/?fields=*",
            "/api/v3/openapi.json",
            "/api/v3/docs",
        ]
        answered = 0
        for url in urls:
            response = client.get(url)
            answered += response.status_code == 200
            text = response.content.decode()
            if url.endswith("openapi.json") and response.status_code == 200:
                text = self.without_ours(response.json())
            for word in (
                *self.PRIVATE,
                *(model.__name__ for model in models()),
                comment.body,
                "wren@example.com",
            ):
                assert word not in text, (url, word)
        assert answered >= 3

    def test_of_ours_describe_nothing_private(self):
        described = json.dumps(schema())
        answered = set()
        for operation in operations():
            for status, response in operation.described["responses"].items():
                if status < 400:
                    for content in response.get("content", {}).values():
                        answered |= keys_of(content["schema"])
        assert {"body", "author", "items"} <= answered
        assert not answered & (set(self.PRIVATE) - {"wants_mail"}), described


def keys_of(described: Any, seen: frozenset[str] = frozenset()) -> set[str]:
    """Return every key that an answer may hold, at any depth."""
    if isinstance(described, list):
        return {key for part in described for key in keys_of(part, seen)}
    if not isinstance(described, dict):
        return set()
    if reference := described.get("$ref"):
        return set() if reference in seen else keys_of(resolved(described), seen | {reference})
    found = set(described.get("properties", {}))
    return found | {key for part in described.values() for key in keys_of(part, seen)}


class TestAccounts:
    """C12, C13: who has an account, or which address has written, shows nowhere."""

    def test_that_exist_are_answered_like_those_that_do_not(self, face, page, moderator):
        get_user_model().objects.create_user("juno", "juno@example.com", "x")
        answers = [
            face.post(page, author_email=address, body=f"Kind words {number}.")
            for number, address in enumerate(["juno@example.com", moderator.email, "nobody@example.com"])
        ]
        assert len({answer.status_code for answer in answers}) == 1
        assert len({tuple(sorted(answer.headers)) for answer in answers}) == 1
        kinds = set(VisitorComment.objects.values_list("author_kind", "badge", "status"))
        assert kinds == {("GUEST", "", "PENDING")}

    def test_of_authors_show_in_no_public_answer(self, client, page):
        """Nothing public is a function of the e-mail address: two comments that differ in nothing else are equal."""
        answers = []
        for address in ("", "wren@example.com"):
            comment = VisitorCommentFactory(page=page, author_email=address, author_name="Wren", body="Same.")
            document = client.get(f"/api/massage/v1/comments/{comment.uuid}/").json()
            html = client.get(f"{form_url(page.pk)}reply/{comment.uuid}/").content.decode()
            answers.append((set(document), document["author"], "@" in html.replace("@media", "")))
        assert answers[0] == answers[1]
