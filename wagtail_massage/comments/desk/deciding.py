"""The POST behind every button: one decision about one comment, as the moderator saw it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.utils import get_user_display_name

from .. import actions
from ..models import ModerationEvent, VisitorComment
from ..states import RejectionReason, Status
from . import words
from .access import DeskMixin, desk_url, next_url

INT_MAX = 2**31 - 1


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


class DecideView(DeskMixin, View):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        comment = self.get_comment(pk)
        form = DecisionForm(request.POST)
        if not form.is_valid():
            messages.error(
                request, _("That was no complete decision. Please use the buttons beside the comment.")
            )
            return self._look_again(comment)
        verb, *seen = (form.cleaned_data[name] for name in ("verb", "status", "version"))
        if seen != [comment.status, comment.version]:
            return self._too_late(comment)
        try:
            getattr(actions, verb)(comment, by=request.user, now=timezone.now(), **form.cleaned_data["why"])
        except actions.StaleState as error:  # it was decided between our reading and our writing
            return self._too_late(error.comment)
        except (actions.IllegalTransition, actions.NotPinnable) as error:
            messages.error(request, str(error))
            return self._look_again(comment)
        return self._done(comment, verb)

    def _done(self, comment: VisitorComment, verb: str) -> HttpResponse:
        done = words.VERBS[verb].done % {"name": words.name_of(comment)}
        messages.success(
            self.request, done, buttons=[messages.button(self._url_of(comment), _("Look at it"))]
        )
        return redirect(next_url(self.request))

    def _too_late(self, comment: VisitorComment) -> HttpResponse:
        messages.warning(self.request, what_happened(comment, to=self.request.user))
        return self._look_again(comment)

    def _look_again(self, comment: VisitorComment) -> HttpResponse:
        return redirect(self._url_of(comment))

    def _url_of(self, comment: VisitorComment) -> str:
        return f"{desk_url('inspect', comment.pk)}?{urlencode({'next': next_url(self.request)})}"


def what_happened(comment: VisitorComment, *, to: Any) -> str:
    """Tell `to`, a moderator who came too late, what the comment is now and who was faster."""
    event = ModerationEvent.objects.filter(comment=comment).select_related("actor").latest("pk")
    facts = {"status": comment.get_status_display(), "who": get_user_display_name(event.actor)}
    if event.verb == "edit":
        return _("The text was changed in the meantime, so nothing was decided. Please read it again.")
    if event.actor == to:
        return _("You have already decided: the comment is “%(status)s”. Nothing was changed now.") % facts
    if not facts["who"]:
        return (
            _("Somebody was faster: the comment is now “%(status)s”. Your decision changed nothing.") % facts
        )
    return _("%(who)s was faster: the comment is now “%(status)s”. Your decision changed nothing.") % facts
