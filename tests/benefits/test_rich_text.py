"""Rich text as readers get it."""

from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wagtail.rich_text import get_text_for_indexing

from wagtail_massage.benefits import rich_text
from wagtail_massage.benefits.rich_text import count_words, demote_headings, expand_html, html_to_text

PIECES = [
    *("<p>", "</p>", "<p/>", "<b>", "</b>", "<h2>", "</h2>", "<br/>", "<br>", "<BR\t/>", "<hr/>"),
    *("<ul>", "</ul>", "<ol>", "</ol>", "<li>", "</li>", "<blockquote>", "</blockquote>"),
    *(
        '<a linktype="page" id="3">',
        '<a href="a>b">',
        "</a>",
        '<img src="x" alt="y"/>',
        "<img alt=x>",
        "<x-y>",
    ),
    *("<script>", "</script>", "<textarea>", "<!-- c -->", "</ p>", "<", ">", "</", "a<b", "&", "&copy"),
    *("word", "two words", " ", "  ", "\n", "\t \n", "\xa0", "&amp;", "&lt;b&gt;", "&#10;", "&#32;&#32;"),
]


class TestExpandHtml:
    @pytest.mark.django_db
    def test_gives_one_display_html_for_each_source(self, home):
        sources = [f'<p><a linktype="page" id="{home.pk}">home</a></p>', "", "<p>plain</p>"]

        assert expand_html(sources) == ['<p><a href="/">home</a></p>', "", "<p>plain</p>"]

    def test_keeps_sources_apart_that_hold_the_separator(self):
        sources = ["<!--massage-->", "a<!--massage-->b", "<!--massage14-->"]

        assert expand_html(sources) == sources

    @pytest.mark.django_db
    def test_keeps_sources_apart_when_a_tag_is_broken(self):
        sources = ['<p>one <a linktype="page" id="0"', "<p>two</p>"]

        assert expand_html(sources)[1] == "<p>two</p>"


class TestHtmlToText:
    @pytest.mark.parametrize(
        ("html", "text"),
        [
            ("<p>One &amp; two.</p><p>Three<br/>four.</p>", "One & two.\n\nThree\nfour."),
            (
                "<p>Bring:</p><ul><li>socks</li><li><b>tea</b></li></ul><p>Bye</p>",
                "Bring:\n\n- socks\n- tea\n\nBye",
            ),
            ("<ol><li>one<ol><li>inner</li></ol></li><li>two</li></ol>", "1. one\n\n1. inner\n\n2. two"),
            ("<p>a\n   b</p><script>alert(1)</script>", "a b"),
            ("<p>never\xa0break</p>", "never\xa0break"),
            ("", ""),
        ],
    )
    def test_keeps_paragraphs_and_lists_apart(self, html, text):
        assert html_to_text(html) == text

    @given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
    def test_reads_simple_html_as_the_parser_does(self, html):
        with mock.patch.object(rich_text, "split_tags", return_value=None):
            parsed = html_to_text(html)

        assert html_to_text(html) == parsed


class TestCountWords:
    @given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
    def test_counts_the_words_that_wagtail_finds(self, html):
        assert count_words(html) == len(get_text_for_indexing(html).split())


class TestDemoteHeadings:
    @pytest.mark.parametrize(
        ("html", "below", "expected"),
        [
            ("<h2>A</h2><h3 class='x'>B</h3>", 3, "<h4>A</h4><h5 class='x'>B</h5>"),
            ("<h1>A</h1><h6>B</h6>", 3, "<h4>A</h4><h6>B</h6>"),
            ("<h5>A</h5>", 3, "<h5>A</h5>"),
            ("<p>A</p><hr/>", 3, "<p>A</p><hr/>"),
        ],
    )
    def test_puts_them_under_the_heading_above(self, html, below, expected):
        assert demote_headings(html, below=below) == expected
