"""Words and phrases that are not welcome, or that a moderator should see first."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice
from pathlib import Path

from ..conf import comments_settings
from ..states import EntryKind
from . import entries
from .base import Candidate, Check, Finding, Outcome
from .lexicon import Lexicon

_OUTCOMES = {"banned": Outcome.SPAM, "suspect": Outcome.HOLD}
_MOST = 10  # findings about one text: a moderator needs no more, and a flood of them is a flood of rows


class WordsCheck(Check):
    """Spam with a word or phrase of WAGTAIL_MASSAGE_COMMENTS_BANNED_WORDS or of the desk's list in the text or the
    name; held with one of SUSPECT_WORDS. See `lexicon` for what an entry matches."""

    name = "words"

    def __init__(self, lexicon: Lexicon | None = None) -> None:
        """Take a lexicon with the lists "banned" and "suspect" in place of the site's own."""
        self._lexicons = [lexicon] if lexicon is not None else None

    def examine(self, candidate: Candidate) -> Iterable[Finding]:
        lexicons = self._lexicons if self._lexicons is not None else [_of_settings(), _of_rows()]
        for lexicon in filter(None, lexicons):
            for hit in islice(lexicon.search(candidate.draft.body), _MOST):
                span = (hit.start, hit.end)
                yield Finding(outcome=_OUTCOMES[hit.label], reason=f"{hit.label}_word", span=span)
            for label in {hit.label for hit in lexicon.search(candidate.draft.author_name)}:
                yield Finding(outcome=_OUTCOMES[label], reason=f"{label}_word_in_name")


def read_entries(listed: Iterable[str | os.PathLike[str]]) -> tuple[str, ...]:
    """Return entries, with those of files in place of the files' names.

    A file is named by a path object, or by a text that ends in .txt or holds a slash. It holds an entry a line, in
    UTF-8; empty lines and lines that begin with # say nothing.

    Raises:
        OSError, ValueError: if a file cannot be read, or is not UTF-8.
    """
    return tuple(entry for item in listed for entry in _entries_of(item))


def _entries_of(item: str | os.PathLike[str]) -> Iterator[str] | tuple[str, ...]:
    if not is_file(item):
        return (str(item),)
    state = Path(item).stat()
    return _lines(os.fspath(item), state.st_mtime_ns, state.st_size)


def is_file(item: str | os.PathLike[str]) -> bool:
    """Tell whether an item of a list names a file."""
    return not isinstance(item, str) or item.endswith(".txt") or "/" in item


@lru_cache(maxsize=16)
def _lines(path: str, _changed: int, _size: int) -> tuple[str, ...]:
    raw = Path(path).read_bytes()
    try:
        lines = raw.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise ValueError(f"line {line} of {path} is not UTF-8") from error
    return tuple(line.strip() for line in lines if line.strip() and not line.startswith("#"))


def _of_settings() -> Lexicon:
    banned, suspect = comments_settings.banned_words, comments_settings.suspect_words
    return _lexicon(read_entries(banned), read_entries(suspect))


def _of_rows() -> Lexicon:
    # Apart from the settings, whose long lists would else be read anew for each entry that somebody adds.
    return _lexicon(entries.values_of(EntryKind.BANNED_WORDS), entries.values_of(EntryKind.SUSPECT_WORDS))


@lru_cache(maxsize=4)
def _lexicon(banned: tuple[str, ...], suspect: tuple[str, ...]) -> Lexicon:
    return Lexicon(banned=banned, suspect=suspect)
