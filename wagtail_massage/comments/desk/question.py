"""What the desk shows of one health question: how long it waits, what its author wants, what the site itself says about
such conditions, the answers, and what somebody who may answer needs for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ... import slots, triage
from ..actions.answering import public_name
from ..actions.setting_apart import OPEN
from ..desk_texts import Text, ready_made, text_for
from ..health import AGREED, can_be_answered
from ..models import DeskText, HealthAnswer, HealthQuestion, VisitorComment
from ..permissions import may_answer_health
from ..states import DeskTextKind
from ..text import body_hash
from .deciding import INT_MAX
from .health_words import Wait, wait_of, why_not_public
from .marking import Segment, segments

CONCERNS: dict[str, str | Promise] = {
    triage.Concern.RELATIONSHIP: _("It sounds as if the reader were already in your care."),
    triage.Concern.CURE: _("It promises what nobody can promise."),
    triage.Concern.DOSE: _("It says how much of a medicine to take."),
}


class HealthAnswerForm(forms.Form):
    """`version` and `answers` are those of the question that was read; `read_again` names the draft about which the
    composer warned."""

    body = forms.CharField(
        label=_("Answer in private"),
        required=False,  # actions.answer_question says what is missing, in the words that visitors know
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"}),
    )
    version = forms.IntegerField(min_value=1, max_value=INT_MAX)
    answers = forms.IntegerField(min_value=0, max_value=INT_MAX)
    read_again = forms.CharField(required=False)

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, auto_id="massage-health-%s", label_suffix="", **kwargs)

    @property
    def draft(self) -> str:
        return self["body"].value() or ""

    @property
    def is_read_again(self) -> bool:
        """Whether these very words were shown with what to think over in them, and confirmed."""
        return self.data.get("read_again", "") == body_hash(self.draft)


@dataclass(frozen=True, kw_only=True)
class Warned:
    """A draft in which something should be thought over: the text with those words marked, and why."""

    body: list[Segment]
    reasons: list[str | Promise]
    digest: str


@dataclass(frozen=True, kw_only=True)
class HealthComposer:
    """What the composer shows: the draft, ready-made beginnings, and what will stand below the answer."""

    form: HealthAnswerForm
    signature: slots.Signature
    disclaimer: Text
    starts: list[DeskText]
    warned: Warned | None


@dataclass(frozen=True, kw_only=True)
class Question:
    """A health question as the desk shows it.

    Attributes:
        withheld: why it cannot be published, "" if it can, or is.
        is_undecided: whether somebody may still say that it is none.
        is_promotable: whether a page can be made of it, by this user.
        is_imported: whether it was brought from elsewhere, so that nobody was ever given the address of its receipt.
        is_answerless: whether it waits and nobody has the right to answer.
    """

    question: HealthQuestion
    wait: Wait
    choice: str
    chosen_at: datetime | None
    caveats: list[slots.Caveat]
    answers: list[HealthAnswer]
    may_answer: bool
    composer: HealthComposer | None
    withheld: str
    public_url: str
    is_open: bool
    is_undecided: bool
    is_promotable: bool
    is_imported: bool
    is_answerless: bool


def question_for(comment: VisitorComment, user: Any, form: HealthAnswerForm | None = None) -> Question | None:
    """Return what the desk shows of a health question, None where the comment is none."""
    question = HealthQuestion.objects.filter(comment=comment).first() if comment.is_health else None
    if question is None:
        return None
    is_open = comment.status in OPEN
    may_answer = may_answer_health(user, comment.page)
    answers = list(question.answers.order_by("created_at", "pk"))
    return Question(
        question=question,
        wait=wait_of(question),
        choice=question.get_choice_display(),
        chosen_at=question.chosen_at,
        caveats=slots.caveats_for(comment.body),
        answers=answers,
        may_answer=may_answer,
        composer=_composer(comment, user, form) if may_answer and is_open else None,
        withheld=why_not_public(question),
        public_url=reverse("wagtail_massage_comments:health", args=[comment.uuid])
        if question.published_at
        else "",
        is_open=is_open,
        is_undecided=is_open and not question.answered_at and not question.published_at,
        is_promotable=is_promotable(question, comment, user),
        is_imported=comment.source_key is not None,
        is_answerless=not may_answer and not answers and not can_be_answered(comment.page),
    )


def is_promotable(question: HealthQuestion, comment: VisitorComment, user: Any) -> bool:
    """Tell whether `user` may make a draft page of a question: its author agreed to have it published, and somebody
    answered."""
    maker = slots.promotion()
    agreed = question.choice in AGREED and question.answered_at is not None
    return agreed and comment.page is not None and maker is not None and maker.offers(comment.page, user)


def _composer(comment: VisitorComment, user: Any, form: HealthAnswerForm | None) -> HealthComposer:
    return HealthComposer(
        form=form or HealthAnswerForm(),
        signature=slots.signature_of(user) or slots.Signature(name=public_name(user)),
        disclaimer=text_for(DeskTextKind.DISCLAIMER, language=comment.locale),
        starts=ready_made(DeskTextKind.HEALTH_REPLY, language=comment.locale),
        warned=_warned(form.draft) if form and form.is_bound else None,
    )


def _warned(draft: str) -> Warned | None:
    cautions = triage.read_reply(draft)
    if not cautions:
        return None
    return Warned(
        body=segments(draft, [(caution.start, caution.end) for caution in cautions]),
        reasons=list(dict.fromkeys(CONCERNS[caution.concern] for caution in cautions)),
        digest=body_hash(draft),
    )
