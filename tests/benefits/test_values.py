"""Numbers are positions."""

import pytest

from .samples import entry, list_of


def numbers(count: int, **value) -> list[int | None]:
    entries = [entry(f"Entry {n}") for n in range(count)]
    return [benefit.number for benefit in list_of(*entries, **value).benefits_numbered]


class TestNumbers:
    @pytest.mark.parametrize(
        ("value", "expected"),
        [
            ({}, [1, 2, 3]),
            ({"start": 7}, [7, 8, 9]),
            ({"start": 0}, [0, 1, 2]),
            ({"start": None}, [1, 2, 3]),
            ({"numbering": "COUNTDOWN"}, [3, 2, 1]),
            ({"numbering": "COUNTDOWN", "start": 4}, [6, 5, 4]),
            ({"numbering": "NONE"}, [None, None, None]),
            ({"numbering": ""}, [1, 2, 3]),
            ({"numbering": "SIDEWAYS"}, [1, 2, 3]),
            ({"numbering": ["COUNTDOWN"]}, [1, 2, 3]),
        ],
    )
    def test_follow_numbering_and_start(self, value, expected):
        assert numbers(3, **value) == expected

    def test_follow_the_order(self):
        first, second = entry("First"), entry("Second")

        assert [b.heading for b in list_of(second, first).benefits_numbered if b.number == 1] == ["Second"]

    def test_are_none_for_an_empty_list(self):
        assert numbers(0, numbering="COUNTDOWN") == []


class TestHeadingLevels:
    @pytest.mark.parametrize(
        ("value", "levels"),
        [
            ({}, (2, 2, 3)),
            ({"heading": "Why"}, (2, 3, 4)),
            ({"heading": "Why", "heading_level": "H4"}, (4, 5, 6)),
            ({"heading_level": None}, (2, 2, 3)),
            ({"heading_level": ["H3"]}, (2, 2, 3)),
        ],
    )
    def test_go_down_without_a_gap(self, value, levels):
        value = list_of(entry("Rest"), **value)

        assert (value.level, value.benefit_heading_level, value.body_heading_level) == levels
