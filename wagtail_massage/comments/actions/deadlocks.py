"""Transactions that wait for each other in a circle: the database ends one of them, which is begun again here.

On MariaDB and MySQL somebody who posts and somebody who deletes the page can get there: a comment refers to its page,
so storing it waits for the row of the page, and whoever deletes the page holds that and waits for the thread (see
`threads.lock_page`). On PostgreSQL it takes code of the site's own, or a stricter isolation level.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TypeVar

from django.db import OperationalError, transaction

logger = logging.getLogger(__name__)

MORE = 2
"""How often it is tried again."""

_SQL_STATES = {"40P01", "40001"}  # of PostgreSQL: a deadlock, and two that cannot be put one after the other
_MYSQL_DEADLOCK = 1213

T = TypeVar("T")


def begun_again(act: Callable[[], T]) -> T:
    """Return what `act` returns, which is one transaction; where the database ends it in favour of another, it is done
    again, at most twice. Within somebody else's transaction it is done once, for only that can be begun again.

    Raises:
        OperationalError: if it was ended each time, or for any other reason.
    """
    if not transaction.get_connection().in_atomic_block:
        for _attempt in range(MORE):
            try:
                return act()
            except OperationalError as error:
                if not _is_victim(error):
                    raise
                logger.info("The database has ended a transaction in favour of another; it is begun again.")
    return act()


def _is_victim(error: OperationalError) -> bool:
    cause = error.__cause__  # psycopg's own, in version 3 or 2
    state = getattr(cause, "sqlstate", None) or getattr(cause, "pgcode", None)
    return state in _SQL_STATES or error.args[:1] == (_MYSQL_DEADLOCK,)
