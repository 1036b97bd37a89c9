"""Who uses the admin: people with exactly the rights named."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Permission
from django.urls import reverse

from tests.comments import desk

NAMESPACE = "wagtail_massage_webhooks"


def url(name: str, *args: Any) -> str:
    return reverse(f"{NAMESPACE}:{name}", args=args)


def make_user(name: str, *rights: str, admin: bool = True) -> Any:
    """Make a user who holds Django's permissions `rights` ("add", "change", "delete", "view") for webhooks."""
    user = desk.make_user(name, admin=admin)
    codenames = [f"{right}_webhookendpoint" for right in rights]
    user.groups.get().permissions.add(*Permission.objects.filter(codename__in=codenames))
    return user
