"""The rows of visitor comments. Nothing but `actions` writes them.

What is pinned here, and why it cannot change later, stands in docs/architecture.md.
"""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..base_page import PAGE_MODEL
from ..installed import require_installed
from .paths import MAX_LENGTH
from .querysets import AppendOnlyQuerySet, CommentQuerySet
from .states import ActorKind, AuthorKind, Badge, Policy, Status

require_installed("wagtail_massage.comments")


class CommentThread(models.Model):
    """What a page's comments have in common: the policy, and counts that are always true.

    A row is made with the first comment or the first choice of a policy, never by installing the app. When its
    page is deleted the thread stays, without a page, under the title and address it had.
    """

    page = models.OneToOneField(
        PAGE_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("page")
    )
    page_title = models.CharField(_("page title"), max_length=255, blank=True)
    page_url = models.CharField(_("page address"), max_length=2000, blank=True)
    policy = models.CharField(
        _("policy"),
        max_length=16,
        choices=Policy.choices,
        blank=True,
        help_text=_(
            "Who may comment here, and whether a moderator reads a comment before everybody else does."
        ),
    )
    unconfirmed_count = models.PositiveIntegerField(default=0)
    pending_count = models.PositiveIntegerField(default=0)
    approved_count = models.PositiveIntegerField(default=0)
    rejected_count = models.PositiveIntegerField(default=0)
    spam_count = models.PositiveIntegerField(default=0)
    removed_count = models.PositiveIntegerField(default=0)
    erased_count = models.PositiveIntegerField(default=0)
    visible_count = models.PositiveIntegerField(default=0)
    version = models.PositiveBigIntegerField(default=0)  # bumped by each public change: the comments' ETag

    class Meta:
        verbose_name = _("comment thread")
        verbose_name_plural = _("comment threads")

    def __str__(self) -> str:
        return self.page_title


class VisitorComment(models.Model):
    """One comment. `is_visible`, `depth`, `path`, `reply_count` are derived, stored, and kept true by `actions`."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    thread = models.ForeignKey(CommentThread, on_delete=models.PROTECT, related_name="comments")
    page = models.ForeignKey(
        PAGE_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("page")
    )
    # Subtrees are deleted deepest level first (a chain that cascades is a recursion), hence DO_NOTHING.
    parent = models.ForeignKey("self", null=True, on_delete=models.DO_NOTHING, related_name="+")
    root = models.ForeignKey(
        "self", null=True, on_delete=models.DO_NOTHING, related_name="+"
    )  # None: is a root
    in_reply_to = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="+")
    path = models.CharField(max_length=MAX_LENGTH)
    depth = models.PositiveSmallIntegerField()
    reply_count = models.PositiveIntegerField(default=0)  # on a root: visible comments below it

    status = models.CharField(_("status"), max_length=16, choices=Status.choices)
    is_visible = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)  # bumped by each change: what a decision was taken on

    author_kind = models.CharField(max_length=16, choices=AuthorKind.choices, default=AuthorKind.GUEST)
    author_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    author_key = models.CharField(max_length=64, blank=True)
    author_name = models.CharField(_("name"), max_length=80, blank=True)
    author_email = models.EmailField(_("e-mail address"), blank=True)
    email_verified_at = models.DateTimeField(null=True, blank=True)
    badge = models.CharField(max_length=16, choices=Badge.choices, blank=True)

    body = models.TextField(_("comment"), blank=True)
    body_hash = models.CharField(max_length=64, blank=True)
    locale = models.CharField(max_length=16, blank=True)
    data = models.JSONField(default=dict, blank=True)  # a site's own extra luggage

    idempotency_key = models.CharField(max_length=64, null=True, unique=True)
    request_hash = models.CharField(max_length=64, blank=True)
    source_key = models.CharField(max_length=200, null=True, unique=True)  # where an import found it

    created_at = models.DateTimeField(_("written"))
    edited_at = models.DateTimeField(_("edited"), null=True, blank=True)

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("visitor comment")
        verbose_name_plural = _("visitor comments")
        constraints = [models.UniqueConstraint(fields=["page", "path"], name="massage_comment_place")]
        indexes = [
            models.Index(
                fields=["page", "depth", "is_visible", "created_at", "id"], name="massage_comment_roots"
            ),
            models.Index(fields=["root", "is_visible", "path"], name="massage_comment_replies"),
            models.Index(fields=["status", "created_at", "id"], name="massage_comment_lane"),
            models.Index(fields=["author_key", "created_at"], name="massage_comment_author"),
            models.Index(fields=["body_hash", "created_at"], name="massage_comment_body"),
        ]

    def __str__(self) -> str:
        # Wagtail's audit log keeps this for ever, so it holds nothing personal.
        return gettext("Comment %(id)s") % {"id": str(self.uuid)[:8]}

    @property
    def is_tombstone(self) -> bool:
        return self.status in {Status.REMOVED, Status.ERASED}


class CommentVerdict(models.Model):
    """What one screening check said of one version of a comment's text."""

    class Outcome(models.IntegerChoices):
        PASS = 0, _("Pass")
        HOLD = 1, _("Hold")
        SPAM = 2, _("Spam")
        REFUSE = 3, _("Refuse")

    comment = models.ForeignKey(VisitorComment, on_delete=models.CASCADE, related_name="verdicts")
    check_name = models.CharField(max_length=64)
    check_version = models.PositiveSmallIntegerField(default=1)
    outcome = models.PositiveSmallIntegerField(choices=Outcome.choices)
    score = models.FloatField(null=True)
    reason = models.CharField(max_length=64, blank=True)
    span_start = models.PositiveIntegerField(null=True)
    span_end = models.PositiveIntegerField(null=True)
    comment_version = models.PositiveIntegerField()
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("verdict")
        verbose_name_plural = _("verdicts")

    def __str__(self) -> str:
        return f"{self.check_name}: {self.get_outcome_display()}"


class ModerationEvent(models.Model):
    """One line of a comment's history, written in the same transaction as the change. Append-only."""

    comment = models.ForeignKey(VisitorComment, on_delete=models.CASCADE, related_name="events")
    verb = models.CharField(max_length=32)
    from_status = models.CharField(max_length=16, choices=Status.choices, blank=True)
    to_status = models.CharField(max_length=16, choices=Status.choices)
    actor_kind = models.CharField(max_length=16, choices=ActorKind.choices)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    reason = models.CharField(max_length=64, blank=True)
    data = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField()

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = _("moderation event")
        verbose_name_plural = _("moderation events")

    def __str__(self) -> str:
        return f"{self.verb} {self.created_at:%Y-%m-%d %H:%M}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("Moderation events are never changed; add a new one.")
        super().save(*args, **kwargs)


class GroupCommentPermission(models.Model):
    """What a group may do with the comments of a page and of everything below it."""

    class Permission(models.TextChoices):
        MODERATE = "MODERATE", _("Moderate comments")
        ANSWER_HEALTH = "ANSWER_HEALTH", _("Answer health questions")

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="massage_comment_permissions")
    page = models.ForeignKey(PAGE_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("page"))
    permission = models.CharField(_("permission"), max_length=16, choices=Permission.choices)

    class Meta:
        verbose_name = _("group comment permission")
        verbose_name_plural = _("group comment permissions")
        constraints = [
            models.UniqueConstraint(
                fields=["group", "page", "permission"], name="massage_comment_group_permission"
            )
        ]

    def __str__(self) -> str:
        return f"{self.group}: {self.get_permission_display()}"
