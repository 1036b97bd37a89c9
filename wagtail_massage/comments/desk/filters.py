"""How a lane can be narrowed: to a page with everything below it, by reason, author, language and age."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.widgets import AdminPageChooser
from wagtail.coreutils import get_content_languages

from ...base_page import get_page_model
from ..models import CommentReport, CommentVerdict, ModerationEvent, VisitorComment
from ..permissions import moderated_by, on_desk, scope_of
from ..states import AuthorKind, RejectionReason, ReportReason
from ..text import author_key
from . import words

_AGES = {
    "day": (_("In the last day"), "gte", timedelta(days=1)),
    "week": (_("In the last 7 days"), "gte", timedelta(days=7)),
    "month": (_("In the last 30 days"), "gte", timedelta(days=30)),
    "older": (_("More than 30 days ago"), "lt", timedelta(days=30)),
}

_NUMBER = re.compile(r"#([1-9][0-9]{0,17})")


def pages_in_scope(request: HttpRequest) -> QuerySet[Any]:
    """Return the pages whose comments the user moderates or whose health questions the user answers; the title of any
    other stays unknown here."""
    return get_page_model().objects.filter(on_desk(request.user, "path"))


def same_author(comment: VisitorComment) -> Q:
    """Return the condition that a comment is by the author of `comment`: the same account or e-mail address, or where
    neither is known, the same name."""
    if comment.author_key:
        return Q(author_key=comment.author_key)
    return Q(author_key="", author_name=comment.author_name)


def reason_choices() -> list[Any]:
    """Return every reason that a list can be narrowed by: of a check, of a visitor, of a moderator."""
    return [
        (_("A check objected"), [(f"check:{code}", label) for code, label in words.REASONS.items()]),
        (_("A visitor reported"), [(f"report:{code}", label) for code, label in ReportReason.choices]),
        (_("A moderator said"), [(f"event:{code}", label) for code, label in RejectionReason.choices]),
    ]


_WITH_REASON: dict[str, Callable[[str], QuerySet[Any]]] = {
    "check": lambda code: CommentVerdict.objects.filter(
        reason=code, outcome__gt=CommentVerdict.Outcome.PASS, comment=OuterRef("pk")
    ),
    "report": lambda code: CommentReport.objects.filter(reason=code, comment=OuterRef("pk")),
    "event": lambda code: ModerationEvent.objects.filter(reason=code, comment=OuterRef("pk")),
}


class CommentFilterSet(WagtailFilterSet):
    page = django_filters.ModelChoiceFilter(
        label=_("Page or section"),
        queryset=pages_in_scope,
        method="on_page_or_below",
        widget=AdminPageChooser(show_edit_link=False, can_choose_root=True),
    )
    reason = django_filters.ChoiceFilter(
        label=_("Reason"), choices=reason_choices, method="for_reason", empty_label=_("Any, or none")
    )
    author = django_filters.CharFilter(
        label=_("Author"),
        method="by_author",
        max_length=254,
        help_text=_("The whole name or e-mail address, or # and the number of a comment by the same person."),
    )
    locale = django_filters.ChoiceFilter(
        label=_("Language"), choices=get_content_languages, method="in_language", empty_label=_("Any")
    )
    age = django_filters.ChoiceFilter(
        label=_("Written"),
        choices=[(name, label) for name, (label, _lookup, _age) in _AGES.items()],
        method="of_age",
        empty_label=_("At any time"),
    )

    class Meta:
        model = VisitorComment
        fields: list[str] = []

    def on_page_or_below(self, comments: QuerySet[Any], name: str, page: Any) -> QuerySet[Any]:
        return comments.filter(page__path__startswith=page.path)

    def for_reason(self, comments: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        source, _colon, code = value.partition(":")
        if source == "report":
            comments = self._moderated(comments)
        return comments.filter(Exists(_WITH_REASON[source](code)))

    def by_author(self, comments: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        if number := _NUMBER.fullmatch(value):
            # Of somebody in another section not even the existence can be asked for.
            known = moderated_by(self.request.user).filter(pk=int(number[1])).first()
            return self._moderated(comments).filter(same_author(known)) if known else comments.none()
        if "@" in value:
            key = author_key(AuthorKind.GUEST, value.casefold())
            return self._moderated(comments).filter(Q(author_key=key) | Q(author_email__iexact=value))
        return comments.filter(author_name__iexact=value)

    def _moderated(self, comments: QuerySet[Any]) -> QuerySet[Any]:
        """Leave out what the user may answer and not moderate: addresses and reports of those cannot be guessed."""
        return comments.filter(scope_of(self.request.user).condition("page__path"))

    def in_language(self, comments: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return comments.filter(locale=value)

    def of_age(self, comments: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        _label, lookup, age = _AGES[value]
        return comments.filter(**{f"created_at__{lookup}": timezone.now() - age})

    @property
    def chosen(self) -> dict[str, Any]:
        """What is filtered by, by the name of the filter; nothing that is no valid choice."""
        said = self.form.cleaned_data if self.is_valid() else {}
        return {name: value for name, value in said.items() if value}

    @property
    def chosen_page(self) -> Any:
        """The page that is filtered by, None when there is none or it is no valid choice."""
        return self.chosen.get("page")

    @property
    def is_by_page_only(self) -> bool:
        """Whether the thread's own counts tell how many comments are left."""
        return not self.chosen.keys() - {"page"}

    def in_words(self) -> list[tuple[str, str]]:
        """Return each filter that is set, with what was chosen, for people."""
        return [
            (str(self.form.fields[name].label), self._label_of(name, value))
            for name, value in self.chosen.items()
        ]

    def _label_of(self, name: str, value: Any) -> str:
        if name == "page":
            return value.get_admin_display_title()
        flat: dict[Any, Any] = {}
        for key, label in getattr(self.form.fields[name], "choices", []):
            flat |= dict(label) if isinstance(label, list) else {key: label}
        return str(flat.get(value, value))
