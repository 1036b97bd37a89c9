"""Words and phrases: what is banned, what is suspect, and where it stands."""

from __future__ import annotations

import os

import pytest

from wagtail_massage.comments.models import ScreeningEntry
from wagtail_massage.comments.screening.words import WordsCheck
from wagtail_massage.comments.states import Status

from .conftest import reasons


@pytest.fixture(autouse=True)
def _lists(settings):
    settings.WAGTAIL_MASSAGE_COMMENTS_BANNED_WORDS = ["free casino", "bitcoin*"]
    settings.WAGTAIL_MASSAGE_COMMENTS_SUSPECT_WORDS = ["miracle"]


class TestWordsCheck:
    @pytest.mark.parametrize(
        ("body", "found"),
        [
            ("It was lovely.", []),
            ("A miracle!", [("HOLD", "suspect_word")]),
            ("Free  Casino", [("SPAM", "banned_word")]),
            ("Miracle: bitcoins", [("HOLD", "suspect_word"), ("SPAM", "banned_word")]),
        ],
    )
    def test_finds_what_the_settings_list(self, look, body, found):
        assert reasons(look(WordsCheck(), body)) == found

    def test_points_at_the_place_in_the_original(self, look):
        body = "👩‍⚕️ Ｆｒｅｅ\u200b сasino!"
        (finding,) = look(WordsCheck(), body)
        assert body[slice(*finding.span)] == "Ｆｒｅｅ\u200b сasino"

    def test_looks_at_the_name_too(self, look):
        assert reasons(look(WordsCheck(), author_name="Coin B.")) == []
        (finding,) = look(WordsCheck(), author_name="Bitcoin Sue")
        assert (finding.outcome.name, finding.reason, finding.span) == ("SPAM", "banned_word_in_name", None)

    def test_says_no_more_than_ten_times_the_same(self, look):
        assert len(look(WordsCheck(), "miracle. " * 500)) == 10

    def test_reads_the_lists_of_the_desk(self, look, listed):
        listed("SUSPECT_WORDS", "guarantee*")
        listed("BANNED_WORDS", "essay writing")
        found = reasons(look(WordsCheck(), "Guaranteed essay-writing"))
        assert found == [("HOLD", "suspect_word"), ("SPAM", "banned_word")]

    def test_stores_a_comment_with_what_was_found(self, say):
        comment = say("Get bitcoins here")
        verdict = comment.verdicts.get(check_name="words")
        assert comment.status == Status.SPAM
        assert (verdict.reason, verdict.check_version) == ("banned_word", 1)
        assert comment.body[verdict.span_start : verdict.span_end] == "bitcoin"


class TestAFileOfWords:
    @pytest.fixture
    def words(self, tmp_path, settings):
        words = tmp_path / "words.txt"
        words.write_text("\ufeff# comment\n\nslot machine\n  jackpot  \n", encoding="utf-8")
        settings.WAGTAIL_MASSAGE_COMMENTS_SUSPECT_WORDS = [str(words), "miracle"]
        return words

    def test_is_read_line_by_line(self, look, words):
        body = "Slot machine. Jackpot. Miracle. Comment."
        spans = [body[slice(*finding.span)] for finding in look(WordsCheck(), body)]
        assert spans == ["Slot machine", "Jackpot", "Miracle"]

    def test_is_read_again_when_it_has_changed(self, look, words):
        assert reasons(look(WordsCheck(), "roulette")) == []
        words.write_text("roulette\n")
        os.utime(words, (1, 1))
        assert reasons(look(WordsCheck(), "roulette")) == [("HOLD", "suspect_word")]

    def test_holds_every_comment_when_it_is_missing(self, say, words):
        words.unlink()
        comment = say("It was lovely.")
        assert comment.verdicts.get(check_name="words").reason == "check_failed"

    def test_can_be_a_path_object(self, look, words, settings):
        settings.WAGTAIL_MASSAGE_COMMENTS_SUSPECT_WORDS = [words]
        assert reasons(look(WordsCheck(), "jackpot")) == [("HOLD", "suspect_word")]

    def test_is_never_named_by_an_entry_of_the_desk(self, look, words, listed):
        ScreeningEntry.objects.create(kind="BANNED_WORDS", value=str(words))
        assert reasons(look(WordsCheck(), "jackpot")) == [("HOLD", "suspect_word")]
