"""The form of an endpoint."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from .events import EventType
from .models import WebhookEndpoint, every_event


class EndpointForm(WagtailAdminModelForm):
    """Name, address, site, events. Secrets are made by the system and are no part of it."""

    events = forms.MultipleChoiceField(
        label=_("Events"),
        choices=EventType.choices,
        initial=every_event,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Of comments only what every visitor can see is told: no text, no names, nothing of those that wait, and "
            "never a health question."
        ),
    )

    class Meta:
        model = WebhookEndpoint
        fields = ["name", "url", "site", "events", "is_active"]
        widgets = {"url": forms.URLInput(attrs={"placeholder": "https://www.example.com/hooks/massage"})}
        error_messages = {"name": {"unique": _("There is a webhook with this name already.")}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["site"].empty_label = _("All sites")
