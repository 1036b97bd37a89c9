"""The list as HTML."""

import re
from html.parser import HTMLParser

import pytest
from wagtail.blocks import RichTextBlock, StreamBlock

from wagtail_massage.benefits.streams import render_stream

from .samples import compare_with_snapshot, entry, list_of, stream_of, text


class Outline(HTMLParser):
    """Headings and list elements of a piece of HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict]] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def named(self, *names: str) -> list[tuple[str, dict]]:
        return [(tag, attrs) for tag, attrs in self.tags if tag in names]


def outline(value) -> Outline:
    return Outline(value.block.render(value))


class TestHtml:
    @pytest.mark.contract
    def test_equals_its_snapshot(self, full_list):
        html = re.sub(r"\n\s*\n+", "\n", full_list.block.render(full_list)).strip() + "\n"

        compare_with_snapshot("list.html", html)

    @pytest.mark.parametrize(
        ("value", "attributes"),
        [
            ({}, {"start": "1"}),
            ({"start": 7}, {"start": "7"}),
            ({"numbering": "COUNTDOWN", "start": 1}, {"reversed": None, "start": "2"}),
        ],
    )
    def test_is_one_ordered_list(self, value, attributes):
        [(_, attrs)] = outline(list_of(entry("One"), entry("Two"), **value)).named("ol")

        assert attrs == {"role": "list", "class": "massage-benefits", **attributes}

    def test_is_an_unordered_list_without_numbers(self):
        tags = outline(list_of(entry("One"), numbering="NONE"))

        assert tags.named("ol") == []
        assert tags.named("ul")[0][1]["role"] == "list"
        assert "value" not in tags.named("li")[0][1]

    def test_says_each_number_once_as_text(self):
        html = list_of(entry("Rest"), start=1234).block.render(list_of(entry("Rest"), start=1234))

        assert re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html)).strip() == "1234. Rest Words."

    def test_localises_no_number_in_an_attribute(self, settings):
        settings.USE_THOUSAND_SEPARATOR = True

        tags = outline(list_of(entry("Rest"), start=1234))

        assert tags.named("ol")[0][1]["start"] == tags.named("li")[0][1]["value"] == "1234"

    def test_links_the_contents_to_the_entries(self):
        tags = outline(list_of(entry("睡眠"), entry("Rest"), show_contents=True))
        ids = [attrs["id"] for _, attrs in tags.named("li") if "id" in attrs]

        assert ids == ["睡眠", "rest"]
        assert [attrs["href"] for _, attrs in tags.named("a")] == ["#%E7%9D%A1%E7%9C%A0", "#rest"]

    def test_keeps_the_outline_of_the_page(self):
        body = [text("<h2>Imported</h2><p>x</p>")]
        tags = outline(list_of(entry("Rest", body=body), heading="Why"))

        assert [tag for tag, _ in tags.named("h1", "h2", "h3", "h4", "h5", "h6")] == ["h2", "h3", "h4"]

    def test_escapes_what_editors_type(self):
        value = list_of(entry("<b>&", summary="<i>"), lead_in="<u>", heading='"><s>')

        assert outline(value).named("b", "i", "u", "s") == []

    def test_makes_an_image_without_meaning_decorative(self, image):
        decorative = {"image": image.pk, "decorative": True, "alt_text": "ignored"}
        [(_, attrs)] = outline(list_of(entry("Rest", image=decorative))).named("img")

        assert (attrs["alt"], attrs["width"], attrs["height"]) == ("", "960", "480")


class TestRenderStream:
    def test_prints_what_include_block_would(self):
        stream = stream_of({"benefits": [entry("Rest")]})

        assert render_stream(stream) == stream[0].render()

    def test_prints_blocks_of_the_site_too(self):
        block = StreamBlock([("paragraph", RichTextBlock())])

        assert (
            render_stream(block.to_python([{"type": "paragraph", "value": "<p>x</p>"}])).strip() == "<p>x</p>"
        )

    def test_prints_nothing_for_nothing(self):
        assert render_stream(None) == render_stream(stream_of()) == ""
