"""Two accounts beside the admin user: one who moderates comments and answers health questions, one who edits pages."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission

from wagtail_massage.comments.models import GroupCommentPermission
from wagtail_massage.treatments.models import Person

MODERATOR, EDITOR = "maura", "tobias"
MODERATORS = "Comment moderators"


class Staff(NamedTuple):
    moderator: Any
    editor: Any


def make(home: Any) -> Staff:
    """Make both accounts; the moderators' group may enter the admin, moderate and answer below `home`, nothing else.

    They have no password yet: the start-up gives them the admin's.
    """
    moderators, _created = Group.objects.get_or_create(name=MODERATORS)
    moderators.permissions.add(Permission.objects.get_by_natural_key("access_admin", "wagtailadmin", "admin"))
    for right in GroupCommentPermission.Permission:
        GroupCommentPermission.objects.get_or_create(group=moderators, page=home.page_ptr, permission=right)
    editors = Group.objects.get(name="Editors")  # made by Wagtail's own migrations
    return Staff(
        moderator=_account(MODERATOR, moderators),
        editor=_account(EDITOR, editors),
    )


def _account(username: str, group: Group) -> Any:
    user = get_user_model().objects.create_user(username, f"{username}@otterfold.example")
    user.groups.add(group)
    person = Person.objects.filter(name__istartswith=f"{username} ").first()
    if person:
        user.first_name, user.last_name = person.name.split(" ", 1)
        user.save()
        person.user = user
        person.save()
    return user
