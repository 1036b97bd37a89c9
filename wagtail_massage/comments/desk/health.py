"""The POSTs about health questions: answer, publish by two acts, set apart, put back, make a draft page of one."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.generic import View
from wagtail.admin import messages

from ... import slots, triage
from .. import actions
from ..models import HealthQuestion, VisitorComment
from ..permissions import may_answer_health
from ..states import DeskTextKind, Status
from . import words
from .access import DeskMixin, HealthDeskMixin, desk_url, next_url
from .choosing import INT_MAX
from .composing import begun
from .conversation import CommentView
from .question import HealthAnswerForm, is_promotable
from .telling import what_happened


class QuestionMixin(HealthDeskMixin):
    """For addresses of health questions: any other comment is not there."""

    def get_question(self, pk: int) -> VisitorComment:
        comment = self.get_comment(pk)
        if not comment.is_health:
            raise Http404
        return comment


class AnswerHealthView(QuestionMixin, CommentView):
    """Answers as the question was read. Whatever stands in the way, the draft comes back."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, question_pk: int) -> HttpResponse:
        self.comment = self.get_question(question_pk)
        if not may_answer_health(request.user, self.comment.page):
            raise PermissionDenied
        if "start" in request.POST:
            return self._show(self._begun(request.POST["start"]))
        form = HealthAnswerForm(request.POST)
        if form.is_valid() and self._answer(form):
            messages.success(request, _("Answered. It can be read at the author's own page."))
            return self.look_again(self.comment)
        self.comment = self.get_question(question_pk)  # as it is now, to be read again
        return self._show(form)

    def _show(self, form: HealthAnswerForm) -> Any:
        return self.render_to_response(self.get_context_data(health_form=form))

    def _begun(self, wanted: str) -> HealthAnswerForm:
        """Put a ready-made beginning below what was written so far."""
        text = begun(DeskTextKind.HEALTH_REPLY, self.comment, self.request.POST, wanted)
        return HealthAnswerForm(initial={"body": text})

    def _answer(self, form: HealthAnswerForm) -> Any:
        said, comment = form.cleaned_data, self.comment
        if said["version"] != comment.version:
            form.add_error(None, what_happened(comment, to=self.request.user))
            return None
        if said["answers"] != HealthQuestion.objects.get(comment=comment).answers.count():
            form.add_error(None, _("Somebody has answered in the meantime. Read that first."))
            return None
        if not form.is_read_again and triage.read_reply(said["body"]):
            return None
        try:
            return actions.answer_question(
                comment, body=said["body"], by=self.request.user, now=timezone.now()
            )
        except actions.Refused as error:
            form.add_error("body", " ".join(error.errors.values()))
        except actions.StaleState as error:
            form.add_error(None, what_happened(error.comment, to=self.request.user))
        return None


class HealthDecisionForm(forms.Form):
    """`version` is that of the comment that was read; `answer` the answer that is to be published."""

    verb = forms.ChoiceField(
        choices=[(verb, verb) for verb in ("publish_question", "publish_answer", "put_back")]
    )
    version = forms.IntegerField(min_value=1, max_value=INT_MAX)
    answer = forms.IntegerField(min_value=1, max_value=INT_MAX, required=False)


class DecideHealthView(QuestionMixin, View):
    """Publishes the question, or one of its answers, or says that it is none."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, question_pk: int) -> HttpResponse:
        comment = self.get_question(question_pk)
        form = HealthDecisionForm(request.POST)
        if not form.is_valid():
            messages.error(request, _("That was no complete decision. Please use the buttons of the page."))
            return self.look_again(comment)
        said = form.cleaned_data
        if said["version"] != comment.version:
            messages.warning(request, what_happened(comment, to=request.user))
            return self.look_again(comment)
        try:
            return getattr(self, f"_{said['verb']}")(comment, said["answer"])
        except (actions.NotAgreed, actions.MayNotAnswer) as error:
            messages.error(request, str(error))
        except actions.StaleState:
            messages.warning(request, _("That is not possible any more. Please look at it again."))
        return self.look_again(comment)

    def _publish_question(self, comment: VisitorComment, _answer: int | None) -> HttpResponse:
        actions.publish_question(comment, by=self.request.user, now=timezone.now())
        messages.success(self.request, _("The question can be read on a page of its own now."))
        return self.look_again(comment)

    def _publish_answer(self, comment: VisitorComment, answer: int | None) -> HttpResponse:
        chosen = get_object_or_404(HealthQuestion.objects.get(comment=comment).answers, pk=answer)
        actions.publish_answer(chosen, by=self.request.user, now=timezone.now())
        messages.success(self.request, _("The answer can be read below the question now."))
        return self.look_again(comment)

    def _put_back(self, comment: VisitorComment, _answer: int | None) -> HttpResponse:
        actions.put_back(comment, by=self.request.user, now=timezone.now())
        name = {"name": words.name_of(comment)}
        messages.success(self.request, _("The comment by %(name)s waits like any other now.") % name)
        return redirect(next_url(self.request))


class SetApartForm(forms.Form):
    status = forms.ChoiceField(choices=Status.choices)
    version = forms.IntegerField(min_value=1, max_value=INT_MAX)
    is_urgent = forms.BooleanField(required=False)


class SetApartView(DeskMixin, View):
    """A moderator finds a health question that no check has found."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        comment = self.get_comment(pk)
        form = SetApartForm(request.POST)
        if not form.is_valid():
            messages.error(request, _("That was no complete decision. Please use the buttons of the page."))
        elif (form.cleaned_data["status"], form.cleaned_data["version"]) != (comment.status, comment.version):
            messages.warning(request, what_happened(comment, to=request.user))
        else:
            self._set_apart(comment, is_urgent=form.cleaned_data["is_urgent"])
        return redirect(f"{desk_url('inspect', pk)}?{urlencode({'next': next_url(request)})}")

    def _set_apart(self, comment: VisitorComment, *, is_urgent: bool) -> None:
        try:
            actions.set_apart(comment, is_urgent=is_urgent, by=self.request.user, now=timezone.now())
        except actions.StaleState as error:
            messages.warning(self.request, str(error))
        else:
            messages.success(self.request, _("It waits among the health questions now."))


class PromoteView(QuestionMixin, View):
    """Makes an unpublished page of a question and its answers, for an editor to write anew."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, question_pk: int) -> HttpResponse:
        comment = self.get_question(question_pk)
        question = HealthQuestion.objects.get(comment=comment)
        maker = slots.promotion()
        if maker is None or not is_promotable(question, comment, request.user):
            messages.error(request, _("You cannot make a page of this question here."))
            return self.look_again(comment)
        page = maker.make(
            near=comment.page,
            title=_("A reader asks"),
            paragraphs=_nameless(comment, question),
            by=request.user,
        )
        actions.note_promotion(comment, by=request.user, now=timezone.now())
        messages.success(
            request, _("This draft tells nothing of who asked. Write it anew before you publish it.")
        )
        return redirect(reverse("wagtailadmin_pages:edit", args=[page.pk]))


def _nameless(comment: VisitorComment, question: HealthQuestion) -> list[str]:
    """Return the question and its answers as paragraphs, without the name of who asked."""
    texts = [comment.body, *question.answers.order_by("pk").values_list("body", flat=True)]
    names = [name for name in (comment.author_name, *comment.author_name.split()) if len(name) > 1]
    pattern = "|".join(re.escape(name) for name in names)
    if pattern:
        texts = [re.sub(rf"\b(?:{pattern})(?!\w)", "…", text, flags=re.IGNORECASE) for text in texts]
    return [part.strip() for text in texts for part in re.split(r"\n\s*\n", text) if part.strip()]
