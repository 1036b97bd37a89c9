"""The POST behind "Undo" and "Take back": the last decision about a comment, as the moderator saw it."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import View

from .. import actions
from . import words
from .choosing import INT_MAX
from .telling import TellingMixin


class UndoForm(forms.Form):
    """`version` is that of the comment whose last decision the moderator wants to take back."""

    version = forms.IntegerField(min_value=1, max_value=INT_MAX)


class UndoView(TellingMixin, View):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        comment = self.get_comment(pk)
        form = UndoForm(request.POST)
        if not form.is_valid():
            return self.refuse(
                comment, _("That did not say what to take back. Please use the comment's history.")
            )
        if form.cleaned_data["version"] != comment.version:
            return self.too_late(comment)
        try:
            actions.undo(comment, by=request.user, now=timezone.now())
        except actions.StaleState as error:
            return self.too_late(error.comment)
        except actions.NothingToUndo as error:
            return self.refuse(comment, str(error))
        facts = {"name": words.name_of(comment), "status": comment.get_status_display()}
        return self.done(
            comment, _("Taken back: the comment by %(name)s is “%(status)s” again.") % facts, verb="undo"
        )
