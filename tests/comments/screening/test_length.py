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

    @pytest.mark.parametrize("text", ["שָׁלוֹם", "مُحَمَّدٌ", "हिन्दी", "Việt Nam"])
    def test_passes_languages_that_need_marks(self, look, text):
        assert reasons(look(LengthCheck(), text)) == []
