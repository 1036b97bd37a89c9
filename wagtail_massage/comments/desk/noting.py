"""The POST of the notes: what moderators tell each other about a comment."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin import messages

from .. import actions
from .access import DeskMixin
from .conversation import CommentView, NoteForm


class AddNoteView(CommentView):
    """Keeps a note; where it cannot be kept, the text comes back."""

    http_method_names = ["post"]
    lets_in, get_comments = DeskMixin.lets_in, DeskMixin.get_comments  # moderators alone, unlike for looking

    def post(self, request: HttpRequest, pk: int) -> Any:
        self.comment = self.get_comment(pk)
        form = NoteForm(request.POST)
        if form.is_valid():
            try:
                actions.add_note(
                    self.comment, body=form.cleaned_data["body"], by=request.user, now=timezone.now()
                )
            except actions.Refused as error:
                form.add_error("body", " ".join(error.errors.values()))
            else:
                messages.success(request, _("Your colleagues can read the note here."))
                return self.look_again(self.comment)
        return self.render_to_response(self.get_context_data(note_form=form))
