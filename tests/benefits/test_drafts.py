"""Whatever is missing from a draft, nothing that draws it fails (autosave stores unfinished lists)."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.projects.blog.models import BlogPage
from wagtail_massage.benefits.anchors import assign_anchors
from wagtail_massage.benefits.schema_org import item_list
from wagtail_massage.benefits.streams import render_stream, stream_json
from wagtail_massage.benefits.title_mismatch import count_entries, find_mismatch

from .samples import LIST_BLOCK, full_list


def holes(value):
    """Return a strategy for `value` with any of its parts missing or empty."""
    if isinstance(value, dict) and "type" in value and "value" in value:
        return st.fixed_dictionaries({"type": st.just(value["type"]), "value": holes(value["value"])}).map(
            lambda block: {**block, "id": value["id"]}
        )
    if isinstance(value, dict):
        kept = {name: holes(part) for name, part in value.items()}
        return st.fixed_dictionaries({}, optional=kept)
    if isinstance(value, list):
        return st.one_of(st.just([]), st.tuples(*map(holes, value)).map(list), st.just(value[:1]))
    return st.sampled_from([value, *(["", None] if isinstance(value, str) else [None])])


drafts = holes(full_list(image_id=4242, page_id=2))


@pytest.mark.django_db
class TestDrafts:
    @settings(
        max_examples=120,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )
    @given(stored=drafts)
    def test_are_drawn_whatever_is_missing(self, image, stored):
        body = BlogPage._meta.get_field("body")
        raw = [{"type": "benefit_list", "id": "list", "value": stored}]
        stream = body.to_python(raw)
        value = stream[0].value

        assert "<section" in render_stream(stream)
        assert LIST_BLOCK.render(value)
        json.dumps([stream_json(stream), LIST_BLOCK.get_api_representation(value)])
        assert item_list(value, url="https://example.com/")["@type"] == "ItemList"
        assert count_entries(stream) == [value.count]
        find_mismatch("6 reasons", [value.count])
        assert len(assign_anchors(body.to_python(raw))) == 1
        LIST_BLOCK.get_form_state(value)

    def test_are_drawn_by_hand_made_values_without_keys(self):
        value = LIST_BLOCK.normalize({})

        assert LIST_BLOCK.render(value)
        assert LIST_BLOCK.get_api_representation(value) == {"count": 0}


@pytest.mark.django_db
class TestPages:
    @pytest.mark.parametrize(
        "stored", [{}, {"benefits": []}, {"benefits": [{"type": "benefit", "value": {}}]}]
    )
    def test_are_served_as_html_and_json(self, client, home, stored):
        page = BlogPage(title="Draft", slug="draft", body=[{"type": "benefit_list", "value": stored}])
        home.add_child(instance=page)

        assert client.get("/draft/").status_code == 200
        assert client.get(f"/api/v2/pages/{page.pk}/").status_code == 200
