"""The list as JSON: through Wagtail's API and through ours."""

import json
import re

import pytest
import wagtail
from wagtail.blocks import PageChooserBlock, RichTextBlock, StreamBlock
from wagtail.images.blocks import ImageChooserBlock

from tests.projects.blog.models import BlogPage
from wagtail_massage.benefits.blocks import BenefitListBlock
from wagtail_massage.benefits.streams import stream_json

from .samples import compare_with_snapshot, entry, stream_of


def pretty(data) -> str:
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


def added_to(native, described) -> bool:
    """Say whether `described` is `native` with keys added, at any depth."""
    if isinstance(native, dict):
        return native.keys() <= described.keys() and all(
            added_to(native[key], described[key]) for key in native
        )
    if isinstance(native, list):
        return len(native) == len(described) and all(map(added_to, native, described))
    return native == described


@pytest.fixture
def page(home, full_stored) -> BlogPage:
    page = BlogPage(title="Sundays", slug="sundays")
    page.body = [{"type": "benefit_list", "id": "list", "value": full_stored}]
    return home.add_child(instance=page)


@pytest.mark.contract
class TestOurJson:
    def test_equals_its_snapshot(self, page):
        compare_with_snapshot("stream.json", pretty(stream_json(page.body)))

    def test_holds_no_bare_ids(self, page):
        assert '"rich_text"' not in pretty(stream_json(page.body))
        assert '"anchor_history"' not in pretty(stream_json(page.body))

    def test_has_every_key_for_an_empty_draft(self):
        [empty] = stream_json(stream_of({}))
        [full] = stream_json(stream_of({"benefits": [entry("Rest")], "lead_in": "x", "start": None}))

        assert empty["value"].keys() == full["value"].keys()
        assert full["value"]["start"] == 1

    def test_makes_objects_of_a_sites_own_choosers(self, home, image):
        children = [
            ("paragraph", RichTextBlock()),
            ("page", PageChooserBlock()),
            ("image", ImageChooserBlock()),
        ]
        stream = StreamBlock(children).to_python(
            [
                {"type": "paragraph", "id": "a", "value": "<p>x</p>"},
                {"type": "page", "id": "b", "value": home.pk},
                {"type": "image", "id": "c", "value": image.pk},
            ]
        )

        paragraph, page, picture = (block["value"] for block in stream_json(stream))

        assert paragraph == {"html": "<p>x</p>", "text": "x"}
        assert page == {
            "kind": "page",
            "id": home.pk,
            "title": home.title,
            "href": "http://localhost/",
            "path": "/",
        }
        assert (picture["id"], picture["alt"]) == (image.pk, "Shelf")

    def test_is_an_empty_list_for_nothing(self):
        assert stream_json(None) == stream_json(stream_of()) == []


@pytest.mark.contract
class TestWagtailsApi:
    @pytest.fixture
    def body(self, client, page) -> list:
        response = client.get(f"/api/v2/pages/{page.pk}/")
        assert response.status_code == 200
        return response.json()["body"]

    def test_equals_its_snapshot(self, body):
        compare_with_snapshot("api-v2.json", pretty(body))

    def test_keeps_every_key_of_its_own(self, page, body):
        stored = [dict(block) for block in page.body.get_prep_value()]
        stored[0]["value"] = BenefitListBlock().get_prep_value(page.body[0].value)
        for child in stored[0]["value"]["benefits"]:
            del child["value"]["anchor"]  # given in the form in which clean() would store it
        assert added_to(stored, body)

    def test_gives_display_html_on_every_wagtail(self, body):
        [block] = [b for b in body[0]["value"]["benefits"][0]["value"]["body"] if b["type"] == "text"]

        assert block["value"]["html"] == '<p data-block-key="a1b2c">Come <a href="/">early</a>.</p>'
        assert block["value"]["text"] == "Come early."

    def test_gives_the_same_as_ours_under_the_same_names(self, page, body):
        [ours], [theirs] = stream_json(page.body), body
        first, same = ours["value"]["benefits"][0]["value"], theirs["value"]["benefits"][0]["value"]

        for name in ("number", "anchor", "aliases", "heading", "summary"):
            assert first[name] == same[name]
        assert first["image"].items() <= same["image"].items()
        assert theirs["value"]["count"] == ours["value"]["count"] == 3


@pytest.mark.contract
@pytest.mark.skipif(wagtail.VERSION < (8, 0), reason="Wagtail's writable API came with 8.0")
@pytest.mark.urls("tests.benefits.v3_urls")
class TestWritingBack:
    """Wagtail's API v3 takes back what it gave."""

    @pytest.fixture
    def v3(self, client, admin_user):
        from wagtail.models import APIToken

        _, token = APIToken.create_token(user=admin_user, name="test")
        client.defaults["HTTP_AUTHORIZATION"] = f"Bearer {token}"
        return client

    def write_back(self, client, page) -> list:
        url = f"/api/v3/pages/{page.pk}/"
        body = client.get(url).json()["body"]
        response = client.patch(url, {"body": body, "meta": {"type": "blog.BlogPage"}}, "application/json")
        assert response.status_code == 200, response.text
        return body

    def latest(self, page) -> list:
        """Return the stored body of the draft, without the keys that Draftail gives to paragraphs."""
        page.refresh_from_db()
        body = page.get_latest_revision().content["body"]
        return json.loads(re.sub(r" data-block-key=\\\"\w+\\\"", "", body))

    def test_changes_nothing_but_block_keys(self, v3, page):
        """The keys are Wagtail's: 8.0 makes them anew with every write of rich text."""
        before = BenefitListBlock().get_prep_value(page.body[0].value)
        first = self.write_back(v3, page)
        stored = self.latest(page)

        for was, child in zip(before["benefits"], stored[0]["value"]["benefits"], strict=True):
            assert child["value"].pop("anchor")  # what clean() adds
            assert child["value"].pop("anchor_history")
            del was["value"]["anchor"], was["value"]["anchor_history"]
        assert stored[0]["value"] == json.loads(
            re.sub(r" data-block-key=\\\"\w+\\\"", "", json.dumps(before))
        )

        stored = self.latest(page)

        second = self.write_back(v3, page)

        assert self.latest(page) == stored
        assert [block["id"] for block in second[0]["value"]["benefits"]] == [
            block["id"] for block in first[0]["value"]["benefits"]
        ]
        for name in ("heading", "anchor", "aliases", "number", "summary", "image"):
            before = [block["value"][name] for block in first[0]["value"]["benefits"]]
            assert [block["value"][name] for block in second[0]["value"]["benefits"]] == before
