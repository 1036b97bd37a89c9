"""Names that only the team may use."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Q

from ..conf import comments_settings
from ..states import EntryKind
from . import entries
from .base import Candidate, Check, Finding, Outcome
from .folding import skeleton
from .memory import Remembered

_PARTS = re.compile(r"[^\W_]+")


class ImpersonationCheck(Check):
    """Holds a reserved name, and the name of somebody of the team, from anybody who is not signed in as one of them.

    Names are compared by how they look (`folding.skeleton`). The team is everybody who may enter the admin, moderates
    comments, answers health questions, or is staff or a superuser. Of each of them the full name counts, in either
    order, and the user name; but only where it has two parts or more. A first name alone is nobody's own: a guest
    called Maria is not held because a moderator is called Maria Keller. Reserve such a name where the team signs with
    it.
    """

    name = "impersonation"

    def examine(self, candidate: Candidate) -> Iterable[Finding]:
        team = _team()
        user = candidate.origin.user
        if user is not None and user.pk in team.members:
            return
        reserved = _skeletons(
            (*comments_settings.reserved_names, *entries.values_of(EntryKind.RESERVED_NAME))
        )
        name = candidate.draft.author_name
        # "Maria Keller (team)" is Maria Keller, "the admin team" nobody but the team.
        rest = skeleton("".join(part for part in _PARTS.findall(name) if skeleton(part) not in reserved))
        if skeleton(name) in reserved or (skeleton(name) and not rest):
            yield Finding(outcome=Outcome.HOLD, reason="reserved_name")
        elif skeleton(name) in team.names or rest in team.names:
            yield Finding(outcome=Outcome.HOLD, reason="team_name")


@dataclass(frozen=True)
class _Team:
    members: frozenset[Any]
    names: frozenset[str]


def _read_team() -> _Team:
    users = get_user_model()
    is_member = Q(is_superuser=True) | Q(groups__massage_comment_permissions__isnull=False)
    enters = Permission.objects.filter(content_type__app_label="wagtailadmin", codename="access_admin")
    is_member |= Q(groups__permissions__in=enters) | Q(user_permissions__in=enters)
    try:
        users._meta.get_field("is_staff")
    except FieldDoesNotExist:
        pass  # a site's own user model need not have it
    else:
        is_member |= Q(is_staff=True)
    members = list(users.objects.filter(is_member, is_active=True).distinct())
    names = {skeleton(name) for member in members for name in _names_of(member)}
    return _Team(members=frozenset(member.pk for member in members), names=frozenset(names) - {""})


_team = Remembered(_read_team)
forget = _team.forget


def users_changed(update_fields: frozenset[str] | None = None, **kwargs: Any) -> None:
    """Receive a signal about a user, a group's members or a permission. Signing in is no change."""
    if update_fields is None or set(update_fields) != {"last_login"}:
        _team.rows_changed()


def _names_of(user: Any) -> Iterator[str]:
    full_name = getattr(user, "get_full_name", str)()
    *first, last = full_name.split() or [""]
    if first:
        yield full_name
        yield " ".join([last, *first])
    if len(_PARTS.findall(user.get_username())) > 1:
        yield user.get_username()


@lru_cache(maxsize=2)
def _skeletons(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(filter(None, map(skeleton, names)))
