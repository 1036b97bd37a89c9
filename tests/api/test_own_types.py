"""A site's own page types, made from the mixins, and its own blocks: they come out like ours, and are described."""

from __future__ import annotations

import pytest
import wagtail_factories
from django.apps import apps

pytestmark = [
    pytest.mark.contract,
    pytest.mark.django_db,
    pytest.mark.skipif(
        not apps.is_installed("tests.projects.ownbase"),
        reason="needs the page types of the shape “own_base_page”",
    ),
]
API = "/api/massage/v1"


@pytest.fixture
def article(spa):
    photo = wagtail_factories.ImageFactory(title="Door")
    hours = {"day": "Monday", "photo": photo.pk, "directions": spa.home.pk, "note": "<p>Ring.</p>"}
    hours["closed"] = [{"type": "item", "id": "c", "value": "2026-12-25"}]
    body = [
        {"type": "text", "id": "a", "value": {"rich_text": "<p>Come in.</p>"}},
        {"type": "hours", "id": "b", "value": hours},
    ]
    return spa.article(title="When we are open", body=body)


class TestASitesOwn:
    def test_page_type_has_its_name(self, article, client):
        document = client.get(f"{API}/benefit-lists/{article.pk}/").json()
        assert (document["type"], document["kind"], document["id"]) == (
            "ownbase.SpaArticle",
            "benefit-list",
            article.pk,
        )

    def test_block_has_type_and_id_and_whole_objects(self, article, spa, client):
        text, hours = client.get(f"{API}/benefit-lists/{article.pk}/").json()["body"]

        assert (text["type"], hours["type"], hours["id"]) == ("text", "hours", "b")
        value = hours["value"]
        assert value["day"] == "Monday"
        assert (value["photo"]["alt"], bool(value["photo"]["sources"])) == ("Door", True)
        assert (value["directions"]["kind"], value["directions"]["path"]) == ("page", "/")
        assert value["note"] == {"html": "<p>Ring.</p>", "text": "Ring."}
        assert value["closed"] == ["2026-12-25"]

    def test_block_is_described(self):
        from wagtail_massage.api_urls import api

        components = api.get_openapi_schema(path_prefix=f"{API}/")["components"]["schemas"]
        items = components["MassageBenefitListDetail"]["properties"]["body"]["items"]
        assert items["discriminator"]["mapping"]["hours"] == "#/components/schemas/MassageOwnHoursBlock"
        assert (
            "hours"
            not in components["MassageTreatmentDetail"]["properties"]["body"]["items"]["discriminator"][
                "mapping"
            ]
        )
        value = components["MassageOwnHoursValue"]["properties"]
        assert value["photo"]["anyOf"][0] == {"$ref": "#/components/schemas/ImageObject"}
        assert value["note"] == {"$ref": "#/components/schemas/MassageRichText"}

    def test_block_is_drawn_from_fetched_images(self, article, client, django_assert_num_queries):
        from wagtail_massage import epochs

        url = f"{API}/benefit-lists/{article.pk}/"
        client.get(url)
        epochs.begin()
        # The page, what hangs on it, its images; and two for the choosers of blocks that are not ours.
        with django_assert_num_queries(5):
            client.get(url)
