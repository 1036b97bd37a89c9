"""Understand and rewrite the number of list entries that a title promises.

"6 Reasons…", "Six reasons…" and "Our top five…" promise a count; "60 minute facial", "24/7 spa" and
"Level 2 Reiki" do not. English number words (one to ninety-nine) and digits are understood, in other
languages digits only.

The title is cut into words and signs once and every number looks at a fixed count of neighbours, so the
work grows with the length of the title and with nothing else.
"""

import re
from dataclasses import dataclass
from typing import NamedTuple

from .title_words import (
    COUNTER_SUFFIXES,
    ENGLISH_NOUNS,
    FOREIGN_NOUN_STEMS,
    GAP_STOPPERS,
    LABELS_BEFORE,
    NUMBER_WORDS,
    OFFER_WORDS,
    UNIT_STEMS,
    UNITS,
    WORDS_BY_NUMBER,
)

LONGEST_GAP = 4  # words between the number and its noun: "5 quick and easy evening tips"
MOST_DIGITS = 3  # four digits are a year or a price

_TOKEN = re.compile(r"\w+(?:['’]\w+)*|[^\w\s]")
_COUNTER = re.compile(rf"(?<![\d.,/:])(\d{{1,{MOST_DIGITS}}})\s?(?:{'|'.join(COUNTER_SUFFIXES)})")
_OPENING = frozenset("([{\"'“‘„«»¿¡—")
_CLOSING = frozenset(")]}\"'”’«».,:;!?…—–-")
_SEGMENT_ENDS = frozenset(':?!.|–—-(["“„«¿¡')


@dataclass(frozen=True, slots=True)
class TitleCount:
    """The promised count and where it stands: ``title[start:end] == text``."""

    value: int
    start: int
    end: int
    text: str


class _Token(NamedTuple):
    text: str
    folded: str
    start: int
    end: int

    @property
    def is_word(self) -> bool:
        return self.text[0].isalnum() or self.text[0] == "_"


class _Candidate(NamedTuple):
    found: TitleCount
    first: int  # index of its first token
    last: int  # index of its last token


def find_title_count(title: str) -> TitleCount | None:
    """Return the count that the title promises, or None.

    A number with a noun of lists ("reasons", "benefits", "Gründe") wins over a number that only stands where
    such counts usually stand ("7 massage oils…", "Top 10").
    """
    tokens = _tokens(title)
    candidates = [candidate for candidate in _candidates(title, tokens) if _stands_free(tokens, candidate)]
    for candidate in candidates:
        if _noun_index(tokens, candidate) is not None:
            return candidate.found
    is_offer = any(token.folded in OFFER_WORDS for token in tokens)  # "3 Massages for the Price of 2"
    for candidate in candidates:
        if _is_top_count(tokens, candidate) or (not is_offer and _opens_a_list_title(tokens, candidate)):
            return candidate.found
    return _count_with_counter_word(title)


def replace_title_count(title: str, count: int) -> str:
    """Return the title with its promised count changed to ``count``, unchanged when it promises none.

    Digits stay digits, words stay words in their capitalisation, and a known English noun follows into the
    singular or the plural. Raises ValueError for a negative count.
    """
    if count < 0:
        raise ValueError(f"A list cannot have {count} entries: pass 0 or more.")
    found = find_title_count(title)
    if found is None:
        return title
    rest = title[found.end :]
    if (count == 1) != (found.value == 1):
        rest = _with_noun_in_number(title, found, plural=count != 1)
    return title[: found.start] + _in_style_of(found.text, count) + rest


def _tokens(title: str) -> list[_Token]:
    return [_Token(m[0], m[0].casefold(), m.start(), m.end()) for m in _TOKEN.finditer(title)]


def _candidates(title: str, tokens: list[_Token]) -> list[_Candidate]:
    found: list[_Candidate] = []
    index = 0
    while index < len(tokens):
        candidate = _number_at(title, tokens, index)
        if candidate is not None:
            found.append(candidate)
            index = candidate.last
        index += 1
    return found


def _number_at(title: str, tokens: list[_Token], index: int) -> _Candidate | None:
    token = tokens[index]
    if token.text.isdecimal():
        if len(token.text) > MOST_DIGITS:
            return None
        return _candidate(title, tokens, index, index, int(token.text))
    value = NUMBER_WORDS.get(token.text.lower())
    if value is None:
        return None
    if value >= 20 and value % 10 == 0:
        for last in (index + 1, index + 2):  # "twenty one", "twenty-one"
            unit = NUMBER_WORDS.get(tokens[last].text.lower(), 0) if last < len(tokens) else 0
            if 1 <= unit <= 9 and (last == index + 1 or tokens[index + 1].text == "-"):
                return _candidate(title, tokens, index, last, value + unit)
    return _candidate(title, tokens, index, index, value)


def _candidate(title: str, tokens: list[_Token], first: int, last: int, value: int) -> _Candidate:
    start, end = tokens[first].start, tokens[last].end
    return _Candidate(TitleCount(value, start, end, title[start:end]), first, last)


def _stands_free(tokens: list[_Token], candidate: _Candidate) -> bool:
    """Say whether the number is a count at all: no price, clock, ratio, unit, level or label number."""
    before = tokens[candidate.first - 1] if candidate.first else None
    after = tokens[candidate.last + 1] if candidate.last + 1 < len(tokens) else None
    if before is not None:
        touches = before.end == candidate.found.start
        if before.text in "#№" or (touches and before.text not in _OPENING):
            return False
        if before.folded in LABELS_BEFORE or _labels_from_afar(tokens, candidate.first):
            return False
    if after is None:
        return True
    if after.start == candidate.found.end and after.text not in _CLOSING:
        return False
    if after.start == candidate.found.end and _joins_next(tokens, candidate.last + 1):
        return False
    return after.text != "%" and after.folded not in UNITS and not after.folded.startswith(UNIT_STEMS)


def _labels_from_afar(tokens: list[_Token], index: int) -> bool:
    """Recognise the "1" of "No. 1", the "10" of "5 to 10" and of "up to 10"."""
    if index < 2:
        return False
    first, second = tokens[index - 2].folded, tokens[index - 1].folded
    if second == ".":
        return first in LABELS_BEFORE
    return second == "to" and (first == "up" or first.isdecimal() or first in NUMBER_WORDS)


def _joins_next(tokens: list[_Token], index: int) -> bool:
    """Say whether a sign ties the number to what follows: "5-star", "1.5", "10:30"."""
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    return following is not None and following.start == tokens[index].end and tokens[index].text != "—"


def _noun_index(tokens: list[_Token], candidate: _Candidate) -> int | None:
    """Return the index of the noun of lists that the number counts, at most LONGEST_GAP words later."""
    value = candidate.found.value
    if value == 101 and not _opens_segment(tokens, candidate.first):
        return None  # "Massage 101" names a beginners' course
    first = candidate.last + 1
    if [token.folded for token in tokens[first : first + 2]] in (["of", "the"], ["of", "our"], ["of", "my"]):
        first += 2
    reach = first + 2 if value == 1 else first + LONGEST_GAP + 1
    for index in range(first, min(reach, len(tokens))):
        token = tokens[index]
        if not token.is_word and token.text not in "&-":
            return None
        if _is_list_noun(token.folded, value):
            return index
        if token.folded in GAP_STOPPERS:
            return None
    return None


def _is_list_noun(word: str, value: int) -> bool:
    """Check the noun in the right number: "3 Step Facial" counts no steps."""
    if word in ENGLISH_NOUNS:
        return value == 1
    if word.endswith("s") and word[:-1] in ENGLISH_NOUNS:
        return True
    return word.startswith(FOREIGN_NOUN_STEMS)


def _is_top_count(tokens: list[_Token], candidate: _Candidate) -> bool:
    return candidate.first > 0 and tokens[candidate.first - 1].folded == "top" and candidate.found.value > 1


def _opens_segment(tokens: list[_Token], index: int) -> bool:
    return index == 0 or tokens[index - 1].text in _SEGMENT_ENDS


def _opens_a_list_title(tokens: list[_Token], candidate: _Candidate) -> bool:
    """Accept "7 Massage Oils We Love": digits that open a title or a part of it, before a plural word.

    Languages make their plurals differently, so a word in small letters right after the number is enough.
    """
    if not candidate.found.text.isdecimal() or candidate.found.value < 2:
        return False
    if not _opens_segment(tokens, candidate.first):
        return False
    following = tokens[candidate.last + 1 : candidate.last + 1 + LONGEST_GAP]
    if not following or not following[0].is_word or following[0].folded in GAP_STOPPERS:
        return False
    if following[0].text[0].islower():
        return True
    for token in following:
        if not token.is_word or token.folded in GAP_STOPPERS:
            return False
        if (
            token.folded.endswith("s")
            and not token.folded.endswith(("ss", "us", "is"))
            and len(token.text) > 3
        ):
            return True
    return False


def _count_with_counter_word(title: str) -> TitleCount | None:
    """Understand scripts without spaces, where a counter word follows the digits: "5つの理由", "10选"."""
    match = _COUNTER.search(title)
    if match is None or int(match[1]) < 2:
        return None
    return TitleCount(int(match[1]), match.start(1), match.end(1), match[1])


def _in_style_of(text: str, count: int) -> str:
    word = WORDS_BY_NUMBER.get(count)
    if text[0].isdecimal() or word is None:
        return str(count)
    if text.isupper():
        return word.upper()
    return word.capitalize() if text[0].isupper() else word


def _with_noun_in_number(title: str, found: TitleCount, *, plural: bool) -> str:
    """Return what follows the count with its English noun put into the singular or the plural."""
    tokens = _tokens(title)
    candidate = next((c for c in _candidates(title, tokens) if c.found.start == found.start), None)
    index = _noun_index(tokens, candidate) if candidate else None
    rest = title[found.end :]
    if index is None:
        return rest
    noun = tokens[index]
    if plural and noun.folded in ENGLISH_NOUNS:
        changed = noun.text + ("S" if noun.text.isupper() else "s")
    elif not plural and noun.folded.endswith("s") and noun.folded[:-1] in ENGLISH_NOUNS:
        changed = noun.text[:-1]
    else:
        return rest
    return title[found.end : noun.start] + changed + title[noun.end :]
