"""The plain form of a front end on another origin: back where it says, and nowhere that nobody allowed."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.checks import run_checks

from tests.comments.faces import FIELDS, form_url, good_token
from tests.comments.test_health import QUESTION
from wagtail_massage.comments.models import VisitorComment

ALLOWED = "https://www.example.com/spa"
BACK = "https://www.example.com/spa/stones/?lang=en"


@pytest.fixture(autouse=True)
def front_end(settings):
    settings.WAGTAIL_MASSAGE_COMMENTS_RETURN_URLS = [ALLOWED]


@pytest.fixture
def send(client, page):
    def send(next_url, **values):
        values = {**FIELDS, "form_token": good_token(page), "next": next_url, **values}
        return client.post(form_url(page.pk), values)

    return send


class TestPlainForm:
    def test_leads_back_and_says_what_became_of_the_comment(self, send):
        answer = send(BACK)
        assert answer.status_code == 303
        back = urlsplit(answer["Location"])
        assert (back.scheme, back.netloc, back.path) == ("https", "www.example.com", "/spa/stones/")
        assert parse_qs(back.query) == {"lang": ["en"], "massage-comment": ["pending"]}
        assert back.fragment == "comments"
        assert VisitorComment.objects.count() == 1

    def test_says_that_the_address_has_to_be_confirmed_but_not_to_somebody_who_copied_the_text(
        self, send, settings
    ):
        settings.WAGTAIL_MASSAGE_COMMENTS_EMAIL = "CONFIRMED"
        answers = [send(BACK, author_email="rowan@example.com")["Location"] for _ in range(2)]
        assert ["=unconfirmed" in answer for answer in answers] == [True, False]

    def test_keeps_the_way_back_through_a_mistake(self, send):
        answer = send(BACK, body="")
        assert answer.status_code == 422
        assert f'name="next" value="{BACK}"' in answer.content.decode()

    def test_keeps_the_way_back_through_the_second_step(self, send):
        answer = send(BACK, form_token="")
        assert answer.status_code == 422
        assert f'name="next" value="{BACK}"' in answer.content.decode()

    def test_leads_to_the_authors_page_where_a_health_question_has_to_be_looked_after(self, send):
        answer = send(BACK, body=QUESTION)
        assert answer.status_code == 303
        assert answer["Location"].startswith("/massage/comments/receipt/")

    @pytest.mark.parametrize(
        "next_url",
        [
            "",
            "/spa/",
            "//www.example.com/spa/",
            "https://evil.example/spa/",
            "https://www.example.com.evil.example/spa/",
            "https://www.example.com@evil.example/spa/",
            "https://evil.example\\@www.example.com/spa/",
            "https://www.example.com:444/spa/",
            "http://www.example.com/spa/",
            "https://www.example.com/",
            "https://www.example.com/spaniel",
            "https://www.example.com/spa/../admin/",
            "https://www.example.com/spa/%2e%2E/admin/",
            "https://www.example.com/spa/..\\admin/",
            "https://www.example.com/spa/\r\nSet-Cookie: a=b",
            "https://www.example.com/spa/\t/x",
            "javascript://www.example.com/spa/%0aalert(1)",
            "https://www.example.com:spa/",
            "https://[::1/spa/",
            "https://www.example.com/spa/" + "a" * 3000,
        ],
    )
    def test_is_led_nowhere_else(self, send, next_url):
        answer = send(next_url)
        assert answer.status_code == 303
        assert answer["Location"].startswith("/massage/comments/receipt/")
        assert "example" not in send(next_url, body="").content.decode().replace("example.com/#", "")

    def test_is_led_nowhere_without_the_setting(self, send, settings):
        settings.WAGTAIL_MASSAGE_COMMENTS_RETURN_URLS = []
        assert send(BACK)["Location"].startswith("/massage/comments/receipt/")


class TestSystemCheck:
    def found(self):
        return {
            message.id.rpartition(".")[2]: message for message in run_checks() if message.id.endswith("080")
        }

    @pytest.mark.parametrize("url", ["www.example.com", "/spa/", 7, "ftp://www.example.com/", "https://"])
    def test_names_what_is_no_address(self, settings, url):
        settings.WAGTAIL_MASSAGE_COMMENTS_RETURN_URLS = [url]
        assert repr(url) in self.found()["E080"].msg

    def test_says_nothing_where_something_else_answers_for_cors(self):
        assert self.found() == {}


class TestSystemCheckWithCorsHeaders:
    @pytest.fixture(autouse=True)
    def cors(self, settings, monkeypatch):
        pytest.importorskip("corsheaders", reason="needs django-cors-headers")
        from wagtail_massage.comments import checks

        installed = checks.apps.is_installed
        monkeypatch.setattr(
            checks.apps, "is_installed", lambda name: name == "corsheaders" or installed(name)
        )
        settings.CORS_ALLOWED_ORIGINS = ["https://www.example.com"]
        settings.CORS_ALLOW_HEADERS = ["Authorization", "content-type", "idempotency-key"]

    found = TestSystemCheck.found

    def test_is_content_with_what_the_element_needs(self):
        assert self.found() == {}

    def test_names_an_origin_that_is_not_allowed(self, settings):
        settings.CORS_ALLOWED_ORIGINS = ["https://example.com"]
        assert "https://www.example.com is not in" in self.found()["W080"].msg

    def test_names_a_header_that_is_not_allowed(self, settings):
        settings.CORS_ALLOW_HEADERS = ["content-type", "authorization"]
        assert "lacks idempotency-key" in self.found()["W080"].msg
