"""What the front end does with what others wrote: texts, and messages that say they come from the CMS."""

from __future__ import annotations

import time
from typing import Any

import pytest

from wagtail_massage.webhooks import signing

BODY = '{"type": "page.published", "tags": ["massage-page-12"]}'


class TestHtml:
    def test_escapes_whatever_is_put_into_it(self, evaluate: Any) -> None:
        trick = "\"'><script>alert(1)</script>&amp;"
        made = evaluate('html.html`<p title="${data}">${[html.html`${data}`]}</p>`.text', trick)
        assert made == (
            '<p title="&quot;&#39;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;amp;">'
            "&quot;&#39;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;amp;</p>"
        )

    def test_draws_nothing_for_what_is_not_there(self, evaluate: Any) -> None:
        assert evaluate("html.html`[${null}${undefined}${false}${true}${''}${0}]`.text") == "[0]"

    def test_lets_no_data_end_its_script(self, evaluate: Any) -> None:
        made = evaluate("html.data(data).text", {"name": "</script><!-- & \u2028"})
        assert not set("<>&\u2028") & set(made)
        assert evaluate(f"JSON.parse({made!r}).name") == "</script><!-- & \u2028"


class TestWebhook:
    @pytest.fixture
    def signed(self) -> dict[str, Any]:
        secret, now = signing.make_secret(), int(time.time())
        headers = signing.headers(message="msg_1", timestamp=now, body=BODY.encode(), secrets=[secret])
        return {"headers": headers, "body": BODY, "secret": secret}

    def judge(self, evaluate: Any, signed: dict[str, Any]) -> bool:
        return evaluate("webhook.isSigned(data.headers, data.body, data.secret)", signed)

    def test_is_believed_with_the_signature_of_the_cms(self, evaluate: Any, signed: dict[str, Any]) -> None:
        assert self.judge(evaluate, signed)

    def test_is_believed_if_one_of_several_signatures_is_right(
        self, evaluate: Any, signed: dict[str, Any]
    ) -> None:
        signed["headers"]["webhook-signature"] = f"v1,AAAA v2,zzz {signed['headers']['webhook-signature']}"
        assert self.judge(evaluate, signed)

    @pytest.mark.parametrize(
        "change",
        [
            {"body": BODY.replace("12", "13")},
            {"secret": ""},
            {"secret": "whsec_AAAA"},
            {"webhook-id": "msg_2"},
            {"webhook-id": ""},
            {"webhook-timestamp": str(int(time.time()) - 301)},
            {"webhook-timestamp": "soon"},
            {"webhook-signature": ""},
            {"webhook-signature": "v1,"},
            {"webhook-signature": "v1"},
        ],
    )
    def test_is_refused_after_any_change(
        self, evaluate: Any, signed: dict[str, Any], change: dict[str, str]
    ) -> None:
        for name, value in change.items():
            (signed if name in signed else signed["headers"])[name] = value
        assert not self.judge(evaluate, signed)
