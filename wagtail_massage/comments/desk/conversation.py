"""One comment in its conversation: what it answers, what answers it, what the checks said, who decided what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin.utils import get_user_display_name
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from ..models import CommentVerdict, ModerationEvent, VisitorComment
from ..paths import ancestor_paths
from ..permissions import scope_of
from ..states import Status
from . import words
from .access import HealthDeskMixin, desk_url, next_url
from .author import author_of
from .composing import AnswerForm, composer_for
from .listing import Choice, choices_for
from .marking import Segment, segments
from .question import HealthAnswerForm, question_for
from .telling import undo_of

REPLIES_SHOWN = 50
_APART_FROM = frozenset({Status.UNCONFIRMED, Status.PENDING, Status.APPROVED})


@dataclass(frozen=True, kw_only=True)
class Opinion:
    """What one check said, with the words that it pointed at; said of several places, it is one opinion."""

    check: str | Promise
    outcome: str
    is_objection: bool
    reason: str | Promise
    marked: list[str]

    @property
    def is_silent(self) -> bool:
        """Whether the check let the comment pass and said no more."""
        return not (self.is_objection or self.reason or self.marked)


@dataclass(frozen=True, kw_only=True)
class Occasion:
    """A line of the comment's history."""

    event: ModerationEvent
    what: str | Promise
    why: str | Promise
    by: str


class NoteForm(forms.Form):
    body = forms.CharField(
        label=gettext_lazy("A note for colleagues"),
        required=False,  # actions.add_note says what is missing
        strip=False,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="massage-note-%s", label_suffix="")


class CommentView(HealthDeskMixin, WagtailAdminTemplateMixin, View):
    """Moderators see everything; who answers health questions sees the question and what is public around it."""

    template_name = "wagtail_massage_comments/admin/comment.html"
    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, pk: int) -> Any:
        self.comment = self.get_comment(pk)
        return self.render_to_response(self.get_context_data())

    def get_page_title(self) -> str:
        return _("Comment by %(name)s") % {"name": words.name_of(self.comment)}

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        lane = {"url": next_url(self.request), "label": self.page_title}
        return [*self.breadcrumbs_items, lane, {"url": "", "label": self.get_page_title()}]

    def get_context_data(
        self,
        *,
        form: AnswerForm | None = None,
        health_form: HealthAnswerForm | None = None,
        note_form: NoteForm | None = None,
        **kwargs: Any,
    ) -> dict[str, Any]:
        comment, user = self.comment, self.request.user
        moderates = scope_of(user).covers(comment.page.path if comment.page else None)
        around = {} if moderates else {"is_visible": True}
        verdicts = words.latest(comment.verdicts.all())
        opinions = _opinions_of(comment, verdicts)
        replies = list(_below(comment).filter(**around)[: REPLIES_SHOWN + 1])
        history = _history_of(comment)
        return {
            **super().get_context_data(**kwargs),
            "comment": comment,
            "page": comment.page,
            "body": _marked_body(comment, verdicts),
            "above": list(_above(comment).filter(**around)),
            "replies": replies[:REPLIES_SHOWN],
            "has_more_replies": len(replies) > REPLIES_SHOWN,
            "moderates": moderates,
            "author": author_of(comment, user) if moderates else None,
            "notes": comment.notes.select_related("author").order_by("pk") if moderates else [],
            "note_form": (note_form or NoteForm()) if moderates else None,
            "reports": comment.reports.order_by("-pk") if moderates else [],
            "composer": composer_for(comment, user, form),
            "question": question_for(comment, user, health_form),
            "can_be_apart": moderates and not comment.is_health and comment.status in _APART_FROM,
            "can_be_redacted": bool(comment.body),
            "opinions": [opinion for opinion in opinions if not opinion.is_silent],
            "passed": [opinion.check for opinion in opinions if opinion.is_silent],
            "history": history,
            "undo": undo_of(occasion.event for occasion in history) if moderates else None,
            "choices": _choices_of(comment, history) if moderates else [],
            "next": next_url(self.request),
            "page_url": moderates and comment.page and desk_url("policy", comment.page_id),
        }


def _choices_of(comment: VisitorComment, history: list[Occasion]) -> list[Choice]:
    is_withdrawn = comment.status == Status.REMOVED and any(one.event.verb == "withdraw" for one in history)
    return choices_for(comment, quick=False, is_withdrawn=is_withdrawn)


def _above(comment: VisitorComment) -> QuerySet[VisitorComment]:
    root = comment.root_id or comment.pk
    tree = VisitorComment.objects.filter(Q(pk=root) | Q(root=root))
    return tree.filter(path__in=ancestor_paths(comment.path)).order_by("path")


def _below(comment: VisitorComment) -> QuerySet[VisitorComment]:
    return VisitorComment.objects.subtree_of(comment).exclude(pk=comment.pk).order_by("path")


def _marked_body(comment: VisitorComment, verdicts: list[CommentVerdict]) -> list[Segment]:
    spans = [span for verdict in verdicts if (span := _span_of(verdict))]
    return segments(comment.body, spans)


def _span_of(verdict: CommentVerdict) -> tuple[int, int] | None:
    if verdict.span_start is None or verdict.span_end is None:
        return None
    return verdict.span_start, verdict.span_end


def _opinions_of(comment: VisitorComment, verdicts: list[CommentVerdict]) -> list[Opinion]:
    opinions: dict[tuple[str, int, str], Opinion] = {}
    for verdict in verdicts:
        opinion = opinions.setdefault(
            (verdict.check_name, verdict.outcome, verdict.reason), _opinion_of(verdict)
        )
        start, end = _span_of(verdict) or (0, 0)
        if end > start and (marked := comment.body[start:end]) not in opinion.marked:
            opinion.marked.append(marked)
    return list(opinions.values())


def _opinion_of(verdict: CommentVerdict) -> Opinion:
    return Opinion(
        check=words.CHECKS.get(verdict.check_name, verdict.check_name),
        outcome=verdict.get_outcome_display(),
        is_objection=verdict.outcome > CommentVerdict.Outcome.PASS,
        reason=words.reason_of(verdict),
        marked=[],
    )


def _history_of(comment: VisitorComment) -> list[Occasion]:
    events = ModerationEvent.objects.filter(comment=comment).select_related("actor").order_by("pk")
    return [
        Occasion(
            event=event,
            what=words.EVENTS.get(event.verb, event.verb),
            why=words.EVENT_REASONS.get(event.reason, ""),
            by=_actor_of(event),
        )
        for event in events
    ]


def _actor_of(event: ModerationEvent) -> str:
    return get_user_display_name(event.actor) or event.get_actor_kind_display()
