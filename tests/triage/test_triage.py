"""What triage makes of comments. How good it is on real ones is measured on the data beside the checkout."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.triage import sentences
from wagtail_massage.triage import Assessment, Kind, Vocabulary, examine, register_vocabulary, vocabulary


def read(text: str) -> Assessment:
    """Examine without the words that other rooms have registered: those stand in the database."""
    return examine(text, vocabulary=Vocabulary())


def kinds(text: str) -> set[str]:
    return {signal.kind for signal in read(text).signals}


class TestExamine:
    @pytest.mark.parametrize("text", sentences.QUESTIONS)
    def test_sees_a_health_question(self, text):
        assert read(text).is_health_question

    @pytest.mark.parametrize("text", sentences.ORDINARY)
    def test_lets_an_ordinary_comment_pass(self, text):
        assert not read(text).is_health_question

    @pytest.mark.parametrize("row", sentences.OTHER_LANGUAGES)
    def test_sees_common_questions_in_other_languages(self, row):
        language, text = row.split("|")
        found = read(text)
        assert (found.language, found.is_health_question) == (language, True)

    @pytest.mark.parametrize("row", sentences.OTHER_LANGUAGES_ORDINARY)
    def test_lets_ordinary_comments_in_other_languages_pass(self, row):
        language, text = row.split("|")
        found = read(text)
        assert (found.language, found.is_health_question) == (language, False)

    @pytest.mark.parametrize("text", sentences.NO_PACK)
    def test_says_when_it_does_not_know_the_language(self, text):
        assert read(text).language == ""

    @pytest.mark.parametrize("kind", sentences.KINDS, ids=lambda kind: kind.splitlines()[0])
    def test_tells_a_question_from_its_twin(self, kind):
        _, question, twin = kind.splitlines()
        assert (read(question).is_health_question, read(twin).is_health_question) == (True, False)

    def test_names_each_signal_once(self):
        signals = read("I'm 31 weeks along and my hips are killing me, would a massage be ok?").signals
        assert len(signals) == len(set(signals))

    def test_points_at_what_it_saw(self):
        text = "Lovely. I had a clot in my leg last year. Can I book?"
        seen = {(signal.kind, text[signal.start : signal.end]) for signal in read(text).signals}
        assert seen == {(Kind.DISCLOSURE, "clot"), (Kind.RED_FLAG, "clot"), (Kind.ADVICE, "Can I")}
        assert read(text).is_urgent

    def test_tells_disclosure_without_a_question(self):
        assert kinds("I had surgery last year and massage got me through it.") == {
            Kind.DISCLOSURE,
            Kind.RED_FLAG,
        }

    def test_takes_no_answer_for_a_question(self):
        assert not read(
            "You should ask your doctor if you have a clot, they will tell you."
        ).is_health_question

    def test_follows_the_pronouns_of_somebody_close(self):
        assert read("My dad is 81. He has gout and his toes burn at night. Any advice?").is_health_question
        assert not read(
            "The man in the film has gout and his toes burn. Any idea what it is called?"
        ).is_health_question

    @pytest.mark.parametrize(
        "text",
        ["I want to die.", "My chest hurts and I can't breathe", "I think I have a blood clot in my calf."],
    )
    def test_waits_for_no_question_where_nothing_can_wait(self, text):
        assert read(text).is_urgent

    def test_takes_a_list_of_what_is_wrong_for_a_question(self):
        ailing = "My ankles swell every evening, I get cramps at night and since June both feet are numb."
        assert read(ailing).is_health_question
        assert not read(ailing + " Your hands are the only thing that helped.").is_health_question

    def test_reads_what_is_denied_as_denied(self):
        assert Kind.DISCLOSURE not in kinds("I have no pain any more, how wonderful.")

    @given(st.text(max_size=400))
    def test_takes_any_text(self, text):
        for signal in read(text).signals:
            assert 0 <= signal.start < signal.end <= len(text)

    @pytest.mark.parametrize(
        "text",
        [
            "a " * 50_000,
            "can i have pain? " * 5_000,
            "x" * 100_000,
            "?" * 100_000,
            "i'm 3 " * 20_000,
            "my pain " * 5_000,
            "i have pain you " * 5_000,
        ],
    )
    def test_looks_at_a_bounded_part_of_a_long_text(self, text):
        assert all(signal.end <= 20_000 for signal in read(text).signals)

    @pytest.mark.parametrize(
        "text",
        ["is the light massage ", "can i have pain? ", "i'm a a who ", "my leg you ", "left left leg "],
    )
    def test_works_no_more_than_in_proportion(self, text):
        steps = {}

        def count(frame, event, argument):
            steps[times] += event == "call"

        for times in (40, 160):
            steps[times] = 0
            sys.setprofile(count)
            try:
                read(text * times)
            finally:
                sys.setprofile(None)
        assert steps[160] <= 4.4 * steps[40]


class TestVocabulary:
    def test_adds_the_words_of_a_site(self):
        own = Vocabulary(complaints=frozenset({"glimmerfoot"}))
        assert examine("I have glimmerfoot. Can I come?", vocabulary=own).is_health_question
        assert not examine("I have glimmerfoot. Can I come?", vocabulary=Vocabulary()).is_health_question

    def test_holds_a_word_that_stands_for_any_for_none(self):
        own = Vocabulary(complaints=frozenset({"*", "* *", ""}))
        assert not examine("I have a car. Can I come?", vocabulary=own).is_health_question

    def test_asks_the_rooms_that_registered(self, monkeypatch):
        monkeypatch.setattr(vocabulary, "_providers", {})
        register_vocabulary("tests", lambda: Vocabulary(alarms=frozenset({"glimmerfoot"})))
        assert examine("I have glimmerfoot. Can I come?").is_urgent


class TestCommand:
    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "wagtail_massage.triage", *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    def test_writes_a_line_for_each_comment(self, tmp_path):
        path = tmp_path / "comments.jsonl"
        rows = [{"id": "one", "text": "I had a DVT. Is it safe?"}, {"id": "two", "text": "Lovely read."}]
        path.write_text("\n".join(json.dumps(row) for row in rows) + "\n\n")
        done = [json.loads(line) for line in self.run(str(path)).stdout.splitlines()]
        assert [(row["id"], row["flag"]) for row in done] == [("one", True), ("two", False)]
        assert done[0]["signals"][0].keys() == {"kind", "phrase", "start", "end"}

    def test_names_the_line_that_it_cannot_read(self, tmp_path):
        path = tmp_path / "comments.jsonl"
        path.write_text('{"id": 1, "text": "fine"}\n{"id": 2}\n')
        done = self.run(str(path))
        assert done.returncode == 2
        assert f'{path}, line 2: expected a JSON object with "id" and "text".' in done.stderr

    def test_says_which_file_it_cannot_read(self, tmp_path):
        done = self.run(str(tmp_path / "none.jsonl"))
        assert done.returncode == 2
        assert "none.jsonl cannot be read" in done.stderr


class TestRealComments:
    def test_finds_nine_of_ten_and_is_right_more_often_than_not(self, shared_data):
        lines = (shared_data / "comments" / "health_questions.jsonl").read_text().splitlines()
        rows = [json.loads(line) for line in lines]
        flagged = [row for row in rows if read(row["text"]).is_health_question]
        wanted = [row for row in rows if row["label"] == "health_question"]
        right = [row for row in flagged if row["label"] == "health_question"]
        assert len(right) >= 0.90 * len(wanted)
        assert len(right) >= 0.85 * len(flagged)
        assert sum(row["note"].startswith("hard") for row in flagged) <= 2
