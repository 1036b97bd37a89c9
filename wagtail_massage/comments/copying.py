"""INSERT ... SELECT: rows made by the database from rows that it has, without a journey through Python.

Django's ORM can write the SELECT, in the dialect of each database, but not the INSERT around it.
"""

from __future__ import annotations

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
    quote = connections[using].ops.quote_name
    names = ", ".join(quote(str(field.column)) for field in fields)
    with connections[using].cursor() as cursor:
        cursor.execute(f"INSERT INTO {quote(model._meta.db_table)} ({names}) {select}", parameters)


def _expression(field: Any, columns: dict[str, Any]) -> Expression | F:
    given = columns[field.name] if field.name in columns else field.get_default()
    if isinstance(given, (Expression, F)):
        return given
    target = field.target_field if field.is_relation else field
    return Value(given.pk if isinstance(given, Model) else given, output_field=target)
