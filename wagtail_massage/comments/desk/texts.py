"""Texts of the desk: ready-made replies, and what visitors with a health question are told, in each language."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.coreutils import get_content_languages

from ..models import DeskText
from ..permissions import moderates_everywhere, text_policy
from ..states import DeskTextKind
from .access import NAMESPACE

_ONE_EACH = frozenset({DeskTextKind.SAFETY, DeskTextKind.CONSENT, DeskTextKind.DISCLAIMER})
"""Kinds of which visitors read one text, so that a second in the same language would only puzzle editors."""


class TextForm(WagtailAdminModelForm):
    """Each change raises the version, which consent and disclaimers name."""

    locale = forms.ChoiceField(
        label=gettext_lazy("Language"),
        required=False,
        help_text=gettext_lazy("Every language: where there is no text in the visitor's own."),
    )

    class Meta:
        model = DeskText
        fields = ["kind", "locale", "title", "body"]

    class Media:
        css = {"all": ["wagtail_massage_comments/admin/forms.css"]}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        languages = get_content_languages()
        if kept := self.instance.locale:
            languages.setdefault(kept, kept)
        self.fields["locale"].choices = [("", _("Every language")), *languages.items()]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        kind, locale = cleaned.get("kind"), cleaned.get("locale", "")
        others = DeskText.objects.filter(kind=kind, locale=locale).exclude(pk=self.instance.pk)
        if kind in _ONE_EACH and others.exists():
            self.add_error("kind", _("There is such a text in this language already. Change that one."))
        return cleaned

    def save(self, commit: bool = True) -> Any:
        if self.instance.pk and self.has_changed():
            self.instance.version += 1
        return super().save(commit=commit)


class TextMixin:
    """Lets those in who moderate everywhere. Wagtail's own permissions for the model open nothing here."""

    model = DeskText
    permission_policy = text_policy
    pk_url_kwarg = "text_pk"
    header_icon = "openquote"
    index_url_name = f"{NAMESPACE}:texts"
    index_results_url_name = f"{NAMESPACE}:texts_results"
    add_url_name = f"{NAMESPACE}:text_add"
    edit_url_name = f"{NAMESPACE}:text_edit"
    delete_url_name = f"{NAMESPACE}:text_delete"
    object: DeskText

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not moderates_everywhere(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]


class TextsView(TextMixin, generic.IndexView):
    page_title = gettext_lazy("Texts of the desk")
    list_filter = ["kind"]
    list_display = [
        "title",
        Column("get_kind_display", label=gettext_lazy("What it is for"), sort_key="kind"),
        Column("locale", label=gettext_lazy("Language"), sort_key="locale"),
        Column("version", label=gettext_lazy("Version")),
    ]
    search_fields = ["title", "body"]
    search_backend_name = None
    default_ordering = ("kind", "title", "pk")
    paginate_by = 50
    add_item_label = gettext_lazy("Add a text")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]


class AddTextView(TextMixin, generic.CreateView):
    page_title = gettext_lazy("Add a text")
    form_class = TextForm

    def get_page_subtitle(self) -> str:
        return _("Texts of the desk")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, _list_item(), {"url": "", "label": self.page_title}]

    def get_success_message(self, instance: DeskText) -> str:
        return _("“%(title)s” is ready to be used.") % {"title": instance.title}


class EditTextView(TextMixin, generic.EditView):
    form_class = TextForm

    def get_page_subtitle(self) -> str:
        return self.object.title

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, _list_item(), {"url": "", "label": self.object.title}]

    def get_success_message(self) -> str:
        return _("“%(title)s” is saved as version %(version)d.") % {
            "title": self.object.title,
            "version": self.object.version,
        }


class DeleteTextView(TextMixin, generic.DeleteView):
    page_title = gettext_lazy("Delete")

    def get_page_subtitle(self) -> str:
        return self.object.title

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, _list_item(), {"url": "", "label": self.object.title}]

    def get_success_message(self) -> str:
        return _("“%(title)s” is deleted. Our own text takes its place where there is one.") % {
            "title": self.object.title
        }


class TextsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return moderates_everywhere(request.user)


def texts_menu_item() -> TextsMenuItem:
    """Return the item of the settings menu that leads to the texts."""
    url = reverse(TextMixin.index_url_name)
    return TextsMenuItem(
        _("Texts of the desk"), url, name="massage-desk-texts", icon_name="openquote", order=651
    )


def _list_item() -> dict[str, Any]:
    return {"url": reverse(TextMixin.index_url_name), "label": _("Texts of the desk")}
