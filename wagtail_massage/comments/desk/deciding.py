"""The POST behind every button: one decision about one comment, as the moderator saw it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import View

from .. import actions
from ..states import RejectionReason, Status
from . import words
from .choosing import INT_MAX
from .telling import TellingMixin


class DecisionForm(forms.Form):
    """`status` and `version` are those of the comment that the moderator has read; `reason` counts with the verbs that
    are `words.REASONED`."""

    verb = forms.ChoiceField(choices=[(verb, verb) for verb in words.VERBS])
    status = forms.ChoiceField(choices=Status.choices)
    version = forms.IntegerField(min_value=1, max_value=INT_MAX)
    reason = forms.ChoiceField(choices=RejectionReason.choices, required=False)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        said["why"] = {"reason": said.get("reason", "")} if said.get("verb") in words.REASONED else {}
        return said


class DecideView(TellingMixin, View):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        comment = self.get_comment(pk)
        form = DecisionForm(request.POST)
        if not form.is_valid():
            return self.refuse(
                comment, _("That was no complete decision. Please use the buttons beside the comment.")
            )
        verb, *seen = (form.cleaned_data[name] for name in ("verb", "status", "version"))
        if seen != [comment.status, comment.version]:
            return self.too_late(comment)
        try:
            getattr(actions, verb)(comment, by=request.user, now=timezone.now(), **form.cleaned_data["why"])
        except actions.StaleState as error:  # it was decided between our reading and our writing
            return self.too_late(error.comment)
        except (actions.IllegalTransition, actions.NotPinnable) as error:
            return self.refuse(comment, str(error))
        message = words.VERBS[verb].done % {"name": words.name_of(comment)}
        return self.done(comment, message, verb=verb)
