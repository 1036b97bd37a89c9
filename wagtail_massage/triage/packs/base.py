"""What a language pack consists of, and how it is read."""

from __future__ import annotations

import dataclasses
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from itertools import product

from ..matching import Phrases, fold

LANGUAGES = ("en", "de", "fr", "es", "pt", "it", "nl")


@dataclass(frozen=True, kw_only=True)
class Pack:
    """The words of one language. Phrases are written as `matching.Phrases` reads them, and `_phrases` before it.

    Attributes:
        code: language code, as in "en".
        common: everyday words by which the language is told from the others.
        selves: what a speaker calls herself as the subject of a sentence ("I").
        experiences: verbs that tie a subject to a complaint ("have", "suffer from").
        openings: beginnings of a sentence that leave the subject out ("had a").
        owns: words of possession ("my").
        relatives: people close to the speaker ("husband").
        others: subjects that are not the speaker ("you", "clients").
        third_selves: those that may stand for somebody close to the speaker ("he").
        third_owns: and what such a one owns ("his").
        reports: what doctors said ("the scan showed").
        denials: words that turn what follows into its opposite ("no").
        complaints: conditions, operations, medicines, symptoms: strong on their own.
        weak: discomforts that massages are made for ("sore"); they count only beside a time or a body in trouble.
        states: what is no complaint but of a part of the body ("purple").
        bodies: parts of the body.
        since: words for how long or how badly.
        advice: phrases of somebody who wants to know what to do.
        safety: questions whether something is safe; with a complaint they need no first person.
        relief: words that say a complaint is over ("gone").
        praise: words of thanks and delight: no list of ailments, that.
        service: what is asked about the house, not about the body ("voucher").
        figures: phrases that only sound like a complaint ("stroke of luck").
        claims: words right behind a complaint that make it the speaker's ("high blood pressure here").
        refers: words that make a complaint of the sentence before the speaker's ("what about gout? I have it").
        predicates: verbs right behind a complaint by which it is spoken of in general ("migraine is").
        labels: words right behind a complaint that make it somebody else's ("stroke patients").
        asking: how a question begins that nobody has ended with a question mark ("can a").
        alarms: red flags: what cannot wait, or what a massage can make worse. They are complaints too.
        emergencies: those of them that cannot wait for a question to be asked ("can't breathe").
    """

    code: str
    common: tuple[str, ...]
    selves: tuple[str, ...]
    experiences: tuple[str, ...]
    openings: tuple[str, ...]
    owns: tuple[str, ...]
    relatives: tuple[str, ...]
    others: tuple[str, ...]
    third_selves: tuple[str, ...] = ()
    third_owns: tuple[str, ...] = ()
    denials: tuple[str, ...]
    complaints: tuple[str, ...]
    states: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    bodies: tuple[str, ...]
    since: tuple[str, ...] = ()
    advice: tuple[str, ...]
    safety: tuple[str, ...]
    reports: tuple[str, ...] = ()
    relief: tuple[str, ...] = ()
    praise: tuple[str, ...] = ()
    service: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    predicates: tuple[str, ...] = ()
    refers: tuple[str, ...] = ()
    asking: tuple[str, ...] = ()
    alarms: tuple[str, ...]
    emergencies: tuple[str, ...] = ()

    @cached_property
    def everyday(self) -> frozenset[str]:
        """The everyday words, folded."""
        return frozenset(fold(word) for word in self.common)

    def phrases(self, *, complaints: Iterable[str] = (), alarms: Iterable[str] = ()) -> Phrases:
        """Return every list of the pack but `common`, ready to be found, with a site's own words among them."""
        lists = {field.name: getattr(self, field.name) for field in dataclasses.fields(self)}
        del lists["code"], lists["common"]
        lists["alarms"] += (*self.emergencies, *alarms)
        lists["complaints"] += (*lists["alarms"], *complaints)
        return Phrases(lists)


@cache
def load_packs() -> dict[str, Pack]:
    """Return every pack by its language code."""
    return {code: _load(code) for code in LANGUAGES}


def _load(code: str) -> Pack:
    lists = tomllib.loads(files(__package__).joinpath(f"{code}.toml").read_text(encoding="utf-8"))
    return Pack(code=code, **{name: _phrases(text) for name, text in lists.items()})


def _phrases(text: str) -> tuple[str, ...]:
    """Return the phrases of a block of text, which commas separate; a line break is a space. Words between bars are
    alternatives: "bad|dodgy knee|hip" stands for four phrases."""
    return tuple(
        " ".join(words)
        for phrase in text.split(",")
        for words in product(*(word.split("|") for word in phrase.split()))
        if words
    )
