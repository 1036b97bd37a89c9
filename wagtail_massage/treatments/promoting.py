"""A draft article made of a question that a reader asked and of what was answered."""

from __future__ import annotations

import html
from collections.abc import Iterator
from typing import Any

from .. import slots
from .abstract import BenefitListMixin
from .discovery import page_models


def offers(page: Any, user: Any) -> bool:
    """Tell whether `user` may make an article at `page` or in a section above it."""
    return _place_for(page, user) is not None


def make(*, near: Any, title: str, paragraphs: list[str], by: Any) -> Any:
    """Make an unpublished article in the section nearest to `near` and return it.

    Raises:
        LookupError: if there is no such section, or `by` may add no page there.
    """
    place = _place_for(near, by)
    if place is None:
        raise LookupError(f"No article can be made near page {near.pk}.")
    model, parent = place
    text = "".join(f"<p>{html.escape(paragraph, quote=False)}</p>" for paragraph in paragraphs)
    page = model(title=title, live=False, owner=by)
    stream_block = model._meta.get_field("body").stream_block
    page.body = stream_block.to_python([{"type": "text", "value": {"rich_text": text}}])
    parent.add_child(instance=page)
    page.save_revision(user=by, clean=False, log_action=True)
    return page


def _place_for(page: Any, user: Any) -> tuple[Any, Any] | None:
    return next(_places(page, user), None)


def _places(page: Any, user: Any) -> Iterator[tuple[Any, Any]]:
    models = [model for model in page_models(BenefitListMixin) if _takes_text(model)]
    for parent in page.get_ancestors(inclusive=True).order_by("-depth") if models else ():
        for model in models:
            if model.can_create_at(parent) and parent.permissions_for_user(user).can_add_subpage():
                yield model, parent


def _takes_text(model: Any) -> bool:
    """A site may have given its articles a body of other blocks."""
    return "text" in model._meta.get_field("body").stream_block.child_blocks


def connect() -> None:
    slots.register_promotion(slots.Promotion(offers=offers, make=make))
