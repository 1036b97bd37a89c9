"""What the room does when Wagtail announces something."""

from __future__ import annotations

from typing import Any

from wagtail.search import index
from wagtail.signals import page_published

from .. import epochs
from . import cached_json
from .abstract import BodyMixin


def index_again(sender: type, instance: Any, **kwargs: Any) -> None:
    """Put a published page into the search index once more.

    Wagtail indexes on post_save, when the tags and body areas of this publication are not stored yet.
    """
    if isinstance(instance, BodyMixin):
        index.insert_or_update_object(instance)


def connect() -> None:
    """Listen to Wagtail's signals, and let what pages show of snippets begin a new epoch."""
    from .models import BodyArea, Contraindication, Person

    epochs.watch(BodyArea, Contraindication, Person)
    cached_json.connect()
    page_published.connect(index_again, dispatch_uid="wagtail_massage_treatments.index_again")
