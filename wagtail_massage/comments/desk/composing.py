"""The composer: what a moderator needs to answer a comment in public."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..actions.answering import public_name
from ..models import VisitorComment
from ..policies import policy_in_force
from ..states import Status
from .deciding import INT_MAX


class AnswerForm(forms.Form):
    """`status` and `version` are those of the comment that the moderator has read."""

    body = forms.CharField(
        label=_("Answer in public"),
        required=False,  # actions.answer says what is missing, in the words that visitors know
        strip=False,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )
    status = forms.ChoiceField(choices=Status.choices)
    version = forms.IntegerField(min_value=1, max_value=INT_MAX)
    approve_first = forms.BooleanField(required=False)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="massage-answer-%s", label_suffix="")


@dataclass(frozen=True, kw_only=True)
class Composer:
    """What the composer shows.

    Attributes:
        name: as whom the moderator answers.
        is_open: whether the page's policy lets the team write now.
        approves: whether the comment has to be approved with the answer.
    """

    form: AnswerForm
    name: str
    is_open: bool
    approves: bool


def composer_for(comment: VisitorComment, user: Any, form: AnswerForm | None = None) -> Composer | None:
    """Return the composer for a comment, None where there is nothing to answer. Costs one query."""
    if comment.page is None or comment.is_health or comment.status not in {Status.APPROVED, Status.PENDING}:
        return None
    return Composer(
        form=form or AnswerForm(),
        name=public_name(user),
        is_open=policy_in_force(comment.page, now=timezone.now()).is_answerable,
        approves=comment.status == Status.PENDING,
    )
