"""Plain text becomes an article: numbering in its many shapes, cuts, comments, what is reported and refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wagtail_massage.importers.article import Cuts, apply_cuts
from wagtail_massage.importers.plain_text import read_plain_text, read_plain_text_bytes
from wagtail_massage.importers.source import MAX_BYTES, UnreadableSource
from wagtail_massage.importers.text_export import to_text

SAMPLE = """3 Reasons to Put Your Feet Up

Feet work all day long and nobody thanks them.\u00a0

Here is what an evening foot rub does for them:

1. Warmer Toes

Rubbing brings warmth. Cold toes notice it first\u2026

Socks – wool ones – keep it there.

2. An Easier Evening

The day\u2019s last hour slows down.

A cup of tea helps too.

3. Lighter Steps

The next morning feels lighter.

Stairs become friendly again.

As you can see, ten minutes are well spent.

  1. Mirela Quist on 4 March 2024 at 9:05 pm

    I tried it yesterday , my toes say thanks.

    Twice!

  2. Odo Brandl on 5 March 2024 at 12:01 am

    Same here.
"""

BODY = "Warm hands calm the whole body. It is as simple as that."


def codes(notes):
    return {note.code: dict(note.params) for note in notes}


def listed(*headings, title="A Quiet Hour", body=BODY, ending=""):
    blocks = [title, "A few words before the list begins."]
    for heading in headings:
        blocks += [heading, body]
    return "\n\n".join([*blocks, ending] if ending else blocks)


class TestArticle:
    def test_has_title_and_declared_count(self):
        article = read_plain_text(SAMPLE)
        assert article.title == "3 Reasons to Put Your Feet Up"
        assert article.declared_count == 3

    def test_has_introduction_with_lead_in(self):
        article = read_plain_text(SAMPLE)
        assert len(article.intro_paragraphs) == 2
        assert (
            article.lead_in
            == article.intro_paragraphs[-1]
            == "Here is what an evening foot rub does for them:"
        )

    def test_has_items_without_their_numbers(self):
        items = read_plain_text(SAMPLE).items
        assert [(item.number, item.heading, len(item.paragraphs)) for item in items] == [
            (1, "Warmer Toes", 2),
            (2, "An Easier Evening", 2),
            (3, "Lighter Steps", 2),
        ]

    def test_keeps_typography_and_slips(self):
        article = read_plain_text(SAMPLE)
        assert article.items[0].paragraphs[0].endswith("first\u2026")
        assert article.comments[0].text == "I tried it yesterday , my toes say thanks.\n\nTwice!"

    def test_reports_every_change_and_warns_of_nothing(self):
        article = read_plain_text(SAMPLE)
        assert codes(article.changes) == {
            "trailing_nbsp_trimmed": {"count": 1},
            "numbers_dropped": {"count": 3},
            "comment_numbers_dropped": {"count": 2},
            "comment_indent_removed": {"count": 2},
        }
        assert article.warnings == ()

    def test_makes_a_plan(self):
        plan = read_plain_text(SAMPLE).to_plan()
        assert plan["lead_in"] == plan["intro_paragraphs"][-1]
        assert plan["items"][2]["heading"] == "Lighter Steps"
        assert plan["outro_paragraphs"] == ["As you can see, ten minutes are well spent."]
        assert plan["comments"][1] == {
            "author": "Odo Brandl",
            "date": "2024-03-05T00:01",
            "text": "Same here.",
        }
        assert plan["changes"][1] == {
            "code": "numbers_dropped",
            "params": {"count": 3},
            "message": "Numbers dropped from headings: 3.",
        }


class TestNumbering:
    @pytest.mark.parametrize(
        "shape",
        [
            "{}. ",
            "{}) ",
            "({}) ",
            "{}: ",
            "{} – ",
            "{} - ",
            "#{}: ",
            "#{} ",
            "No. {} – ",
            "Reason {}: ",
            "Reason {} – ",
        ],
    )
    def test_is_read_in_many_shapes(self, shape):
        article = read_plain_text(
            listed(*(shape.format(n) + h for n, h in enumerate(["Calm", "Sleep", "Warmth"], 1)))
        )
        assert [(item.number, item.heading) for item in article.items] == [
            (1, "Calm"),
            (2, "Sleep"),
            (3, "Warmth"),
        ]

    @pytest.mark.parametrize("shape", ["{}: ", "Number {}: ", "Tip {} – "])
    def test_is_read_in_words(self, shape):
        article = read_plain_text(listed(*(shape.format(word) + "Calm" for word in ["One", "Two", "Three"])))
        assert [item.number for item in article.items] == [1, 2, 3]

    def test_counts_down(self):
        article = read_plain_text(listed("3. Calm", "2. Sleep", "1. Warmth"))
        assert [item.number for item in article.items] == [3, 2, 1]
        assert article.warnings == ()

    def test_takes_equal_numbers_with_a_warning(self):
        article = read_plain_text(listed("1. Calm", "1. Sleep", "1. Warmth"))
        assert [item.number for item in article.items] == [1, 2, 3]
        assert codes(article.warnings) == {"numbers_all_equal": {"count": 3, "number": 1}}

    def test_takes_a_gap_with_a_warning(self):
        article = read_plain_text(listed("1. Calm", "2. Sleep", "4. Warmth"))
        assert [item.number for item in article.items] == [1, 2, 4]
        assert codes(article.warnings) == {"numbers_skip": {"numbers": "1, 2, 4"}}

    def test_divides_heading_and_text_on_one_line(self):
        article = read_plain_text(
            "3 Tips for Rest\n\nHello.\n\n"
            "1. Calm: It comes slowly. It stays.\n2. Sleep – it is deep.\n3. Warmth: wear socks."
        )
        assert [(item.heading, item.paragraphs) for item in article.items] == [
            ("Calm", ("It comes slowly. It stays.",)),
            ("Sleep", ("it is deep.",)),
            ("Warmth", ("wear socks.",)),
        ]
        assert codes(article.changes)["headings_split"] == {"count": 3}

    def test_keeps_a_colon_in_a_heading_with_text_below(self):
        article = read_plain_text(listed("1. Calm: the first gift", "2. Sleep: the second gift"))
        assert [item.heading for item in article.items] == ["Calm: the first gift", "Sleep: the second gift"]

    def test_leaves_short_lines_whole_where_most_are_not_divided(self):
        article = read_plain_text("4 Answers\n\n1. No\n2. Never: not today\n3. Maybe\n4. Later")
        assert [item.heading for item in article.items] == ["No", "Never: not today", "Maybe", "Later"]
        assert article.warnings == ()

    def test_leaves_measures_in_the_text_alone(self):
        article = read_plain_text("A Quiet Hour\n\n10 - 15 minutes\n\nRest.\n\n11 - 20 minutes\n\nRest more.")
        assert article.items == ()

    def test_leaves_a_list_inside_an_entry_alone(self):
        body = "You need:\n1. a towel\n2. oil\n3. music\n4. a candle\n5. tea"
        article = read_plain_text(
            listed("1. Prepare", "2. Breathe", "3. Rest", title="3 Steps to Calm", body=body)
        )
        assert [item.heading for item in article.items] == ["Prepare", "Breathe", "Rest"]

    def test_says_when_the_title_promises_another_count(self):
        article = read_plain_text(listed("1. Calm", "2. Sleep", title="5 Tips"))
        assert codes(article.warnings)["count_differs"] == {"declared": 5, "found": 2}

    def test_does_without_numbers_when_the_title_proves_the_headings(self):
        article = read_plain_text(listed("Calm", "Sleep", "Warmth", title="Three Gifts: 3 things to know"))
        assert [(item.number, item.heading) for item in article.items] == [
            (None, "Calm"),
            (None, "Sleep"),
            (None, "Warmth"),
        ]

    def test_takes_no_unproven_headings(self):
        article = read_plain_text(listed("Calm", "Sleep", "Warmth"))
        assert article.items == ()
        assert "no_items" in codes(article.warnings)
        assert len(article.intro_paragraphs) == 7


class TestLines:
    def test_are_joined_where_the_text_is_wrapped(self):
        wrapped = (
            "This paragraph was wrapped by an editor at a width of sixty\n"
            "characters or so, which is why its lines belong together as\n"
            "one paragraph and nothing else."
        )
        article = read_plain_text(listed("1. Calm", "2. Sleep", body=wrapped))
        assert article.items[0].paragraphs == (wrapped.replace("\n", " "),)
        assert codes(article.changes)["lines_joined"] == {"count": 4}

    def test_are_paragraphs_where_no_blank_line_divides_them(self):
        article = read_plain_text(
            "2 Tips\nHello.\n1. Calm\nIt stays.\n2. Sleep\nIt is deep.\nReady to rest? Call us."
        )
        assert [item.paragraphs for item in article.items] == [("It stays.",), ("It is deep.",)]
        assert article.outro_paragraphs == ("Ready to rest? Call us.",)


class TestClosing:
    @pytest.mark.parametrize(
        "ending",
        [
            "Overall, rest is good.",
            "Book your evening today!",
            "* * *\n\nGoodbye.",
            "Final thoughts\n\nRest.",
        ],
    )
    def test_is_cut_from_the_last_entry(self, ending):
        article = read_plain_text(listed("1. Calm", "2. Sleep", body=f"{BODY}\n\n{BODY}", ending=ending))
        assert [len(item.paragraphs) for item in article.items] == [2, 2]
        assert article.outro_paragraphs

    def test_is_asked_about_when_nothing_shows_it(self):
        article = read_plain_text(
            listed("1. Calm", "2. Sleep", body=f"{BODY}\n\n{BODY}", ending="Feet are fine.")
        )
        assert article.outro_paragraphs == ()
        assert codes(article.warnings) == {"outro_unclear": {"count": 3}}

    def test_is_guessed_from_the_other_entries_with_a_warning(self):
        article = read_plain_text(
            listed("1. Calm", "2. Sleep", "3. Warmth", "4. Joy", ending="Feet are fine.")
        )
        assert article.outro_paragraphs == ("Feet are fine.",)
        assert codes(article.warnings) == {"outro_guessed": {"count": 1}}


class TestComments:
    ARTICLE = listed("1. Calm", "2. Sleep", title="2 Tips") + "\n\n"

    @pytest.mark.parametrize(
        ("head", "date"),
        [
            ("Ada Lind on 16 August 2023 at 12:18 pm", "2023-08-16T12:18"),
            ("  7. Ada Lind on 16 August 2023 at 12:18 am", "2023-08-16T00:18"),
            ("Ada Lind on August 16, 2023 at 1:05 pm", "2023-08-16T13:05"),
            ("Ada Lind on 2023-08-16 13:05", "2023-08-16T13:05"),
            ("Ada Lind says:\nAugust 16, 2023 at 12:18 pm", "2023-08-16T12:18"),
            ("Comments\n\nAda Lind says:", None),
            ("2 Comments\n\nAda Lind, 16 August 2023", "2023-08-16"),
        ],
    )
    def test_are_told_by_their_heads(self, head, date):
        article = read_plain_text(f"{self.ARTICLE}{head}\n\nLovely , thanks.\n")
        assert [(c.author, c.date, c.text) for c in article.comments] == [
            ("Ada Lind", date, "Lovely , thanks.")
        ]
        assert len(article.items) == 2

    @pytest.mark.parametrize(
        ("printed", "code"),
        [
            ("04/05/2023 at 10:10", "comment_date_ambiguous"),
            ("31 February 2023 at 10:10", "comment_date_unreadable"),
        ],
    )
    def test_get_no_guessed_date(self, printed, code):
        article = read_plain_text(f"{self.ARTICLE}Ada Lind on {printed}\n\nLovely.\n")
        assert (article.comments[0].date, article.comments[0].date_text) == (None, printed)
        assert codes(article.warnings)[code] == {"author": "Ada Lind", "date": printed}

    def test_may_hold_a_list_of_their_own(self):
        article = read_plain_text(f"{self.ARTICLE}Ada on 3 May 2023 at 10:10\n\n1. one\n2. two\n3. three\n")
        assert article.comments[0].text == "1. one\n2. two\n3. three"
        assert len(article.items) == 2

    def test_end_where_the_form_begins(self):
        article = read_plain_text(
            f"{self.ARTICLE}Ada on 3 May 2023 at 10:10\n\nHi.\nReply\n\nLeave a Reply\n\nYour name"
        )
        assert [comment.text for comment in article.comments] == ["Hi."]
        assert codes(article.changes)["comment_form_dropped"] == {"count": 2}

    def test_are_not_made_from_a_quotation_inside_an_entry(self):
        quoting = listed("1. Calm", "2. Sleep", "3. Warmth", title="3 Tips").replace(
            "2. Sleep", "My aunt on 3 May 2020 at 10:10 am:\n\nBe calm, child.\n\n2. Sleep"
        )
        article = read_plain_text(quoting)
        assert [len(item.paragraphs) for item in article.items] == [3, 1, 1]
        assert article.comments == ()


class TestBytes:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
    def test_are_decoded(self, encoding):
        article = read_plain_text_bytes(SAMPLE.replace("\n", "\r\n").encode(encoding), name="feet.txt")
        assert article.without_notes() == read_plain_text(SAMPLE).without_notes()
        assert "line_endings_normalised" in codes(article.changes)

    @pytest.mark.parametrize(
        ("data", "message"),
        [
            (b"", "feet.txt contains no text"),
            (b" \n\xc2\xa0\n", "feet.txt contains no text"),
            (b"* * *\n\n---\n", "feet.txt contains no text"),
            (b"Feet\x00up", "feet.txt contains characters"),
            (b"caf\xe9 and toes", "feet.txt is no UTF-8 text .*0xe9 at position 3"),
            (b"\x89PNG\r\n\x1a\n\x00\x00", "feet.txt is a binary file"),
            (b"x" * (MAX_BYTES + 1), "feet.txt has 2,000,001 bytes"),
        ],
    )
    def test_that_are_no_article_are_refused(self, data, message):
        with pytest.raises(UnreadableSource, match=message):
            read_plain_text_bytes(data, name="feet.txt")


class TestCuts:
    def test_come_back_unchanged(self):
        article = read_plain_text(SAMPLE)
        assert article.cuts == Cuts(lead_in=True, outro=1)
        assert apply_cuts(article, article.cuts) == article

    def test_move_whole_paragraphs_there_and_back(self):
        article = read_plain_text(SAMPLE)
        moved = apply_cuts(article, Cuts(lead_in=False, outro=3))
        assert moved.items[-1].paragraphs == ()
        assert moved.outro_paragraphs[0] == "The next morning feels lighter."
        assert moved.lead_in is None
        assert apply_cuts(moved, article.cuts) == article

    def test_answer_the_warning_about_them(self):
        article = read_plain_text(
            listed("1. Calm", "2. Sleep", body=f"{BODY}\n\n{BODY}", ending="Feet are fine.")
        )
        assert apply_cuts(article, Cuts(lead_in=False, outro=1)).warnings == ()

    @pytest.mark.parametrize("outro", [-1, 4])
    def test_stay_inside_the_last_entry(self, outro):
        with pytest.raises(ValueError, match=f"{outro} paragraphs: choose 0 to 3"):
            apply_cuts(read_plain_text(SAMPLE), Cuts(lead_in=True, outro=outro))

    def test_find_no_lead_in_without_introduction(self):
        article = read_plain_text("Title\n\n1. Calm\n\nIt stays.\n\n2. Sleep\n\nIt is deep.")
        with pytest.raises(ValueError, match="no introduction"):
            apply_cuts(article, Cuts(lead_in=True, outro=0))


WORDS = st.lists(
    st.sampled_from(["warm", "feet", "and", "rest", "well", "–", "today", "it’s", "calm"]),
    min_size=4,
    max_size=9,
)
SENTENCES = WORDS.map(lambda words: " ".join(words).capitalize() + ".")
BODIES = st.lists(SENTENCES, min_size=1, max_size=3)


class TestToText:
    def test_gives_the_sample_back_with_its_trimmed_spaces(self):
        assert to_text(read_plain_text(SAMPLE)) == SAMPLE.replace("\u00a0", "")

    @given(st.lists(BODIES, min_size=2, max_size=6), BODIES, st.sampled_from(["{}. ", "{}) ", "Tip {}: "]))
    def test_reads_back_as_the_same_article(self, bodies, intro, shape):
        blocks = ["Calm Evenings", *intro]
        for number, body in enumerate(bodies, 1):
            blocks += [shape.format(number) + "A Heading", *body]
        article = read_plain_text("\n\n".join(blocks))
        assert len(article.items) == len(bodies)
        assert read_plain_text(to_text(article)).without_notes() == article.without_notes()

    @pytest.mark.parametrize("outro", [0, 1, 2])
    def test_keeps_a_moved_cut(self, outro):
        article = apply_cuts(read_plain_text(SAMPLE), Cuts(lead_in=True, outro=outro))
        assert read_plain_text(to_text(article)).without_notes() == article.without_notes()


class TestHostileText:
    @given(st.text())
    def test_gives_an_article_or_a_refusal(self, text):
        try:
            article = read_plain_text(text)
        except UnreadableSource:
            return
        assert article.to_plan()["warnings"] is not None
        assert to_text(article)

    @given(
        st.lists(
            st.sampled_from(
                ["1. ", "2) a", "#3: b.", "- c", "Ada says:", "* * *", "## d", "Comments", "\n", ""]
            )
        )
    )
    def test_of_marks_alone_loses_no_letters(self, lines):
        text = "\n".join(["Title", *lines])
        article = read_plain_text(text)
        rest = to_text(article)
        assert all(
            letter in rest for letter in "abcd" if letter in text.replace("Ada", "").replace("says", "")
        )

    @pytest.mark.parametrize(
        "text",
        [
            "1.\n" * 660_000,
            "word " * 400_000,
            "".join(f"{n}. Rest\n" for n in range(100_000)),
            "a" * MAX_BYTES,
        ],
    )
    def test_of_full_size_is_read(self, text):
        assert read_plain_text(text).to_plan()["title"] is not None
