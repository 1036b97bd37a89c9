"""What a title promises: counts found, numbers left alone, counts rewritten in their own style."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wagtail_massage.benefits.title_count import find_title_count, replace_title_count

PROMISES = [
    ("6 Reasons to Try a Foot Massage", 6, "6"),
    ("Six reasons to try a foot massage", 6, "Six"),
    ("Our guide to the top five benefits of steam", 5, "five"),
    ("Massage 101: 4 Reasons to Start", 4, "4"),
    ("Sore after a run? Here are 3 possible causes!", 3, "3"),
    ("5 Quick and Easy Evening Tips", 5, "5"),
    ("Ten of the best reasons to slow down", 10, "Ten"),
    ("Twenty-One Tips for Tired Feet", 21, "Twenty-One"),
    ("Thirty ways to unwind", 30, "Thirty"),
    ("101 Ways to Say Thank You", 101, "101"),
    ("Winter 2026: 10 Benefits of Warmth", 10, "10"),
    ("3 Ways a 60 Minute Massage Helps", 3, "3"),
    ("Top 10", 10, "10"),
    ("The Top 8 Oils for Winter", 8, "8"),
    ("7 Massage Oils We Love", 7, "7"),
    ("One Reason to Book Ahead", 1, "One"),
    ("Back pain — 3 things to know", 3, "3"),
    ("“7 Things” our team learned", 7, "7"),
    ("5 razones para probar la sauna", 5, "5"),
    ("10 Gründe für eine Pause", 10, "10"),
    ("10 benefícios da massagem", 10, "10"),
    ("7 raisons de souffler", 7, "7"),
    ("5 sposobów na spokojny sen", 5, "5"),
    ("5つの理由", 5, "5"),
    ("足のマッサージの5つの効果", 5, "5"),
    ("10选", 10, "10"),
]

NO_PROMISES = [
    "",
    "A quiet afternoon",
    "60 minute facial",
    "60-minute facial benefits",
    "30-minute massage",
    "24/7 spa",
    "24 hour spa tips",
    "What 2026 benefits from calm",
    "10% off all benefits",
    "5 star spa secrets",
    "5-star spa secrets",
    "Open 7 days a week",
    "7 days a week",
    "3 course spa lunch",
    "The No. 1 spa for benefits",
    "The #1 benefits list",
    "Level 2 Reiki benefits",
    "Massage 101",
    "Massage 101 tips",
    "From £45: benefits for all",
    "£45 reasons",
    "4 hands massage benefits",
    "4-handed massage",
    "Vitamin B12 tips",
    "1.5 reasons",
    "1,000 reasons",
    "Over 50 reasons",
    "5 to 10 reasons",
    "5-10 reasons",
    "Open 10:30 tips",
    "3 Treatments for the Price of 2",
    "Two Sisters and Their Spa",
    "Four Seasons by the lake",
    "3 Step Facial",
    "One-on-one sessions",
    "No one tells you the benefits",
    "Number One reasons",
    "The 30 Day Plan",
]


class TestFindTitleCount:
    @pytest.mark.parametrize(("title", "value", "text"), PROMISES)
    def test_finds_the_promised_count(self, title, value, text):
        found = find_title_count(title)
        assert found is not None
        assert (found.value, found.text) == (value, text)

    @pytest.mark.parametrize("title", NO_PROMISES)
    def test_leaves_other_numbers_alone(self, title):
        assert find_title_count(title) is None

    @given(
        st.text()
        | st.from_regex(r"(\w{1,6}|[0-9]{1,3}|six|Reasons|top|[-:%#.])( (\d|six|reasons|ways|of|the))*")
    )
    def test_takes_any_text_and_says_where_the_count_stands(self, title):
        found = find_title_count(title)
        if found is not None:
            assert title[found.start : found.end] == found.text
            assert found.value >= 0


class TestReplaceTitleCount:
    @pytest.mark.parametrize(
        ("title", "count", "expected"),
        [
            ("6 Reasons to Rest", 5, "5 Reasons to Rest"),
            ("Six Reasons to Rest", 5, "Five Reasons to Rest"),
            ("SIX REASONS TO REST", 5, "FIVE REASONS TO REST"),
            ("our six reasons", 5, "our five reasons"),
            ("Twenty-one tips", 7, "Seven tips"),
            ("Six tips", 22, "Twenty-two tips"),
            ("Six tips", 120, "120 tips"),
            ("Six tips", 0, "0 tips"),
            ("6 Reasons to Rest", 1, "1 Reason to Rest"),
            ("SIX REASONS", 1, "ONE REASON"),
            ("1 Reason to Rest", 2, "2 Reasons to Rest"),
            ("Six easy ways", 1, "One easy way"),
            ("Massage 101: 4 Reasons", 3, "Massage 101: 3 Reasons"),
            ("5つの理由", 4, "4つの理由"),
            ("60 minute facial", 4, "60 minute facial"),
        ],
    )
    def test_keeps_the_style_of_the_title(self, title, count, expected):
        assert replace_title_count(title, count) == expected

    def test_refuses_a_negative_count(self):
        with pytest.raises(ValueError, match="-1"):
            replace_title_count("6 Reasons", -1)

    @given(st.sampled_from([title for title, value, _ in PROMISES if value > 1]), st.integers(2, 99))
    def test_writes_a_count_that_is_found_again(self, title, count):
        found = find_title_count(replace_title_count(title, count))
        assert found is not None
        assert found.value == count

    @given(st.text(), st.integers(0, 500))
    def test_takes_any_text(self, title, count):
        found = find_title_count(title)
        changed = replace_title_count(title, count)
        assert changed == title if found is None else changed.startswith(title[: found.start])
