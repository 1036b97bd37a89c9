"""C46: generated requests to every operation. Nothing breaks the server, and every answer is one that is documented.

`make fuzz` sends more of them (scripts/fuzz.py).
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, seed, settings

from tests.comments.faces import good_token
from tests.spa import Spa
from wagtail_massage.api_urls import api

schemathesis = pytest.importorskip(
    "schemathesis", reason="needs schemathesis, of the dependency group “test”"
)

pytestmark = pytest.mark.skipif(
    not all(map(apps.is_installed, ("wagtail_massage.treatments", "wagtail_massage.comments"))),
    reason="needs the operations of every room",
)

EXAMPLES = int(os.environ.get("MASSAGE_FUZZ_EXAMPLES", "50"))
SEED = int(os.environ.get("MASSAGE_FUZZ_SEED", "1"))
CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "negative_data_rejection",
    "missing_required_header",
    "unsupported_method",
    "allow_header_conformance",
)
# That a request fits the schema promises no success: a name may be blank, a cursor another list's, a receipt a forgery.
NOT_CHECKED = ("positive_data_acceptance", "use_after_free", "ensure_resource_availability", "ignored_auth")
# How a request that does not fit the schema may be refused.
REFUSALS = ["400", "401", "403", "404", "405", "409", "413", "415", "422", "429", "503"]

schema = schemathesis.openapi.from_dict(
    api.get_openapi_schema(path_prefix="/api/massage/v1/"),
    config=schemathesis.Config.from_dict(
        {
            "generation": {"mode": "all", "max-examples": EXAMPLES, "database": "none"},
            "checks": {
                **{name: {"enabled": name in CHECKS} for name in CHECKS + NOT_CHECKED},
                "negative_data_rejection": {"expected-statuses": REFUSALS},
            },
        }
    ),
)
schema.app = get_wsgi_application()


class Known:
    """What really exists. Half of the generated requests are led there, for a made-up id finds nothing."""

    pages: list[int] = []
    comments: list[str] = []
    tokens: dict[str, list[str]] = {}


def _pick(value: Any, choices: list[Any]) -> Any:
    number = zlib.crc32(repr(value).encode("utf-8", "surrogatepass"))
    return choices[number // 2 % len(choices)] if number % 2 and choices else value


def _is_uuid(value: Any) -> bool:
    try:
        return isinstance(value, str) and bool(UUID(value))
    except ValueError:
        return False


@schema.hook
def map_path_parameters(context: Any, path_parameters: Any) -> Any:
    """Exchange an id for one that exists, and what is no id for nothing: wrong requests stay wrong."""
    for name, value in (path_parameters or {}).items():
        if name == "comment_id" and _is_uuid(value):
            path_parameters[name] = _pick(value, Known.comments)
        elif name == "page_id" and isinstance(value, int) and not isinstance(value, bool) and value > 0:
            path_parameters[name] = _pick(value, Known.pages)
    return path_parameters


@schema.hook
def map_headers(context: Any, headers: Any) -> Any:
    """Give half of the requests a receipt."""
    for name, value in (headers or {}).items():
        if name.lower() == "authorization" and isinstance(value, str):
            headers[name] = _pick(value, Known.tokens["receipt"])
    return headers


@schema.hook
def map_body(context: Any, body: Any) -> Any:
    """Give half of the bodies that have a place for a token a good one."""
    if isinstance(body, dict):
        for name, value in body.items():
            if isinstance(value, str) and len(value) < 100 and name in Known.tokens:
                body[name] = _pick(value, Known.tokens[name])
    return body


@pytest.fixture
def _one_connection(db: None) -> Iterator[None]:
    """A server hangs up on its database between requests; the test's transaction has to outlive them."""
    ends = (request_started, request_finished)
    for signal in ends:
        signal.disconnect(close_old_connections)
    yield
    for signal in ends:
        signal.connect(close_old_connections)


@pytest.fixture
def site(_one_connection: None, settings: Any) -> None:
    """A small site with pages, comments and the tokens of a visitor who has just written one of them."""
    from wagtail_massage.comments.states import Policy, Status
    from wagtail_massage.comments.tokens import Purpose, make_token
    from wagtail_massage.testing.comments import CommentThreadFactory, VisitorCommentFactory

    for name in ("RATE", "PAGE_RATE", "SITE_RATE", "REPORT_RATE"):
        setattr(settings, f"WAGTAIL_MASSAGE_COMMENTS_{name}", "1000000/s")
    spa = Spa()
    treatment, article = spa.treatment(), spa.article()
    CommentThreadFactory(page=article, policy=Policy.OPEN)
    comments = [VisitorCommentFactory(page=article) for _ in range(3)]
    comments += [VisitorCommentFactory(page=article, parent=comments[0]) for _ in range(2)]
    comments.append(VisitorCommentFactory(page=article, status=Status.PENDING))
    comments.append(VisitorCommentFactory(page=treatment, author_email="wren@example.com"))
    Known.pages = [treatment.pk, article.pk]
    Known.comments = [str(comment.uuid) for comment in comments]
    receipts = [make_token(Purpose.RECEIPT, str(comment.uuid)) for comment in comments]
    Known.tokens = {
        "receipt": [f"Receipt {token}" for token in receipts],
        "form_token": [good_token(article)],
        "token": receipts,
    }


@pytest.mark.usefixtures("site")
@schema.parametrize()
@seed(SEED)
@settings(
    max_examples=EXAMPLES,
    database=None,
    phases=[Phase.explicit, Phase.generate],  # shrinking an answer that took seconds takes minutes
    suppress_health_check=list(HealthCheck),
)
def test_every_operation_answers_as_documented(case: Any) -> None:
    case.call_and_validate()
