"""Visitors' text."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wagtail_massage.comments.text import Unreadable, body_hash, body_html, clean_body, clean_name, is_blank

ALLOWED = re.compile(r'<(?:p|/p|br|/a|a href="https?://[^"<>]*" rel="nofollow ugc noopener")>')


class TestBodyHtml:
    def test_makes_paragraphs_of_blank_lines_and_breaks_of_single_ones(self):
        assert body_html("One\ntwo\n\nthree") == "<p>One<br>two</p><p>three</p>"

    def test_escapes_markup(self):
        assert body_html("<b onclick=x>&\"'") == "<p>&lt;b onclick=x&gt;&amp;&quot;&#x27;</p>"

    def test_links_what_was_typed_with_a_scheme(self):
        expected = '<p>see <a href="https://example.com/a" rel="nofollow ugc noopener">https://example.com/a</a>.</p>'
        assert body_html("see https://example.com/a.") == expected

    @pytest.mark.parametrize(
        "text",
        [
            "example.com",
            "www.example.com",
            "me@example.com",
            "javascript://example.com",
            "https://bank.example@evil.example/",
            "https://exаmple.com/",
            "https://xn--exmple-4uf.com/",
            "https://[::1",
            "https://evil%2eexample/",
        ],
        ids=["bare", "www", "e-mail", "script", "credentials", "look-alike", "punycode", "broken", "encoded"],
    )
    def test_leaves_everything_else_as_text(self, text):
        assert "<a" not in body_html(text)

    @given(st.text(alphabet=st.sampled_from("ab <>\"'&/:.@#\n\thtps\u202e\u00e4")) | st.text(max_size=300))
    def test_holds_nothing_but_p_br_and_safe_links(self, text):
        html = body_html(text)
        assert "<" not in ALLOWED.sub("", html)

    def test_is_linear_in_a_long_text_of_links(self):
        text = "https://example.com/?a=1&b=2 " * 170 + "&" * 20_000
        assert body_html(text).count("<a ") == 170


class TestCleanBody:
    def test_normalises_line_ends_and_runs_of_blank_lines(self):
        assert clean_body("  a\r\nb\r\r\n \n\n c ") == "a\nb\n\n c"

    def test_composes_characters(self):
        assert clean_body("Cafe\u0301") == "Café"

    @pytest.mark.parametrize("character", ["\x00", "\x1b", "\ud800", "\ufffe", "\U0001ffff"])
    def test_refuses_what_no_database_should_keep(self, character):
        with pytest.raises(Unreadable):
            clean_body(f"a{character}b")

    @pytest.mark.parametrize("text", ["שלום, תודה", "مرحبا بكم", "👩‍👩‍👧 lovely", "नमस्ते", "Zoë’s – …"])
    def test_keeps_the_worlds_writing(self, text):
        assert clean_body(text) == text


class TestCleanName:
    def test_is_one_line_without_direction_overrides(self):
        assert clean_name(" Ada\n \u202eLov\u202c ") == "Ada Lov"


class TestIsBlank:
    @pytest.mark.parametrize("text", ["", "  \n", "\u200b\u200d", "\u3164", "\u2800 \ufeff"])
    def test_sees_nothing_in_invisible_characters(self, text):
        assert is_blank(text)

    @pytest.mark.parametrize("text", ["x", "👍", "…"])
    def test_sees_the_smallest_sign(self, text):
        assert not is_blank(text)


class TestBodyHash:
    def test_is_equal_for_retyped_copies(self):
        assert body_hash("Lovely  Place\n") == body_hash("lovely place") == body_hash("lo\u200bvely place")

    def test_differs_for_different_words(self):
        assert body_hash("lovely place") != body_hash("lonely place")
