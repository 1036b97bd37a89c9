"""Mails to moderators: that something new waits for them. At once, or together once a day, as each has chosen.

News is passed on to whoever moderates the page at that moment. However much comes in, one person gets at most one mail
in ten minutes; it tells what there is to do when it is sent, so nothing is missing in it and nothing told twice.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from wagtail.admin.utils import get_admin_base_url
from wagtail.models import Site

from ..conf import comments_settings
from ..models import CommentMail, HealthQuestion, ModeratorMailChoice, VisitorComment
from ..permissions import comment_policy, health_questions_for, moderated_by
from ..states import MailFrequency, MailKind, MailLane, MailOutcome, Status
from .letters import NotSent, compose, known_language, one_line

PAUSE = timedelta(minutes=10)
"""The least time between two mails at once to the same moderator."""

_SHOWN = 5
_DESK = "wagtail_massage_comments_desk"
_NAMES: dict[str, str | Promise] = {
    MailLane.HEALTH: _("Health questions"),
    MailLane.REPORTED: _("Reported"),
    MailLane.WAITING: _("Pending"),
    MailLane.PUBLISHED: _("Unread"),
}
"""What the desk calls its lanes, the most urgent first. A subject has no room for more."""
Wishes = dict[str, str]


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A comment to look at: where it is, never what it says or who says it."""

    page_title: str
    url: str


@dataclass(frozen=True, kw_only=True)
class News:
    """What there is in one lane: its name for a subject, how many comments, and the newest of them."""

    name: str | Promise
    label: str | Promise
    count: int
    overdue: int  # of the health questions
    entries: list[Entry]


def spread(row: CommentMail, *, now: datetime) -> None:
    """Pass news on to the moderators who want to know at once.

    Raises:
        NotSent: if nothing is to be done about the comment any more.
    """
    if row.comment is None or not _is_news(MailLane(row.lane), row.comment):
        raise NotSent(MailOutcome.VOID)
    if row.lane == MailLane.HEALTH:
        told_of = comment_policy.users_who_answer(row.comment)
    else:
        told_of = comment_policy.users_with_any_permission_for_instance(["moderate"], row.comment)
    others = list(told_of.exclude(email="").exclude(pk=row.comment.author_user_id or 0))
    wishes = wishes_of(others)
    told = [user for user in others if wishes[user.pk][row.lane] == MailFrequency.INSTANT]
    mails = [mail for user in told if (mail := _next_mail(user, now))]
    CommentMail.objects.bulk_create(mails, ignore_conflicts=True)


def plan_digests(*, now: datetime) -> None:
    """Put today's digests into the outbox, if it is time for them and they are not there yet."""
    today = timezone.localtime(now)
    if today.hour < comments_settings.digest_hour:
        return
    moderators = list(comment_policy.users_of_desk().exclude(email=""))
    wishes = wishes_of(moderators)
    mails = [
        CommentMail(
            key=f"{MailKind.DIGEST}:{user.pk}:{today:%Y-%m-%d}",
            kind=MailKind.DIGEST,
            recipient=user,
            created_at=now,
            due_at=now,
        )
        for user in moderators
        if MailFrequency.DIGEST in wishes[user.pk].values()
    ]
    CommentMail.objects.bulk_create(mails, ignore_conflicts=True)


def write(row: CommentMail, *, now: datetime) -> EmailMessage:
    """Return the mail of one moderator's row.

    Raises:
        NotSent: if there is nothing for this person to do (any more).
    """
    user = row.recipient
    if user is None or not user.is_active or not user.email:
        raise NotSent(MailOutcome.VOID)
    frequency = MailFrequency.DIGEST if row.kind == MailKind.DIGEST else MailFrequency.INSTANT
    wishes = wishes_of([user])[user.pk]
    lanes = [lane for lane in _NAMES if wishes.get(lane) == frequency]
    with override(known_language(_language_of(user))):
        news = [_news_of(MailLane(lane), user, since=_since(row)) for lane in lanes]
        news = [part for part in news if part.count]
        if not news:
            raise NotSent(MailOutcome.VOID)
        return compose(row, to=user.email, context=_context(news))


def wishes_of(users: Iterable[Any]) -> dict[Any, Wishes]:
    """Return how often each user wants to be told of each lane: the own choice, else the setting. One query."""
    wishes = {user.pk: dict(comments_settings.moderator_mails) for user in users}
    for choice in ModeratorMailChoice.objects.filter(user__in=wishes):
        wishes[choice.user_id][choice.lane] = choice.frequency
    return wishes


def _is_news(lane: MailLane, comment: VisitorComment) -> bool:
    if lane == MailLane.WAITING:
        return comment.status == Status.PENDING and not comment.is_health
    if lane == MailLane.HEALTH:
        return HealthQuestion.objects.filter(comment=comment, answered_at=None).exists()
    if lane == MailLane.PUBLISHED:
        return comment.status == Status.APPROVED and comment.reviewed_at is None
    return comment.report_count > 0


def _next_mail(user: Any, now: datetime) -> CommentMail | None:
    """Return the next mail to `user`; None if one stands in the queue and will tell of this too.

    Its key names the mail before it, so two processes that come here at once make one mail.
    """
    last = CommentMail.objects.filter(kind=MailKind.MODERATORS, recipient=user).order_by("-pk").first()
    if last is not None and last.finished_at is None and last.claimed_at is None:
        return None
    before = last and (last.finished_at or last.claimed_at)
    return CommentMail(
        key=f"{MailKind.MODERATORS}:to:{user.pk}:{last.pk if last else 0}",
        kind=MailKind.MODERATORS,
        recipient=user,
        created_at=now,
        due_at=max(now, before + PAUSE) if before else now,
    )


def _since(row: CommentMail) -> datetime:
    """Return the moment up to which the mail before this one told of what was published."""
    earlier = CommentMail.objects.filter(kind=row.kind, recipient=row.recipient_id, pk__lt=row.pk)
    last = earlier.filter(outcome=MailOutcome.SENT).order_by("-pk").first()
    day_before = row.created_at - timedelta(days=1)
    return max(last.finished_at, day_before) if last and last.finished_at else day_before


def _news_of(lane: MailLane, user: Any, *, since: datetime) -> News:
    comments = _open(lane, user, since)
    newest = comments.select_related("page").order_by("-created_at", "-pk")[:_SHOWN]
    entries = [
        Entry(page_title=_title_of(comment), url=_admin_url("inspect", comment.pk)) for comment in newest
    ]
    is_health = lane == MailLane.HEALTH
    overdue = comments.filter(health__due_at__lte=timezone.now()).count() if is_health else 0
    return News(name=_NAMES[lane], label=lane.label, count=comments.count(), overdue=overdue, entries=entries)


def _open(lane: MailLane, user: Any, since: datetime) -> QuerySet[VisitorComment]:
    """What `user` can do something about in a lane. What appeared at once is told once, the rest until it is done."""
    if lane == MailLane.HEALTH:
        return health_questions_for(user).filter(health__answered_at=None)
    comments = moderated_by(user)
    if lane == MailLane.WAITING:
        return comments.filter(status=Status.PENDING, is_health=False)
    if lane == MailLane.REPORTED:
        return comments.filter(report_count__gt=0)
    told = Q(kind=MailKind.MODERATORS, lane=lane, recipient=None, created_at__gt=since)
    published = CommentMail.objects.filter(told).values("comment")
    return comments.filter(status=Status.APPROVED, reviewed_at=None, pk__in=published)


def _context(news: list[News]) -> dict[str, Any]:
    return {
        "site_name": one_line(getattr(settings, "WAGTAIL_SITE_NAME", "") or "Wagtail"),
        "news": news,
        "desk_url": _admin_url("index"),
        "choices_url": _base_url() + reverse("wagtailadmin_account"),
    }


def _title_of(comment: VisitorComment) -> str:
    return one_line(comment.page.title) if comment.page else ""


def _admin_url(name: str, *args: Any) -> str:
    return _base_url() + reverse(f"{_DESK}:{name}", args=args)


def _base_url() -> str:
    if configured := get_admin_base_url():
        return configured.rstrip("/")
    site = Site.objects.filter(is_default_site=True).first()
    return site.root_url if site else ""


def _language_of(user: Any) -> str:
    """The language of the user's profile. The one that is active is that of whoever caused the mail."""
    profile = getattr(user, "wagtail_userprofile", None)
    return (profile and profile.preferred_language) or settings.LANGUAGE_CODE
