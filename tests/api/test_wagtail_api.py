"""The same pages on Wagtail's own APIs."""

import json
import re

import pytest
import wagtail
from django.apps import apps

from wagtail_massage.testing.treatments import BodyAreaFactory, ContraindicationFactory


def read(client, page, version: str) -> dict:
    response = client.get(f"/api/{version}/pages/{page.pk}/")
    assert response.status_code == 200
    return response.json()


@pytest.fixture(params=["v2", "v3"])
def version(request) -> str:
    if request.param == "v3" and (wagtail.VERSION < (8, 0) or not apps.is_installed("wagtail.api.v3")):
        pytest.skip("this shape does not install Wagtail's API v3")
    return request.param


@pytest.mark.contract
class TestWagtailApi:
    def test_gives_a_treatment_with_display_html(self, spa, client, version):
        legs = spa.treatment(
            tags=["legs"],
            relations={
                "contraindications": [ContraindicationFactory(slug="clot")],
                "body_areas": [BodyAreaFactory()],
            },
        )
        legs.prepare = f'<p>See <a linktype="page" id="{legs.pk}">this</a>.</p>'
        legs.save()
        article = spa.article(treatments=[legs])

        answer = read(client, legs, version)

        assert answer["prepare"].startswith("<p>See <a ")
        assert answer["guidance"]["prepare"]["html"] == f'<p>See <a href="{legs.url}">this</a>.</p>'
        assert answer["options"][0]["price"] == "36.00"
        assert [item["slug"] for item in answer["contraindications"]] == ["clot"]
        assert answer["tags"] == ["legs"]
        assert [link["id"] for link in answer["articles"]] == [article.pk]

    def test_gives_an_article_with_native_and_added_keys(self, spa, client, version):
        page = spa.article()

        answer = read(client, page, version)

        benefit = answer["body"][1]["value"]["benefits"][0]["value"]
        assert benefit["heading"] == "Your shoulders"
        assert (benefit["number"], benefit["anchor"]) == (1, "your-shoulders")
        text = answer["body"][0]["value"]
        assert text["html"] == text["rich_text"] == "<p>Why would anybody lie down in the afternoon?</p>"
        assert answer["reading"] == {"word_count": 43, "minutes": 1}
        assert answer["parts"]["intro"] == [answer["body"][0]["id"]]
        assert answer["author"]["name"] == page.author.name

    def test_gives_empty_pages_without_failing(self, spa, client, version):
        assert read(client, spa.treatment(options=[], body=[], what_to_expect=""), version)["options"] == []
        assert read(client, spa.article(author=None, body=[]), version)["author"] is None


def writable(page: dict, names: tuple[str, ...]) -> dict:
    return {name: page[name] for name in names}


class TestPayloads:
    @pytest.mark.skipif(wagtail.VERSION < (8, 0), reason="Wagtail 7.4 has API v2 only")
    def test_are_equal_on_both_versions(self, spa, client):
        if not apps.is_installed("wagtail.api.v3"):
            pytest.skip("this shape does not install Wagtail's API v3")
        legs = spa.treatment(tags=["legs"], relations={"contraindications": [ContraindicationFactory()]})
        article = spa.article(treatments=[legs], tags=["x"])
        for page in (legs, article):
            second, third = read(client, page, "v2"), read(client, page, "v3")
            ours = {name for name in second if name in third} - {"id", "meta"}
            assert {"body", "hero", "reading", "standfirst", "tags"} <= ours
            assert {name: second[name] for name in ours} == {name: third[name] for name in ours}


@pytest.mark.skipif(
    wagtail.VERSION < (8, 0) or not apps.is_installed("wagtail.api.v3"), reason="needs Wagtail's API v3"
)
class TestWritingBackWhatWasRead:
    """GET, then PATCH with the same: what is stored does not change, but for the keys that rich text was lacking."""

    def test_changes_nothing(self, spa, client):
        from django.contrib.auth import get_user_model
        from wagtail.models import APIToken

        editor = get_user_model().objects.create_superuser("editor", "", "x")
        _token, secret = APIToken.create_token(user=editor, name="x")
        headers = {"authorization": f"Bearer {secret}"}
        article = spa.article(title="3 reasons")
        article.save_revision().publish()
        article.refresh_from_db()
        before = stored(article.body)
        url = f"/api/v3/pages/{article.pk}/"
        body = client.get(url, headers=headers).json()["body"]

        meta = {"type": article._meta.label, "action": "publish"}
        patch = {"meta": meta, "title": article.title, "body": body}
        response = client.patch(url, json.dumps(patch), content_type="application/json", headers=headers)

        assert response.status_code == 200, response.content
        article.refresh_from_db()
        assert without_keys(stored(article.body)) == without_keys(before)
        again = client.get(url, headers=headers).json()["body"]
        assert without_keys(again) == without_keys(body)


def stored(stream) -> list:
    """Return what saving a stream would store, with the defaults of what was left out."""
    return [[child.block_type, child.id, child.block.get_prep_value(child.value)] for child in stream]


def without_keys(stream) -> str:
    """Return a stream as JSON without the data-block-key that Wagtail's editor gives to each paragraph."""
    return re.sub(r' data-block-key=\\"[^"]*\\"', "", json.dumps(list(stream), sort_keys=True, default=dict))
