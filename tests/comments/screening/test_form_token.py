"""Whether a comment came through a form of ours."""

from __future__ import annotations

import pytest

from wagtail_massage.comments.drafts import Origin
from wagtail_massage.comments.screening.form_token import FormTokenCheck
from wagtail_massage.comments.tokens import TokenState

from .conftest import reasons


class TestFormTokenCheck:
    @pytest.mark.parametrize(
        ("token", "found"),
        [
            (TokenState.GOOD, []),
            (TokenState.MISSING, [("HOLD", "no_token")]),
            (TokenState.CONFIRMED, [("PASS", "second_step")]),
            ("", []),
        ],
    )
    def test_holds_what_came_without(self, look, token, found):
        assert reasons(look(FormTokenCheck(), origin=Origin(token=token))) == found
