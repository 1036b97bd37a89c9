"""The POST behind "Undo" and "Take back": the last decision about a comment, as the moderator saw it."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import View
from wagtail.admin import messages

from .. import actions
from . import words
from .access import DeskMixin, next_url
from .choosing import INT_MAX
from .telling import inspect_url, what_happened


class UndoForm(forms.Form):
    """`version` is that of the comment whose last decision the moderator wants to take back."""

    version = forms.IntegerField(min_value=1, max_value=INT_MAX)


class UndoView(DeskMixin, View):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        comment = self.get_comment(pk)
        form = UndoForm(request.POST)
        if not form.is_valid():
            messages.error(
                request, _("That did not say what to take back. Please use the comment's history.")
            )
            return redirect(inspect_url(request, comment))
        try:
            if form.cleaned_data["version"] != comment.version:
                raise actions.StaleState(comment)
            actions.undo(comment, by=request.user, now=timezone.now())
        except actions.StaleState as error:
            messages.warning(request, what_happened(error.comment, to=request.user))
            return redirect(inspect_url(request, comment))
        except actions.NothingToUndo as error:
            messages.error(request, str(error))
            return redirect(inspect_url(request, comment))
        facts = {"name": words.name_of(comment), "status": comment.get_status_display()}
        done = _("Taken back: the comment by %(name)s is “%(status)s” again.") % facts
        messages.success(
            request, done, buttons=[messages.button(inspect_url(request, comment), _("Look at it"))]
        )
        return redirect(next_url(request))
