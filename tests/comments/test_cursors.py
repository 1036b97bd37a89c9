"""Cursors: opaque, signed, bound to their list."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wagtail_massage.comments.cursors import BadCursor, make_cursor, read_cursor

SCOPE = ["thread", 7, "oldest"]


class TestCursor:
    def test_gives_its_position_back(self):
        assert read_cursor(make_cursor(SCOPE, [12, "x"]), scope=SCOPE) == [12, "x"]

    def test_is_the_same_for_the_same_position(self):
        assert make_cursor(SCOPE, [12, "x"]) == make_cursor(SCOPE, [12, "x"])

    @pytest.mark.parametrize(
        "scope", [["thread", 8, "oldest"], ["thread", 7, "newest"], ["replies", "7"], []]
    )
    def test_of_another_list_is_refused(self, scope):
        with pytest.raises(BadCursor, match="does not belong to this list"):
            read_cursor(make_cursor(SCOPE, [12, "x"]), scope=scope)

    def test_that_was_altered_anywhere_is_refused(self):
        cursor = make_cursor(SCOPE, [12, "x"])
        for place, letter in enumerate(cursor):
            altered = cursor[:place] + ("A" if letter != "A" else "B") + cursor[place + 1 :]
            with pytest.raises(BadCursor):
                read_cursor(altered, scope=SCOPE)

    def test_of_another_secret_key_is_refused(self, settings):
        cursor = make_cursor(SCOPE, [12, "x"])
        settings.SECRET_KEY = "another-key-for-the-tests-0123456789-abcdefghijklmnop"
        with pytest.raises(BadCursor):
            read_cursor(cursor, scope=SCOPE)

    def test_of_a_key_that_was_rotated_still_works(self, settings):
        cursor = make_cursor(SCOPE, [12, "x"])
        settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
        settings.SECRET_KEY = "another-key-for-the-tests-0123456789-abcdefghijklmnop"
        assert read_cursor(cursor, scope=SCOPE) == [12, "x"]

    @given(st.text())
    def test_that_was_made_up_is_refused(self, cursor):
        with pytest.raises(BadCursor):
            read_cursor(cursor, scope=SCOPE)
