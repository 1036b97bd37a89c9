"""Signatures after the Standard Webhooks specification, https://www.standardwebhooks.com (version 1 of its scheme).

What is signed is "id.timestamp.body" with HMAC-SHA256. A header carries a signature for each secret, so that a secret
can be replaced without a gap.
"""

from __future__ import annotations

import base64
import hmac
import secrets as randomness
from collections.abc import Iterable
from uuid import UUID

PREFIX = "whsec_"
_BYTES = 32  # the specification asks for 24 to 64


def make_secret() -> str:
    """Return a new secret: "whsec_" and 32 random bytes in base64."""
    return PREFIX + base64.b64encode(randomness.token_bytes(_BYTES)).decode()


def message_id(uuid: UUID) -> str:
    """Return the webhook-id of an event: the same at every attempt and every endpoint."""
    return f"msg_{uuid.hex}"


def headers(*, message: str, timestamp: int, body: bytes, secrets: Iterable[str]) -> dict[str, str]:
    """Return the three headers of a message.

    Args:
        message: the webhook-id.
        timestamp: the moment of the attempt, in seconds since 1970. Receivers refuse what is too old.
        body: exactly the bytes that are sent.
        secrets: those that the receiver may know, "whsec_..."; the order does not matter.

    Raises:
        ValueError: if a secret is none.
    """
    signed = f"{message}.{timestamp}.".encode() + body
    signatures = [f"v1,{_signature(secret, signed)}" for secret in secrets]
    return {
        "webhook-id": message,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(signatures),
    }


def _signature(secret: str, signed: bytes) -> str:
    key = base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    return base64.b64encode(hmac.digest(key, signed, "sha256")).decode()
