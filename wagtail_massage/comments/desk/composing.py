"""The composer: what a moderator needs to answer a comment in public."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..actions.answering import public_name
from ..desk_texts import ready_made
from ..models import DeskText, VisitorComment
from ..policies import policy_in_force
from ..states import DeskTextKind, Status
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

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, auto_id="massage-answer-%s", label_suffix="", **kwargs)


@dataclass(frozen=True, kw_only=True)
class Composer:
    """What the composer shows.

    Attributes:
        name: as whom the moderator answers.
        is_open: whether the page's policy lets the team write now.
        can_send: whether there is anything to answer in public now; a draft that came back is shown anyhow.
        approves: whether the comment has to be approved with the answer.
        starts: ready-made replies in the comment's language.
    """

    form: AnswerForm
    name: str
    is_open: bool
    can_send: bool
    approves: bool
    starts: list[DeskText]


def composer_for(comment: VisitorComment, user: Any, form: AnswerForm | None = None) -> Composer | None:
    """Return the composer for a comment, None where there is nothing to answer. Costs two queries."""
    can_answer = not comment.is_health and comment.status in {Status.APPROVED, Status.PENDING}
    if comment.page is None or not (can_answer or form):
        return None
    is_open = policy_in_force(comment.page, now=timezone.now()).is_answerable
    return Composer(
        form=form or AnswerForm(),
        name=public_name(user),
        is_open=is_open,
        can_send=can_answer and is_open,
        approves=comment.status == Status.PENDING,
        starts=ready_made(DeskTextKind.REPLY, language=comment.locale),
    )


def begun(kind: DeskTextKind, comment: VisitorComment, said: Mapping[str, Any], wanted: str) -> str:
    """Return the draft of a POST with the ready-made text that was chosen (by pk) below it."""
    texts = ready_made(kind, language=comment.locale)
    chosen = [text.body for text in texts if str(text.pk) == wanted]
    draft = said.get("body", "").strip()
    return "\n\n".join(part for part in [draft, *chosen] if part)
