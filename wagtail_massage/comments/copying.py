"""INSERT without instances: of rows that the database makes from rows that it has, and of plain values.

Django's ORM can write the SELECT of an INSERT ... SELECT, in the dialect of each database, but not the INSERT around
it. For a handful of rows of which nobody wants the ids its own INSERT takes twice as long.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connections, router
from django.db.models import Expression, F, Model, QuerySet, Value


def insert_from(rows: QuerySet[Any], model: type[Model], **columns: Any) -> None:
    """Store one `model` for each of `rows`, in one statement; no signal is sent.

    Args:
        columns: for each field of `model`, a plain value or an expression over a row; the default of the field where
            nothing is said.
    """
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    made = {f"made_{field.attname}": _expression(field, columns) for field in fields}
    using = router.db_for_write(model)
    query = rows.using(using).order_by("pk").annotate(**made).values_list(*made).query
    select, parameters = query.get_compiler(using).as_sql()
    _insert(using, model, fields, select, parameters)


def insert_values(model: type[Model], rows: Sequence[dict[str, Any]]) -> None:
    """Store one `model` for each of `rows`, in one statement; no signal is sent.

    Args:
        rows: for all of them the same columns (the names of attributes, such as "comment_id"), and all that the table
            asks for: nothing has a default.
    """
    if not rows:
        return
    using = router.db_for_write(model)
    fields: list[Any] = [model._meta.get_field(name) for name in rows[0]]
    values = [
        field.get_db_prep_save(row[field.attname], connections[using]) for row in rows for field in fields
    ]
    places = f"({', '.join(['%s'] * len(fields))})"
    _insert(using, model, fields, f"VALUES {', '.join([places] * len(rows))}", values)


def _insert(using: str, model: type[Model], fields: list[Any], made: str, parameters: Sequence[Any]) -> None:
    quote = connections[using].ops.quote_name
    names = ", ".join(quote(str(field.column)) for field in fields)
    with connections[using].cursor() as cursor:
        cursor.execute(f"INSERT INTO {quote(model._meta.db_table)} ({names}) {made}", parameters)


def _expression(field: Any, columns: dict[str, Any]) -> Expression | F:
    given = columns[field.name] if field.name in columns else field.get_default()
    if isinstance(given, (Expression, F)):
        return given
    target = field.target_field if field.is_relation else field
    return Value(given.pk if isinstance(given, Model) else given, output_field=target)
