"""Links: how many, where to."""

from __future__ import annotations

import pytest

from wagtail_massage.comments.screening.links import LinkCheck

from .conftest import reasons

BLOCKED = [("SPAM", "blocked_domain")]


class TestManyLinks:
    @pytest.mark.parametrize(
        ("count", "found"),
        [
            (0, []),
            (2, []),
            (3, [("HOLD", "many_links")]),
            (4, [("HOLD", "many_links")]),
            (5, [("SPAM", "many_links")]),
        ],
    )
    def test_is_held_then_spam(self, look, count, found):
        body = " ".join(f"https://site{number}.example/" for number in range(count)) + " Fine."
        assert reasons(look(LinkCheck(), body)) == found

    def test_follows_the_setting(self, look, settings):
        settings.WAGTAIL_MASSAGE_COMMENTS_MAX_LINKS = 0
        assert reasons(look(LinkCheck(), "www.one.example")) == [("SPAM", "many_links")]


class TestBlockedDomain:
    @pytest.mark.parametrize(
        ("body", "found"),
        [
            ("see https://casino.example/x", BLOCKED),
            ("see www.casino.example", BLOCKED),
            ("see shop.Casino.Example.", BLOCKED),
            ("mail sue@casino.example", BLOCKED),
            ("https://user:pw@casino.example:81/", BLOCKED),
            ("https://casino。example/ casino．example casino｡example", BLOCKED),
            ("https://cas\u200bino.example\u00ad/", BLOCKED),
            ("notcasino.example", []),
            ("casino.example.org", []),
            ("my casino", []),
        ],
    )
    def test_is_found_as_a_link_or_not(self, look, settings, body, found):
        settings.WAGTAIL_MASSAGE_COMMENTS_BLOCKED_DOMAINS = ["casino.example"]
        assert reasons(look(LinkCheck(), body)) == found

    def test_is_found_in_the_name(self, look, listed):
        listed("BLOCKED_DOMAIN", "casino.example")
        assert reasons(look(LinkCheck(), author_name="best.casino.example")) == BLOCKED

    def test_may_be_listed_on_the_desk(self, look, listed):
        listed("BLOCKED_DOMAIN", "xn--mnchen-3ya.example")
        (finding,) = look(LinkCheck(), "Go to münchen.example now")
        assert finding.span == (6, 21)


class TestHostileText:
    @pytest.mark.parametrize(
        "body",
        [
            "a" * 5000,
            "a." * 2500,
            "http://" + "a." * 2400,
            "-" * 5000,
            "ü." * 2500,
            "ü。" * 2500,
            "\u200b" * 5000,
        ],
    )
    def test_is_looked_at_without_harm(self, look, listed, body):
        listed("BLOCKED_DOMAIN", "casino.example")
        assert not [finding for finding in look(LinkCheck(), body) if finding.reason == "blocked_domain"]
