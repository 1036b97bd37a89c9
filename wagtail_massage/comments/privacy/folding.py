"""A name as people write it: whatever the capitals, the accents and the blanks, on every database.

Databases fold letters as their locale happens to say, some only a to z. So the pattern itself names every letter that
counts as the same, and is understood alike by SQLite (Python), PostgreSQL and MariaDB.
"""

from __future__ import annotations

import re
import string
import unicodedata
from collections import defaultdict
from functools import cache

# Latin with its accents, Greek, Cyrillic, Vietnamese and other compositions: the alphabets that have capitals.
_LETTERS = (range(0x41, 0x250), range(0x386, 0x530), range(0x1E00, 0x2000))


def pattern(name: str) -> str:
    """Return a regular expression that finds `name` in a stored text, folded. Linear in the length of the text."""
    return r"[[:space:]]+".join(_word(word) for word in unicodedata.normalize("NFC", name).split())


def occurs(name: str, text: str) -> bool:
    """Tell whether `name` stands in `text`, folded, as words of its own: "Ann" does not stand in "annual"."""
    found = python_pattern(name)
    return re.search(rf"(?<!\w)(?:{found})(?!\w)", text) is not None


def python_pattern(name: str) -> str:
    """Return `pattern` for Python's `re`, which knows no POSIX classes."""
    return pattern(name).replace("[[:space:]]", r"\s")


def _word(word: str) -> str:
    return "".join(_class_of(character) for character in word)


def _class_of(character: str) -> str:
    if not character.isalpha():
        return f"\\{character}" if character in string.punctuation else character
    same = _equals().get(_fold(character), set()) | {character}
    return f"[{''.join(sorted(same))}]" if len(same) > 1 else character


@cache
def _equals() -> dict[str, set[str]]:
    """Return all letters that fold to the same one, by that one."""
    equals: dict[str, set[str]] = defaultdict(set)
    for letters in _LETTERS:
        for code in letters:
            character = chr(code)
            if character.isalpha():
                equals[_fold(character)].add(character)
    return dict(equals)


def _fold(character: str) -> str:
    decomposed = unicodedata.normalize("NFKD", character.casefold())
    return "".join(part for part in decomposed if not unicodedata.combining(part)).casefold()
