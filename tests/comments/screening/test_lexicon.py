"""A lexicon: which entries match where."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wagtail_massage.comments.screening.lexicon import Lexicon, phrase_of
from wagtail_massage.comments.screening.matching import PhraseFinder


def found(text: str, *entries: str) -> list[str]:
    """Return what of `text` the entries match."""
    return [text[hit.start : hit.end] for hit in Lexicon(banned=entries).search(text)]


class TestAnEntry:
    @pytest.mark.parametrize(
        ("entry", "text", "matches"),
        [
            ("sage", "Sage, not massage or sages", ["Sage"]),
            ("sage*", "sage message sages", ["sage", "sage"]),
            ("*sage", "sage message sages", ["sage", "sage"]),
            ("*sag*", "sage message sag", ["sag", "sag", "sag"]),
            ("free trial", "A free\n\ntrial, free trials, free of trial", ["free\n\ntrial"]),
            ("free trial*", "free trials", ["free trial"]),
            ("*ree trial", "carefree trial", ["ree trial"]),
            ("e-cigarette", "E cigarette and e-cigarette", ["E cigarette", "e-cigarette"]),
            ("año", "ano año", ["año"]),
            ("赌博", "我不赌博了", ["赌博"]),
            ("赌博VIP", "来赌博vip吧", ["赌博vip"]),
            ("นวด", "ร้านนวดไทย", ["นวด"]),
            ("спам", "это cпaм", ["cпaм"]),
            ("strasse", "Die Straße", ["Straße"]),
            ("👧", "👧🏽 ist kein 👨‍👩‍👧", ["👧🏽"]),
            ("casino", "c\u200basin\u0335o", ["c\u200basin\u0335o"]),
            ("casino", "cas1no CAS1N0 casin0", ["cas1no", "CAS1N0", "casin0"]),
            ("slots", "5lots and slot5, not slot55 or 5lots2", ["5lots", "slot5"]),
            ("slot", "s1ot s10t", ["s1ot", "s10t"]),
            ("mp3", "mp3 mpe", ["mp3"]),
            ("a+b", "a b", ["a b"]),
            (".*", "anything", []),
            ("***", "anything", []),
            ("", "anything", []),
        ],
    )
    def test_matches(self, entry, text, matches):
        assert found(text, entry) == matches

    @pytest.mark.parametrize(
        ("entry", "text"),
        [
            ("cop", "Вот сор под ковром"),  # the Russian word looks like the English one
            ("sik", "Ağrı çok sık geliyor"),
            ("ano", "El año pasado"),
            ("кот", "My kot is Polish"),
            ("kai", "mail to kay@example.com"),
            ("win", "w1"),
            ("as", "On a5 paper"),
        ],
    )
    def test_does_not_match_honest_words_that_look_like_it(self, entry, text):
        assert found(text, entry) == []

    def test_leaves_out_what_lies_within_a_longer_one(self):
        assert found("buy cheap watches now", "cheap", "cheap watches", "watches") == ["cheap watches"]

    def test_is_found_next_to_one_it_overlaps(self):
        assert found("buy cheap watches", "buy cheap", "cheap watches") == ["buy cheap", "cheap watches"]

    def test_may_stand_on_several_lists(self):
        hits = Lexicon(banned=["casino"], suspect=["casino", "slot"]).search("casino")
        assert sorted(hit.label for hit in hits) == ["banned", "suspect"]


class TestPhraseOf:
    def test_marks_where_a_word_begins_and_ends(self):
        assert [phrase_of(entry) for entry in ("Ad", "ad*", "*ad", "*ad*", "赌", " ")] == [
            " ad ",
            " ad",
            "ad ",
            "ad",
            "赌",
            " ",
        ]


class TestPhraseFinder:
    @given(
        phrases=st.lists(st.text("ab ", min_size=1, max_size=5), max_size=8, unique=True),
        text=st.text("ab ", max_size=40),
    )
    def test_finds_at_each_end_the_longest_phrase_that_a_plain_search_finds(self, phrases, text):
        plain: dict[int, int] = {}
        for phrase in phrases:
            for end in range(len(phrase), len(text) + 1):
                if text[:end].endswith(phrase):
                    plain[end] = max(plain.get(end, 0), len(phrase))
        matches = PhraseFinder((phrase, "x") for phrase in phrases).search(text)
        assert {match.end: match.end - match.start for match in matches} == plain

    def test_reads_every_unit_once_and_falls_back_no_further_than_it_came(self):
        """The number of look-ups is bounded by twice the text, even where every step nearly matches."""
        finder = PhraseFinder([("a" * 200 + "b", "x")])
        finder._edges = _Counting(finder._edges)
        assert list(finder.search("a" * 5000)) == []
        assert finder._edges.count <= 2 * 5000 + 1

    def test_is_false_when_it_is_empty(self):
        assert not PhraseFinder([("", "x")])


class _Counting(dict):
    count = 0

    def get(self, key, default=None):
        self.count += 1
        return super().get(key, default)
