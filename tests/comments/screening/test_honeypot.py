"""The field that people do not see."""

from __future__ import annotations

import pytest

from wagtail_massage.comments.drafts import Origin
from wagtail_massage.comments.screening.honeypot import HoneypotCheck

from .conftest import reasons


class TestHoneypotCheck:
    @pytest.mark.parametrize(("trap", "found"), [("", []), ("  ", []), ("x", [("SPAM", "trap_filled")])])
    def test_calls_spam_what_was_filled_in(self, look, trap, found):
        assert reasons(look(HoneypotCheck(), origin=Origin(trap=trap))) == found
