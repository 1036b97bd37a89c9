"""One door for the files that comments come in, whichever program has written them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import BinaryIO

from . import disqus, wxr
from .found_threads import FoundThread
from .source import UnreadableSource
from .xml_stream import XmlStream


class CommentExport:
    """The threads in a file of WordPress or Disqus. Can be read several times.

    Args:
        name: what to call the file in an error.

    Reading raises UnreadableSource, with the line, where the file cannot be read to its end.
    """

    def __init__(self, file: BinaryIO, *, name: str) -> None:
        self.control_characters = 0  # that the last reading left out
        self._file, self._name = file, name

    def threads(self) -> Iterator[FoundThread]:
        """Return all threads of the file, those without comments too."""
        self._file.seek(0)
        stream = XmlStream(
            self._file, name=self._name, short=wxr.short_name, wanted=wxr.WANTED | disqus.WANTED
        )
        events = iter(stream)
        first = next(events, None)
        root = first.name if first else ""
        if root not in {"rss", "dsq:disqus"}:
            raise UnreadableSource(
                f"{self._name} is XML, but no export of WordPress or Disqus: these begin with <rss> or <disqus>. "
                "Nothing was imported."
            )
        read = wxr.read_wxr if root == "rss" else disqus.read_disqus
        yield from read(chain([first], events) if first else events)
        self.control_characters = stream.control_characters
