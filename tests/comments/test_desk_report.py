"""The report: figures reckoned by hand, in the reader's scope, at the same cost however much there is to count."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from wagtail.models import Page

from tests.comments.desk import client_of, desk_url, make_user
from tests.comments.history import LINKS, write
from tests.comments.policy_trees import add, choose
from wagtail_massage.comments import actions
from wagtail_massage.comments.models import HealthQuestion, VisitorComment

WEDNESDAY = datetime(2026, 3, 25, 12, tzinfo=UTC)
THIS_WEEK, LAST_WEEK = "2026-03-23", "2026-03-16"
TABLES = ("outcomes", "waits", "pages", "reasons", "precision")
HEALTH = "I had a triple bypass and now my leg swells. Is a massage safe for me?"

Write = Callable[..., VisitorComment]


@pytest.fixture(autouse=True)
def _wednesday(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    monkeypatch.setattr(timezone, "now", lambda: WEDNESDAY)
    settings.WAGTAIL_MASSAGE_COMMENTS_RATE = settings.WAGTAIL_MASSAGE_COMMENTS_SITE_RATE = "100000/s"


@pytest.fixture
def past(page: Page, moderator: Any) -> Write:
    """Write a comment so many hours before Wednesday noon; every text is another one."""
    count = iter(range(10_000))

    def begin(
        hours: float, verb: str = "", *, on: Page = page, body: str = "", **values: Any
    ) -> VisitorComment:
        text = body or f"The stones were warm and the oil was very nice, visit number {next(count)}."
        return write(on, text, at=WEDNESDAY - timedelta(hours=hours), verb=verb, by=moderator, **values)

    return begin


@pytest.fixture
def desk(moderator: Any) -> Client:
    return client_of(moderator)


def sheet(client: Client, table: str, **query: Any) -> list[list[str]]:
    """Return the rows of a table without its headings."""
    response = client.get(desk_url("report_csv", table), query)
    assert response.status_code == 200
    return list(csv.reader(io.StringIO(response.getvalue().decode("utf-8-sig"))))[1:]


def by_name(client: Client, table: str, **query: Any) -> dict[str, list[str]]:
    return {name: cells for name, *cells in sheet(client, table, **query)}


class TestCommentsPerWeek:
    def test_count_in_the_week_of_writing_what_has_become_of_each(self, desk: Client, past: Write) -> None:
        for verb in ("approve", "approve", "", "reject"):
            past(20, verb)
        for verb in ("mark_spam", "remove", "remove"):
            past(7 * 24, verb)
        weeks = by_name(desk, "outcomes")
        #          approved, waiting, health, rejected, spam, removed, together
        assert weeks[THIS_WEEK] == ["2", "1", "0", "1", "0", "0", "4"]
        assert weeks[LAST_WEEK] == ["0", "0", "0", "0", "1", "2", "3"]
        assert len(weeks) == 12

    def test_tell_health_questions_from_what_waits(self, desk: Client, past: Write) -> None:
        past(2, body=HEALTH)
        assert by_name(desk, "outcomes")[THIS_WEEK] == ["0", "0", "1", "0", "0", "0", "1"]

    def test_begin_on_monday_where_the_reader_is(self, desk: Client, past: Write) -> None:
        monday = timezone.make_aware(datetime(2026, 3, 23))
        for minutes in (-1, 0):
            past((WEDNESDAY - monday) / timedelta(hours=1) - minutes / 60)
        weeks = by_name(desk, "outcomes")
        assert (weeks[LAST_WEEK][-1], weeks[THIS_WEEK][-1]) == ("1", "1")

    @pytest.mark.parametrize(("weeks", "found"), [("4", 1), ("12", 2), ("26", 3), ("52", 4)])
    def test_reach_as_far_back_as_was_asked(self, desk: Client, past: Write, weeks: str, found: int) -> None:
        for back in (1, 8, 20, 40, 60):
            past(back * 7 * 24)
        assert sum(int(row[-1]) for row in sheet(desk, "outcomes", weeks=weeks)) == found


class TestTimeToDecision:
    def test_is_the_wait_of_the_middle_one_and_of_the_ninth_of_ten(self, desk: Client, past: Write) -> None:
        for hours in (20, 1, 4, 2, 5, 3):
            past(40, "approve", after=timedelta(hours=hours))
        assert by_name(desk, "waits")[THIS_WEEK] == ["6", "3.00", "20.00"]

    def test_counts_in_the_week_of_the_decision(self, desk: Client, past: Write) -> None:
        past(7 * 24, "reject", after=timedelta(days=6))
        weeks = by_name(desk, "waits")
        assert weeks[THIS_WEEK] == ["1", "144.00", "144.00"]
        assert weeks[LAST_WEEK] == ["0", "", ""]

    def test_begins_anew_when_a_comment_comes_back(self, desk: Client, past: Write, moderator: Any) -> None:
        comment = past(30, "approve", after=timedelta(hours=1))
        hidden = actions.hide(comment, by=moderator, now=WEDNESDAY - timedelta(hours=10))
        actions.reject(hidden, by=moderator, now=WEDNESDAY - timedelta(hours=6))
        assert by_name(desk, "waits")[THIS_WEEK] == ["2", "1.00", "4.00"]

    def test_leaves_out_what_no_person_decided(self, desk: Client, past: Write, page: Page) -> None:
        choose(page, "OPEN")
        assert past(3).status == "APPROVED"
        choose(page, "PRE")
        actions.withdraw(past(3), now=WEDNESDAY)
        assert sheet(desk, "waits") == []


class TestPages:
    def test_come_in_the_order_of_their_comments(self, desk: Client, past: Write, home: Page) -> None:
        busy = add(home, "busy")
        for verb in ("approve", "reject", "mark_spam", "", "remove"):
            past(5, verb, on=busy)
        past(5, "approve")
        assert sheet(desk, "pages") == [["Busy", "5", "1", "2"], ["Warm stones", "1", "1", "0"]]

    def test_link_to_their_comments(self, desk: Client, past: Write, page: Page) -> None:
        past(5)
        assert (
            f'href="{desk_url("lane", "all")}?page={page.pk}"'
            in desk.get(desk_url("report")).content.decode()
        )

    def test_keep_their_names_when_they_are_deleted(self, desk: Client, past: Write, page: Page) -> None:
        past(5)
        page.delete()
        assert sheet(desk, "pages") == [["Warm stones (deleted)", "1", "0", "0"]]


class TestReasons:
    def test_are_counted_by_comments(self, desk: Client, past: Write) -> None:
        past(5, "reject", reason="OFF_TOPIC")
        past(5, "remove", reason="OFF_TOPIC")
        past(5, "reject", reason="INSULTING")
        past(5, "reject")
        past(5, "mark_spam")
        assert sheet(desk, "reasons") == [["Off topic", "2"], ["No reason given", "1"], ["Insulting", "1"]]

    def test_that_were_taken_back_do_not_count(self, desk: Client, past: Write, moderator: Any) -> None:
        comment = past(5, "reject", reason="INSULTING")
        actions.restore(comment, by=moderator, now=WEDNESDAY)
        assert sheet(desk, "reasons") == []


class TestPrecision:
    def test_is_the_share_of_what_was_not_approved_among_what_was_decided(
        self, desk: Client, past: Write
    ) -> None:
        for number, verb in enumerate(("approve", "reject", "mark_spam", "remove", "", "")):
            past(5, verb, body=f"The oil was very nice, visit number {number}. {LINKS}")
        #                       held, approved, rejected or removed, spam, health, open, right
        assert by_name(desk, "precision")["Links"] == ["6", "1", "2", "1", "0", "2", "0.750"]

    def test_is_left_open_where_nobody_has_decided(self, desk: Client, past: Write) -> None:
        past(5, body=f"The oil was very nice. {LINKS}")
        assert by_name(desk, "precision")["Links"][-1] == ""
        assert "–" in desk.get(desk_url("report")).content.decode()

    def test_counts_an_answered_health_question_as_right(self, desk: Client, past: Write) -> None:
        past(5, body=HEALTH)
        assert by_name(desk, "precision")["Health"] == ["1", "0", "0", "0", "0", "1", ""]
        HealthQuestion.objects.update(answered_at=WEDNESDAY)
        assert by_name(desk, "precision")["Health"] == ["1", "0", "0", "0", "1", "0", "1.000"]


class TestScope:
    @pytest.fixture
    def two(self, home: Page, past: Write) -> tuple[Page, Page]:
        """Two sections, in each of which as many were rejected as their place in this pair, for links."""
        sections = add(home, "mine"), add(home, "theirs")
        for count, section in enumerate(sections, 1):
            for number in range(count):
                body = f"The oil was nice at {section.slug}, visit {number}. {LINKS}"
                past(5, "reject", on=section, reason="OFF_TOPIC", body=body)
        return sections

    @pytest.mark.parametrize("table", TABLES)
    def test_holds_in_every_table(self, two: tuple[Page, Page], table: str, desk: Client) -> None:
        mine, theirs = two
        sue = client_of(make_user("sue", moderates=mine))
        expected = sheet(desk, table, page=mine.pk)
        assert expected != sheet(desk, table)
        assert sheet(sue, table) == expected
        assert sheet(sue, table, page=mine.pk) == expected
        assert sheet(sue, table, page=theirs.pk) == expected  # what cannot be chosen narrows nothing
        assert theirs.title not in str(expected)

    def test_keeps_the_titles_of_other_sections(self, two: tuple[Page, Page]) -> None:
        mine, theirs = two
        sue = client_of(make_user("sue", moderates=mine))
        html = sue.get(desk_url("report"), {"page": theirs.pk}).content.decode()
        assert mine.title in html
        assert theirs.title not in html

    def test_is_of_moderators_only(self, page: Page) -> None:
        for name, rights in (("petra", {"answers": page}), ("ed", {"edits": page})):
            client = client_of(make_user(name, **rights))
            for url in (desk_url("report"), desk_url("report_csv", "pages")):
                assert client.get(url).url == reverse("wagtailadmin_home")
            assert desk_url("report") not in client.get(reverse("wagtailadmin_home")).content.decode()

    def test_is_offered_among_the_reports(self, page: Page) -> None:
        sue = client_of(make_user("sue", moderates=page))
        assert desk_url("report") in sue.get(reverse("wagtailadmin_home")).content.decode()


class TestReportPage:
    def test_shows_each_picture_with_its_table(self, desk: Client, past: Write) -> None:
        past(5, "reject", reason="OFF_TOPIC", body=f"The oil was very nice. {LINKS}")
        html = desk.get(desk_url("report")).content.decode()
        for table in TABLES:
            assert f'<section class="massage-report__part" aria-labelledby="{table}-heading">' in html
        assert html.count("<figcaption>") == html.count('<div class="massage-table"') == len(TABLES)
        assert html.count('role="img"') == 2

    def test_says_kindly_that_there_is_nothing_yet(self, desk: Client, page: Page) -> None:
        html = desk.get(desk_url("report")).content.decode()
        assert "As soon as visitors comment" in html
        assert "<figure" not in html

    @pytest.mark.parametrize(
        "query", ["weeks=0", "weeks=x&page=y", "page=999999999999", "page=٣", "weeks=12&weeks=4"]
    )
    def test_takes_nonsense_for_the_last_twelve_weeks_or_says_what_is_wrong(
        self, desk: Client, past: Write, query: str
    ) -> None:
        past(5)
        assert desk.get(f"{desk_url('report')}?{query}").status_code == 200
        assert desk.get(f"{desk_url('report_csv', 'pages')}?{query}").status_code == 200

    def test_does_not_know_other_tables(self, desk: Client, page: Page) -> None:
        assert desk.get(desk_url("report_csv", "secrets")).status_code == 404

    def test_runs_nothing_that_a_title_says(self, desk: Client, past: Write, home: Page) -> None:
        evil = add(home, "evil")
        Page.objects.filter(pk=evil.pk).update(
            title="<script>alert(1)</script>", draft_title="<script>alert(1)</script>"
        )
        past(5, on=evil)
        html = desk.get(desk_url("report"), {"page": evil.pk}).content.decode()
        assert "<script>alert(1)" not in html
        assert escape("<script>alert(1)</script>") in html

    def test_guards_its_spreadsheets_against_formulas(self, desk: Client, past: Write, home: Page) -> None:
        evil = add(home, "evil")
        Page.objects.filter(pk=evil.pk).update(draft_title="=1+1")
        past(5, on=evil)
        assert sheet(desk, "pages")[0][0] == "'=1+1"

    def test_asks_as_often_for_many_comments_as_for_few(
        self,
        desk: Client,
        past: Write,
        home: Page,
        django_assert_num_queries: Any,
        django_assert_max_num_queries: Any,
    ) -> None:
        past(5, "reject", body=f"The oil was very nice. {LINKS}")
        desk.get(desk_url("report"))  # content types are looked up once
        with django_assert_max_num_queries(15) as few:
            desk.get(desk_url("report"))
        for number in range(6):
            section = add(home, f"section-{number}")
            past(5 + number * 60, "reject", on=section, reason="OFF_TOPIC")
            past(5 + number * 60, "approve", on=section)
        with django_assert_num_queries(len(few)):
            desk.get(desk_url("report"))
