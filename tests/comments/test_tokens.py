"""The form token and the token of the second step."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from tests.comments.conftest import NOW
from wagtail_massage.comments.tokens import (
    TokenState,
    judge_confirm_token,
    judge_form_token,
    make_confirm_token,
    make_form_token,
)


@pytest.mark.contract
class TestFormToken:
    @pytest.mark.parametrize(
        ("age", "state"),
        [
            (-1, TokenState.INVALID),
            (0, TokenState.TOO_YOUNG),
            (3, TokenState.TOO_YOUNG),
            (4, TokenState.GOOD),
            (24 * 3600, TokenState.GOOD),
            (24 * 3600 + 1, TokenState.TOO_OLD),
        ],
    )
    def test_is_judged_by_its_age(self, age, state):
        token = make_form_token(page_id=7, now=NOW)
        assert judge_form_token(token, page_id=7, now=NOW + timedelta(seconds=age)) == state

    def test_is_bound_to_its_page(self):
        token = make_form_token(page_id=7, now=NOW)
        assert judge_form_token(token, page_id=8, now=NOW + timedelta(minutes=1)) == TokenState.INVALID

    def test_is_not_a_confirm_token(self):
        token = make_confirm_token(page_id=7, fingerprint="f", now=NOW)
        assert judge_form_token(token, page_id=7, now=NOW + timedelta(minutes=1)) == TokenState.INVALID

    def test_of_an_older_key_still_counts_while_the_site_says_so(self):
        with override_settings(SECRET_KEY="old" * 20):
            token = make_form_token(page_id=7, now=NOW)
        later = NOW + timedelta(minutes=1)
        assert judge_form_token(token, page_id=7, now=later) == TokenState.INVALID
        with override_settings(SECRET_KEY_FALLBACKS=["old" * 20]):
            assert judge_form_token(token, page_id=7, now=later) == TokenState.GOOD

    @given(st.text(max_size=600))
    def test_never_fails_on_what_is_no_token(self, text):
        assert judge_form_token(text, page_id=7, now=NOW) in {TokenState.INVALID, TokenState.MISSING}

    def test_is_worthless_with_any_character_changed(self):
        token = make_form_token(page_id=7, now=NOW)
        later = NOW + timedelta(minutes=1)
        for position, character in enumerate(token):
            altered = token[:position] + ("A" if character != "A" else "B") + token[position + 1 :]
            assert judge_form_token(altered, page_id=7, now=later) == TokenState.INVALID


class TestConfirmToken:
    def test_is_bound_to_page_and_text(self):
        token = make_confirm_token(page_id=7, fingerprint="f", now=NOW)
        judge = {"page_id": 7, "fingerprint": "f", "now": NOW}
        assert judge_confirm_token(token, **judge) == TokenState.CONFIRMED
        assert judge_confirm_token(token, **{**judge, "page_id": 8}) == TokenState.INVALID
        assert judge_confirm_token(token, **{**judge, "fingerprint": "g"}) == TokenState.INVALID
        assert judge_confirm_token(token, **{**judge, "now": NOW + timedelta(days=2)}) == TokenState.TOO_OLD
