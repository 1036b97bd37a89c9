"""Block lists: e-mail addresses and networks."""

from __future__ import annotations

from datetime import timedelta

import pytest

from wagtail_massage.comments import text
from wagtail_massage.comments.drafts import Origin
from wagtail_massage.comments.screening.lists import ListsCheck
from wagtail_massage.comments.states import Status

from .conftest import reasons

EMAIL, NETWORK = [("SPAM", "blocked_email")], [("SPAM", "blocked_network")]


class TestBlockedEmail:
    @pytest.mark.parametrize(
        ("entry", "address", "found"),
        [
            ("kai@example.com", "kai@example.com", EMAIL),
            ("kai@example.com", "Kai+offers@EXAMPLE.com", EMAIL),
            ("kai@example.com", "mikai@example.com", []),
            ("kai@example.com", "", []),
            ("@example.com", "anybody@example.com", EMAIL),
            ("@example.com", "anybody@mail.example.com", EMAIL),
            ("@example.com", "anybody@badexample.com", []),
            ("@xn--mnchen-3ya.example", "a@münchen.example", EMAIL),
            ("@com", "a@example.org", []),
            ("kai@example.com", "+kai@example.com", []),
        ],
    )
    def test_compares_mailboxes_not_spellings(self, look, listed, entry, address, found):
        listed("BLOCKED_EMAIL", entry)
        assert reasons(look(ListsCheck(), author_email=address)) == found


class TestBlockedNetwork:
    @pytest.mark.parametrize(
        ("entry", "address", "found"),
        [
            ("203.0.113.9", "203.0.113.9", NETWORK),
            ("203.0.113.9", "::ffff:203.0.113.9", NETWORK),
            ("203.0.113.9", "203.0.113.90", []),
            ("203.0.113.0/24", "203.0.113.77", NETWORK),
            ("203.0.113.0/24", "203.0.114.1", []),
            ("2001:db8::/32", "2001:db8:7::1", NETWORK),
            ("2001:db8::/32", "2001:db9::1", []),
            ("203.0.113.9", "", []),
            ("203.0.113.9", "no address", []),
        ],
    )
    def test_compares_addresses(self, look, listed, entry, address, found):
        listed("BLOCKED_NETWORK", entry)
        assert reasons(look(ListsCheck(), origin=Origin(address=address))) == found

    @pytest.mark.parametrize(("days", "found"), [(0, NETWORK), (6, NETWORK), (29, NETWORK), (60, [])])
    def test_knows_a_key_for_as_long_as_keys_are_kept(self, look, listed, now, days, found):
        key = text.network_key("2001:db8:0:7::/64", now - timedelta(days=days))
        listed("BLOCKED_NETWORK", key)
        assert reasons(look(ListsCheck(), origin=Origin(address="2001:db8:0:7::5"))) == found
        assert reasons(look(ListsCheck(), origin=Origin(address="2001:db8:0:8::5"))) == []

    def test_knows_the_key_that_a_stored_comment_has_kept(self, look, listed, say):
        comment = say(origin=Origin(address="203.0.113.9"))
        listed("BLOCKED_NETWORK", comment.network_key)
        assert reasons(look(ListsCheck(), comment=comment, origin=Origin())) == NETWORK

    def test_makes_spam_of_what_comes_from_there(self, say, listed):
        first = say(origin=Origin(address="203.0.113.9"))
        listed("BLOCKED_NETWORK", first.network_key)
        assert say(origin=Origin(address="203.0.113.9")).status == Status.SPAM
        assert say(origin=Origin(address="203.0.113.10")).status == Status.PENDING
