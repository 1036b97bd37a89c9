"""What holds for every operation of the mounted API, whichever rooms are installed."""

import html
import json
import os
import re
from pathlib import Path

import pytest
from django.apps import apps

from wagtail_massage.api_urls import NAMESPACE, REFUSALS, api, as_problem, speak_problem
from wagtail_massage.problem_types import PROBLEM_TYPES, type_uri

API = "/api/massage/v1"
SNAPSHOT = Path(__file__).parent / "openapi.json"


def operations() -> list:
    return list(_operations())


def _operations():
    for path, methods in api.get_openapi_schema(path_prefix=f"{API}/")["paths"].items():
        for method, operation in methods.items():
            yield pytest.param(path, method, operation, id=f"{method} {path}")


WORDS = {"title", "description", "default", "deprecated", "examples"}


def described_schemas():
    """Yield every schema of the description with where it stands."""
    description = api.get_openapi_schema(path_prefix=f"{API}/")
    for name, schema in description["components"]["schemas"].items():
        yield from _within(f"components.{name}", schema)
    for path, methods in description["paths"].items():
        for method, operation in methods.items():
            for parameter in operation.get("parameters", ()):
                yield from _within(f"{method} {path} {parameter['name']}", parameter["schema"])
            for status, response in operation["responses"].items():
                for answer in response.get("content", {}).values():
                    yield from _within(f"{method} {path} {status}", answer["schema"])


def _within(place, schema):
    yield place, schema
    for name, part in schema.get("properties", {}).items():
        yield from _within(f"{place}.{name}", part)
    for word in ("anyOf", "oneOf", "allOf", "prefixItems"):
        for number, part in enumerate(schema.get(word, ())):
            yield from _within(f"{place}.{word}{number}", part)
    for word in ("items", "additionalProperties"):
        if isinstance(schema.get(word), dict):
            yield from _within(f"{place}.{word}", schema[word])


def address(path: str, operation: dict) -> str:
    """Fill the path's parameters with values of the right kind."""
    for parameter in operation.get("parameters", ()):
        if parameter["in"] == "path":
            kind = parameter["schema"]
            value = "00000000-0000-0000-0000-000000000000" if kind.get("format") == "uuid" else "1"
            path = path.replace("{" + parameter["name"] + "}", value)
    return path


@pytest.mark.contract
@pytest.mark.django_db
@pytest.mark.parametrize(("path", "method", "operation"), operations())
class TestEveryOperation:
    def test_refuses_an_unknown_query_parameter(self, client, path, method, operation):
        response = client.generic(
            method.upper(),
            f"{address(path, operation)}?no_such_thing=1",
            "{}",
            content_type="application/json",
        )

        assert response.status_code == 400
        assert response["Content-Type"] == "application/problem+json"
        assert response.json()["type"] == "urn:wagtail-massage:problem:unknown-parameter"

    def test_refuses_what_is_no_text_in_a_parameter(self, client, path, method, operation):
        names = [
            parameter["name"] for parameter in operation.get("parameters", ()) if parameter["in"] == "query"
        ]
        for name in names:
            response = client.generic(
                method.upper(),
                f"{address(path, operation)}?{name}=%00",
                "{}",
                content_type="application/json",
            )
            assert (response.status_code, name) == (400, name)

    def test_documents_its_refusals_as_problems(self, client, path, method, operation):
        refusals = {status: answer for status, answer in operation["responses"].items() if int(status) >= 400}

        assert refusals
        for answer in refusals.values():
            schema = answer["content"]["application/problem+json"]["schema"]
            assert schema == {"$ref": "#/components/schemas/MassageProblemDetail"}

    def test_knows_only_its_own_methods(self, client, path, method, operation):
        response = client.generic("PROPFIND", address(path, operation))

        assert response.status_code == 405
        assert method.upper() in response["Allow"]
        assert response["Content-Type"] == "application/problem+json"

    def test_says_what_it_allows(self, client, path, method, operation):
        response = client.options(address(path, operation))

        assert response.status_code == 204
        assert method.upper() in response["Allow"]


@pytest.mark.contract
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "method", "operation"), [case for case in operations() if "requestBody" in case.values[2]]
)
class TestEveryOperationWithABody:
    def test_reads_json_only(self, client, path, method, operation):
        url = address(path, operation)

        form = client.generic(method.upper(), url, "a=1", content_type="application/x-www-form-urlencoded")
        broken = client.generic(method.upper(), url, "{", content_type="application/json")
        surrogate = client.generic(method.upper(), url, r'{"a": "\ud800"}', content_type="application/json")

        assert (form.status_code, broken.status_code, surrogate.status_code) == (415, 400, 400)
        assert broken.json()["type"] == "urn:wagtail-massage:problem:malformed-json"

    def test_refuses_a_body_that_is_too_large(self, client, path, method, operation, settings):
        settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10

        response = client.generic(
            method.upper(),
            address(path, operation),
            json.dumps({"a": "x" * 20}),
            content_type="application/json",
        )

        assert response.status_code == 413


class TestReads:
    @pytest.mark.contract
    def test_may_be_kept_by_shared_caches_and_set_no_cookie(self, spa, client):
        response = client.get(f"{API}/treatments/")

        assert response["Cache-Control"] == "public, s-maxage=60, stale-while-revalidate=600"
        assert {"Authorization", "Origin"} <= {name.strip() for name in response["Vary"].split(",")}
        assert "Cookie" not in response["Vary"]
        assert not response.cookies

    def test_answer_head_without_a_body(self, spa, client):
        response = client.head(f"{API}/treatments/")

        assert response.status_code == 200
        assert response.content == b""

    def test_answer_the_same_to_an_editor_who_is_signed_in(self, spa, client, admin_client):
        spa.treatment(live=False)
        spa.treatment()

        assert admin_client.get(f"{API}/treatments/").json() == client.get(f"{API}/treatments/").json()


class TestRefusals:
    def test_of_an_address_that_is_not_there_is_a_problem(self, db, client):
        response = client.get(f"{API}/nothing/here/")

        assert response.status_code == 404
        assert response.json()["type"] == "urn:wagtail-massage:problem:not-found"

    def test_lead_to_what_they_mean(self, spa, client):
        response = client.get(f"{API}/treatments/?x=1")
        address, anchor = re.fullmatch(r'<(.+)#(.+)>; rel="help"', response["Link"]).groups()
        page = client.get(address).content.decode()

        assert anchor == "unknown-parameter"
        assert all(
            f'id="{slug}"' in page and kind.meaning in html.unescape(page)
            for slug, kind in PROBLEM_TYPES.items()
        )

    def test_are_not_kept_by_caches(self, spa, client):
        assert client.get(f"{API}/treatments/?x=1")["Cache-Control"] == "no-store"

    def test_say_so_when_the_database_is_away(self, rf):
        from django.db import OperationalError

        def view(request):
            raise OperationalError("connection refused by db.internal")

        response = speak_problem(view)(rf.get("/"))

        assert response.status_code == 503
        assert response["Retry-After"] == "5"
        assert b"db.internal" not in response.content

    def test_are_all_known_to_ninja_too(self):
        assert set(REFUSALS) <= set(api._exception_handlers)

    def test_pass_a_problem_through(self):
        from wagtail_massage.problems import Problem

        problem = Problem(404, "not-found", "x")
        assert as_problem(problem) is problem


@pytest.mark.django_db
class TestDocs:
    @pytest.mark.contract
    def test_need_no_other_server(self, client):
        page = client.get(f"{API}/docs/").content.decode()

        assert "GET /api/massage/v1/treatments/" in page
        assert "//cdn" not in page

    def test_are_for_reading(self, client):
        assert client.post(f"{API}/docs/").status_code == 405
        assert client.post(f"{API}/openapi.json").status_code == 405


class TestOpenAPI:
    def test_is_the_one_in_the_repository(self):
        """Run with MASSAGE_UPDATE_SNAPSHOTS=1 to accept a change of the contract."""
        if not apps.is_installed("wagtail_massage.pages") or not apps.is_installed(
            "wagtail_massage.comments"
        ):
            pytest.skip("the snapshot holds the operations of every room, and no site's own blocks")
        schema = api.get_openapi_schema(path_prefix=f"{API}/")
        schema["info"]["version"] = "0"
        text = json.dumps(schema, indent=2, ensure_ascii=False, sort_keys=True) + "\n"
        if os.environ.get("MASSAGE_UPDATE_SNAPSHOTS"):
            SNAPSHOT.write_text(text)

        assert text == SNAPSHOT.read_text()

    def test_holds_no_empty_schema(self):
        """Nothing is "anything": not a property, an item, a member of a union, a parameter or an answer."""
        empty = [place for place, schema in described_schemas() if not set(schema) - WORDS]
        assert empty == []

    def test_names_every_object(self):
        """Objects stand in components, so that code made from the description has a type for each."""
        inline = [
            place
            for place, schema in described_schemas()
            if schema.get("properties") and not re.fullmatch(r"components\.\w+", place)
        ]
        assert inline == []

    def test_has_a_literal_for_every_kind_of_problem(self):
        components = api.get_openapi_schema(path_prefix=f"{API}/")["components"]["schemas"]
        told = components["MassageProblemDetail"]["discriminator"]["mapping"]
        assert set(told) == {type_uri(slug) for slug in PROBLEM_TYPES}

    @pytest.mark.parametrize("name", ["MassageArticleBodyBlock", "MassageTreatmentBodyBlock"])
    def test_narrows_blocks_by_their_type(self, name):
        detail = "MassageBenefitListDetail" if "Article" in name else "MassageTreatmentDetail"
        components = api.get_openapi_schema(path_prefix=f"{API}/")["components"]["schemas"]
        items = components[detail]["properties"]["body"]["items"]
        assert items["discriminator"]["propertyName"] == "type"
        assert {"text", "heading", "image", "quote", "callout"} <= set(items["discriminator"]["mapping"])

    def test_names_its_operations_after_the_package(self):
        for parameters in operations():
            assert parameters.values[2]["operationId"].startswith("massage_")
        assert api.urls_namespace == NAMESPACE
