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
from weakref import WeakKeyDictionary

from django.conf import settings
from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import QuerySet

# No row, no moment and no part of a list is ever called so. The ids fit into 32 bits: a larger one Django knows, on
# PostgreSQL, to be none that such a column holds, and asks for nothing.
AN_OFFSET = 2**61 + 1
_SOME_ID = 2_147_000_000
_SOME_UUID = 2**100
_CONVERTERS = "_massage_converters"


def a_moment() -> datetime:
    """Return the stand-in for a moment."""
    return datetime(1903, 2, 3, 4, 5, 6, 789, tzinfo=UTC if settings.USE_TZ else None)


def some_ids(count: int, *, after: int = 0) -> list[int]:
    """Return stand-ins for `count` primary keys, others than the first `after`."""
    return list(range(_SOME_ID + after, _SOME_ID + after + count))


def some_uuids(count: int) -> list[UUID]:
    """Return stand-ins for `count` UUIDs."""
    return [UUID(int=_SOME_UUID + number) for number in range(count)]


def some_texts(count: int) -> list[str]:
    """Return stand-ins for `count` texts."""
    return [f"stand-in-{_SOME_UUID + number}" for number in range(count)]


class Statement:
    """A queryset that may be run many times, in any thread and in any database.

    Args:
        queryset: what is asked, with stand-ins; it may begin at `AN_OFFSET`.
        stand_ins: those whose places the values of each run take, in their order.
    """

    def __init__(self, queryset: QuerySet[Any], stand_ins: Collection[Any] = ()) -> None:
        self._queryset, self._stand_ins = queryset.all(), list(stand_ins)
        self._made: dict[str, _Made] = {}

    def run(self, values: Sequence[Any] = ()) -> list[Any]:
        """Return what the queryset gives with `values` in the places of the stand-ins."""
        found = self._queryset.all()
        alias = found.db  # which a router may choose anew each time
        if alias not in self._made:
            self._made[alias] = _Made(found.using(alias), self._stand_ins)
        compiler = self._made[alias].compiler(values)
        if compiler is None:
            return []
        found = found.using(alias)
        found.query.get_compiler = lambda *args, **kwargs: compiler  # type: ignore[method-assign]
        return list(found)


class _Made:
    """The SQL of a queryset for one database. It keeps no connection: those belong to threads, which end."""

    def __init__(self, queryset: QuerySet[Any], stand_ins: list[Any]) -> None:
        self._alias = queryset.db
        self._compiler: Any = queryset.query.get_compiler(self._alias)
        try:
            sql, params = self._compiler.as_sql()
        except EmptyResultSet:
            self._compiler = None
            return
        if AN_OFFSET in stand_ins:  # which Django writes into the SQL
            written = f"OFFSET {AN_OFFSET}"
            sql, params = sql.replace(written, "OFFSET %s"), (*params, AN_OFFSET)
        self._compiler.connection = None
        self._sql, self._params = sql, list(params)
        numbers = {self._stored(value): number for number, value in enumerate(stand_ins)}
        self._places = [
            (place, numbers[param])
            for place, param in enumerate(self._params)
            if isinstance(param, int | str | datetime | UUID) and param in numbers
        ]

    def compiler(self, values: Sequence[Any]) -> Any:
        """Return what runs the SQL with `values`, in this thread; None where no row can be found."""
        if self._compiler is None:
            return None
        params = list(self._params)
        for place, number in self._places:
            params[place] = self._stored(values[number])
        compiler = copy.copy(self._compiler)
        compiler.connection = connections[self._alias]
        compiler.as_sql = lambda *args, **kwargs: (self._sql, tuple(params))
        compiler.get_converters = lambda expressions: self._converters(compiler, expressions)
        return compiler

    def _converters(self, compiler: Any, expressions: Any) -> Any:
        """Find out once for each connection how columns become values: they are the same at each run."""
        known = compiler.connection.__dict__.setdefault(_CONVERTERS, WeakKeyDictionary())
        if self not in known:
            known[self] = type(compiler).get_converters(compiler, expressions)
        return known[self]

    def _stored(self, value: Any) -> Any:
        connection = connections[self._alias]
        if isinstance(value, datetime):
            return connection.ops.adapt_datetimefield_value(value)
        if isinstance(value, UUID) and not connection.features.has_native_uuid_field:
            return value.hex
        return value
