"""Signatures, verified by the reference implementation of Standard Webhooks and by hand."""

from __future__ import annotations

import base64
import hashlib
import hmac
from datetime import UTC, datetime
from uuid import UUID

import pytest

from wagtail_massage.webhooks import signing

standardwebhooks = pytest.importorskip("standardwebhooks", reason="comes with the group “test”")

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
BODY = '{"type":"page.published","title":"Wärme"}'.encode()


def headers(*secrets, body=BODY, timestamp=None):
    stamp = int(datetime.now(UTC).timestamp()) if timestamp is None else timestamp
    return signing.headers(message="msg_1", timestamp=stamp, body=body, secrets=secrets or [SECRET])


class TestHeaders:
    def test_are_what_the_specification_says(self):
        """The example of the specification's reference implementations."""
        made = signing.headers(
            message="msg_p5jXN8AQM9LWM0D4loKWxJek",
            timestamp=1614265330,
            body=b'{"test": 2432232314}',
            secrets=[SECRET],
        )
        assert made == {
            "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
            "webhook-timestamp": "1614265330",
            "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        }

    def test_are_accepted_by_the_reference_implementation(self):
        assert standardwebhooks.Webhook(SECRET).verify(BODY, headers()) == {
            "type": "page.published",
            "title": "Wärme",
        }

    def test_are_accepted_with_each_of_several_secrets(self):
        secrets = [signing.make_secret() for _ in range(3)]
        made = headers(*secrets)
        for secret in secrets:
            standardwebhooks.Webhook(secret).verify(BODY, made)

    @pytest.mark.parametrize("change", ["body", "id", "time", "old", "secret"])
    def test_are_refused_when_anything_differs(self, change):
        made, body, secret = headers(), BODY, SECRET
        if change == "body":
            body = BODY.replace(b"page", b"comment")
        elif change == "id":
            made["webhook-id"] = "msg_2"
        elif change == "time":
            made["webhook-timestamp"] = str(int(made["webhook-timestamp"]) + 1)
        elif change == "old":
            made = headers(timestamp=int(datetime.now(UTC).timestamp()) - 600)
        else:
            secret = signing.make_secret()
        with pytest.raises(standardwebhooks.WebhookVerificationError):
            standardwebhooks.Webhook(secret).verify(body, made)

    def test_can_be_checked_by_hand(self):
        made = headers(timestamp=1700000000)
        key = base64.b64decode(SECRET.removeprefix("whsec_"))
        digest = hmac.new(key, b"msg_1.1700000000." + BODY, hashlib.sha256).digest()
        assert made["webhook-signature"] == "v1," + base64.b64encode(digest).decode()


class TestSecrets:
    def test_are_long_and_never_the_same(self):
        secrets = {signing.make_secret() for _ in range(20)}
        assert len(secrets) == 20
        assert {len(base64.b64decode(secret.removeprefix("whsec_"))) for secret in secrets} == {32}


def test_the_message_id_follows_from_the_event():
    uuid = UUID("0f8fad5bd9cb469fa16570867728950e")
    assert signing.message_id(uuid) == "msg_0f8fad5bd9cb469fa16570867728950e"
