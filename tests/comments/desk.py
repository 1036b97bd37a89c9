"""What the tests of the desk share: kinds of people, two sections, and clients that are signed in."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse
from wagtail.models import GroupPagePermission, Page

from wagtail_massage.comments.models import GroupCommentPermission, VisitorComment

NAMESPACE = "wagtail_massage_comments_desk"


def desk_url(name: str, *args: Any) -> str:
    return reverse(f"{NAMESPACE}:{name}", args=args)


def make_user(
    name: str,
    *,
    admin: bool = True,
    moderates: Page | None = None,
    answers: Page | None = None,
    edits: Page | None = None,
) -> Any:
    """Make a user through one group of their own that holds exactly the rights named."""
    user = get_user_model().objects.create_user(name, f"{name}@example.com", "secret")
    group = Group.objects.create(name=f"group of {name}")
    user.groups.add(group)
    if admin:
        group.permissions.add(Permission.objects.get(codename="access_admin"))
    for right, page in (("MODERATE", moderates), ("ANSWER_HEALTH", answers)):
        if page is not None:
            GroupCommentPermission.objects.create(group=group, page=page, permission=right)
    if edits is not None:
        for codename in ("change_page", "publish_page"):
            permission = Permission.objects.filter(codename=codename).first()
            GroupPagePermission.objects.create(group=group, page=edits, permission=permission)
    return user


def client_of(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def decision(comment: VisitorComment, verb: str, **values: Any) -> dict[str, Any]:
    """Return what a button of the desk posts about `comment` as it is in memory."""
    return {"verb": verb, "status": comment.status, "version": comment.version, **values}


def html_of(response: Any) -> str:
    return response.content.decode().replace("&#x27;", "'").replace("&quot;", '"')
