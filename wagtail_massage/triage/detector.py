"""What the words of a comment amount to: disclosure, a wish for advice, red flags."""

from __future__ import annotations

import enum
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from .matching import Match, Phrases, Word, words_of
from .packs import Pack, load_packs
from .vocabulary import Vocabulary, site_vocabulary

_DEFAULT = "en"
_REACH = 14  # words between a subject and what is said of it
_BODY_REACH = 8  # words between a part of the body and what is wrong with it
_VERB_REACH = 4  # words between a subject and its verb
_FEW_COMMON = 0.18  # share of everyday words below which a text is in no language of ours
_FRAGMENT = 7  # words of a sentence that may do without a subject
_RELIEF_REACH = 4  # words between a complaint and the news that it is over
_CLAIM_REACH = 2  # words between a complaint and "here"
_CLAIM_FIRST = 2  # and before that complaint, at most: "Parking is a pain here" is nobody's
_ENOUGH_WORDS = 8  # shorter texts are not judged by their language
_SENTENCE_END = re.compile(r"(?:[!?…]|(?<!\d)\.)[.!?…]*[\s\"'”’)]*|\n+")
_LATIN = re.compile(r"[a-z0-9'ßæœøđłıþð]+")  # folded: the accents are gone
_MAX_LENGTH = 20_000  # characters that are looked at


class Kind(enum.StrEnum):
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


@dataclass(frozen=True, kw_only=True)
class Assessment:
    """What triage says of a text.

    Attributes:
        language: the code of the language it was read in; "" for none that triage knows, and then nothing was seen
            for want of words, not for want of a question.
        is_health_question: somebody tells of a health matter and wants advice.
        is_urgent: and names what cannot wait or may do harm.
    """

    signals: tuple[Signal, ...]
    language: str
    is_health_question: bool

    @property
    def is_urgent(self) -> bool:
        return self.is_health_question and any(signal.kind == Kind.RED_FLAG for signal in self.signals)


@dataclass(frozen=True)
class _Sentence:
    """A sentence, its words, and where the phrases of each list stand in it."""

    words: list[Word]
    is_question: bool
    found: dict[str, list[Match]]

    def near(self, name: str, *, first: int, last: int) -> Iterator[Match]:
        return (match for match in self.found[name] if first <= match.first <= last)

    def signal(self, kind: Kind, match: Match) -> Signal:
        return Signal(
            kind=kind,
            phrase=match.phrase,
            start=self.words[match.first].start,
            end=self.words[match.last].end,
        )


def examine(text: str, *, vocabulary: Vocabulary | None = None) -> Assessment:
    """Return what triage sees in `text`. Linear in its length; never raises.

    Args:
        vocabulary: words of the site's own; without it what the rooms have registered.
    """
    text = text[:_MAX_LENGTH]
    words = words_of(text)
    pack = _language_of(words)
    own = vocabulary if vocabulary is not None else site_vocabulary()
    sentences = _sentences(text, words, pack or load_packs()[_DEFAULT], own)
    told = [signal for sentence in sentences for signal in _disclosures(sentence)] + _referred(sentences)
    asked = _questions(sentences, is_told=bool(told))
    flags = [
        sentence.signal(Kind.RED_FLAG, match) for sentence in sentences for match in sentence.found["alarms"]
    ]
    is_asked_safely = any(_asks_for_safety(sentence) for sentence in sentences)
    return Assessment(
        signals=tuple(sorted((*told, *asked, *flags), key=lambda signal: (signal.start, signal.kind))),
        language=pack.code if pack else "",
        is_health_question=bool(told and asked) or is_asked_safely,
    )


def _language_of(words: list[Word]) -> Pack | None:
    """Return the pack with the most everyday words in the text, None where no pack has enough of them. A few words
    are too little to tell and are read as English."""
    if sum(_LATIN.fullmatch(word.folded) is None for word in words) * 2 > len(words):
        return None
    packs = load_packs()
    if not words:
        return packs[_DEFAULT]
    pack = max(packs.values(), key=lambda pack: _everyday(words, pack))
    is_few = len(words) < _ENOUGH_WORDS
    telling = _everyday(words, pack, length=3) * _ENOUGH_WORDS
    if _everyday(words, pack) >= _FEW_COMMON * len(words) and (is_few or telling >= len(words)):
        return pack
    return packs[_DEFAULT] if is_few else None


def _everyday(words: list[Word], pack: Pack, *, length: int = 1) -> int:
    """Count the everyday words of a language, of at least so many letters: the short ones are the same in many."""
    return sum(len(word.folded) >= length and word.folded in pack.everyday for word in words)


@lru_cache(maxsize=16)
def _phrases(code: str, own: Vocabulary) -> Phrases:
    return load_packs()[code].phrases(complaints=own.complaints, alarms=own.alarms)


def _sentences(text: str, words: list[Word], pack: Pack, own: Vocabulary) -> list[_Sentence]:
    phrases = _phrases(pack.code, own)
    sentences, begun = [], 0
    ends = [(found.start(), "?" in found[0]) for found in _SENTENCE_END.finditer(text)]
    for end, is_question in [*ends, (len(text), False)]:
        stop = begun
        while stop < len(words) and words[stop].start < end:
            stop += 1
        if stop > begun:
            sentences.append(_sentence(words[begun:stop], is_question, phrases))
        begun = stop
    return sentences


def _sentence(words: list[Word], is_question: bool, phrases: Phrases) -> _Sentence:
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
        ("weak", figures),
        ("relief", figures),
    ):
        found[name] = [match for match in found[name] if match.first not in excluded]
    own = _indexes(found["owns"] + found["openings"] + found["selves"])
    found["others"] = [match for match in found["others"] if match.first not in own]  # "as someone with"
    labels = {match.first for match in found["labels"]}
    found["complaints"] = [match for match in found["complaints"] if match.last + 1 not in labels]
    begins_as_one = any(match.first == 0 for match in found["asking"])
    return _Sentence(words, is_question or begins_as_one, found)


def _indexes(matches: Iterable[Match]) -> set[int]:
    """Return the words that the matches cover."""
    return {index for match in matches for index in range(match.first, match.last + 1)}


def _disclosures(sentence: _Sentence) -> Iterator[Signal]:
    """Yield what somebody says of their own health, or of somebody's close to them."""
    complaints = sentence.found["complaints"] + _earnest(sentence)
    if not complaints:
        return
    subjects = _subjects(sentence)
    for complaint in complaints:
        if _is_over(sentence, complaint):
            continue
        is_own = any(_belongs(sentence, start, complaint) for start in subjects)
        if is_own or _is_fragment(sentence) or _is_claimed(sentence, complaint):
            yield sentence.signal(Kind.DISCLOSURE, complaint)


def _is_claimed(sentence: _Sentence, complaint: Match) -> bool:
    """ "High blood pressure here, 170 over 95" speaks of the speaker."""
    if complaint.first > _CLAIM_FIRST:
        return False
    claims = sentence.near("claims", first=complaint.last + 1, last=complaint.last + _CLAIM_REACH)
    own = sentence.near("owns", first=complaint.last + 1, last=complaint.last + _BODY_REACH)
    is_before_own = complaint.first == 0 and any(
        not _others(sentence, complaint.first, match.first) for match in own
    )  # "Diabetic, with a sore on my heel"
    return is_before_own or any(True for _ in claims)


def _referred(sentences: list[_Sentence]) -> list[Signal]:
    """ "What about gout? I have it" tells as much as "I have gout"."""
    return [
        before.signal(Kind.DISCLOSURE, complaint)
        for before, sentence in pairwise(sentences)
        if sentence.found["refers"]
        for complaint in before.found["complaints"]
    ]


def _is_over(sentence: _Sentence, complaint: Match) -> bool:
    """ "My back pain is gone" asks for nothing."""
    relief = sentence.near("relief", first=complaint.last + 1, last=complaint.last + _RELIEF_REACH)
    return any(True for _ in relief)


def _is_fragment(sentence: _Sentence) -> bool:
    """ "Two slipped discs here." speaks of the speaker when it speaks of nobody else."""
    return len(sentence.words) <= _FRAGMENT and not sentence.is_question and not sentence.found["others"]


def _earnest(sentence: _Sentence) -> list[Match]:
    """Return discomforts that are more than what a massage is for: they last, or there are several."""
    weak = sentence.found["weak"]
    is_earnest = bool(sentence.found["since"]) or len(weak) > 1
    return weak if is_earnest and sentence.found["bodies"] else []


def _subjects(sentence: _Sentence) -> set[int]:
    """Return the words from which a complaint may be the speaker's: "I have", "my", "Had a"."""
    starts = set()
    verbs = sentence.found["experiences"]
    for self_ in sentence.found["selves"]:
        if any(self_.first <= verb.first <= self_.last + _VERB_REACH for verb in verbs):
            starts.add(self_.first)
    starts.update(match.first for match in sentence.found["owns"])
    starts.update(match.first for match in sentence.found["openings"] if match.first <= 1)
    starts.update(match.first for match in sentence.found["reports"])
    starts.update(match.first for match in sentence.found["relatives"] if match.first == 0)
    return starts


def _belongs(sentence: _Sentence, start: int, complaint: Match) -> bool:
    """Tell whether the complaint is said of the subject at `start`: near, and nobody else comes between."""
    is_own = any(match.first == start for match in sentence.found["owns"])
    if complaint.first < start:
        # "pain in my leg": the complaint comes first, its place follows
        return is_own and start - complaint.last <= 3 and not _others(sentence, complaint.first, start)
    reach = _BODY_REACH if is_own else _REACH
    return complaint.first - start <= reach and not _others(sentence, start, complaint.first)


def _others(sentence: _Sentence, first: int, last: int) -> bool:
    return any(True for _ in sentence.near("others", first=first, last=last))


def _questions(sentences: Iterable[_Sentence], *, is_told: bool) -> list[Signal]:
    """Return where advice is asked for: by its words, or, where something was told, by any question that is not
    about the house."""
    asked = []
    for sentence in sentences:
        if _is_about_the_house(sentence):
            continue
        matches = [*sentence.found["advice"], *sentence.found["safety"]]
        asked += [sentence.signal(Kind.ADVICE, match) for match in matches]
        if is_told and sentence.is_question and not matches:
            last = sentence.words[-1]
            asked.append(Signal(kind=Kind.ADVICE, phrase="?", start=last.start, end=last.end))
    return asked


def _is_about_the_house(sentence: _Sentence) -> bool:
    return (
        bool(sentence.found["service"]) and not sentence.found["complaints"] and not sentence.found["bodies"]
    )


def _asks_for_safety(sentence: _Sentence) -> bool:
    """Whether something is safe with a condition is a health question, whoever has it."""
    return bool(sentence.found["safety"] and sentence.found["complaints"]) and (
        sentence.is_question or not _others(sentence, 0, len(sentence.words))
    )
