"""The site's epoch: a random word in the cache that changes with everything that may show in a page's JSON.

A page's own columns say when it was published; they do not say that an image got a new text, a treatment that it links
to a new title, a section a new address. All that exchanges the epoch, which is part of every version key, so that what
was kept under the old one is never asked for again.

Processes that share no cache do not hear of each other. There an epoch lives a minute, and so does the oldest answer.
"""

from __future__ import annotations

import logging
import secrets
from typing import Any

from django.core.cache import cache, caches
from django.core.cache.backends.locmem import LocMemCache
from django.db import transaction
from django.db.models.signals import m2m_changed, post_delete, post_save

logger = logging.getLogger(__name__)

SECONDS = 60
"""How long an epoch lives that other processes cannot end."""

_KEY = "wagtail_massage:epoch"
_BOOKKEEPING = {"draft_title", "has_unpublished_changes", "latest_revision", "latest_revision_created_at"}
_watched: list[type] = []


def watch(*models: type) -> None:
    """Begin a new epoch whenever a row of one of these models, or of a subclass, is saved or deleted."""
    _watched.extend(model for model in models if model not in _watched)


def current() -> str:
    """Return the epoch. While the cache is away every call gives another one, so that nothing is kept."""
    fresh = secrets.token_hex(8)
    try:
        epoch = cache.get(_KEY)
        if epoch is None:
            cache.add(_KEY, fresh, SECONDS if _is_private() else None)
            epoch = cache.get(_KEY)
    except Exception as error:  # whatever a cache backend raises
        logger.warning(
            "The cache does not answer, so JSON is made anew each time (%s).", type(error).__name__
        )
        return fresh
    return epoch or fresh


def begin() -> None:
    """Begin a new epoch: now, for this transaction, and after it, for whoever has read old rows meanwhile."""
    _exchange()
    if transaction.get_connection().in_atomic_block:
        transaction.on_commit(_exchange)


def connect() -> None:
    """Listen to everything that can change a page's JSON."""
    from django.apps import apps
    from taggit.models import TagBase
    from wagtail.documents.models import AbstractDocument
    from wagtail.images.models import AbstractImage
    from wagtail.models import AbstractPage, Locale, PageViewRestriction, Site
    from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

    watch(AbstractPage, AbstractImage, AbstractDocument, Site, Locale, PageViewRestriction, TagBase)
    if apps.is_installed("wagtail.contrib.redirects"):
        from wagtail.contrib.redirects.models import Redirect

        watch(Redirect)
    for signal in (post_save, post_delete, m2m_changed):
        signal.connect(_changed, dispatch_uid="wagtail_massage.epochs")
    for announced in (page_published, page_unpublished, page_slug_changed, post_page_move):
        announced.connect(_announced, dispatch_uid="wagtail_massage.epochs")


def _changed(sender: type, instance: Any = None, update_fields: Any = None, **kwargs: Any) -> None:
    is_draft = update_fields is not None and set(update_fields) <= _BOOKKEEPING
    if isinstance(instance, tuple(_watched)) and not is_draft:
        begin()


def _announced(sender: Any, **kwargs: Any) -> None:
    begin()


def _is_private() -> bool:
    return isinstance(caches["default"], LocMemCache)


def _exchange() -> None:
    try:
        cache.set(_KEY, secrets.token_hex(8), SECONDS if _is_private() else None)
    except Exception as error:
        logger.warning("The cache does not answer, so others keep old JSON (%s).", type(error).__name__)
