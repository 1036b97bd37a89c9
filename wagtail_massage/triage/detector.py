"""What the words of a comment amount to: disclosure, a wish for advice, red flags."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from .language import DEFAULT, language_of
from .matching import Match, words_of
from .packs import load_packs
from .sentences import (
    BODY_PLACE_REACH,
    CLAIM_FIRST,
    OWNED_REACH,
    Kind,
    Sentence,
    Signal,
    sentences_of,
)
from .vocabulary import Vocabulary, site_vocabulary

_REACH = 14  # words between a subject and what is said of it
_BODY_REACH = 8  # words between a part of the body and what is wrong with it
_FRAGMENT = 7  # words of a sentence that may do without a subject
_PLACE_REACH = 3  # words between a complaint and the word of possession in "pain in my leg"
_ADDRESSED = 4  # the word from which "you" is not the one who is asked: "Can you", "Which oil would you"
_PLAINT = 2  # different complaints that ask for advice by themselves
_RELIEF_REACH = 4  # words between a complaint and the news that it is over
_CLAIM_REACH = 2  # words between a complaint and "here"
_MAX_LENGTH = 20_000  # characters that are looked at


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


def _place(signal: Signal) -> tuple[int, str, str]:
    return signal.start, signal.kind, signal.phrase


def examine(text: str, *, vocabulary: Vocabulary | None = None) -> Assessment:
    """Return what triage sees in `text`. Linear in its length; never raises.

    Args:
        vocabulary: words of the site's own; without it what the rooms have registered.
    """
    text = text[:_MAX_LENGTH]
    words = words_of(text)
    pack = language_of(words)
    own = vocabulary if vocabulary is not None else site_vocabulary()
    sentences = sentences_of(text, words, pack or load_packs()[DEFAULT], own)
    is_of_others = any(_speaks_of_others(sentence) for sentence in sentences)
    told = [signal for sentence in sentences for signal in _disclosures(sentence, is_of_others=is_of_others)]
    told += [*_referred(sentences), *_asked_about(sentences)]
    asked = _questions(sentences, is_told=bool(told))
    flags = [
        sentence.signal(Kind.RED_FLAG, match) for sentence in sentences for match in sentence.found["alarms"]
    ]
    is_held_anyway = _is_plaint(told, sentences) or any(
        _asks_for_safety(sentence) or _cannot_wait(sentence) for sentence in sentences
    )
    return Assessment(
        signals=tuple(sorted({*told, *asked, *flags}, key=_place)),
        language=pack.code if pack else "",
        is_health_question=bool(told and asked) or is_held_anyway,
    )


def _speaks_of_others(sentence: Sentence) -> bool:
    """Tell whether there is anybody else in a sentence but the one who is asked."""
    return sentence.has("others", first=_ADDRESSED)


def _disclosures(sentence: Sentence, *, is_of_others: bool) -> Iterator[Signal]:
    """Yield what somebody says of their own health, or of somebody's close to them."""
    for complaint in sentence.found["complaints"] + sentence.found["troubled"] + _earnest(sentence):
        if _is_of_speaker(sentence, complaint, is_of_others=is_of_others):
            yield sentence.signal(Kind.DISCLOSURE, complaint)
    if sentence.is_question and not any(sentence.found[name] for name in ("service", "praise", "others")):
        for body in sentence.found["bodies"]:
            if sentence.has("owns", first=body.first - OWNED_REACH, last=body.first - 1):
                yield sentence.signal(Kind.DISCLOSURE, body)


def _is_of_speaker(sentence: Sentence, complaint: Match, *, is_of_others: bool = False) -> bool:
    """Tell whether the speaker has the complaint: she says so, or names nobody; and nobody else, in the whole text."""
    if sentence.has("relief", first=complaint.last + 1, last=complaint.last + _RELIEF_REACH):
        return False  # "my back pain is gone" asks for nothing
    if _has_subject(sentence, complaint):
        return True
    return not is_of_others and (
        _is_fragment(sentence) or _is_claimed(sentence, complaint) or _is_telegraphic(sentence, complaint)
    )


def _has_subject(sentence: Sentence, complaint: Match) -> bool:
    """Tell whether the complaint is said of one of the subjects: near, and nobody else comes between."""
    subjects = sentence.near(
        "subjects", first=complaint.first - _REACH, last=complaint.last + BODY_PLACE_REACH
    )
    return any(_belongs(sentence, subject, complaint) for subject in subjects)


def _belongs(sentence: Sentence, subject: Match, complaint: Match) -> bool:
    start = subject.first
    is_own = sentence.has("owns", first=start, last=start)
    if complaint.first < start:
        # "pain in my leg": the complaint comes first, its place follows
        owns_body = sentence.has("bodies", first=start + 1, last=start + OWNED_REACH)
        reach = BODY_PLACE_REACH if owns_body else _PLACE_REACH
        return is_own and start - complaint.last <= reach and not _others(sentence, complaint.first, start)
    reach = _BODY_REACH if is_own else _REACH
    return complaint.first - start <= reach and not _others(sentence, start, complaint.first)


def _others(sentence: Sentence, first: int, last: int) -> bool:
    return sentence.has("others", first=first, last=last)


def _is_fragment(sentence: Sentence) -> bool:
    """ "Two slipped discs here." speaks of the speaker when it speaks of nobody else."""
    return len(sentence.words) <= _FRAGMENT and not sentence.is_question and not sentence.found["others"]


def _is_claimed(sentence: Sentence, complaint: Match) -> bool:
    """ "High blood pressure here, 170 over 95", "Diabetic, with a sore on my heel" speak of the speaker."""
    if complaint.first > CLAIM_FIRST:
        return False
    if sentence.has("claims", first=complaint.last + 1, last=complaint.last + _CLAIM_REACH):
        return True
    own = sentence.near("owns", first=complaint.last + 1, last=complaint.last + _BODY_REACH)
    return complaint.first == 0 and any(not _others(sentence, 0, match.first) for match in own)


def _is_telegraphic(sentence: Sentence, complaint: Match) -> bool:
    """ "DVT in 2019, off the tablets since" speaks of the speaker: it begins with the complaint and names nobody."""
    is_led = complaint.first <= CLAIM_FIRST and not sentence.has("asking", last=0)
    is_general = sentence.has("predicates", last=complaint.last + OWNED_REACH)
    return (
        is_led
        and not is_general
        and not any(sentence.found[name] for name in ("others", "selves", "owns", "labels"))
    )


def _referred(sentences: list[Sentence]) -> list[Signal]:
    """ "What about gout? I have it" tells as much as "I have gout"."""
    return [
        before.signal(Kind.DISCLOSURE, complaint)
        for before, sentence in pairwise(sentences)
        if sentence.found["refers"]
        for complaint in before.found["complaints"]
    ]


def _asked_about(sentences: list[Sentence]) -> Iterator[Signal]:
    """Yield what somebody who speaks of herself elsewhere asks about: "Do you do anything for morning sickness?" """
    if not any(sentence.found["selves"] or sentence.found["owns"] for sentence in sentences):
        return
    for sentence in sentences:
        is_wondering = sentence.found["advice"] and not sentence.found["others"]
        is_asking = is_wondering or (sentence.is_question and not _speaks_of_others(sentence))
        if is_asking and not sentence.found["service"]:
            for complaint in sentence.found["complaints"]:
                yield sentence.signal(Kind.DISCLOSURE, complaint)


def _earnest(sentence: Sentence) -> list[Match]:
    """Return discomforts that are more than what a massage is for: they last, or there are several."""
    weak = sentence.found["weak"]
    is_earnest = bool(sentence.found["since"]) or len(weak) > 1
    return weak if is_earnest and sentence.found["bodies"] else []


def _questions(sentences: Iterable[Sentence], *, is_told: bool) -> list[Signal]:
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


def _is_about_the_house(sentence: Sentence) -> bool:
    return (
        bool(sentence.found["service"]) and not sentence.found["complaints"] and not sentence.found["bodies"]
    )


def _asks_for_safety(sentence: Sentence) -> bool:
    """Whether something is safe with a condition is a health question, whoever has it; that it is safe is none."""
    if not (sentence.found["complaints"] or sentence.found["troubled"]):
        return False
    return any(
        sentence.is_question or (not sentence.found["others"] and _is_wondered(sentence, safety))
        for safety in sentence.found["safety"]
    )


def _is_wondered(sentence: Sentence, safety: Match) -> bool:
    """ "Not sure it's safe with gout" asks, "It's safe with gout" answers."""
    return any(match.last < safety.first for match in sentence.found["advice"][:1])


def _is_plaint(told: list[Signal], sentences: list[Sentence]) -> bool:
    """Who lists what is wrong with her, says since when and praises nothing is not making conversation."""
    found = {name for sentence in sentences for name, matches in sentence.found.items() if matches}
    enough = _PLAINT if "since" in found else _PLAINT + 1
    is_own = bool(found & {"selves", "owns"}) or len(sentences) == 1
    return is_own and not found & {"praise", "others"} and len(_apart(told)) >= enough


def _apart(told: Iterable[Signal]) -> set[str]:
    """Return the complaints but those that share words with one before: "shooting pain" is one."""
    apart, end = set(), 0
    for signal in sorted(told, key=lambda signal: (signal.start, -signal.end)):
        if signal.start >= end:
            apart.add(signal.phrase)
            end = signal.end
    return apart


def _cannot_wait(sentence: Sentence) -> bool:
    """Who says of herself that she cannot breathe need not ask anything."""
    is_own = bool(sentence.found["subjects"]) and not sentence.found["others"]
    return any(is_own or _is_of_speaker(sentence, match) for match in sentence.found["emergencies"])
