"""The sentences of a text: their words, what stands in them, and who speaks of whom."""

from __future__ import annotations

import enum
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from .matching import Match, Phrases, Word
from .packs import Pack, load_packs
from .vocabulary import Vocabulary

_VERB_REACH = 4  # words between a subject and its verb
BODY_PLACE_REACH = 6  # words between a complaint and its place: "a lump on the back of my calf"
OWNED_REACH = 3  # words between a word of possession and what it owns: "my poor old knee"
CLAIM_FIRST = 2  # words before what a sentence begins with, at most: "Parking is a pain here" is nobody's
_SENTENCE_END = re.compile(r"(?:[!?…]|(?<!\d)\.)[.!?…]*[\s\"'”’)]*|\n+")


class Kind(enum.StrEnum):
    """What a signal says; `triage` tells them apart."""

    DISCLOSURE = "DISCLOSURE"
    ADVICE = "ADVICE"
    RED_FLAG = "RED_FLAG"


@dataclass(frozen=True, kw_only=True)
class Signal:
    """What was seen, and where: `text[start:end]` (code points)."""

    kind: Kind
    phrase: str
    start: int
    end: int


@dataclass(frozen=True)
class Sentence:
    """A sentence, its words, and where the phrases of each list stand in it."""

    words: list[Word]
    is_question: bool
    found: dict[str, list[Match]]

    def near(self, name: str, *, first: int, last: int) -> list[Match]:
        """Return the matches of a list that begin between two words. They are in order: nothing else is looked at."""
        matches = self.found[name]
        begin = bisect_left(matches, first, key=_first)
        return matches[begin : bisect_right(matches, last, lo=begin, key=_first)]

    def has(self, name: str, *, first: int = 0, last: int | None = None) -> bool:
        """Tell whether a match of a list begins between two words; without any, in the sentence."""
        return bool(self.near(name, first=first, last=len(self.words) if last is None else last))

    def signal(self, kind: Kind, match: Match) -> Signal:
        return Signal(
            kind=kind,
            phrase=match.phrase,
            start=self.words[match.first].start,
            end=self.words[match.last].end,
        )


def _first(match: Match) -> int:
    return match.first


def sentences_of(text: str, words: list[Word], pack: Pack, own: Vocabulary) -> list[Sentence]:
    """Return the sentences of `text`, whose words these are, read in the language of a pack."""
    phrases = _phrases(pack.code, own)
    sentences: list[Sentence] = []
    begun, is_of_kin = 0, False
    ends = [(found.start(), "?" in found[0]) for found in _SENTENCE_END.finditer(text)]
    for end, is_question in [*ends, (len(text), False)]:
        stop = begun
        while stop < len(words) and words[stop].start < end:
            stop += 1
        if stop > begun:
            sentence = _sentence(words[begun:stop], is_question, phrases)
            is_of_kin = is_of_kin or _names_kin(sentence)
            _settle(sentence, is_of_kin=is_of_kin)
            sentences.append(sentence)
        begun = stop
    return sentences


@lru_cache(maxsize=16)
def _phrases(code: str, own: Vocabulary) -> Phrases:
    return load_packs()[code].phrases(complaints=own.complaints, alarms=own.alarms)


def _sentence(words: list[Word], is_question: bool, phrases: Phrases) -> Sentence:
    found = phrases.find(words)
    figures = _indexes(found["figures"])
    denied = {
        index
        for match in found["denials"]
        for index in range(match.last + 1, min(match.last + 3, len(words)))
    }
    for name, excluded in (
        ("complaints", figures | denied),
        ("alarms", figures | denied),
        ("emergencies", figures | denied),
        ("states", figures),
        ("weak", figures),
        ("relief", figures),
        ("advice", figures),
        ("safety", figures),
        ("owns", figures),
    ):
        found[name] = [match for match in found[name] if match.first not in excluded]
    labels = {match.first for match in found["labels"]}
    found["complaints"] = [match for match in found["complaints"] if match.last + 1 not in labels]
    begins_as_one = any(match.first == 0 for match in found["asking"])
    return Sentence(words, is_question or begins_as_one, found)


def _indexes(matches: Iterable[Match]) -> set[int]:
    """Return the words that the matches cover."""
    return {index for match in matches for index in range(match.first, match.last + 1)}


def _names_kin(sentence: Sentence) -> bool:
    """ "My poor old mum", "mum's": somebody close to the speaker."""
    return any(_is_kin(sentence, match) for match in sentence.found["relatives"])


def _is_kin(sentence: Sentence, relative: Match) -> bool:
    return relative.first <= CLAIM_FIRST or sentence.has(
        "owns", first=relative.first - _VERB_REACH, last=relative.first - 1
    )


def _settle(sentence: Sentence, *, is_of_kin: bool) -> None:
    """Sort out who speaks of whom. Once somebody close was named, "he" and "her" are as good as "I" and "my";
    until then they are others."""
    found = sentence.found
    own = _indexes(found["owns"] + found["openings"] + found["selves"])
    for third, near in (("third_selves", "selves"), ("third_owns", "owns")):
        joined = near if is_of_kin else "others"
        thirds = [match for match in found[third] if match.first - 1 not in own]  # "like me who"
        found[joined] = sorted(found[joined] + thirds, key=_first)
    found["others"] = [match for match in found["others"] if match.first not in own]  # "as someone with"
    found["troubled"] = [
        match
        for match in found["states"]
        if sentence.has("bodies", first=match.first - BODY_PLACE_REACH, last=match.last + OWNED_REACH)
    ]
    found["subjects"] = _subjects(sentence)


def _subjects(sentence: Sentence) -> list[Match]:
    """Return where a complaint may begin to be the speaker's: "I have", "my", "Had a"."""
    found = sentence.found
    subjects = [
        match
        for match in found["selves"]
        if sentence.has("experiences", first=match.first, last=match.last + _VERB_REACH)
    ]
    subjects += found["owns"] + found["reports"]
    subjects += [match for match in found["openings"] if match.first <= 1]
    subjects += [match for match in found["relatives"] if _is_kin(sentence, match)]
    return sorted(subjects, key=_first)
