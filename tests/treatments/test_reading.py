"""What is derived from a body."""

import pytest

from wagtail_massage.testing.treatments import article_body
from wagtail_massage.treatments import reading

pytestmark = pytest.mark.django_db


class TestReading:
    @pytest.mark.parametrize(("words", "minutes"), [(0, 0), (1, 1), (238, 1), (239, 2), (764, 4)])
    def test_rounds_minutes_up(self, words, minutes):
        assert reading.minutes(words) == minutes

    def test_counts_what_a_reader_reads_and_nothing_else(self, spa):
        page = spa.article(
            body=[
                {
                    "type": "text",
                    "value": {"rich_text": "<p>One <b>two</b></p><ul><li>three</li><li>four</li></ul>"},
                },
                {
                    "type": "callout",
                    "value": {"title": "Five", "kind": "IMPORTANT", "rich_text": "<p>six &amp;</p>"},
                },
                {"type": "gone", "value": "a block that no longer exists"},
            ]
        )

        assert page.word_count == 7

    def test_asks_the_database_nothing(self, spa, django_assert_num_queries):
        page = spa.article(body=article_body([f"Reason {number}" for number in range(20)]))
        page = type(page).objects.get(pk=page.pk)

        with django_assert_num_queries(0):
            assert page.reading_minutes == 1
            assert reading.find_outline(page.body).benefit_count == 20

    def test_calls_everything_an_introduction_where_there_is_no_list(self, spa):
        page = spa.article(body=[{"type": "text", "id": "a", "value": {"rich_text": "<p>Hello.</p>"}}])

        assert page.parts == (["a"], [])
        assert reading.find_outline(page.body) == (0, [])

    def test_survives_an_empty_body(self, spa):
        page = spa.article(body=[])

        assert (page.word_count, page.reading_minutes, page.parts) == (0, 0, ([], []))
