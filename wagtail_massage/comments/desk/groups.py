"""The panel in Settings > Groups: whose comments the members of a group moderate."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.models import Group
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms.formsets import BaseFormSetMixin
from wagtail.admin.widgets import AdminPageChooser

from ...base_page import get_page_model
from ..models import GroupCommentPermission

MODERATE = GroupCommentPermission.Permission.MODERATE


class SectionForm(forms.Form):
    """A page whose comments, and those of everything below it, the group moderates."""

    page: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=gettext_lazy("Page"),
        queryset=None,
        widget=AdminPageChooser(show_edit_link=False, can_choose_root=True),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["page"].queryset = get_page_model().objects.all()  # type: ignore[attr-defined]


class BaseSectionFormSet(BaseFormSetMixin, forms.BaseFormSet):
    """Has the interface that Wagtail's group view asks of a permission panel.

    It keeps the MODERATE rows of the group and leaves rows of any other permission alone.
    """

    def __init__(
        self, data: Any = None, files: Any = None, instance: Any = None, prefix: str = "comment_permissions"
    ) -> None:
        self.instance = instance if instance is not None else Group()
        initial = [{"page": page} for page in self._granted()]
        super().__init__(data, files, initial=initial, prefix=prefix)

    def clean(self) -> None:
        if any(self.errors):
            return
        pages = self._chosen()
        if len(set(pages)) != len(pages):
            raise forms.ValidationError(_("You cannot choose the same page twice."))

    @transaction.atomic
    def save(self) -> None:
        granted, chosen = set(self._granted()), set(self._chosen())
        rows = GroupCommentPermission.objects.filter(group=self.instance, permission=MODERATE)
        rows.filter(page__in=granted - chosen).delete()
        for page in chosen - granted:
            GroupCommentPermission.objects.create(group=self.instance, page_id=page, permission=MODERATE)

    def as_admin_panel(self) -> SafeString:
        return render_to_string("wagtail_massage_comments/admin/group_panel.html", {"formset": self})

    def _granted(self) -> list[int]:
        if self.instance.pk is None:
            return []
        rows = GroupCommentPermission.objects.filter(group=self.instance, permission=MODERATE)
        return list(rows.order_by("page__path").values_list("page_id", flat=True))

    def _chosen(self) -> list[int]:
        kept = [form for form in self.forms if form not in self.deleted_forms]
        return [form.cleaned_data["page"].pk for form in kept if "page" in form.cleaned_data]


SectionFormSet = forms.formset_factory(SectionForm, formset=BaseSectionFormSet, extra=0, can_delete=True)
