"""The POST of the composer: an answer of the team, published at once."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin import messages

from .. import actions
from ..states import DeskTextKind
from . import words
from .access import DeskMixin
from .composing import AnswerForm, begun
from .conversation import CommentView
from .telling import what_happened


class AnswerView(CommentView):
    """Answers the comment as the moderator read it; whatever stands in the way, the text comes back."""

    http_method_names = ["post"]
    lets_in, get_comments = DeskMixin.lets_in, DeskMixin.get_comments  # moderators alone, unlike for looking

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        self.comment = self.get_comment(pk)
        if "start" in request.POST:
            return self.render_to_response(self.get_context_data(form=self._begun(request.POST["start"])))
        form = AnswerForm(request.POST)
        if form.is_valid() and self._answer(form):
            done = _("Your answer to %(name)s is public.") % {"name": words.name_of(self.comment)}
            messages.success(request, done)
            return self.look_again(self.comment)
        self.comment = self.get_comment(pk)  # as it is now, to be read again
        return self.render_to_response(self.get_context_data(form=form))

    def _begun(self, wanted: str) -> AnswerForm:
        """Put a ready-made reply below what was written so far."""
        return AnswerForm(
            initial={"body": begun(DeskTextKind.REPLY, self.comment, self.request.POST, wanted)}
        )

    def _answer(self, form: AnswerForm) -> Any:
        said, comment = form.cleaned_data, self.comment
        if comment.is_health:
            form.add_error(None, str(actions.HealthApart()))
            return None
        if (said["status"], said["version"]) != (comment.status, comment.version):
            form.add_error(None, what_happened(comment, to=self.request.user))
            return None
        try:
            return actions.answer(
                comment,
                body=said["body"],
                by=self.request.user,
                now=timezone.now(),
                approve_first=said["approve_first"],
            )
        except actions.Refused as error:
            form.add_error("body", " ".join(error.errors.values()))
        except actions.Closed:
            form.add_error(
                None, _("The policy of this page lets nobody write now, so your answer waits here.")
            )
        except actions.StaleState as error:
            form.add_error(None, what_happened(error.comment, to=self.request.user))
        return None
