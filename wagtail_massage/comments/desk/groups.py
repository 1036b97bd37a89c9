"""The panel in Settings > Groups: whose comments the members of a group moderate, and whose health questions they
answer."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms.formsets import BaseFormSetMixin
from wagtail.admin.widgets import AdminPageChooser

from ...base_page import get_page_model
from ..models import GroupCommentPermission

Permission = GroupCommentPermission.Permission
Granted = set[tuple[int, str]]
"""The primary key of a page, and a permission there."""


class SectionForm(forms.Form):
    """A page, and what the group may do about its comments and those of everything below it."""

    page: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=gettext_lazy("Page"),
        queryset=None,
        widget=AdminPageChooser(show_edit_link=False, can_choose_root=True),
    )

    permissions = forms.MultipleChoiceField(
        label=gettext_lazy("Permissions"),
        choices=Permission.choices,
        initial=[Permission.MODERATE],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose what the group may do there.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["page"].queryset = get_page_model().objects.all()  # type: ignore[attr-defined]


class BaseSectionFormSet(BaseFormSetMixin, forms.BaseFormSet):
    """Has the interface that Wagtail's group view asks of a permission panel."""

    def __init__(
        self, data: Any = None, files: Any = None, instance: Any = None, prefix: str = "comment_permissions"
    ) -> None:
        self.instance = instance if instance is not None else Group()
        super().__init__(data, files, initial=self._initial(), prefix=prefix)

    def clean(self) -> None:
        if any(self.errors):
            return
        pages = [form.cleaned_data["page"] for form in self._kept()]
        if len(set(pages)) != len(pages):
            raise forms.ValidationError(_("You cannot choose the same page twice."))

    @transaction.atomic
    def save(self) -> None:
        granted, chosen = self._granted(), self._chosen()
        for page, permission in granted - chosen:
            self._rows().filter(page=page, permission=permission).delete()
        for page, permission in chosen - granted:
            self._rows().create(group=self.instance, page_id=page, permission=permission)

    def as_admin_panel(self) -> SafeString:
        return render_to_string("wagtail_massage_comments/admin/group_panel.html", {"formset": self})

    def _rows(self) -> QuerySet[GroupCommentPermission]:
        return GroupCommentPermission.objects.filter(group=self.instance)

    def _granted(self) -> Granted:
        return set(self._rows().values_list("page_id", "permission")) if self.instance.pk else set()

    def _initial(self) -> list[dict[str, Any]]:
        """Return each page once, in the order of the page tree."""
        if self.instance.pk is None:
            return []
        sections: dict[int, list[str]] = {}
        for page, permission in (
            self._rows().order_by("page__path", "pk").values_list("page_id", "permission")
        ):
            sections.setdefault(page, []).append(permission)
        return [{"page": page, "permissions": permissions} for page, permissions in sections.items()]

    def _kept(self) -> list[Any]:
        kept = [form for form in self.forms if form not in self.deleted_forms]
        return [form for form in kept if "page" in form.cleaned_data]

    def _chosen(self) -> Granted:
        return {
            (form.cleaned_data["page"].pk, permission)
            for form in self._kept()
            for permission in form.cleaned_data["permissions"]
        }


SectionFormSet = forms.formset_factory(SectionForm, formset=BaseSectionFormSet, extra=0, can_delete=True)
