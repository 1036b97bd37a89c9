"""What a reply to a health question had better not say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wagtail_massage.triage import Concern, read_reply


class TestReadReply:
    @pytest.mark.parametrize(
        ("reply", "concern"),
        [
            ("As your therapist I would wait another week.", Concern.RELATIONSHIP),
            ("You are my patient now, so listen.", Concern.RELATIONSHIP),
            ("A few sessions will cure it.", Concern.CURE),
            ("It is perfectly safe with a clot.", Concern.CURE),
            ("You don't need a doctor for that.", Concern.CURE),
            ("Take 400 mg of ibuprofen before you come.", Concern.DOSE),
            ("You could stop taking warfarin for the day.", Concern.DOSE),
        ],
    )
    def test_warns_of(self, reply, concern):
        [caution, *_] = read_reply(reply)
        assert caution.concern == concern

    @pytest.mark.parametrize(
        "reply",
        [
            "Please ask the surgeon who operated on you before you book any massage of that leg.",
            "We would rather wait until your doctor has looked at the swelling.",
            "Thank you for telling us. We cannot judge that from here; your doctor can.",
            "Our treatments start at 60 minutes and we have two rooms.",
        ],
    )
    def test_lets_a_careful_reply_pass(self, reply):
        assert read_reply(reply) == []

    def test_points_at_the_words(self):
        reply = "Rest, and it will cure itself."
        [caution] = read_reply(reply)
        assert reply[caution.start : caution.end] == "will cure"

    @given(st.text(max_size=300))
    def test_takes_any_text(self, text):
        assert all(0 <= caution.start < caution.end <= len(text) for caution in read_reply(text))
