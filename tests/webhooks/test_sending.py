"""One call: only to public addresses, to the very address that was checked, without redirects, and not for long."""

from __future__ import annotations

import socket
import ssl
import threading
import time

import pytest

from wagtail_massage.webhooks import sending
from wagtail_massage.webhooks.events import Trouble
from wagtail_massage.webhooks.sending import LIMIT, post
from wagtail_massage.webhooks.targets import Refused, parse

BODY = b'{"type":"webhook.test"}'


def send(url):
    return post(url, headers={"webhook-id": "msg_1"}, body=BODY)


@pytest.fixture
def resolver(monkeypatch):
    """Answer for host names from lists, one answer after the other; the last one stays."""
    answers: dict[str, list[list[str]]] = {}
    asked: list[str] = []

    def getaddrinfo(host, port, *args, **kwargs):
        asked.append(host)
        if host not in answers:
            raise socket.gaierror(socket.EAI_NONAME, "unknown")
        found = answers[host].pop(0) if len(answers[host]) > 1 else answers[host][0]
        return [
            (socket.AF_INET6 if ":" in one else socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port))
            for one in found
        ]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    answers["asked"] = asked
    return answers


@pytest.fixture
def impatient(monkeypatch):
    monkeypatch.setattr(sending, "SECONDS", 0.6)


class TestTargets:
    @pytest.mark.parametrize(
        "address",
        [
            "127.0.0.1",
            "127.8.8.8",
            "10.0.0.1",
            "172.16.0.1",
            "192.168.1.1",
            "100.64.0.1",
            "100.100.100.200",
            "169.254.169.254",
            "168.63.129.16",
            "192.0.0.192",
            "198.18.0.1",
            "0.0.0.0",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "::1",
            "::",
            "fe80::1",
            "fc00::1",
            "fd00:ec2::254",
            "ff02::1",
            "fec0::1",
            "::ffff:127.0.0.1",
            "::ffff:169.254.169.254",
            "::7f00:1",
            "::ffff:0:7f00:1",
            "64:ff9b::7f00:1",
            "64:ff9b::a9fe:a9fe",
            "64:ff9b:1::1",
            "2002:7f00:1::",
            "2002:a00:1::1",
            "2001:0:4136:e378:8000:63bf:80ff:fffe",
            "2001:db8::1",
            "100::1",
        ],
    )
    def test_that_are_not_public_are_refused_and_never_called(self, resolver, address, monkeypatch):
        resolver["inside.example"] = [[address]]
        monkeypatch.setattr(sending, "_open", lambda *args, **kwargs: pytest.fail("was called"))
        answer = send("https://inside.example/")
        assert answer.trouble == Trouble.FORBIDDEN
        assert answer.status is None

    @pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07::1", "64:ff9b::5db8:d70e"])
    def test_that_are_public_are_called(self, resolver, address, monkeypatch):
        called = []

        def refuse(found, port, *, seconds):
            called.append((str(found), port))
            raise ConnectionRefusedError

        resolver["front.example"] = [[address]]
        monkeypatch.setattr(sending, "_open", refuse)
        assert send("https://front.example:8443/x").trouble == Trouble.UNREACHABLE
        assert called == [(str(socket.inet_ntop(*_packed(address))), 8443)]

    def test_with_one_private_address_among_public_ones_are_refused(self, resolver):
        resolver["mixed.example"] = [["93.184.215.14", "10.0.0.1"]]
        assert send("https://mixed.example/").trouble == Trouble.FORBIDDEN

    @pytest.mark.parametrize(
        "url",
        [
            "https://2130706433/",
            "https://0x7f.1/",
            "https://127.1/",
            "https://[::ffff:7f00:1]/",
            "https://localhost/",
        ],
    )
    def test_written_in_odd_ways_are_refused_too(self, url):
        assert send(url).trouble in {Trouble.FORBIDDEN, Trouble.UNKNOWN_HOST}

    def test_without_an_address_are_refused(self, resolver):
        assert send("https://nowhere.example/").trouble == Trouble.UNKNOWN_HOST

    def test_without_encryption_are_refused(self):
        assert send("http://front.example/").trouble == Trouble.INSECURE

    @pytest.mark.parametrize(
        "url", ["ftp://front.example/", "file:///etc/passwd", "https://", "gopher://a/", "x"]
    )
    def test_of_other_kinds_are_refused(self, url):
        answer = send(url)
        assert answer.trouble == Trouble.BROKEN
        assert not answer.address

    @pytest.mark.parametrize(
        "url", ["https://a.example/\r\nX: 1", "https://a.example/ x", "https://a\\@b.example/"]
    )
    def test_that_would_break_a_request_are_refused(self, url):
        with pytest.raises((ValueError, Refused)):
            parse(url)

    def test_may_have_international_names(self):
        target = parse("https://wärme.example/pfad?q=1")
        assert (target.host, target.path, target.authority) == (
            "xn--wrme-loa.example",
            "/pfad?q=1",
            "xn--wrme-loa.example",
        )

    def test_may_lie_nearby_where_a_setting_says_so(self, nearby, target):
        assert send(target.url).trouble is None
        assert send("http://[ff02::1]/").trouble == Trouble.FORBIDDEN


def _packed(address):
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    return family, socket.inet_pton(family, address)


class TestRebinding:
    def test_gains_nothing(self, resolver, target, monkeypatch):
        """The name is public when it is checked, and is this machine a moment later: the public one is called."""
        resolver["rebinding.example"] = [["93.184.215.14"], ["127.0.0.1"]]
        called = []

        def connect(self, address):
            called.append(address)
            raise ConnectionRefusedError

        monkeypatch.setattr(socket.socket, "connect", connect)
        assert send(f"https://rebinding.example:{target.port}/").trouble == Trouble.UNREACHABLE
        assert called == [("93.184.215.14", target.port)]
        assert resolver["asked"] == ["rebinding.example"]
        assert not target.received

    def test_the_next_call_checks_again(self, resolver, monkeypatch):
        resolver["rebinding.example"] = [["93.184.215.14"], ["127.0.0.1"]]
        monkeypatch.setattr(socket.socket, "connect", lambda self, address: (_ for _ in ()).throw(OSError))
        assert send("https://rebinding.example/").trouble == Trouble.UNREACHABLE
        assert send("https://rebinding.example/").trouble == Trouble.FORBIDDEN

    def test_the_name_is_told_to_the_address_that_was_checked(self, resolver, nearby, target):
        resolver["front.example"] = [["127.0.0.1"]]
        assert send(f"http://front.example:{target.port}/hook?x=1").status == 200
        (request,) = target.received
        assert request.headers["host"] == f"front.example:{target.port}"
        assert request.path == "/hook?x=1"


@pytest.mark.usefixtures("nearby")
class TestAnswers:
    def test_of_success_are_kept(self, target):
        answer = send(target.url)
        assert (answer.trouble, answer.status, answer.body) == (None, 200, "thanks")
        assert answer.address == "127.0.0.1"
        (request,) = target.received
        assert request.body == BODY
        assert request.headers["content-type"] == "application/json"
        assert request.headers["webhook-id"] == "msg_1"
        assert "cookie" not in request.headers

    @pytest.mark.parametrize(
        ("status", "trouble"), [(204, None), (400, Trouble.STATUS), (503, Trouble.STATUS)]
    )
    def test_are_judged_by_their_status(self, target, status, trouble):
        target.status = status
        assert send(target.url).trouble == trouble

    @pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
    def test_that_redirect_are_not_followed(self, target, status):
        target.status, target.headers = status, {"Location": target.url + "/elsewhere"}
        assert send(target.url).trouble == Trouble.REDIRECT
        assert [request.path for request in target.received] == ["/hook"]

    def test_that_are_huge_are_not_read_to_the_end(self, target):
        def pour(handler):
            handler.send_response(200)
            handler.end_headers()
            for _ in range(10_000):
                handler.wfile.write(b"x" * 65_536)

        target.answer = pour
        answer = send(target.url)
        assert answer.status == 200
        assert len(answer.body) == LIMIT

    def test_that_promise_more_than_they_hold_are_kept(self, target):
        target.headers = {"Content-Length": "4000000"}
        assert send(target.url).trouble in {None, Trouble.BROKEN, Trouble.TIMEOUT}

    @pytest.mark.parametrize("raw", [b"\x00\x01 no http at all\r\n\r\n", b"HTTP/1.1 abc\r\n\r\n", b""])
    def test_that_are_no_http_are_a_failure(self, target, raw):
        def babble(handler):
            handler.wfile.write(raw)
            handler.close_connection = True

        target.answer = babble
        assert send(target.url).trouble in {Trouble.BROKEN, Trouble.UNREACHABLE}

    def test_with_endless_headers_are_a_failure(self, target):
        def pour(handler):
            handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
            for number in range(200):
                handler.wfile.write(f"X-{number}: y\r\n".encode())

        target.answer = pour
        assert send(target.url).trouble in {Trouble.BROKEN, Trouble.UNREACHABLE}

    def test_keep_nothing_that_a_database_or_a_terminal_would_choke_on(self, target):
        target.body = b"a\x00b\x1b[31mc\xffd\r\n"
        assert send(target.url).body == "a�b�[31mc�d\n"


@pytest.mark.usefixtures("nearby", "impatient")
class TestTime:
    def test_ends_for_a_target_that_says_nothing(self, target):
        target.gate.clear()
        assert send(target.url).trouble == Trouble.TIMEOUT

    @pytest.mark.parametrize("after", [b"", b"HTTP/1.1 200 OK\r\n\r\n"])
    def test_ends_for_a_target_that_drips(self, target, after):
        """Each byte comes in time; the whole never does."""
        stop = threading.Event()

        def drip(handler):
            handler.wfile.write(after or b"HTTP/1.1 200 OK\r\nX-Slow: ")
            while not stop.wait(0.05):
                handler.wfile.write(b"y")

        target.answer = drip
        answer = send(target.url)
        stop.set()
        assert answer.trouble == Trouble.TIMEOUT

    def test_ends_for_a_handshake_that_never_comes(self):
        with socket.create_server(("127.0.0.1", 0)) as server:
            answer = send(f"https://127.0.0.1:{server.getsockname()[1]}/")
        assert answer.trouble == Trouble.TIMEOUT

    def test_ends_for_a_resolver_that_never_answers(self, monkeypatch):
        stop = threading.Event()
        monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: stop.wait(20) and [])
        assert send("https://slow.example/").trouble == Trouble.TIMEOUT
        stop.set()


@pytest.mark.usefixtures("nearby")
class TestConnections:
    def test_to_nobody_fail(self, target):
        target.stop()
        assert send(target.url).trouble == Trouble.UNREACHABLE

    def test_go_to_the_next_address_when_one_is_closed(self, resolver, target):
        resolver["two.example"] = [["127.0.0.2", "127.0.0.1"]]
        answer = send(f"http://two.example:{target.port}/hook")
        assert (answer.status, answer.address) == (200, "127.0.0.1")

    def test_ask_no_proxy_of_the_environment(self, target, monkeypatch):
        for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, "http://127.0.0.1:9")
        assert send(target.url).status == 200

    def test_with_encryption_need_a_certificate_that_is_trusted(self, target):
        answer = send(target.url.replace("http://", "https://"))  # no TLS there at all
        assert answer.trouble == Trouble.TLS

    def test_verify_certificates_and_names(self):
        context = sending._tls()
        assert context.verify_mode == ssl.CERT_REQUIRED
        assert context.check_hostname

    def test_are_closed(self, target):
        before = threading.active_count()
        for _ in range(3):
            send(target.url)
        deadline = time.monotonic() + 10
        while threading.active_count() > before and time.monotonic() < deadline:
            time.sleep(0.01)
        assert threading.active_count() <= before
