"""HTML of comments elsewhere, as plain text."""

import pytest

from wagtail_massage.importers.comment_html import to_plain_text

CASES = {
    "One\n\nTwo\nthree": "One\n\nTwo\nthree",
    "<p>One</p>\n<p>Two<br />\nthree</p>": "One\n\nTwo\nthree",
    "One<br><br>Two<BR/>three": "One\n\nTwo\nthree",
    "Tom &amp; Ann &lt;3 caf&eacute;&nbsp;&#8230;": "Tom & Ann <3 café …",
    "<strong>Very</strong> <em>warm</em>": "Very warm",
    'See <a href="https://a.example/x?b=1&amp;c=2" rel="nofollow">this</a>.': (
        "See this (https://a.example/x?b=1&c=2)."
    ),
    "<a href='https://a.example/'>https://a.example</a>": "https://a.example",
    '<a href="https://a.example/"><img src="x.png"></a>': "https://a.example/",
    '<a href="javascript:alert(1)">Click</a>': "Click",
    '<a href="https://a.example/">left open': "left open",
    "<ul><li>One</li>\n<li>Two</li></ul>After": "- One\n\n- Two\n\nAfter",
    "<blockquote>You said so.</blockquote>Yes.": "You said so.\n\nYes.",
    "<script>alert(1)</script>Hello<style>p{}</style>": "Hello",
    "<!-- wp:paragraph -->Hello<!-- /wp:paragraph -->": "Hello",
    "I <3 this, a < b > c and <wren@example.com>": "I <3 this, a < b > c and <wren@example.com>",
    "A <sigh> from me": "A <sigh> from me",
    "&lt;b&gt; stays": "<b> stays",
    "It\x92s \x84good\x93\x00\x07": "It’s „good“",
    '<img src="x" alt="A stone &amp; a towel"> here': "A stone & a towel here",
    "  \n ": "",
}


class TestToPlainText:
    @pytest.mark.parametrize(("html", "text"), CASES.items())
    def test_gives(self, html, text):
        assert to_plain_text(html) == text

    @pytest.mark.parametrize(
        "piece", ["<", "<a ", "<!--", "<a href='", "&", "<br", "</a>", "<a>", "\n ", " ", "<p>", "<a b=1>"]
    )
    def test_comes_to_an_end(self, piece):
        assert len(to_plain_text(piece * 200_000)) <= len(piece) * 200_000

    def test_comes_to_an_end_of_links_within_links(self):
        assert to_plain_text('<a href="https://a.example/">x' * 50_000 + "</a>" * 50_000).startswith("xxx")
