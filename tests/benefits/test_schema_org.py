"""The list as schema.org knows it."""

import json

import pytest

from wagtail_massage.benefits.schema_org import item_list

from .samples import compare_with_snapshot, entry, list_of


class TestItemList:
    @pytest.mark.contract
    def test_equals_its_snapshot(self, full_list):
        node = item_list(full_list, url="https://example.com/sundays/")

        compare_with_snapshot("item-list.json", json.dumps(node, indent=2, ensure_ascii=False) + "\n")

    def test_gives_places_where_there_are_no_numbers(self):
        node = item_list(list_of(entry("One"), entry("Two"), numbering="NONE"), url="https://example.com/")

        assert node["itemListOrder"] == "https://schema.org/ItemListUnordered"
        assert [element["position"] for element in node["itemListElement"]] == [1, 2]

    def test_leaves_out_what_has_no_name_yet(self):
        node = item_list(list_of(entry(""), entry("Two")), url="https://example.com/")

        assert (node["numberOfItems"], node["itemListElement"][0]["position"]) == (1, 2)
