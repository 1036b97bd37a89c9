"""The same pages on Wagtail's own APIs."""

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
