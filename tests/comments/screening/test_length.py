"""Too short, or built to break a layout."""

from __future__ import annotations

import pytest

from wagtail_massage.comments.screening.length import LengthCheck

from .conftest import reasons


class TestLengthCheck:
    @pytest.mark.parametrize(("body", "found"), [("x", [("HOLD", "too_short")]), ("ok", []), ("👍🏽", [])])
    def test_holds_what_says_nothing(self, look, body, found):
        assert reasons(look(LengthCheck(), body)) == found

    def test_follows_the_setting(self, look, settings):
        settings.WAGTAIL_MASSAGE_COMMENTS_MIN_LENGTH = 20
        assert reasons(look(LengthCheck(), "Too short now.")) == [("HOLD", "too_short")]

    @pytest.mark.parametrize("field", ["body", "author_name"])
    def test_holds_piles_of_marks(self, look, field):
        assert reasons(look(LengthCheck(), **{field: "Wren" + "\u0301" * 9})) == [("HOLD", "mark_run")]

    @pytest.mark.parametrize("override", ["\u202d", "\u202e"])
    def test_holds_letters_that_are_made_to_run_the_other_way(self, look, override):
        assert reasons(look(LengthCheck(), f"Try {override}onisac\u202c")) == [("HOLD", "turned_text")]

    @pytest.mark.parametrize(
        "text",
        ["\u2067שלום\u2069 Anna", "\u202bשלום\u202c", "\u200fمرحبا", "שָׁלוֹם", "مُحَمَّدٌ", "हिन्दी", "Việt Nam"],
    )
    def test_passes_languages_that_need_marks(self, look, text):
        assert reasons(look(LengthCheck(), text)) == []
