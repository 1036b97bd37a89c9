"""Small tables that every request needs, answered from Django's cache instead of by a query.

The rows are kept as Wagtail keeps the root paths of its sites, but for a minute at most. Saving or deleting one
forgets them at once, in every process that shares the cache. A cache that is away costs queries, and nothing else.
"""

from __future__ import annotations

import logging
from typing import Any

from django.core.cache import cache
from django.db import models, transaction
from django.db.models.signals import post_delete, post_save

logger = logging.getLogger(__name__)

SECONDS = 60


class KeptRows:
    """All rows of a model, by primary key.

    Args:
        model: its instances are made anew for whoever asks, so nobody changes them for others.
        name: what the table is called in the cache and in the log.
    """

    def __init__(self, model: type[models.Model], name: str) -> None:
        self.model, self.name = model, name
        self._key = f"wagtail_massage:{name}"
        self._fields = [field.attname for field in model._meta.concrete_fields]

    def all(self) -> list[Any]:
        """Return the rows."""
        try:
            kept = cache.get_or_set(self._key, self._read, SECONDS)
        except Exception as error:  # whatever a cache backend raises
            self._warn(error)
            kept = self._read()
        fields, rows = kept or self._read()
        if fields != self._fields:  # kept by the code before an upgrade, or after it
            fields, rows = self._read()
        return [self.model.from_db(None, fields, row) for row in rows]

    def connect(self) -> None:
        """Forget the rows as soon as one of them changes."""
        for signal in (post_save, post_delete):
            signal.connect(self._forget, sender=self.model, dispatch_uid=self._key)

    def _read(self) -> tuple[list[str], list[tuple[Any, ...]]]:
        return self._fields, list(self.model._default_manager.order_by("pk").values_list(*self._fields))

    def _forget(self, **kwargs: Any) -> None:
        """Now, for this transaction, and after it, for whoever has read the old rows meanwhile."""
        self._delete()
        transaction.on_commit(self._delete)

    def _delete(self) -> None:
        try:
            cache.delete(self._key)
        except Exception as error:
            self._warn(error)

    def _warn(self, error: Exception) -> None:
        message = "The cache does not answer, so %s are read from the database each time (%s)."
        logger.warning(message, self.name, type(error).__name__)
