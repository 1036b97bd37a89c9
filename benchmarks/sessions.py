"""Moderators who are signed in, for the contenders whose desk wants a session."""

from __future__ import annotations

from typing import Any

CSRF_TOKEN = "moderator" * 3 + "token"  # 32 characters, as the cookie and in the form


def sign_in(user: Any) -> str:
    """Return the `Cookie` header of a client in which `user` has signed in."""
    from django.test import Client

    client = Client()
    client.force_login(user)
    return f"sessionid={client.cookies['sessionid'].value}; csrftoken={CSRF_TOKEN}"
