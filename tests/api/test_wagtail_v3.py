"""Our operations and our blocks under Wagtail's own API v3."""

from __future__ import annotations

import json

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model

pytestmark = [
    pytest.mark.contract,
    pytest.mark.django_db,
    pytest.mark.skipif(
        not apps.is_installed("wagtail.api.v3"), reason="needs Wagtail's API v3: Wagtail 8, in INSTALLED_APPS"
    ),
]
OURS, THEIRS = "/api/massage/v1", "/api/v3/massage"


class TestOurRouter:
    def test_answers_the_same_under_both(self, spa, client):
        legs = spa.treatment(tags=["a"])
        article = spa.article(treatments=[legs])
        for path in (
            "treatments/",
            "benefit-lists/?include=body",
            f"treatments/{legs.pk}/",
            f"benefit-lists/{article.pk}/",
            f"route/?path={article.get_url()}",
            "sitemap/",
        ):
            ours, theirs = client.get(f"{OURS}/{path}"), client.get(f"{THEIRS}/{path}")
            assert (theirs.status_code, theirs.json()) == (200, ours.json())
            for name in ("ETag", "Cache-Control", "Cache-Tag"):
                assert theirs[name] == ours[name]

    def test_refuses_in_the_same_way(self, spa, client):
        for path, status in (
            ("treatments/?x=1", 400),
            ("benefit-lists/999/", 404),
            ("treatments/?site=x", 404),
        ):
            response = client.get(f"{THEIRS}/{path}")
            assert (response.status_code, response["Content-Type"]) == (status, "application/problem+json")
            assert response.json()["type"] == client.get(f"{OURS}/{path}").json()["type"]

    def test_takes_no_token_for_more_than_the_public_may(self, spa, client):
        from wagtail.models import APIToken

        editor = get_user_model().objects.create_superuser("editor", "", "x")
        _token, secret = APIToken.create_token(user=editor, name="x")
        draft = spa.article(live=False)
        response = client.get(
            f"{THEIRS}/benefit-lists/{draft.pk}/", headers={"authorization": f"Bearer {secret}"}
        )
        assert response.status_code == 404

    def test_stands_in_its_description(self, client):
        paths = client.get("/api/v3/openapi.json").json()["paths"]
        assert {"/api/v3/massage/treatments/", "/api/v3/massage/route/"} <= set(paths)


class TestOurBlocks:
    @pytest.fixture
    def described(self, client):
        description = client.get("/api/v3/openapi.json").json()
        components = description["components"]["schemas"]
        [page] = [
            schema
            for name, schema in components.items()
            if "Input" not in name
            and "parts" in schema.get("properties", {})
            and "body" in schema["properties"]
            and name.endswith("Schema")
        ]
        return json.dumps(_followed(page["properties"]["body"], components, ()))

    def test_are_described_with_what_they_add(self, spa, described):
        for key in (
            "rich_text",
            "html",
            "anchor_history",
            "aliases",
            "number",
            "srcset",
            "focal_point",
            "COUNTDOWN",
        ):
            assert f'"{key}"' in described, key

    def test_have_no_part_that_is_anything(self, described):
        assert "{}" not in described.replace('"properties": {}', "")

    def test_are_read_with_a_choice_that_is_no_longer_one(self, spa, client):
        body = [
            {"type": "callout", "value": {"title": "x", "rich_text": "<p>x</p>", "kind": "SHOUT"}},
            {
                "type": "benefit_list",
                "value": {"kind": "RUMOURS", "numbering": "ROMAN", "heading_level": "H9", "benefits": []},
            },
        ]
        page = spa.article(body=body)
        answer = client.get(f"/api/v3/pages/{page.pk}/")
        assert answer.status_code == 200
        assert answer.json()["body"][1]["value"]["kind"] == "RUMOURS"
        assert client.get(f"{OURS}/benefit-lists/{page.pk}/").status_code == 200

    def test_are_read_with_a_level_that_is_no_longer_one(self, spa, client):
        from wagtail_massage.testing.treatments import ContraindicationFactory

        old = ContraindicationFactory(level="NEVER", slug="old")
        page = spa.treatment(relations={"contraindications": [old]})
        answers = [client.get(url) for url in (f"/api/v3/pages/{page.pk}/", f"{OURS}/treatments/{page.pk}/")]
        for answer in answers:
            assert answer.status_code == 200
            [note] = answer.json()["contraindications"]
            assert note["level"] == "NEVER"
            assert note["instruction"].startswith("Do not have this treatment")


def _followed(schema, components, seen):
    """Return a schema with everything that it refers to in its place."""
    if isinstance(schema, dict):
        if "$ref" in schema:
            name = schema["$ref"].rpartition("/")[2]
            return (
                {"type": "object"} if name in seen else _followed(components[name], components, (*seen, name))
            )
        return {key: _followed(value, components, seen) for key, value in schema.items() if key != "default"}
    return [_followed(value, components, seen) for value in schema] if isinstance(schema, list) else schema
