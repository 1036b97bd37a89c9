"""System checks of the comments room. Ids are never reused."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any
from urllib.parse import SplitResult, urlsplit

from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import connections, router
from django.urls import NoReverseMatch, reverse
from django.utils.module_loading import import_string

from ..tasks import run_at_once
from .conf import comments_settings
from .policies import MAX_DAYS
from .return_urls import is_return_url
from .screening.akismet import SECONDS, AkismetCheck
from .screening.base import Check
from .screening.health import HealthCheck
from .screening.words import read_entries
from .states import EmailRule, MailFrequency, MailLane, Policy
from .throttling import parse_rate


@register()
def check_comments_settings(**kwargs: Any) -> list[CheckMessage]:
    """Name every setting that would only fail when the first visitor posts."""
    parts = (
        _policy,
        _rates,
        _screening,
        _words,
        _page_types,
        _addresses,
        _accounts,
        _akismet,
        _mails,
        _front_ends,
    )
    return [message for part in parts for message in part()]


def _policy() -> Iterator[CheckMessage]:
    if comments_settings.policy not in Policy.values:
        yield Error(
            f"WAGTAIL_MASSAGE_COMMENTS_POLICY is {comments_settings.policy!r}.",
            hint=f"Use one of {', '.join(Policy.values)}.",
            id="wagtail_massage_comments.E001",
        )
    if comments_settings.email not in EmailRule.values:
        yield Error(
            f"WAGTAIL_MASSAGE_COMMENTS_EMAIL is {comments_settings.email!r}.",
            hint=f"Use one of {', '.join(EmailRule.values)}.",
            id="wagtail_massage_comments.E010",
        )
    days = comments_settings.close_after_days
    if not isinstance(days, int) or isinstance(days, bool) or not 0 <= days <= MAX_DAYS:
        yield Error(
            f"WAGTAIL_MASSAGE_COMMENTS_CLOSE_AFTER_DAYS is {days!r}.",
            hint=f"Write a whole number of days from 0 (never) to {MAX_DAYS}.",
            id="wagtail_massage_comments.E011",
        )


def _rates() -> Iterator[CheckMessage]:
    for name in ("rate", "page_rate", "site_rate", "report_rate"):
        try:
            parse_rate(getattr(comments_settings, name))
        except (ValueError, AttributeError, TypeError):
            yield Error(
                f"WAGTAIL_MASSAGE_COMMENTS_{name.upper()} is {getattr(comments_settings, name)!r}.",
                hint='Write a count, a slash, and s, m, h or d: "5/m".',
                id="wagtail_massage_comments.E002",
            )


def _screening() -> Iterator[CheckMessage]:
    for path in comments_settings.checks:
        try:
            check = import_string(path)
        except ImportError as error:
            yield Error(
                f"WAGTAIL_MASSAGE_COMMENTS_CHECKS names {path!r}, which cannot be imported: {error}.",
                hint="Correct the dotted path, or remove it.",
                id="wagtail_massage_comments.E003",
            )
            continue
        if not (isinstance(check, type) and issubclass(check, Check)):
            yield Error(
                f"WAGTAIL_MASSAGE_COMMENTS_CHECKS names {path!r}, which is not a screening check.",
                hint="Subclass wagtail_massage.comments.screening.base.Check.",
                id="wagtail_massage_comments.E004",
            )


def _words() -> Iterator[CheckMessage]:
    for name in ("banned_words", "suspect_words"):
        listed = getattr(comments_settings, name)
        try:
            if isinstance(listed, str):
                raise TypeError("it is one text, not a list of them")
            read_entries(listed)
        except (OSError, TypeError, ValueError) as error:
            yield Error(
                f"WAGTAIL_MASSAGE_COMMENTS_{name.upper()} cannot be read: {error}.",
                hint="Give a list of words and phrases, and of text files in UTF-8. Until then every comment is held.",
                id="wagtail_massage_comments.E020",
            )


def _page_types() -> Iterator[CheckMessage]:
    for label in comments_settings.page_types:
        try:
            apps.get_model(label)
        except (LookupError, ValueError):
            yield Warning(
                f"WAGTAIL_MASSAGE_COMMENTS_PAGE_TYPES names {label!r}, which is no installed model.",
                hint="Write it as app_label.ModelName, with the capitals of the class.",
                id="wagtail_massage_comments.W001",
            )


def _addresses() -> Iterator[CheckMessage]:
    try:
        reverse("wagtail_massage_comments:list", args=[1])
    except NoReverseMatch:
        yield Warning(
            "The comment form has no address to send to, so pages that print it fail.",
            hint='Add path("massage/", include("wagtail_massage.urls")) to your URLconf, above Wagtail\'s own.',
            id="wagtail_massage_comments.W002",
        )


def _front_ends() -> Iterator[CheckMessage]:
    for url in comments_settings.return_urls:
        if not is_return_url(url):
            yield Error(
                f"WAGTAIL_MASSAGE_COMMENTS_RETURN_URLS holds {url!r}, which is no beginning of a web address.",
                hint='Write it with scheme and host: "https://www.example.com/".',
                id="wagtail_massage_comments.E080",
            )
        elif apps.is_installed("corsheaders") and (missing := _closed_to(urlsplit(url))):
            yield Warning(
                f"The front end at {url} cannot read or write comments by script: {missing}.",
                hint="Tell django-cors-headers; docs/element.md says what the comment element needs.",
                id="wagtail_massage_comments.W080",
            )


def _closed_to(front_end: SplitResult) -> str:
    """Return what django-cors-headers does not allow to a front end, "" where it allows all that is needed."""
    origin = f"{front_end.scheme}://{front_end.netloc}"
    patterns = getattr(settings, "CORS_ALLOWED_ORIGIN_REGEXES", [])
    is_allowed = (
        getattr(settings, "CORS_ALLOW_ALL_ORIGINS", False)
        or origin in getattr(settings, "CORS_ALLOWED_ORIGINS", [])
        or any(re.match(pattern, origin) for pattern in patterns)
    )
    if not is_allowed:
        return f"{origin} is not in CORS_ALLOWED_ORIGINS"
    from corsheaders.defaults import default_headers

    headers = {name.lower() for name in getattr(settings, "CORS_ALLOW_HEADERS", default_headers)}
    missing = {"authorization", "content-type", "idempotency-key"} - headers
    return f"CORS_ALLOW_HEADERS lacks {', '.join(sorted(missing))}" if missing else ""


def runs(wanted: type[Check]) -> bool:
    """Tell whether a check of a class, or of one derived from it, is among the site's checks."""
    for path in comments_settings.checks:
        with suppress(ImportError):
            check = import_string(path)
            if isinstance(check, type) and issubclass(check, wanted):
                return True
    return False


def _akismet() -> Iterator[CheckMessage]:
    if not runs(AkismetCheck):
        return
    if not isinstance(comments_settings.akismet_key, str) or not comments_settings.akismet_key.strip():
        yield Error(
            "AkismetCheck is among the checks, and WAGTAIL_MASSAGE_COMMENTS_AKISMET_KEY is empty.",
            hint="Set the key of your Akismet account, or every comment will be held.",
            id="wagtail_massage_comments.E060",
        )
    if urlsplit(str(comments_settings.akismet_url)).scheme not in {"http", "https"}:
        yield Error(
            f"WAGTAIL_MASSAGE_COMMENTS_AKISMET_URL is {comments_settings.akismet_url!r}.",
            hint='Write an address that starts with "https://", or leave the setting out.',
            id="wagtail_massage_comments.E061",
        )


@register(Tags.security, deploy=True)
def check_comments_deployment(**kwargs: Any) -> list[CheckMessage]:
    """Name what is all right on a developer's machine and nowhere else."""
    return [*_akismet_in_clear(), *_akismet_in_request()] if runs(AkismetCheck) else []


def _akismet_in_clear() -> Iterator[CheckMessage]:
    address = urlsplit(str(comments_settings.akismet_url))
    if address.scheme == "http" and address.hostname not in {"127.0.0.1", "localhost", "::1"}:
        yield Warning(
            f"WAGTAIL_MASSAGE_COMMENTS_AKISMET_URL is {comments_settings.akismet_url!r}: comments, e-mail addresses "
            "and your key travel unencrypted.",
            hint="Use https.",
            id="wagtail_massage_comments.W060",
        )


def _akismet_in_request() -> Iterator[CheckMessage]:
    if run_at_once():
        yield Warning(
            f"Akismet is asked while the visitor waits, up to {SECONDS} seconds, for tasks run in the request.",
            hint="Set TASKS to a backend with a worker.",
            id="wagtail_massage_comments.W061",
        )


@register(Tags.database)
def check_comments_rights(databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Name a right that nobody has and that visitors wait for. Asks the database, so it runs where those are asked:
    in `migrate` and `check --database`."""
    from .permissions import is_health_answered

    rights = apps.get_model("wagtail_massage_comments", "GroupCommentPermission")
    alias = router.db_for_read(rights)
    if alias not in (databases or ()) or not runs(HealthCheck):
        return []
    if rights._meta.db_table not in connections[alias].introspection.table_names() or is_health_answered():
        return []
    return [
        Warning(
            "Personal health questions are set apart, and nobody may answer them, so their authors are told that.",
            hint="Grant “Answer health questions” to a group for the pages concerned, in Settings > Groups.",
            id="wagtail_massage_comments.W070",
        )
    ]


def _accounts() -> Iterator[CheckMessage]:
    path = comments_settings.accounts
    try:
        is_usable = callable(import_string(path))
        trouble = "it is no function"
    except (ImportError, AttributeError, TypeError) as error:
        is_usable, trouble = False, str(error)
    if not is_usable:
        yield Error(
            f"WAGTAIL_MASSAGE_COMMENTS_ACCOUNTS is {path!r}, which cannot be used: {trouble}.",
            hint="Name a function that takes the token and the request and returns an Author or None.",
            id="wagtail_massage_comments.E030",
        )


def _mails() -> Iterator[CheckMessage]:
    for lane, frequency in comments_settings.moderator_mails.items():
        if lane not in MailLane.values or frequency not in MailFrequency.values:
            lanes, frequencies = ", ".join(MailLane.values), ", ".join(MailFrequency.values)
            yield Error(
                f"WAGTAIL_MASSAGE_COMMENTS_MODERATOR_MAILS says {frequency!r} for {lane!r}.",
                hint=f"Say one of {frequencies} for any of {lanes}.",
                id="wagtail_massage_comments.E040",
            )
    hour = comments_settings.digest_hour
    if not isinstance(hour, int) or not 0 <= hour <= 23:
        yield Error(
            f"WAGTAIL_MASSAGE_COMMENTS_DIGEST_HOUR is {hour!r}.",
            hint="Write a whole number from 0 to 23.",
            id="wagtail_massage_comments.E041",
        )
