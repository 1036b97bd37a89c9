"""By what an article is known again: its text, never the name of the file it came in."""

import hashlib


def make_source_key(text: str) -> str:
    """Return "text:" and 64 hex digits.

    Byte order mark, line ends, trailing spaces and blank lines around the text make no difference, so the same
    article is known again when an editor program has saved it in its own way.
    """
    lines = [line.rstrip() for line in text.removeprefix("\ufeff").splitlines()]
    normal = "\n".join(lines).strip("\n")
    return f"text:{hashlib.sha256(normal.encode()).hexdigest()}"
