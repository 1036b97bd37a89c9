"""Queries whose SQL is made once: Django takes longer to make SQL of a large queryset than a database to answer it.

A queryset is built with stand-ins where a value changes from run to run; `Statement.run` puts the values in their
places. Whoever makes statements keeps them in an `lru_cache`, by all that the SQL itself depends on.
"""

from __future__ import annotations

import copy
from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import QuerySet

# No constant of a query is ever called so. Ids fit into 32 bits: Django answers nothing for those that do not.
A_MOMENT = datetime(1903, 2, 3, 4, 5, 6, 789, tzinfo=UTC)
AN_OFFSET = 2**61 + 1
_SOME_ID = 2_147_000_000
_SOME_UUID = 2**100


def some_ids(count: int, *, after: int = 0) -> list[int]:
    """Return stand-ins for `count` primary keys, others than the first `after`."""
    return list(range(_SOME_ID + after, _SOME_ID + after + count))


def some_uuids(count: int) -> list[UUID]:
    """Return stand-ins for `count` UUIDs."""
    return [UUID(int=_SOME_UUID + number) for number in range(count)]


class Statement:
    """A queryset that may be run many times, in any thread.

    Args:
        queryset: what is asked, with stand-ins; it may begin at `AN_OFFSET`.
        stand_ins: those whose places the values of each run take, in their order.
    """

    def __init__(self, queryset: QuerySet[Any], stand_ins: Collection[Any] = ()) -> None:
        self._queryset, self._alias = queryset.all(), queryset.db
        self._found_converters: Any = None
        self._compiler: Any = self._queryset.query.get_compiler(self._alias)
        try:
            sql, params = self._compiler.as_sql()
        except EmptyResultSet:
            self._compiler = None
            return
        if AN_OFFSET in stand_ins:  # which Django writes into the SQL
            written = f"OFFSET {AN_OFFSET}"
            sql, params = sql.replace(written, "OFFSET %s"), (*params, AN_OFFSET)
        self._sql, self._params = sql, list(params)
        numbers = {self._stored(value): number for number, value in enumerate(stand_ins)}
        self._places = [
            (place, numbers[param])
            for place, param in enumerate(self._params)
            if isinstance(param, int | str | datetime | UUID) and param in numbers
        ]

    def run(self, values: Sequence[Any] = ()) -> list[Any]:
        """Return what the queryset gives with `values` in the places of the stand-ins."""
        if self._compiler is None:
            return []
        params = list(self._params)
        for place, number in self._places:
            params[place] = self._stored(values[number])
        compiler = copy.copy(self._compiler)
        compiler.connection = connections[self._alias]
        compiler.as_sql = lambda *args, **kwargs: (self._sql, tuple(params))
        compiler.get_converters = self._converters
        found = self._queryset.all()
        found.query.get_compiler = lambda *args, **kwargs: compiler  # type: ignore[method-assign]
        return list(found)

    def _converters(self, expressions: Any) -> Any:
        """Find out once how columns become values: they are the same at each run."""
        if self._found_converters is None:
            self._found_converters = self._compiler.get_converters(expressions)
        return self._found_converters

    def _stored(self, value: Any) -> Any:
        connection = connections[self._alias]
        if isinstance(value, datetime):
            return connection.ops.adapt_datetimefield_value(value)
        if isinstance(value, UUID) and not connection.features.has_native_uuid_field:
            return value.hex
        return value
