"""Anchors: made once, unique, kept, and followed by their old selves."""

from html.parser import HTMLParser
from urllib.parse import quote, unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wagtail_massage.benefits.anchors import Anchored, assign, assign_anchors, make_anchor

from .samples import entry, list_of, stream_of

anchored_items = st.lists(
    st.builds(
        Anchored,
        id=st.one_of(st.none(), st.sampled_from("abcdef")),
        heading=st.sampled_from(["", "Rest", "rest!", "Détente", "睡眠", "x-2", "X"]),
        anchor=st.sampled_from(["", "rest", "x", "x-2", "Not A Slug", "detente"]),
        history=st.lists(st.sampled_from(["rest", "x", "old", "Old One"]), max_size=3).map(tuple),
    ),
    max_size=8,
)


def anchors_of(*items: Anchored, previous: dict | None = None) -> list[tuple[str, tuple[str, ...]]]:
    return [(item.anchor, item.aliases) for item in assign(items, previous)]


class TestMakeAnchor:
    @pytest.mark.parametrize(
        ("heading", "anchor"),
        [
            ("Relax & restore", "relax-restore"),
            ("Don't hurry – don’t worry", "dont-hurry-dont-worry"),
            ("Détente à deux", "detente-a-deux"),
            ("Straße", "straße"),
            ("肩こり 解消", "肩こり-解消"),
            ("हिन्दी मालिश", "हिन्दी-मालिश"),
            ("راحة الكتفين", "راحة-الكتفين"),
            ("100% wool", "100-wool"),
            ("<script>", "script"),
            ("🙂", ""),
            ("", ""),
        ],
    )
    def test_turns_a_heading_into_a_fragment(self, heading, anchor):
        assert make_anchor(heading) == anchor

    def test_stays_short(self):
        assert len(make_anchor("long " * 100)) <= 80

    @given(st.text(max_size=100))
    def test_is_a_valid_id_that_survives_a_link_and_is_stable(self, heading):
        anchor = make_anchor(heading)

        assert not any(char.isspace() or char in "\"'<>&#%" for char in anchor)
        assert unquote(quote(anchor)) == anchor
        assert make_anchor(anchor) == anchor


class TestAssign:
    def test_makes_anchors_from_headings(self):
        assert anchors_of(Anchored("a", "Sleep deeper")) == [("sleep-deeper", ())]

    def test_gives_the_second_of_two_equal_headings_a_suffix(self):
        assert [anchor for anchor, _ in anchors_of(Anchored("a", "Rest"), Anchored("b", "Rest"))] == [
            "rest",
            "rest-2",
        ]

    def test_keeps_the_anchor_when_the_heading_changes(self):
        assert anchors_of(Anchored("a", "A better heading", "rest", ("rest",))) == [("rest", ())]

    def test_keeps_an_old_anchor_as_an_alias_when_it_was_changed_by_hand(self):
        assert anchors_of(Anchored("a", "Rest", "Lie Down", ("rest",))) == [("lie-down", ("rest",))]

    def test_gives_a_duplicate_an_anchor_of_its_own_and_no_aliases(self):
        original = Anchored("a", "Rest", "lie-down", ("rest", "lie-down"))
        copy = Anchored("b", "Rest", "lie-down", ("rest", "lie-down"))

        assert anchors_of(original, copy) == [("lie-down", ("rest",)), ("rest-2", ())]

    def test_never_gives_a_new_benefit_the_alias_of_another(self):
        new, old = Anchored("b", "Rest"), Anchored("a", "Lie down", "lie-down", ("rest",))

        assert anchors_of(new, old) == [("rest-2", ()), ("lie-down", ("rest",))]

    def test_lets_a_published_anchor_win_over_a_copy_that_stands_before_it(self):
        published = {"a": Anchored("a", "Rest", "rest", ("old", "rest"))}
        copy = Anchored("b", "Rest", "rest", ("old", "rest"))
        pushed_aside = Anchored("a", "Rest", "rest-2", ("rest-2",))

        assert anchors_of(copy, pushed_aside, previous=published)[1] == ("rest", ("old", "rest-2"))
        assert anchors_of(copy, pushed_aside, previous=published)[0] == ("rest-3", ())

    def test_restores_the_published_anchor_of_a_draft_that_has_none(self):
        published = {"a": Anchored("a", "Rest", "rest")}

        assert anchors_of(Anchored("a", "Better"), previous=published) == [("rest", ())]

    def test_names_a_benefit_without_letters_after_its_id(self):
        assert anchors_of(Anchored("0d5f1c2e-77", "🙂"), Anchored(None, "")) == [
            ("item-0d5f1c2e", ()),
            ("item-2", ()),
        ]

    @given(anchored_items, anchored_items)
    def test_is_unique_valid_and_idempotent_whatever_comes(self, items, published):
        previous = {item.id: item for item in published if item.id}
        result = assign(items, previous)
        names = [name for item in result for name in (item.anchor, *item.aliases)]

        assert all(item.anchor == make_anchor(item.anchor) != "" for item in result)
        assert len(names) == len(set(names))
        assert assign(result) == result


class TestAssignAnchors:
    def test_makes_anchors_unique_over_all_lists_of_a_page(self):
        stream = stream_of({"benefits": [entry("Rest", id="a")]}, {"benefits": [entry("Rest", id="b")]})

        assigned = assign_anchors(stream)

        assert [block.value.benefits_numbered[0].anchor for block in assigned] == ["rest", "rest-2"]

    def test_returns_the_stream_itself_when_nothing_changes(self):
        assigned = assign_anchors(stream_of({"benefits": [entry("Rest")]}))

        assert assign_anchors(assigned) is assigned

    def test_keeps_what_was_published(self):
        published = assign_anchors(stream_of({"benefits": [entry("Rest", id="a")]}))
        draft = stream_of({"benefits": [entry("Sleep", id="a")]})

        [block] = assign_anchors(draft, published)

        assert block.value.benefits_numbered[0].anchor == "rest"

    def test_asks_the_database_nothing(self):
        stream = stream_of(
            {"benefits": [entry("Rest", image={"image": 7, "alt_text": "", "decorative": True})]}
        )

        assign_anchors(stream)  # pytest-django refuses queries in a test without the db fixture

    @pytest.mark.parametrize("stored", [{}, {"benefits": None}, {"benefits": []}])
    def test_survives_empty_lists(self, stored):
        stream = stream_of(stored)

        assert assign_anchors(stream) is stream


class TestReadTimeFallback:
    def test_keeps_ids_apart_in_data_that_went_through_no_form(self):
        value = list_of(entry("Rest", id="a"), entry("Rest", id="b"), entry("Other", id="c", anchor="rest"))

        assert [benefit.anchor for benefit in value.benefits_numbered] == ["rest-2", "rest-3", "rest"]

    def test_prints_each_id_once(self):
        ids: list[str] = []

        class Ids(HTMLParser):
            def handle_starttag(self, tag, attrs):
                ids.extend(value for name, value in attrs if name == "id")

        value = list_of(
            entry("Rest", id="a", anchor="rest", anchor_history="old rest"),
            entry("Rest", id="b", anchor="rest", anchor_history="old rest"),
        )
        Ids().feed(value.block.render(value))

        assert ids == ["rest", "old", "rest-2"]
