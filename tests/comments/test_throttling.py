"""Who counts as one visitor, and what counts as a rate."""

from __future__ import annotations

import pytest
from django.test import RequestFactory

from tests.comments.faces import comments_url, post_json
from tests.projects.blog.models import BlogPage
from wagtail_massage.comments.models import VisitorComment
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
            (1, "127.0.0.1, 203.0.113.9:4711", "203.0.113.9"),
            (1, "127.0.0.1, [2001:db8::7]:4711", "2001:db8::7"),
            (1, "127.0.0.1, ::ffff:203.0.113.9", "203.0.113.9"),
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
            ("fe80::1%eth0", "fe80::/64"),
            ("192.0.2.1:8080", "192.0.2.1"),
            ("[2001:db8:0:7::1]", "2001:db8:0:7::/64"),
            ("nonsense", ""),
            ("192.0.2.1\n", "192.0.2.1"),
            ("192.0.2.256", ""),
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


@pytest.mark.contract
class TestALimit:
    """Over HTTP: what a visitor can change does not lift it."""

    @pytest.fixture
    def post(self, client, page, settings):
        settings.WAGTAIL_MASSAGE_COMMENTS_RATE = "3/m"
        count = iter(range(1000))

        def post(*, page=page, headers=None, **values):
            fields = {"author_name": "Wren", "body": f"Number {next(count)}", **values}
            return post_json(client, comments_url(page.pk), fields, **(headers or {}))

        return post

    @pytest.mark.parametrize(
        "change",
        [
            lambda n: {"author_name": f"Wren {n}"},
            lambda n: {"author_email": f"wren{n}@example.com"},
            lambda n: {"author_email": f"wren+{n}@example.com"},
            lambda n: {"author_email": "wren@example.com" if n % 2 else "WREN@Example.com"},
            lambda n: {"headers": {"REMOTE_ADDR": f"2001:db8:0:7::{n + 1}"}},
            lambda n: {"headers": {"REMOTE_ADDR": "192.0.2.1" if n % 2 else "::ffff:192.0.2.1"}},
            lambda n: {"headers": {"HTTP_X_FORWARDED_FOR": f"198.51.100.{n}"}},
            lambda n: {
                "headers": {"HTTP_X_REAL_IP": f"198.51.100.{n}", "HTTP_FORWARDED": f"for=198.51.100.{n}"}
            },
            lambda n: {"headers": {"HTTP_IDEMPOTENCY_KEY": f"key-{n}"}},
            lambda n: {"headers": {"HTTP_USER_AGENT": f"Browser {n}"}},
        ],
        ids=[
            "name",
            "address",
            "tag",
            "case",
            "one /64",
            "mapped",
            "forged proxy",
            "other headers",
            "key",
            "agent",
        ],
    )
    def test_is_not_lifted_by_rotating(self, post, change):
        assert [post(**change(number)).status_code for number in range(6)] == [202] * 3 + [429] * 3
        assert VisitorComment.objects.count() == 3

    def test_is_not_lifted_by_a_forged_address_before_the_trusted_proxy(self, post, settings):
        settings.WAGTAIL_MASSAGE_COMMENTS_TRUSTED_PROXIES = 1
        codes = [
            post(headers={"HTTP_X_FORWARDED_FOR": f"127.0.0.{number}, 203.0.113.9"}).status_code
            for number in range(4)
        ]
        assert codes == [202, 202, 202, 429]

    def test_says_when_to_come_back(self, post):
        for _number in range(3):
            post()
        assert 1 <= int(post()["Retry-After"]) <= 60

    def test_does_not_count_a_post_that_is_repeated(self, post):
        same = {"body": "The same", "headers": {"HTTP_IDEMPOTENCY_KEY": "k-1"}}
        assert [post(**same).status_code for _number in range(9)] == [202] * 9
        assert [post().status_code for _number in range(3)] == [202, 202, 429]

    @pytest.mark.parametrize(("setting", "status"), [("PAGE_RATE", 202), ("SITE_RATE", 429)])
    def test_holds_for_a_page_and_for_all_of_them(self, post, home, settings, setting, status):
        setattr(settings, f"WAGTAIL_MASSAGE_COMMENTS_{setting}", "2/m")
        far = [{"REMOTE_ADDR": f"192.0.2.{number}"} for number in range(4)]
        assert [post(headers=headers).status_code for headers in far[:3]] == [202, 202, 429]
        other = home.add_child(instance=BlogPage(title="Other", slug="other"))
        assert post(page=other, headers=far[3]).status_code == status

    def test_that_turns_away_leaves_the_others_untouched(self, post, settings):
        settings.WAGTAIL_MASSAGE_COMMENTS_PAGE_RATE = "4/m"
        for _number in range(10):
            post()  # one network, with three posts to spend, cannot use up the page
        assert post(headers={"REMOTE_ADDR": "198.51.100.1"}).status_code == 202
