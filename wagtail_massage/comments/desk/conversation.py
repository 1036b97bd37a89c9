"""One comment in its conversation: what it answers, what answers it, what the checks said, who decided what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.generic import View
from wagtail.admin.utils import get_user_display_name
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from ..models import CommentVerdict, ModerationEvent, VisitorComment
from ..paths import ancestor_paths
from . import words
from .access import DeskMixin, desk_url, next_url
from .composing import AnswerForm, composer_for
from .listing import choices_for
from .marking import Segment, segments
from .telling import undo_of

REPLIES_SHOWN = 50


@dataclass(frozen=True, kw_only=True)
class Opinion:
    """What one check said, with the words that it pointed at."""

    check: str | Promise
    outcome: str
    is_objection: bool
    reason: str | Promise
    marked: str


@dataclass(frozen=True, kw_only=True)
class Occasion:
    """A line of the comment's history."""

    event: ModerationEvent
    what: str | Promise
    why: str | Promise
    by: str


class CommentView(DeskMixin, WagtailAdminTemplateMixin, View):
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

    def get_context_data(self, *, form: AnswerForm | None = None, **kwargs: Any) -> dict[str, Any]:
        comment = self.comment
        verdicts = words.latest(comment.verdicts.all())
        history = _history_of(comment)
        replies = list(_below(comment)[: REPLIES_SHOWN + 1])
        return {
            **super().get_context_data(**kwargs),
            "comment": comment,
            "page": comment.page,
            "body": _marked_body(comment, verdicts),
            "above": list(_above(comment)),
            "replies": replies[:REPLIES_SHOWN],
            "has_more_replies": len(replies) > REPLIES_SHOWN,
            "reports": comment.reports.order_by("-pk"),
            "composer": composer_for(comment, self.request.user, form),
            "opinions": [_opinion_of(verdict, comment) for verdict in verdicts],
            "history": history,
            "undo": undo_of(occasion.event for occasion in history),
            "choices": choices_for(comment, quick=False),
            "next": next_url(self.request),
            "page_url": comment.page and desk_url("policy", comment.page_id),
        }


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


def _opinion_of(verdict: CommentVerdict, comment: VisitorComment) -> Opinion:
    start, end = _span_of(verdict) or (0, 0)
    return Opinion(
        check=words.CHECKS.get(verdict.check_name, verdict.check_name),
        outcome=verdict.get_outcome_display(),
        is_objection=verdict.outcome > CommentVerdict.Outcome.PASS,
        reason=words.reason_of(verdict),
        marked=comment.body[start:end],
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
