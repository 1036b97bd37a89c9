"""How a lane can be narrowed: to a page with everything below it, and by age."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.widgets import AdminPageChooser

from ...base_page import get_page_model
from ..models import VisitorComment
from ..permissions import on_desk

_AGES = {
    "day": (_("In the last day"), "gte", timedelta(days=1)),
    "week": (_("In the last 7 days"), "gte", timedelta(days=7)),
    "month": (_("In the last 30 days"), "gte", timedelta(days=30)),
    "older": (_("More than 30 days ago"), "lt", timedelta(days=30)),
}


def pages_in_scope(request: HttpRequest) -> QuerySet[Any]:
    """Return the pages whose comments the user moderates or whose health questions the user answers; the title of any
    other stays unknown here."""
    return get_page_model().objects.filter(on_desk(request.user, "path"))


class CommentFilterSet(WagtailFilterSet):
    page = django_filters.ModelChoiceFilter(
        label=_("Page or section"),
        queryset=pages_in_scope,
        method="on_page_or_below",
        widget=AdminPageChooser(show_edit_link=False, can_choose_root=True),
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

    def of_age(self, comments: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        _label, lookup, age = _AGES[value]
        return comments.filter(**{f"created_at__{lookup}": timezone.now() - age})

    @property
    def chosen_page(self) -> Any:
        """The page that is filtered by, None when there is none or it is no valid choice."""
        return self.form.cleaned_data.get("page") if self.is_valid() else None

    @property
    def is_by_page_only(self) -> bool:
        """Whether the thread's own counts tell how many comments are left."""
        return not self.is_valid() or not self.form.cleaned_data.get("age")
