"""Text as it is compared: what looks the same is the same, and every character knows where it came from.

`fold` serves the lists of words, `skeleton` the comparison of names. Honest text of any language must come out as
itself, so nothing is folded that changes a word of some language: accents stay (Spanish "año" is not "ano"), the
Turkish dotless ı stays, and letters of another alphabet are read as Latin ones only where they pose as such.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from string import ascii_lowercase

_COMBINING = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u3099\u309a"
)
# Python's \w leaves out combining marks, without which Indic words fall apart.
_MARKS = f"{_COMBINING}\u0711\u0730-\u074a\u07a6-\u07b0\u0900-\u0963\u0966-\u0dff"
# Thai, Lao, Burmese, Khmer, kana, Han: written without spaces between words.
_SPACELESS = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
_EMOJI = "\u2600-\u27bf\u2b00-\u2bff\U0001f1e6-\U0001f1ff\U0001f300-\U0001faff"
_MODIFIERS = "\ufe0f\U0001f3fb-\U0001f3ff"  # "as a picture", skin tones
_JOINER = "\u200d"

# Invisible characters; strokes laid over letters; and what Arabic and Hebrew may leave out without another meaning:
# vowel signs and the stretching tatweel.
_IGNORED = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e01ef\u0334-\u0338\u20d2\u20d3\u20d8-\u20da\u20e5\u20e6"
    "\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u0652\u0670\u06d6-\u06ed]"
)
# Characters that folding leaves alone but for their case, and whose case does not change their number. A text of
# these alone is folded in a fifth of the time.
_PLAIN = (
    "\x00-\x7f\u00c0-\u00de\u00e0-\u012f\u0139-\u013e\u0141-\u0148\u014a-\u017e"
    "\u0391-\u03a9\u03b1-\u03c9\u0400-\u0482\u048a-\u052f"
    "\u05d0-\u05ea\u0621-\u063f\u0641-\u064a\u0679-\u06d3\u0904-\u0957\u0e01-\u0e32\u0e40-\u0e45"
    "\u2012-\u2015\u2018-\u201e\u20ac\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff\uac00-\ud7a3"
)
_PIECE = re.compile(
    f"(?P<plain>[{_PLAIN}]+)(?![{_COMBINING}\uff9e\uff9f])"
    f"|[{_EMOJI}][{_MODIFIERS}]*(?:{_JOINER}[{_EMOJI}][{_MODIFIERS}]*)*"
    f"|.[{_COMBINING}\uff9e\uff9f]{{0,8}}",
    re.DOTALL,
)
_IS_EMOJI = re.compile(f"[{_EMOJI}]")
_MODIFIER = re.compile(f"[{_MODIFIERS}]")
_WORD = re.compile(f"[{_EMOJI}](?:{_JOINER}[{_EMOJI}])*|[{_SPACELESS}]+|(?:[^\\W_{_SPACELESS}]|[{_MARKS}])+")
_IS_SPACELESS = re.compile(f"[{_SPACELESS}]")

_CYRILLIC = "АВЕЅІЈКМНОРСТУХаеѕіјкморстухһԁԛԝӏёї", "ABESIJKMHOPCTYXaesijkmopctyxhdqwlëï"
_GREEK = "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧαινορυχκτϲϳ", "ABEZHIKMNOPTYXaivopuxktcj"
_TO_LATIN = str.maketrans(_CYRILLIC[0] + _GREEK[0], _CYRILLIC[1] + _GREEK[1])
_TO_CYRILLIC = str.maketrans(_CYRILLIC[1], _CYRILLIC[0])
# White letters in black circles and squares, which NFKC leaves.
_BLACK = "".join(chr(first + place) for first in (0x1F150, 0x1F170) for place in range(26))
_ALWAYS = str.maketrans(
    "ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢɑɡİ" + _BLACK, "abcdefghijklmnoprstuvwyzagi" + 2 * ascii_lowercase
)
_LETTERS = re.compile(r"[^\W\d_]+")
_IS_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
_IS_OTHER = re.compile("[\u0370-\u03ff\u0400-\u052f]")
_IS_OWN = re.compile(f"[^\\W\\d_A-Za-z\u00c0-\u024f{_CYRILLIC[0]}{_GREEK[0]}]")
_IS_OWN_CYRILLIC = re.compile(f"(?![{_CYRILLIC[0]}])[\u0400-\u052f]")


@dataclass(frozen=True, slots=True)
class Folded:
    """A text in the form in which it is compared.

    Attributes:
        text: its words in small letters, with one space before, between and after them; " " when there are none.
        starts, ends: for each character of `text` the range of code points of the original that it stands for. (What
            they say of a space means nothing.)
    """

    text: str
    starts: Sequence[int]
    ends: Sequence[int]


def fold(original: str) -> Folded:
    """Return `original` as it is compared. Linear in its length; never raises."""
    plain, starts, ends = _plain(original)
    words: list[str] = []
    word_starts, word_ends = [0], [0]
    for word in _WORD.finditer(plain):
        begin, end = word.span()
        words.append(word[0])
        word_starts.extend(starts[begin:end])
        word_ends.extend(ends[begin:end])
        word_starts.append(0)
        word_ends.append(0)
    return Folded(f" {' '.join(words)} " if words else " ", word_starts, word_ends)


def is_spaceless(character: str) -> bool:
    """Tell whether a folded character stands in words without spaces around them, as in Chinese or Thai."""
    return bool(_IS_SPACELESS.match(character))


def skeleton(name: str) -> str:
    """Return what a name looks like at a glance: equal for names that readers would take for each other.

    Case, spaces, signs and accents count for nothing, letters of other alphabets for the Latin ones they look like,
    and I, l and 1 for each other, as do O and 0. "" for a name without letters and digits.
    """
    text = unicodedata.normalize("NFKC", _IGNORED.sub("", name)).translate(_TO_LATIN).translate(_ALWAYS)
    text = unicodedata.normalize("NFKD", text.casefold())
    text = "".join(filter(_is_read, text))
    return text.translate(_ALIKE).replace("rn", "m").replace("vv", "w")


_ALIKE = str.maketrans("1iı0", "lllo")


def _is_read(character: str) -> bool:
    """Tell whether a character is part of a name: letters, digits, and marks other than European accents, without
    which Indic names would be reduced to their consonants."""
    return unicodedata.category(character)[0] in "LNM" and not "\u0300" <= character <= "\u036f"


def _plain(original: str) -> tuple[str, Sequence[int], Sequence[int]]:
    """Return the text in small letters of as few alphabets as possible, and where each character came from."""
    if original.isascii():
        return original.lower(), range(len(original)), range(1, len(original) + 1)
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for piece in _PIECE.finditer(original):
        start, end = piece.span()
        text = piece[0]
        if piece["plain"]:
            starts.extend(range(start, end))
            ends.extend(range(start + 1, end + 1))
        else:
            text = _fold_piece(text)
            starts.extend([start] * len(text))
            ends.extend([end] * len(text))
        pieces.append(text)
    return _in_one_alphabet("".join(pieces)).casefold(), starts, ends


@lru_cache(maxsize=65536)
def _fold_piece(piece: str) -> str:
    """Return an emoji without its modifiers, anything else in NFKC without what nobody sees.

    What grows when its case is folded is folded here, so that nothing grows later and positions stay true.
    """
    if _IS_EMOJI.match(piece):
        return _MODIFIER.sub("", piece) or " "
    if piece in "™℠":
        return " "  # compatible with letters, but no part of the word before it
    text = unicodedata.normalize("NFKC", _IGNORED.sub("", piece)).translate(_ALWAYS)
    small = text.casefold()
    return small if len(small) != len(text) else text


def _in_one_alphabet(text: str) -> str:
    """Read every word in the one alphabet that it seems to be in.

    A word that mixes Latin letters with look-alikes is Latin; unless it has letters of Cyrillic that nothing Latin
    looks like, then it is Cyrillic. A word of look-alikes alone is Latin where the text around it is Latin and
    nothing in it belongs to another alphabet for certain, so an honest Russian or Greek text stays what it is.
    """
    if not (_IS_OTHER.search(text) and _IS_LATIN.search(text)):
        return text
    is_latin = not _IS_OWN.search(text)
    return _LETTERS.sub(lambda word: _word_in_one_alphabet(word[0], is_latin), text)


def _word_in_one_alphabet(word: str, is_in_latin_text: bool) -> str:
    if not _IS_OTHER.search(word):
        return word
    if not _IS_LATIN.search(word):
        return word.translate(_TO_LATIN) if is_in_latin_text else word
    if _IS_OWN_CYRILLIC.search(word):
        return word.translate(_TO_CYRILLIC)
    return word.translate(_TO_LATIN)
