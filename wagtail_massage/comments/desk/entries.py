"""Screening lists: what is not welcome on the whole site, kept by those who moderate everywhere."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views import generic
from wagtail.admin.widgets import AdminDateTimeInput

from ..models import ScreeningEntry
from ..permissions import entry_policy, moderates_everywhere
from ..screening.entries import clean_value
from .access import NAMESPACE


class EntryForm(WagtailAdminModelForm):
    """Takes nothing that could never match, or would match too much."""

    class Meta:
        model = ScreeningEntry
        fields = ["kind", "value", "note", "expires_at"]
        widgets = {"expires_at": AdminDateTimeInput}
        error_messages = {
            NON_FIELD_ERRORS: {"unique_together": gettext_lazy("This entry is on the list already.")}
        }

    class Media:
        css = {"all": ["wagtail_massage_comments/admin/forms.css"]}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        kind, value, expires_at = (cleaned.get(name) for name in ("kind", "value", "expires_at"))
        if kind and value:
            try:
                cleaned["value"] = clean_value(kind, value)
            except ValidationError as error:
                self.add_error("value", error)
        if expires_at and "expires_at" in self.changed_data and expires_at <= timezone.now():
            self.add_error("expires_at", _("This moment is past. Delete the entry if it shall end now."))
        return cleaned


class EntryMixin:
    """Lets those in who moderate everywhere. Wagtail's own permissions for the model open nothing here."""

    model = ScreeningEntry
    permission_policy = entry_policy
    pk_url_kwarg = "entry_pk"
    header_icon = "list-ul"
    index_url_name = f"{NAMESPACE}:entries"
    index_results_url_name = f"{NAMESPACE}:entries_results"
    add_url_name = f"{NAMESPACE}:entry_add"
    edit_url_name = f"{NAMESPACE}:entry_edit"
    delete_url_name = f"{NAMESPACE}:entry_delete"
    object: ScreeningEntry

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not moderates_everywhere(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]


class EntriesView(EntryMixin, generic.IndexView):
    page_title = gettext_lazy("Screening lists")
    list_filter = ["kind"]
    list_display = [
        "value",
        Column("get_kind_display", label=gettext_lazy("What it does"), sort_key="kind"),
        Column("note", label=gettext_lazy("Note")),
        DateColumn("expires_at", label=gettext_lazy("Ends"), sort_key="expires_at"),
        DateColumn("created_at", label=gettext_lazy("Added"), sort_key="created_at"),
    ]
    search_fields = ["value", "note"]
    search_backend_name = None
    default_ordering = "-created_at"
    paginate_by = 50
    add_item_label = gettext_lazy("Add an entry")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]


class AddEntryView(EntryMixin, generic.CreateView):
    page_title = gettext_lazy("Add an entry")
    form_class = EntryForm

    def save_instance(self) -> ScreeningEntry:
        self.form.instance.created_by = self.request.user
        return super().save_instance()

    def get_page_subtitle(self) -> str:
        return _("Screening lists")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, _list_item(), {"url": "", "label": self.page_title}]

    def get_success_message(self, instance: ScreeningEntry) -> str:
        return _("“%(value)s” is on the list now.") % {"value": instance.value}


class EditEntryView(EntryMixin, generic.EditView):
    form_class = EntryForm

    def get_page_subtitle(self) -> str:
        return self.object.value

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, _list_item(), {"url": "", "label": self.object.value}]

    def get_success_message(self) -> str:
        return _("“%(value)s” is saved.") % {"value": self.object.value}


class DeleteEntryView(EntryMixin, generic.DeleteView):
    page_title = gettext_lazy("Delete")

    def get_page_subtitle(self) -> str:
        return self.object.value

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, _list_item(), {"url": "", "label": self.object.value}]

    def get_success_message(self) -> str:
        return _("“%(value)s” is no longer on the list.") % {"value": self.object.value}


class EntriesMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return moderates_everywhere(request.user)


def entries_menu_item() -> EntriesMenuItem:
    """Return the item of the settings menu that leads to the lists."""
    url = reverse(EntryMixin.index_url_name)
    return EntriesMenuItem(
        _("Screening lists"), url, name="massage-screening", icon_name="list-ul", order=650
    )


def _list_item() -> dict[str, Any]:
    return {"url": reverse(EntryMixin.index_url_name), "label": _("Screening lists")}
