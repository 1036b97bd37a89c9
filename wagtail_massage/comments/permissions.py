"""Who may moderate which comments: granted per group and page subtree, resolved once per request.

Every view, count, export and API asks here; the queryset it gets back is the permission.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from wagtail.permission_policies.base import BasePermissionPolicy

from .models import DeskText, GroupCommentPermission, ScreeningEntry, VisitorComment
from .querysets import CommentQuerySet
from .states import Status

Permission = GroupCommentPermission.Permission

_ROOT = 4  # characters of the path of the page tree's root


class Scope:
    """The page subtrees in which a user holds one permission, as tree path prefixes; superusers hold it everywhere."""

    def __init__(self, *, everywhere: bool, prefixes: frozenset[str]) -> None:
        self.everywhere, self.prefixes = everywhere, prefixes

    def __bool__(self) -> bool:
        return self.everywhere or bool(self.prefixes)

    def condition(self, field: str) -> Q:
        """Return the condition that the page path in `field` ("page__path") lies in scope. Comments of deleted
        pages have no path and are in scope only for those who hold the permission everywhere."""
        if self.everywhere:
            return Q()
        condition = Q(pk__in=[])
        for prefix in self.prefixes:
            condition |= Q(**{f"{field}__startswith": prefix})
        return condition

    def covers(self, path: str | None) -> bool:
        """Tell whether a page at the tree path lies in scope; None: the page is gone."""
        return self.everywhere or (
            path is not None and any(path.startswith(prefix) for prefix in self.prefixes)
        )


@dataclass(frozen=True)
class Rights:
    """All that the desk depends on of a user, and good in the user's place: who has the same rights is shown the same.

    Attributes:
        everywhere: a superuser, who may do everything.
        granted: which permission was granted to the user's groups, and the tree path of the page.
    """

    everywhere: bool = False
    granted: frozenset[tuple[str, str]] = frozenset()


def rights_of(user: Any) -> Rights:
    """Return the rights of `user`. Asked of the database once per user object, so once per request."""
    if isinstance(user, Rights):
        return user
    if not user.is_active:
        return Rights()
    if user.is_superuser:
        return Rights(everywhere=True)
    if not hasattr(user, "_massage_comment_rights"):
        granted = GroupCommentPermission.objects.filter(group__user=user)
        user._massage_comment_rights = Rights(
            granted=frozenset(granted.values_list("permission", "page__path"))
        )
    return user._massage_comment_rights


def scope_of(user: Any, permission: str = Permission.MODERATE) -> Scope:
    """Return where `user` holds `permission`."""
    rights = rights_of(user)
    prefixes = frozenset(path for name, path in rights.granted if name == permission)
    return Scope(everywhere=rights.everywhere, prefixes=prefixes)


def moderated_by(user: Any) -> CommentQuerySet:
    """Return the comments that `user` may see on the desk and decide on."""
    return VisitorComment.objects.filter(scope_of(user).condition("page__path"))


def opens_desk(user: Any) -> bool:
    """Tell whether there is anything on the desk for `user`: comments to moderate, or health questions to answer."""
    return bool(scope_of(user)) or bool(scope_of(user, Permission.ANSWER_HEALTH))


def may_answer_health(user: Any, page: Any) -> bool:
    """Tell whether `user` may answer health questions on `page`; None: the page is gone."""
    return scope_of(user, Permission.ANSWER_HEALTH).covers(page.path if page else None)


def is_health_answered() -> bool:
    """Tell whether anybody was granted to answer health questions anywhere. Superusers do not count: they may do
    everything, and that is no promise that they answer."""
    granted = GroupCommentPermission.objects.filter(permission=Permission.ANSWER_HEALTH)
    return granted.filter(group__user__is_active=True).exists()


def on_desk(user: Any, field: str) -> Q:
    """Return the condition that the page path in `field` lies where `user` moderates or answers health questions."""
    moderates, answers = scope_of(user), scope_of(user, Permission.ANSWER_HEALTH)
    if moderates.everywhere or answers.everywhere:
        return Q()  # an empty condition joined by "or" would vanish
    return moderates.condition(field) | answers.condition(field)


def shown_to(user: Any) -> QuerySet[VisitorComment]:
    """Return the comments that `user` may read on the desk: those moderated, and open health questions that may be
    answered."""
    moderates, answers = scope_of(user), scope_of(user, Permission.ANSWER_HEALTH)
    if moderates.everywhere:
        return VisitorComment.objects.all()
    answerable = Q(is_health=True, status=Status.PENDING) & answers.condition("page__path")
    return VisitorComment.objects.filter(moderates.condition("page__path") | answerable)


def health_questions_for(user: Any) -> QuerySet[VisitorComment]:
    """Return the open health questions that concern `user`: those she may answer, and those she moderates that have
    waited too long."""
    questions = VisitorComment.objects.filter(is_health=True, status=Status.PENDING)
    answers = scope_of(user, Permission.ANSWER_HEALTH)
    if answers.everywhere:
        return questions
    overdue = scope_of(user).condition("page__path") & Q(health__escalated_at__isnull=False)
    return questions.filter(answers.condition("page__path") | overdue)


def moderates_everywhere(user: Any) -> bool:
    """Tell whether `user` speaks for the whole site: a superuser, or a moderator from the root of the page tree on."""
    scope = scope_of(user)
    return scope.everywhere or any(len(prefix) == _ROOT for prefix in scope.prefixes)


class CommentPermissionPolicy(BasePermissionPolicy):
    """The same answers in the form in which Wagtail's generic views ask for them.

    Every action on comments ("view", "change", "moderate") is the one permission to moderate; comments are never
    added or deleted in the admin.
    """

    _NEVER = frozenset({"add", "delete", "publish"})

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action not in self._NEVER and bool(scope_of(user))

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)

    def user_has_permission_for_instance(self, user: Any, action: str, instance: VisitorComment) -> bool:
        return self.user_has_any_permission_for_instance(user, [action], instance)

    def user_has_any_permission_for_instance(self, user: Any, actions: Any, instance: VisitorComment) -> bool:
        allowed = self.user_has_any_permission(user, actions)
        return allowed and scope_of(user).covers(instance.page.path if instance.page else None)

    def instances_user_has_any_permission_for(self, user: Any, actions: Any) -> QuerySet[VisitorComment]:
        if not self.user_has_any_permission(user, actions):
            return VisitorComment.objects.none()
        return moderated_by(user)

    def users_with_any_permission(self, actions: Any) -> QuerySet[Any]:
        users = get_user_model().objects.filter(is_active=True)
        if all(action in self._NEVER for action in actions):
            return users.none()
        holders = Q(groups__massage_comment_permissions__permission=Permission.MODERATE)
        return users.filter(Q(is_superuser=True) | holders).distinct()

    def users_of_desk(self) -> QuerySet[Any]:
        """Return whoever finds something on the desk: moderators, and those who answer health questions."""
        holders = Q(groups__massage_comment_permissions__isnull=False)
        users = get_user_model().objects.filter(is_active=True)
        return users.filter(Q(is_superuser=True) | holders).distinct()

    def users_who_answer(self, instance: VisitorComment) -> QuerySet[Any]:
        """Return who may answer health questions on the comment's page; once one is overdue, whoever moderates too."""
        users = get_user_model().objects.filter(is_active=True)
        if instance.page is None:
            return users.filter(is_superuser=True)
        paths = [instance.page.path[:end] for end in range(4, len(instance.page.path) + 1, 4)]
        held = [Permission.ANSWER_HEALTH]
        if instance.health.escalated_at:
            held.append(Permission.MODERATE)
        granted = GroupCommentPermission.objects.filter(permission__in=held, page__path__in=paths)
        holders = Q(groups__massage_comment_permissions__in=granted)
        return users.filter(Q(is_superuser=True) | holders).distinct()

    def users_with_any_permission_for_instance(self, actions: Any, instance: VisitorComment) -> QuerySet[Any]:
        if instance.page is None:
            return self.users_with_any_permission(actions).filter(is_superuser=True)
        paths = [instance.page.path[:end] for end in range(4, len(instance.page.path) + 1, 4)]
        holders = Q(
            groups__massage_comment_permissions__permission=Permission.MODERATE,
            groups__massage_comment_permissions__page__path__in=paths,
        )
        return self.users_with_any_permission(actions).filter(Q(is_superuser=True) | holders).distinct()


comment_policy = CommentPermissionPolicy(VisitorComment)


class OwnersPermissionPolicy(BasePermissionPolicy):
    """Lists and texts hold for the whole site, so whoever moderates everywhere does everything with them, nobody else
    anything."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return moderates_everywhere(user)

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return moderates_everywhere(user)

    def users_with_any_permission(self, actions: Any) -> QuerySet[Any]:
        users = get_user_model().objects.filter(is_active=True)
        from_the_root = Q(
            groups__massage_comment_permissions__permission=Permission.MODERATE,
            groups__massage_comment_permissions__page__depth=1,
        )
        return users.filter(Q(is_superuser=True) | from_the_root).distinct()


entry_policy = OwnersPermissionPolicy(ScreeningEntry)
text_policy = OwnersPermissionPolicy(DeskText)
