"""Who counts as one visitor, and what counts as a rate."""

from __future__ import annotations

import pytest
from django.test import RequestFactory

from wagtail_massage.comments.throttling import client_address, network_of, parse_rate


class TestClientAddress:
    @pytest.mark.parametrize(
        ("trusted", "forwarded", "address"),
        [
            (0, "203.0.113.9", "192.0.2.1"),
            (1, "127.0.0.1, 203.0.113.9", "203.0.113.9"),
            (2, "127.0.0.1, 203.0.113.9, 198.51.100.1", "203.0.113.9"),
            (2, "203.0.113.9", "192.0.2.1"),
            (1, "", "192.0.2.1"),
        ],
    )
    def test_believes_trusted_proxies_only(self, settings, trusted, forwarded, address):
        settings.WAGTAIL_MASSAGE_COMMENTS_TRUSTED_PROXIES = trusted
        request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.1", HTTP_X_FORWARDED_FOR=forwarded)
        assert client_address(request) == address


class TestNetworkOf:
    @pytest.mark.parametrize(
        ("address", "network"),
        [
            ("192.0.2.1", "192.0.2.1"),
            ("2001:db8:0:7::1", "2001:db8:0:7::/64"),
            ("::ffff:192.0.2.1", "192.0.2.1"),
            ("nonsense", ""),
            ("", ""),
        ],
    )
    def test_is_an_address_or_the_64_of_one(self, address, network):
        assert network_of(address) == network


class TestParseRate:
    def test_reads_a_count_and_a_period(self):
        assert parse_rate("5/m") == (5, 60)

    @pytest.mark.parametrize("rate", ["", "5", "0/m", "-1/m", "5/w", "x/m", "5/m/s"])
    def test_names_what_is_no_rate(self, rate):
        with pytest.raises(ValueError, match="is not a rate"):
            parse_rate(rate)
