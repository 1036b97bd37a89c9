"""The last parts of threads that this process has made, so that the next reader need not wait for them again.

A part is kept under the version of its thread, which every public change raises, so it is never out of date; it is
looked up after the one query that asks whether the public may read the page at all. Nothing here is shared between
processes, and nothing lives long: there is room for few parts, and a change of a thread drops what was kept of it.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable

from .reading import PublicThread

ROOM = 64
"""How many parts are kept, of some ten to forty kilobytes each."""

_lock = threading.Lock()
_parts: OrderedDict[tuple[int, int, Hashable], bytes] = OrderedDict()


def keep(thread: PublicThread, part: Hashable, make: Callable[[], bytes]) -> bytes:
    """Return what `make` makes of `part` of `thread`, or what it made of it last, if nothing has changed since."""
    key = (thread.home.pk, thread.version, part)
    with _lock:
        made = _parts.get(key)
        if made is not None:
            _parts.move_to_end(key)
            return made
    made = make()
    with _lock:
        _drop(thread.home.pk, but=thread.version)
        _parts[key] = made
        while len(_parts) > ROOM:
            _parts.popitem(last=False)
    return made


def forget(page_id: int | None = None) -> None:
    """Drop what is kept of a page's thread, or everything."""
    with _lock:
        if page_id is None:
            _parts.clear()
        else:
            _drop(page_id)


def _drop(page_id: int, *, but: int | None = None) -> None:
    for key in [key for key in _parts if key[0] == page_id and key[1] != but]:
        del _parts[key]
