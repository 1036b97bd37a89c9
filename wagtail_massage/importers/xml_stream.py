"""A file of XML as a stream of what begins and ends in it, with limits, whoever has made the file.

defusedxml refuses document types, entities and anything outside of the file, but has no limits of its own, so depth
and length are counted here, while the file is read: what is too much is refused before it lies in memory.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import Any, BinaryIO, NamedTuple

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser, ParseError

from .source import UnreadableSource

MAX_DEPTH = 64
"""Elements within each other."""

MAX_TEXT = 1_000_000
"""Characters of one text that is wanted, and bytes of one tag."""

_CHUNK = 1 << 16
_UTF8_MARK, _UTF16_MARKS = b"\xef\xbb\xbf", (b"\xff\xfe", b"\xfe\xff")
_WHITE = b" \t\r\n"
_CONTROLS = bytes(code for code in range(32) if code not in _WHITE)
_NO_EXPORTS = (
    (b"\x1f\x8b", "is packed (gzip). Unpack it with gunzip and import what is in it"),
    (b"pk\x03\x04", "is packed (ZIP). Unpack it and import the .xml files in it one by one"),
    (b"<!doctype html", "is a web page. Sign in where it comes from and export it again"),
    (b"<html", "is a web page. Sign in where it comes from and export it again"),
)


class Event(NamedTuple):
    """A beginning with its attributes, or an end with the text of the element if that is wanted."""

    is_start: bool
    name: str
    attributes: dict[str, str]
    text: str


class XmlStream:
    """The events of a file, in order. Control characters, which no XML may hold, are left out and counted.

    Args:
        name: what to call the file in an error.
        short: makes a short name of "{namespace}name"; "" for what nobody wants.
        wanted: short names of elements whose text is wanted.

    Iterating raises UnreadableSource, with the line, for what is no XML or breaks a limit.
    """

    def __init__(
        self, file: BinaryIO, *, name: str, short: Callable[[str], str], wanted: Collection[str]
    ) -> None:
        self.control_characters = 0
        self._file, self._name = file, name
        self._target = _Target(short, wanted)
        self._lines_before = 0

    def __iter__(self) -> Iterator[Event]:
        parser = DefusedXMLParser(target=self._target, forbid_dtd=True)
        expat = parser.parser  # the wrapper lets go of it in the end
        begin = self._begin()
        try:
            for chunk in self._chunks(begin):
                parser.feed(chunk)
                if self._target.is_silent(len(chunk)):
                    raise _TooMuch(f"has a tag or a remark of more than {MAX_TEXT:,} bytes")
                yield from self._target.take()
            parser.close()
        except ParseError as error:
            raise self._refusal(expat, f"is no well-formed XML: {_reason(error)}") from error
        except DefusedXmlException as error:
            raise self._refusal(
                expat, "declares a document type or entities, which no export does"
            ) from error
        except _TooMuch as error:
            raise self._refusal(expat, str(error)) from error
        except (LookupError, ValueError) as error:  # an encoding that expat does not know
            raise self._refusal(expat, f"cannot be decoded ({error}); convert it to UTF-8") from error
        yield from self._target.take()

    def _begin(self) -> bytes:
        """Return the first of the file, without what others put before the declaration by mistake.

        What people take for the export is refused by its name; a parser would only say that it is no XML.
        """
        chunk = self._file.read(_CHUNK).removeprefix(_UTF8_MARK)
        while chunk and not chunk.strip(_WHITE):
            self._lines_before += chunk.count(b"\n")
            chunk = self._file.read(_CHUNK)
        begin = len(chunk) - len(chunk.lstrip(_WHITE))
        self._lines_before += chunk[:begin].count(b"\n")
        chunk = chunk[begin:]
        for beginning, what in _NO_EXPORTS:
            if chunk[: len(beginning)].lower() == beginning:
                raise UnreadableSource(f"{self._name} {what}. Nothing was imported.")
        if not chunk:
            raise UnreadableSource(f"{self._name} is empty. Export it again.")
        return chunk

    def _chunks(self, chunk: bytes) -> Iterator[bytes]:
        is_utf16 = chunk.startswith(_UTF16_MARKS)
        while chunk:
            clean = chunk if is_utf16 else chunk.translate(None, _CONTROLS)
            self.control_characters += len(chunk) - len(clean)
            yield clean
            chunk = self._file.read(_CHUNK)

    def _refusal(self, expat: Any, what: str) -> UnreadableSource:
        line = self._lines_before + expat.ErrorLineNumber
        return UnreadableSource(
            f"{self._name}, line {line}: the file {what}. Nothing was imported. Mend it there, or export it again."
        )


class _TooMuch(Exception):
    """A limit is broken."""


class _Target:
    """What the parser calls. It keeps events until they are taken, and no text but what is wanted."""

    def __init__(self, short: Callable[[str], str], wanted: Collection[str]) -> None:
        self._short, self._wanted = short, frozenset(wanted)
        self._names: dict[str, str] = {}
        self._events: list[Event] = []
        self._depth = self._length = self._unheard = 0
        self._parts: list[str] | None = None

    def take(self) -> list[Event]:
        events, self._events = self._events, []
        return events

    def is_silent(self, length: int) -> bool:
        """Tell whether too much was fed since the parser has last called."""
        self._unheard += length
        return self._unheard > MAX_TEXT

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._unheard = 0
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise _TooMuch(f"has elements more than {MAX_DEPTH} deep")
        name = self._name_of(tag)
        self._parts, self._length = ([] if name in self._wanted else None), 0
        if name:
            self._events.append(Event(True, name, attributes, ""))

    def data(self, text: str) -> None:
        self._unheard = 0
        if self._parts is None:
            return
        self._length += len(text)
        if self._length > MAX_TEXT:
            raise _TooMuch(f"has a text of more than {MAX_TEXT:,} characters")
        self._parts.append(text)

    def end(self, tag: str) -> None:
        self._unheard = 0
        self._depth -= 1
        if name := self._name_of(tag):
            self._events.append(Event(False, name, {}, "".join(self._parts or ())))
        self._parts = None

    def close(self) -> None:
        """Nothing is built."""

    def _name_of(self, tag: str) -> str:
        name = self._names.get(tag)
        if name is None:
            name = self._short(tag)
            if len(self._names) < 1000:  # tags are the file's, and may be many
                self._names[tag] = name
        return name


def _reason(error: Exception) -> str:
    """Return what expat says, without its own count of lines, and what helps."""
    reason = str(error).partition(": line ")[0]
    if "invalid token" in reason or "encoding" in reason:
        reason += " (perhaps its text has another encoding than it says; convert it to UTF-8)"
    if "no element found" in reason or "unclosed" in reason:
        reason += " (perhaps it is cut off)"
    if "syntax error" in reason:
        reason += " (perhaps it is another file than you meant)"
    return reason
