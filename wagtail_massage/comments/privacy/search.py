"""Find what is stored about a person, and where other people mention them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db import connection, models
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from ..models import CommentReport, CommentRevision, HealthAnswer, ModerationNote, VisitorComment
from ..states import AuthorKind, Status
from ..text import author_key
from .folding import occurs, pattern, python_pattern

MOST_OWN = 500
MOST_MENTIONS = 100
SHORTEST_NAME = 2

_UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")


class Reason(models.TextChoices):
    """Why a comment was found, the strongest first."""

    ADDRESS = "ADDRESS", _lazy("the link that you gave")
    ACCOUNT = "ACCOUNT", _lazy("written from an account with this address")
    CONFIRMED = "CONFIRMED", _lazy("same e-mail address, confirmed by its owner")
    TYPED = "TYPED", _lazy("same e-mail address, typed by the writer and never confirmed")
    NAME = "NAME", _lazy("same name only; somebody else may have it too")
    OTHER = "OTHER", _lazy("written in those days or on that page")


class Unsearchable(ValueError):
    """Nothing can be looked for with what was given. `errors` maps a field of `Query` to a sentence."""

    def __init__(self, errors: dict[str, str]) -> None:
        super().__init__(" ".join(errors.values()))
        self.errors = errors


@dataclass(frozen=True, kw_only=True)
class Query:
    """Whom a request is about. Name, address, account and link widen the search, dates and page narrow it.

    Attributes:
        name: part of the name that stands beside the comments.
        email: an e-mail address, whole.
        address: links to comments, or their public ids, among whatever other words.
        user: the primary key of a Django user.
        since, until: days on which it was written, both inclusive.
        page: the page that the comments are on, or that lies above.
    """

    name: str = ""
    email: str = ""
    address: str = ""
    user: Any = None
    since: date | None = None
    until: date | None = None
    page: Any = None

    @property
    def names_somebody(self) -> bool:
        return bool(self.name or self.email or self.address or self.user is not None)


@dataclass(frozen=True, kw_only=True)
class Findings:
    """What was found, newest first.

    Attributes:
        own: comments that are, or may be, the person's own.
        mentions: comments of others that have the name or the address in their text, or in what is kept along.
        mentions_apart: the pks of those that have it only in an earlier text, a report, a note of moderators or an
            answer.
        has_more_own, has_more_mentions: whether there are more than are listed.
    """

    own: list[VisitorComment] = field(default_factory=list)
    mentions: list[VisitorComment] = field(default_factory=list)
    mentions_apart: set[int] = field(default_factory=set)
    has_more_own: bool = False
    has_more_mentions: bool = False


def find(query: Query, *, most: int = MOST_OWN) -> Findings:
    """Search the whole site, erased comments aside.

    Raises:
        Unsearchable: with a sentence for each value that cannot be used.
    """
    query = check(query)
    own = list(_shown(own_comments(query))[: most + 1])
    mentions, apart = _mentions(query) if query.name or query.email else ([], set())
    return Findings(
        own=own[:most],
        mentions=mentions[:MOST_MENTIONS],
        mentions_apart=apart,
        has_more_own=len(own) > most,
        has_more_mentions=len(mentions) > MOST_MENTIONS,
    )


def reason(comment: VisitorComment, query: Query) -> Reason:
    """Return the strongest reason why a checked query has found `comment` as the person's own."""
    if query.address and str(comment.uuid) in query.address.lower():
        return Reason.ADDRESS
    same_email = bool(query.email) and comment.author_email.casefold() == query.email.casefold()
    is_account = comment.author_kind != AuthorKind.GUEST
    if same_email and not is_account:
        return Reason.CONFIRMED if comment.email_verified_at else Reason.TYPED
    if same_email or (query.user is not None and comment.author_user_id == query.user):
        return Reason.ACCOUNT
    if _named(comment, query):
        return Reason.NAME
    return Reason.ACCOUNT if query.email and is_account else Reason.OTHER


def _named(comment: VisitorComment, query: Query) -> bool:
    return bool(query.name) and re.search(python_pattern(query.name), comment.author_name) is not None


def check(query: Query) -> Query:
    """Return the query as it is looked for.

    Raises:
        Unsearchable: if a value is none of its kind, or if there is nothing to look for.
    """
    errors = {}
    name, email = " ".join(query.name.split()), query.email.strip()
    if name and len(name) < SHORTEST_NAME:
        errors["name"] = _("“%(name)s” is too short. Give at least two letters of the name.") % {"name": name}
    if len(name) > 80:
        errors["name"] = _("Give at most 80 characters of the name.")
    if email and not _EMAIL.fullmatch(email):
        errors["email"] = _("“%(email)s” is not an e-mail address. Write it whole, with the @.") % {
            "email": email
        }
    if query.address and not _UUID.search(query.address):
        errors["address"] = _(
            "There is no comment's address in “%(address)s”. Copy the link beneath the comment, or its 36 characters."
        ) % {"address": query.address[:100]}
    if query.since and query.until and query.until < query.since:
        errors["until"] = _("The last day lies before the first. Swap them.")
    if not errors and not (query.names_somebody or query.since or query.until or query.page):
        errors[""] = _("Fill in at least one field: a name, an e-mail address, a link or a day.")
    if errors:
        raise Unsearchable(errors)
    values = {**query.__dict__, "name": name, "email": email}
    return Query(**values)


def own_comments(query: Query) -> QuerySet[VisitorComment]:
    """Return the comments, not yet erased, that a checked query is about."""
    comments = _within(query)
    return comments.filter(_whose(query)) if query.names_somebody else comments


def _within(query: Query) -> QuerySet[VisitorComment]:
    comments = VisitorComment.objects.exclude(status=Status.ERASED)
    if query.since:
        comments = comments.filter(created_at__gte=_midnight(query.since))
    if query.until:
        comments = comments.filter(created_at__lt=_midnight(query.until + timedelta(days=1)))
    if query.page is not None:
        comments = comments.filter(page__path__startswith=query.page.path)
    return comments


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _whose(query: Query) -> Q:
    whose = Q(pk__in=[])
    if query.name:
        whose |= Q(author_name__regex=_regex(query.name))
    if query.email:
        whose |= _known_by_email(query.email)
    if query.address:
        whose |= Q(uuid__in=[UUID(found) for found in _UUID.findall(query.address)])
    if query.user is not None:
        whose |= Q(author_user=query.user)
    return whose


def _known_by_email(email: str) -> Q:
    """The address as it was typed, as a guest was known by it, and what accounts with it have written.

    An account is followed further than its address: everything that it wrote counts, also under an older address.
    """
    typed = Q(author_email__iexact=email) | Q(author_email__in={email.lower(), email.casefold()})
    typed |= Q(author_key=author_key(AuthorKind.GUEST, email.casefold()))
    model = get_user_model()
    users = model.objects.filter(**{f"{model.get_email_field_name()}__iexact": email})
    accounts = VisitorComment.objects.filter(typed, author_kind=AuthorKind.EXTERNAL).exclude(author_key="")
    return typed | Q(author_user__in=users) | Q(author_key__in=accounts.values("author_key"))


def _mentions(query: Query) -> tuple[list[VisitorComment], set[int]]:
    """Comments of others with the name or the address, as words of their own, in the text or in what is kept along; and
    the pks of those that have it only there."""
    wanted = [words for words in (query.name, query.email) if words]
    inside = Q(pk__in=[])
    for words in wanted:
        inside |= Q(body__regex=_regex(words))
        for records, column in ((CommentRevision, "body"), (CommentReport, "note"), (ModerationNote, "body")):
            rows = records.objects.filter(**{f"{column}__regex": _regex(words)})
            inside |= Q(pk__in=rows.values("comment"))
        answers = HealthAnswer.objects.filter(body__regex=_regex(words))
        inside |= Q(pk__in=answers.values("question__comment"))
    found = _shown(_within(query).filter(inside).exclude(_whose(query))).select_related("health")
    found = found.prefetch_related("revisions", "reports", "notes", "health__answers")
    mentions: list[VisitorComment] = []
    apart: set[int] = set()
    for comment in found.iterator(chunk_size=500):
        places = [text for text in _texts(comment) if any(occurs(words, text) for words in wanted)]
        if places:
            mentions.append(comment)
            if comment.body not in places:
                apart.add(comment.pk)
        if len(mentions) > MOST_MENTIONS:
            break
    return mentions, apart


def _texts(comment: VisitorComment) -> Iterator[str]:
    yield comment.body
    yield from (revision.body for revision in comment.revisions.all())
    yield from (note.body for note in comment.notes.all())
    yield from (report.note for report in comment.reports.all())
    if question := getattr(comment, "health", None):
        yield from (answer.body for answer in question.answers.all())


def _shown(comments: QuerySet[VisitorComment]) -> QuerySet[VisitorComment]:
    return comments.select_related("page", "thread", "author_user").order_by("-created_at", "-pk")


def _regex(words: str) -> str:
    return python_pattern(words) if connection.vendor == "sqlite" else pattern(words)
