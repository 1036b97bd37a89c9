"""Threads and comments: the rows that everything else hangs on."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ...base_page import PAGE_MODEL
from ..paths import MAX_LENGTH
from ..querysets import CommentQuerySet
from ..states import AuthorKind, Badge, EmailRule, Policy, Status


class CommentThread(models.Model):
    """What a page's comments have in common: the policy, and counts that are always true.

    A row is made with the first comment or the first choice of a policy, never by installing the app. When its
    page is deleted the thread stays, without a page, under the title and address it had.

    The policy and what goes with it (`opens_at` to `email_rule`) are one choice, for the page and for everything
    below it that has no choice of its own; a thread with a blank policy has none. `threads.policy_in_force` tells
    what holds.
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
    opens_at = models.DateTimeField(
        _("opens"), null=True, blank=True, help_text=_("Before this moment nobody can write.")
    )
    closes_at = models.DateTimeField(
        _("closes"), null=True, blank=True, help_text=_("From this moment on nobody can write.")
    )
    close_after_days = models.PositiveIntegerField(
        _("closes after"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(36_500)],
        help_text=_(
            "So many days after a page was first published nobody can write there any more. 0 stands for never; "
            "left empty, the setting of the installation holds."
        ),
    )
    closed_notice = models.CharField(
        _("words for readers when closed"),
        max_length=500,
        blank=True,
        help_text=_("Shown in place of the form. Say where questions are welcome instead."),
    )
    email_rule = models.CharField(
        _("e-mail address of guests"), max_length=16, choices=EmailRule.choices, blank=True
    )
    pinned = models.ForeignKey(
        "wagtail_massage_comments.VisitorComment",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("pinned comment"),
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
        indexes = [models.Index(fields=["policy"], name="massage_thread_policy")]

    def __str__(self) -> str:
        return self.page_title


class VisitorComment(models.Model):
    """One comment. `is_visible`, `depth`, `path`, `reply_count`, `report_count` are derived, stored, and kept true
    by `actions`."""

    LABEL_DIGITS = 8
    was_visible = (
        False  # no column: what `is_visible` was before the last decision that was taken with this object
    )

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    thread = models.ForeignKey(CommentThread, on_delete=models.PROTECT, related_name="comments")
    page = models.ForeignKey(
        PAGE_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("page"),
        db_index=False,  # the constraint on (page, path) has one
    )
    # Subtrees are deleted deepest level first (a chain that cascades is a recursion), hence DO_NOTHING.
    parent = models.ForeignKey(
        "self", null=True, on_delete=models.DO_NOTHING, related_name="+", db_index=False
    )
    root = models.ForeignKey(
        "self", null=True, on_delete=models.DO_NOTHING, related_name="+", db_index=False
    )  # None: is a root
    in_reply_to = models.ForeignKey(
        "self", null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    path = models.CharField(max_length=MAX_LENGTH)
    depth = models.PositiveSmallIntegerField()
    reply_count = models.PositiveIntegerField(default=0)  # on a root: visible comments below it

    status = models.CharField(_("status"), max_length=16, choices=Status.choices)
    is_visible = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)  # bumped by each change: what a decision was taken on
    is_health = models.BooleanField(
        default=False
    )  # a personal health question: set apart, never in the thread
    reviewed_at = models.DateTimeField(null=True, blank=True)  # when a person last decided; None: nobody has
    report_count = models.PositiveIntegerField(default=0)  # reports that nobody has looked at

    author_kind = models.CharField(max_length=16, choices=AuthorKind.choices, default=AuthorKind.GUEST)
    author_user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        db_index=False,
    )
    author_key = models.CharField(max_length=64, blank=True)
    author_name = models.CharField(_("name"), max_length=80, blank=True)
    author_email = models.EmailField(_("e-mail address"), blank=True)
    email_verified_at = models.DateTimeField(null=True, blank=True)
    wants_mail = models.BooleanField(default=False)  # asked to be told of decisions and answers
    badge = models.CharField(max_length=16, choices=Badge.choices, blank=True)
    network_key = models.CharField(max_length=64, blank=True)  # keyed, salt changes weekly, purged

    body = models.TextField(_("comment"), blank=True)
    body_hash = models.CharField(max_length=64, blank=True)
    locale = models.CharField(max_length=16, blank=True)
    data = models.JSONField(default=dict, blank=True)  # a site's own extra luggage
    # What an outside check has to be told of where a comment came from; emptied as soon as it has answered.
    origin = models.JSONField(default=dict, blank=True)

    idempotency_key = models.CharField(max_length=64, null=True)
    request_hash = models.CharField(max_length=64, blank=True)
    source_key = models.CharField(max_length=200, null=True)  # where an import found it

    created_at = models.DateTimeField(_("written"))
    edited_at = models.DateTimeField(_("edited"), null=True, blank=True)

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("visitor comment")
        verbose_name_plural = _("visitor comments")
        # Each decision writes a comment into every index that it belongs to, so none is made that no query needs: with
        # `unique=True` there would be a second one for LIKE. MariaDB knows no conditions and makes whole indexes.
        constraints = [
            models.UniqueConstraint(fields=["page", "path"], name="massage_comment_place"),
            models.UniqueConstraint(fields=["idempotency_key"], name="massage_comment_sent_once"),
            models.UniqueConstraint(fields=["source_key"], name="massage_comment_source"),
        ]
        indexes = [
            models.Index(
                fields=["page", "depth", "is_visible", "created_at", "id"], name="massage_comment_roots"
            ),
            models.Index(fields=["root", "is_visible", "path"], name="massage_comment_replies"),
            models.Index(fields=["status", "created_at", "id"], name="massage_comment_lane"),
            models.Index(fields=["author_key", "created_at"], name="massage_comment_author"),
            models.Index(fields=["body_hash", "created_at"], name="massage_comment_body"),
            models.Index(fields=["page", "created_at", "id"], name="massage_comment_newest"),
            models.Index(fields=["report_count"], name="massage_comment_reported"),
            models.Index(fields=["status", "reviewed_at", "created_at", "id"], name="massage_comment_unread"),
            *(
                models.Index(
                    fields=[name], name=f"massage_comment_{name}", condition=Q(**{f"{name}__isnull": False})
                )
                for name in ("parent", "in_reply_to", "author_user")
            ),
        ]

    def __str__(self) -> str:
        return self.label(str(self.uuid)[: self.LABEL_DIGITS])

    @staticmethod
    def label(digits: str) -> str:
        """Return what a comment is called, by the first digits of its id. Wagtail's audit log keeps this for ever, so
        it holds nothing personal."""
        return gettext("Comment %(id)s") % {"id": digits}

    @property
    def is_tombstone(self) -> bool:
        return self.status in {Status.REMOVED, Status.ERASED}

    @property
    def has_verified_author(self) -> bool:
        """Whether the identity behind it was proved: a signed-in account, or a confirmed e-mail address."""
        return self.author_kind != AuthorKind.GUEST or self.email_verified_at is not None
