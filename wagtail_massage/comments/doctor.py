"""Is the comments room in good health? Each question is a function that yields its findings in words.

WRONG means that something does not work, or is not true, now. LOOK means that somebody should know. FINE is said too,
so that a reader sees what was asked.
"""

from __future__ import annotations

import enum
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.db.models import Min, Q
from django.utils.translation import gettext as _

from ..tasks import backend_name, run_at_once
from . import erasure_ledger, stats
from .actions.purging import missing_from_ledger
from .actions.rescreening import LOST_AFTER
from .checks import check_comments_settings, runs
from .conf import comments_settings
from .mails.delivery import mail_server
from .models import CommentMail, CommentThread, GroupCommentPermission, HealthQuestion, VisitorComment
from .permissions import is_health_answered
from .screening.health import HealthCheck
from .states import Status

SAMPLE = 50  # threads whose counts are held against their comments
LATE = timedelta(days=3)  # a comment that waits for longer has been forgotten
STUCK = timedelta(hours=1)


class Level(enum.StrEnum):
    FINE = "FINE"
    LOOK = "LOOK"
    WRONG = "WRONG"


@dataclass(frozen=True, kw_only=True)
class Finding:
    level: Level
    words: str


Findings = Iterator[Finding]


def examine(*, now: datetime) -> Findings:
    """Ask everything and yield what was found. A question that fails is a finding too."""
    for question in QUESTIONS:
        try:
            yield from question(now)
        except Exception as error:  # one broken part must not hide the others
            name = question.__name__.strip("_")
            yield _wrong(
                _("The question “%(name)s” failed: %(error)s") % {"name": name, "error": repr(error)}
            )


def _fine(words: str) -> Finding:
    return Finding(level=Level.FINE, words=words)


def _look(words: str) -> Finding:
    return Finding(level=Level.LOOK, words=words)


def _wrong(words: str) -> Finding:
    return Finding(level=Level.WRONG, words=words)


def _settings(now: datetime) -> Findings:
    messages = check_comments_settings()
    for message in messages:
        words = f"{message.msg} {message.hint or ''}".strip()
        yield _wrong(words) if message.is_serious() else _look(words)
    if not messages:
        yield _fine(_("The settings can be read."))


def _mail(now: datetime) -> Findings:
    backend = type(mail_server()).__module__
    if backend.rsplit(".", 1)[-1] in {"console", "dummy", "locmem", "filebased"}:
        yield _look(
            _("Mails go nowhere: they are handed to %(backend)s. Set a mail backend that sends.")
            % {"backend": backend}
        )
    else:
        yield _fine(_("Mails are handed to %(backend)s.") % {"backend": backend})
    if not getattr(settings, "WAGTAILADMIN_BASE_URL", ""):
        yield _look(_("WAGTAILADMIN_BASE_URL is not set, so links in mails to moderators lead nowhere."))


def _cache(now: datetime) -> Findings:
    try:
        cache.set("wagtail_massage_comments:doctor", 1, timeout=5)
        answers = cache.get("wagtail_massage_comments:doctor") == 1
    except Exception:  # whatever a cache backend raises when it is away
        answers = False
    backend = settings.CACHES["default"]["BACKEND"].rsplit(".", 1)[-1]
    if not answers:
        yield _wrong(
            _("The cache (%(backend)s) does not answer, so nothing limits how often somebody posts.")
            % {"backend": backend}
        )
    elif backend in {"LocMemCache", "DummyCache"}:
        yield _look(
            _(
                "The cache (%(backend)s) is not shared: each web process counts posts for itself. "
                "With several processes use Redis."
            )
            % {"backend": backend}
        )
    else:
        yield _fine(_("The cache answers (%(backend)s).") % {"backend": backend})


def _tasks(now: datetime) -> Findings:
    if run_at_once():
        yield _look(
            _(
                "Tasks run in the visitor's request, so a slow mail server makes visitors wait. "
                "Set TASKS to a backend with a worker."
            )
        )
    else:
        yield _fine(_("Tasks go to %(backend)s; see that its worker runs.") % {"backend": backend_name()})


def _outbox(now: datetime) -> Findings:
    stuck = CommentMail.objects.filter(finished_at=None, due_at__lt=now - STUCK).count()
    if stuck:
        yield _wrong(
            _(
                "%(count)d mails should have been sent more than an hour ago. Is the worker, or the mail server, away?"
            )
            % {"count": stuck}
        )
    else:
        yield _fine(_("No mail is late."))


def _outside_checks(now: datetime) -> Findings:
    waiting = VisitorComment.objects.filter(
        status__in=(Status.UNCONFIRMED, Status.PENDING), created_at__lt=now - max(LOST_AFTER, STUCK)
    ).exclude(origin={})
    if count := waiting.count():
        yield _wrong(
            _("%(count)d comments wait for an outside check. Run screen_waiting_comments.") % {"count": count}
        )
    else:
        yield _fine(_("No comment waits for an outside check."))


def _pending(now: datetime) -> Findings:
    oldest = VisitorComment.objects.waiting().aggregate(oldest=Min("created_at"))["oldest"]
    if oldest is None:
        yield _fine(_("No comment waits for a moderator."))
        return
    words = _("The oldest comment that waits for a moderator was written %(days)d days ago.") % {
        "days": (now - oldest).days
    }
    yield _look(words) if now - oldest > LATE else _fine(words)


def _moderators(now: datetime) -> Findings:
    """Waiting comments on pages for which no group moderates: only superusers ever see them."""
    active = Q(group__user__is_active=True)
    granted = GroupCommentPermission.objects.filter(
        active, permission=GroupCommentPermission.Permission.MODERATE
    )
    paths = tuple(set(granted.values_list("page__path", flat=True)))
    threads = CommentThread.objects.filter(pending_count__gt=0, page__isnull=False).order_by("pk")
    pages = threads.values_list("page__path", "page__title")
    alone = [title for path, title in pages if not path.startswith(paths)]
    if not get_user_model().objects.filter(is_active=True, is_superuser=True).exists() and alone:
        yield _wrong(_("Nobody at all moderates “%(page)s”, where comments wait.") % {"page": alone[0]})
    elif alone:
        yield _look(
            _("On %(count)d pages with waiting comments only superusers moderate, “%(page)s” for one.")
            % {"count": len(alone), "page": alone[0]}
        )
    else:
        yield _fine(_("Somebody moderates every page on which comments wait."))


def _health(now: datetime) -> Findings:
    waiting = HealthQuestion.objects.filter(answered_at=None, comment__status=Status.PENDING)
    overdue = waiting.filter(due_at__lte=now).count()
    if runs(HealthCheck) and not is_health_answered():
        words = _(
            "Personal health questions are set apart, and nobody may answer them. Grant “Answer health questions” to a "
            "group."
        )
        yield _wrong(words) if waiting.exists() else _look(words)
    elif overdue:
        yield _wrong(_("%(count)d health questions should have been answered by now.") % {"count": overdue})
    else:
        yield _fine(_("No health question waits for too long."))


def _counts(now: datetime) -> Findings:
    newest = list(CommentThread.objects.order_by("-pk").values_list("pk", flat=True)[:SAMPLE])
    if drifts := stats.check(newest):
        yield _wrong(
            _("%(count)d stored counts are wrong in the newest threads. Run rebuild_comment_stats.")
            % {"count": len(drifts)}
        )
    else:
        yield _fine(_("The counts of the newest %(count)d threads are true.") % {"count": len(newest)})


def _retention(now: datetime) -> Findings:
    kept = now - timedelta(days=comments_settings.keep_network_days + 2)
    old = VisitorComment.objects.filter(created_at__lt=kept)
    if old.exclude(network_key="").exists() or old.exclude(origin={}).exists():
        yield _look(
            _(
                "Networks are remembered for longer than %(days)d days. Let a daily job run purge_comments --yes."
            )
            % {"days": comments_settings.keep_network_days}
        )
    else:
        yield _fine(_("No network is remembered for longer than it should."))


def _ledger(now: datetime) -> Findings:
    path = comments_settings.erasure_ledger
    if not path:
        yield _look(
            _(
                "WAGTAIL_MASSAGE_COMMENTS_ERASURE_LEDGER is not set. After a backup is restored nobody will know what "
                "has to be erased again."
            )
        )
        return
    writable = os.access(path if Path(path).exists() else Path(path).parent, os.W_OK)
    if not writable:
        yield _wrong(_("The erasure ledger %(path)s cannot be written.") % {"path": path})
        return
    try:
        missing = missing_from_ledger()
    except erasure_ledger.UnreadableLedger as error:
        yield _wrong(str(error))
        return
    if missing:
        yield _wrong(
            _(
                "%(count)d erased comments are not in the erasure ledger. Run purge_comments --yes, which adds them."
            )
            % {"count": len(missing)}
        )
    else:
        yield _fine(_("The erasure ledger is complete."))


QUESTIONS: tuple[Callable[[datetime], Any], ...] = (
    _settings,
    _mail,
    _cache,
    _tasks,
    _outbox,
    _outside_checks,
    _pending,
    _moderators,
    _health,
    _counts,
    _retention,
    _ledger,
)
