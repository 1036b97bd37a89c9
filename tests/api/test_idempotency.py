"""An Idempotency-Key on the operations that keep no keys of their own."""

from __future__ import annotations

import json

import pytest
from django.apps import apps

pytestmark = pytest.mark.skipif(
    not apps.is_installed("wagtail_massage.comments"), reason="this shape has no comments"
)
API = "/api/massage/v1"


@pytest.fixture
def report(spa, client):
    from wagtail_massage.testing.comments import VisitorCommentFactory

    comment = VisitorCommentFactory(page=spa.article(), status="APPROVED")

    def post(reason: str, key: str = "one"):
        return client.post(
            f"{API}/comments/{comment.uuid}/reports/",
            json.dumps({"reason": reason}),
            content_type="application/json",
            headers={"idempotency-key": key},
        )

    return post


class TestAKey:
    def test_gets_the_same_answer_without_counting_twice(self, report):
        first, again = report("SPAM"), report("SPAM")

        assert (first.status_code, first.content) == (again.status_code, again.content)
        assert "r=9" in first["RateLimit"]
        assert "r=8" in report("SPAM", key="two")["RateLimit"]

    def test_with_another_body_is_refused(self, report):
        report("SPAM")
        refused = report("OTHER")

        assert refused.status_code == 422
        assert refused.json()["type"] == "urn:wagtail-massage:problem:idempotency-key-reused"

    def test_of_a_refusal_that_will_pass_is_not_remembered(self, report, settings):
        settings.WAGTAIL_MASSAGE_COMMENTS_REPORT_RATE = "1/h"
        report("SPAM", key="zero")
        throttled = report("SPAM")
        settings.WAGTAIL_MASSAGE_COMMENTS_REPORT_RATE = "10/h"

        assert (throttled.status_code, report("SPAM").status_code) == (429, 202)
        assert "r=0" in throttled["RateLimit"]

    def test_is_documented_on_every_post(self):
        from wagtail_massage.api_urls import api

        paths = api.get_openapi_schema(path_prefix=f"{API}/")["paths"]
        for path, methods in paths.items():
            if "post" in methods:
                names = {parameter["name"] for parameter in methods["post"].get("parameters", ())}
                assert "Idempotency-Key" in names, path
