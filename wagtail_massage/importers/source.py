"""From the bytes of a file to text that a reader can take, or a clear refusal."""

import codecs
import re

MAX_BYTES = 2_000_000
"""Largest source that a reader takes; a command checks a file's size against it before reading the file."""

_CONTROL = re.compile(r"[\x01-\x08\x0e-\x1a\x1c-\x1f]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class UnreadableSource(ValueError):
    """The source cannot be read as an article; the message names the value and the next step."""


def decode_text(data: bytes, *, name: str) -> str:
    """Decode UTF-8 (with or without a byte order mark) or UTF-16 with one; ``name`` is for the messages.

    The byte order mark stays in the text, so that the reader can report its removal.
    """
    check_size(len(data), name=name)
    encoding = "utf-16" if data.startswith(_UTF16_MARKS) else "utf-8"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        what = "a binary file" if b"\0" in data else "no UTF-8 text"
        raise UnreadableSource(
            f"{name} is {what} (byte 0x{data[error.start]:02x} at position {error.start}). "
            "Save it as plain text in UTF-8 and try again."
        ) from error
    check_text(text, name=name)
    return text


def check_size(size: int, *, name: str) -> None:
    """Refuse a source of more than MAX_BYTES; ``size`` is in bytes."""
    if size > MAX_BYTES:
        raise UnreadableSource(
            f"{name} has {size:,} bytes and at most {MAX_BYTES:,} can be read. "
            "Divide it into one file per article and try again."
        )


def check_text(text: str, *, name: str) -> None:
    """Refuse what is no text, is too long or is empty."""
    check_size(len(text), name=name)
    if not text.strip("\ufeff \t\r\n\v\f\xa0\u2028\u2029"):
        raise UnreadableSource(f"{name} contains no text. Choose a file with an article in it.")
    control = len(_CONTROL.findall(text))
    if "\0" in text or _SURROGATE.search(text) or control > len(text) // 100:
        raise UnreadableSource(
            f"{name} contains characters that no plain text has, it looks like a binary file. "
            "Save it as plain text in UTF-8 and try again."
        )
