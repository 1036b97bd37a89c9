"""Comments as JSON: plain dicts, field by field, so that nothing gets out that is not named here."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ..conf import comments_settings
from ..presenting import policy_notice
from ..reading import PublicComment, PublicThread, ThreadPage
from ..text import NAME_MAX, body_html
from ..tokens import make_form_token


def comment_document(comment: PublicComment) -> dict[str, Any]:
    """Return a `MassageComment`."""
    return {
        "id": comment.id,
        "state": comment.state,
        "author": {"name": comment.author_name, "badge": comment.badge or None},
        "body": comment.body,
        "body_html": body_html(comment.body),
        "created_at": comment.created_at,
        "edited_at": comment.edited_at,
        "depth": comment.depth,
        "parent": comment.parent,
        "in_reply_to": comment.in_reply_to,
        "replies": list_document(comment.replies) if comment.replies else None,
    }


def list_document(part: ThreadPage) -> dict[str, Any]:
    """Return a `MassageCommentList`."""
    return {"items": [comment_document(item) for item in part.items], "next": part.next, "count": part.count}


def policy_document(thread: PublicThread, *, now: datetime) -> dict[str, Any]:
    """Return a `MassageCommentPolicy`."""
    return {
        "policy": thread.policy,
        "open": thread.is_open,
        "notice": policy_notice(thread.policy),
        "form_token": make_form_token(page_id=thread.home.pk, now=now) if thread.is_open else None,
        "min_length": comments_settings.min_length,
        "max_length": comments_settings.max_length,
        "name_max_length": NAME_MAX,
        "email": "optional",
    }
