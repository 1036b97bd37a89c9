"""Reports > Visitor comments: what became of them, how long people waited, and how often the checks were right."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.generic import View
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets import AdminPageChooser

from ...base_page import get_page_model
from ..permissions import scope_of
from .access import DeskMixin, desk_url
from .exporting import csv_response, guard
from .figures import Frame, frame_of
from .report_tables import TABLES, Table

WEEKS = 12


class ReportForm(forms.Form):
    """How many weeks, and of which part of the site. A page that cannot be chosen is dropped before the form sees it:
    Wagtail's chooser would show its title, whoever may know it."""

    weeks = forms.ChoiceField(
        label=_("Time"),
        choices=[
            ("4", _("The last 4 weeks")),
            ("12", _("The last 12 weeks")),
            ("26", _("The last half year")),
            ("52", _("The last year")),
        ],
        required=False,
    )
    page: Any = forms.ModelChoiceField(
        label=_("Page or section"),
        queryset=None,
        required=False,
        widget=AdminPageChooser(show_edit_link=False, can_choose_root=True),
    )

    def __init__(self, data: Any, *, user: Any) -> None:
        data = {name: data.get(name, "") for name in ("weeks", "page")}
        data["weeks"] = data["weeks"] or str(WEEKS)
        pages = get_page_model().objects.filter(scope_of(user).condition("path"))
        wanted = data["page"]
        is_number = wanted.isdecimal() and wanted.isascii() and len(wanted) < 10
        if not (is_number and pages.filter(pk=wanted).exists()):
            data["page"] = ""
        super().__init__(data)
        self.fields["page"].queryset = pages  # type: ignore[attr-defined]

    @property
    def said(self) -> dict[str, Any]:
        """What is asked for; where an answer is no valid one, what holds without it."""
        self.is_valid()
        cleaned = self.cleaned_data
        return {"weeks": int(cleaned.get("weeks") or WEEKS), "page": cleaned.get("page")}


class ReportMixin(DeskMixin):
    """What the page and its spreadsheets have in common: the reader's scope, narrowed by the address."""

    page_title = _("Visitor comments")
    header_icon = "comment"

    def read_address(self, request: HttpRequest) -> Frame:
        self.form = ReportForm(request.GET, user=request.user)
        self.said = self.form.said
        return frame_of(scope_of(request.user), now=timezone.now(), **self.said)


class ReportView(ReportMixin, WagtailAdminTemplateMixin, View):
    """Shows all tables. The number of queries does not depend on how much there is to count."""

    template_name = "wagtail_massage_comments/admin/report.html"
    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        self.frame = self.read_address(request)
        return self.render_to_response(self.get_context_data())

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = self.said["page"]
        tables = [make(self.frame) for make in TABLES.values()]
        query = {"weeks": self.said["weeks"], **({"page": page.pk} if page else {})}
        return {
            **super().get_context_data(**kwargs),
            "form": self.form,
            "page": page,
            "since": self.frame.starts[0],
            "tables": tables,
            "is_empty": not any(table.rows for table in tables),
            "query": urlencode(query),
            "desk_url": desk_url("index"),
            "media": self.form.media,
        }


class ReportTableView(ReportMixin, View):
    """One table of the report as CSV, with plain numbers: waits in hours, shares as fractions."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, table: str) -> HttpResponseBase:
        if table not in TABLES:
            raise Http404
        made = TABLES[table](self.read_address(request))
        return csv_response(
            iter([list(_lines(made))]), f"comments-{table}-{timezone.localdate():%Y-%m-%d}.csv"
        )


def _lines(table: Table) -> Iterator[list[str]]:
    yield [guard(str(column)) for column in table.sheet_columns or table.columns]
    for row in table.rows:
        yield [guard(row.value or row.name), *(cell.value for cell in row.cells)]


class ReportMenuItem(MenuItem):
    """Shown to those who moderate something."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(scope_of(request.user))
