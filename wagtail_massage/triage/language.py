"""Which language a text is in, by its everyday words."""

from __future__ import annotations

import re

from .matching import Word
from .packs import Pack, load_packs

DEFAULT = "en"
_FEW_COMMON = 0.18  # share of everyday words below which a text is in no language of ours
_ENOUGH_WORDS = 8  # shorter texts are not judged by their language
_LATIN = re.compile(r"[a-z0-9'ßæœøđłıþð]+")  # folded: the accents are gone


def language_of(words: list[Word]) -> Pack | None:
    """Return the pack with the most everyday words in the text, None where no pack has enough of them. A few words
    are too little to tell and are read as English."""
    if sum(_LATIN.fullmatch(word.folded) is None for word in words) * 2 > len(words):
        return None
    packs = load_packs()
    if not words:
        return packs[DEFAULT]
    pack = max(packs.values(), key=lambda pack: _everyday(words, pack))
    is_few = len(words) < _ENOUGH_WORDS
    telling = _everyday(words, pack, length=3) * _ENOUGH_WORDS
    if _everyday(words, pack) >= _FEW_COMMON * len(words) and (is_few or telling >= len(words)):
        return pack
    return packs[DEFAULT] if is_few else None


def _everyday(words: list[Word], pack: Pack, *, length: int = 1) -> int:
    """Count the everyday words of a language, of at least so many letters: the short ones are the same in many."""
    return sum(len(word.folded) >= length and word.folded in pack.everyday for word in words)
