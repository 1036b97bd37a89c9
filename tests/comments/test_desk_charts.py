"""The shapes of charts: where they stand, in both directions of writing."""

from __future__ import annotations

import pytest

from wagtail_massage.comments.desk.charts import Axis, bar, columns, curves, step_for


def number(percent: str) -> float:
    return float(percent.removesuffix("%"))


class TestScale:
    @pytest.mark.parametrize(
        ("highest", "step"),
        [(0, 1), (1, 1), (4, 1), (5, 2), (8, 2), (9, 5), (21, 10), (81, 50), (1_000_000, 500_000)],
    )
    def test_reaches_the_highest_number_in_four_round_steps(self, highest: int, step: int) -> None:
        assert step_for(highest, (1, 2, 5)) == step

    def test_goes_on_tenfold_after_the_last_step(self) -> None:
        assert step_for(100, (1, 7)) == 70


class TestColumns:
    ROWS = ({"approved": 3, "spam": 1}, {}, {"spam": 4})
    KINDS = {"approved": "Approved", "spam": "Spam"}
    NAMES = ("2 Mar", "9 Mar", "16 Mar")

    def chart(self, *, is_rtl: bool = False):
        return columns(self.ROWS, self.KINDS, Axis(names=self.NAMES, is_rtl=is_rtl))

    def test_stack_what_there_is_and_leave_out_what_is_not(self) -> None:
        boxes = self.chart().boxes
        assert [box.kind for box in boxes] == ["approved", "spam", "spam"]
        below, above, _last = boxes
        assert float(above.y) + float(above.height) == pytest.approx(float(below.y), abs=0.02)
        assert float(below.height) == pytest.approx(3 * float(above.height), abs=0.02)
        assert below.title == "2 Mar · Approved: 3"

    def test_stay_within_the_plot(self) -> None:
        for is_rtl in (False, True):
            for box in self.chart(is_rtl=is_rtl).boxes:
                assert number(box.x) >= 0 and number(box.x) + number(box.width) <= 100

    def test_run_the_other_way_from_right_to_left(self) -> None:
        first, *_others = self.chart().boxes
        mirrored, *_others = self.chart(is_rtl=True).boxes
        assert number(first.x) == pytest.approx(100 - number(mirrored.x) - number(mirrored.width), abs=0.01)

    @pytest.mark.parametrize("weeks", [4, 12, 26, 52])
    def test_have_at_most_five_names_none_at_the_very_end(self, weeks: int) -> None:
        labels = Axis(names=[str(week) for week in range(weeks)], is_rtl=False).labels()
        assert 4 <= len(labels) <= 5
        assert max(number(label.x) for label in labels) <= 82


class TestCurves:
    def test_have_a_gap_where_there_is_no_number(self) -> None:
        axis = Axis(names=("a", "b", "c", "d"), is_rtl=False)
        chart = curves({"median": [1, None, 2, 3]}, {"median": "Half"}, axis, unit=str, steps=(1,))
        assert len(chart.dots) == 3
        assert [(line.x1, line.x2) for line in chart.segments] == [("62.500%", "87.500%")]


class TestBar:
    def test_lays_its_parts_side_by_side(self) -> None:
        boxes = bar({"approved": 1, "spam": 0, "rejected": 2}, of=4, is_rtl=False)
        assert [(box.kind, box.x, box.width) for box in boxes] == [
            ("approved", "0.000%", "25.000%"),
            ("rejected", "25.000%", "50.000%"),
        ]

    def test_begins_at_the_right_from_right_to_left(self) -> None:
        boxes = bar({"approved": 1, "rejected": 2}, of=4, is_rtl=True)
        assert [box.x for box in boxes] == ["75.000%", "25.000%"]

    def test_is_empty_where_there_is_nothing(self) -> None:
        assert bar({"approved": 0}, of=0, is_rtl=False) == []
