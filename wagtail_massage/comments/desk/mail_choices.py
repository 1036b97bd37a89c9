"""How often a moderator wants mails: a panel on Wagtail's account page."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.views.account import BaseSettingsPanel, notifications_tab

from ..conf import comments_settings
from ..models import ModeratorMailChoice
from ..permissions import opens_desk
from ..states import MailFrequency, MailLane


class MailChoicesForm(forms.Form):
    """One field for each lane. An empty choice follows the site's setting, now and when it changes."""

    def __init__(self, *args: Any, instance: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = instance
        chosen = dict(ModeratorMailChoice.objects.filter(user=instance).values_list("lane", "frequency"))
        for lane in MailLane:
            self.fields[lane] = forms.ChoiceField(
                label=lane.label, choices=_choices(lane), initial=chosen.get(lane, ""), required=False
            )

    def save(self) -> None:
        for lane in MailLane:
            frequency = self.cleaned_data[lane]
            own = ModeratorMailChoice.objects.filter(user=self.user, lane=lane)
            if not frequency:
                own.delete()
            else:
                own.update_or_create(user=self.user, lane=lane, defaults={"frequency": frequency})


def _choices(lane: MailLane) -> list[tuple[str, Any]]:
    usual = MailFrequency(comments_settings.moderator_mails[lane]).label
    return [("", _("As usual here (%(frequency)s)") % {"frequency": usual}), *MailFrequency.choices]


class MailChoicesPanel(BaseSettingsPanel):
    name = "massage_comment_mails"
    title = gettext_lazy("Mails about comments")
    tab = notifications_tab
    order = 500
    form_class = MailChoicesForm
    form_object = "user"

    def is_active(self) -> bool:
        return opens_desk(self.user)
