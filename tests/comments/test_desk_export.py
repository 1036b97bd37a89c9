"""The spreadsheets of the desk: what is in them, and what can never be."""

from __future__ import annotations

import csv
import io
import json
import tracemalloc
import zipfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from wagtail.models import Page

from tests.comments.conftest import NOW
from tests.comments.desk import client_of, desk_url, make_user
from tests.projects.blog.models import BlogPage
from wagtail_massage.comments import actions
from wagtail_massage.comments.desk import exporting
from wagtail_massage.comments.desk.exporting import guard, is_active, unguard
from wagtail_massage.comments.drafts import Draft
from wagtail_massage.comments.models import VisitorComment
from wagtail_massage.comments.paths import make_path
from wagtail_massage.comments.states import Status

Say = Callable[..., VisitorComment]
TEXT = 4  # the column of the comment

FORMULAS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(1)",
    "\t=1",
    "\r=1",
    "\n=1",
    " =1",
    "\u00a0=1",
    "\u200b=1",
    "\ufeff=1",
    "\uff1d1",
    "\uff0b1",
    "\uff0d1",
    "\uff201",
    "\ufe62 1",
    "\u22121",
    "'=1",
    "''=1",
]
HARMLESS = ["", "1=1", "'tis", "''", "text", "a-b", "…", "''quoted''", "#REF!", "\U0001f600 =1"]


@pytest.fixture
def desk(moderator: Any) -> Client:
    return client_of(moderator)


def read_csv(response: Any) -> list[list[str]]:
    assert response.status_code == 200
    return list(csv.reader(io.StringIO(response.getvalue().decode("utf-8-sig"), newline="")))


def read_xlsx(response: Any) -> list[list[str]]:
    assert response.status_code == 200
    sheet = load_workbook(io.BytesIO(response.getvalue()), read_only=True).active
    return [["" if value is None else value for value in row] for row in sheet.iter_rows(values_only=True)]


READERS = {"csv": read_csv, "xlsx": read_xlsx}


@pytest.fixture(params=READERS)
def export(request: pytest.FixtureRequest) -> Callable[..., list[list[str]]]:
    """Return a function that reads the rows of a lane below the headings, once for each kind of file."""

    def read(client: Client, lane: str = "all", **query: Any) -> list[list[str]]:
        url = desk_url(f"export_{request.param}", lane)
        return READERS[request.param](client.get(url, query))[1:]

    return read


def import_many(page: Page, texts: list[str]) -> None:
    """Store comments with these very texts, also those that no form would let in."""
    first = actions.import_comment(
        page=page,
        draft=Draft(body="placeholder", author_name="Wren"),
        status=Status.PENDING,
        source_key="first",
        created_at=NOW,
        by=None,
        now=NOW,
    ).comment
    rows = [
        VisitorComment(
            thread=first.thread,
            page=page,
            path=make_path("", NOW + timedelta(seconds=number)),
            depth=1,
            status=Status.PENDING,
            author_name="Wren",
            body=text,
            created_at=NOW + timedelta(seconds=number),
        )
        for number, text in enumerate(texts)
    ]
    VisitorComment.objects.filter(pk=first.pk).delete()
    VisitorComment.objects.bulk_create(rows, batch_size=50)


class TestColumns:
    def test_tell_what_a_colleague_needs(self, desk: Client, say: Say, export: Any) -> None:
        comment = say("Plain text", author_name="Tilda")
        assert export(desk) == [
            [
                "Warm stones",
                "Tilda",
                "Pending",
                comment.created_at.strftime("%Y-%m-%d %H:%M"),
                "Plain text",
                "",
                f"http://testserver{desk_url('inspect', comment.pk)}",
            ]
        ]

    def test_have_headings(self, desk: Client) -> None:
        for kind, read in READERS.items():
            headings = read(desk.get(desk_url(f"export_{kind}", "all")))
            assert headings == [[str(column) for column in exporting.COLUMNS]]

    def test_hold_reasons_in_words(self, desk: Client, say: Say, export: Any) -> None:
        say("x")
        assert export(desk)[0][5] == "The text is very short."

    def test_hold_nothing_that_leads_to_a_person(self, desk: Client, say: Say) -> None:
        comment = say("Find me", author_email="cormorant@example.com")
        private = [comment.network_key, comment.author_key, comment.body_hash, str(comment.uuid), "cormorant"]
        file = desk.get(desk_url("export_xlsx", "all")).getvalue()
        inside = zipfile.ZipFile(io.BytesIO(file))
        texts = [inside.read(name).decode() for name in inside.namelist()]
        texts.append(desk.get(desk_url("export_csv", "all")).getvalue().decode())
        assert "Find me" in texts[-1]
        assert not [value for value in private if value and any(value in text for text in texts)]

    def test_name_the_page_of_a_comment_whose_page_is_gone(
        self, desk: Client, say: Say, page: Page, export: Any
    ) -> None:
        say("Left behind")
        page.delete()
        assert export(desk)[0][0] == "Warm stones"


class TestRows:
    def test_are_those_that_the_filters_find_in_the_order_of_the_lane(
        self, desk: Client, say: Say, publish: Say, home: Page, page: Page, export: Any
    ) -> None:
        other = home.add_child(instance=BlogPage(title="Other", slug="other"))
        say("knee one"), say("knee two"), say("hand"), say("knee there", page=other), publish("knee public")
        found = [row[TEXT] for row in export(desk, "pending", page=page.pk, q="knee")]
        assert found == ["knee one", "knee two"]

    def test_end_where_the_user_moderates(self, say: Say, home: Page, page: Page, export: Any) -> None:
        other = home.add_child(instance=BlogPage(title="Other", slug="other"))
        say("mine"), say("theirs", page=other)
        client = client_of(make_user("sue", moderates=page))
        assert [row[TEXT] for row in export(client)] == ["mine"]

    def test_are_all_there_past_a_chunk(
        self, desk: Client, page: Page, monkeypatch: pytest.MonkeyPatch, export: Any
    ) -> None:
        monkeypatch.setattr(exporting, "_CHUNK", 7)
        import_many(page, [f"number {number}" for number in range(23)])
        assert [row[TEXT] for row in export(desk, "pending")] == [f"number {number}" for number in range(23)]

    def test_are_read_in_the_language_of_the_admin(self, moderator: Any, say: Say) -> None:
        from wagtail.users.models import UserProfile

        UserProfile.objects.create(user=moderator, preferred_language="de", current_time_zone="Asia/Tokyo")
        comment = say()
        row = read_csv(client_of(moderator).get(desk_url("export_csv", "all")))[1]
        assert row[3] == (comment.created_at + timedelta(hours=9)).strftime("%Y-%m-%d %H:%M")

    def test_of_an_unknown_lane_are_not_found(self, desk: Client) -> None:
        assert desk.get(desk_url("export_csv", "banana")).status_code == 404

    def test_cost_a_constant_number_of_queries_a_chunk(
        self, desk: Client, page: Page, django_assert_num_queries: Any, django_assert_max_num_queries: Any
    ) -> None:
        url = desk_url("export_csv", "pending")
        import_many(page, ["one"])
        desk.get(url).getvalue()
        with django_assert_max_num_queries(9) as few:
            desk.get(url).getvalue()
        VisitorComment.objects.all().delete()
        import_many(page, [f"number {number}" for number in range(100)])
        with django_assert_num_queries(len(few)):
            desk.get(url).getvalue()

    def test_of_a_long_list_are_never_in_memory_together(
        self, desk: Client, page: Page, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """2,000 comments of 4,000 characters are 8 MB; what is held at a time is a chunk of them."""
        monkeypatch.setattr(exporting, "_CHUNK", 50)
        import_many(page, ["y" * 4000] * 2000)
        url = desk_url("export_csv", "pending")
        total = 0
        tracemalloc.start()
        for part in desk.get(url).streaming_content:
            total += len(part)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert total > 8_000_000
        assert peak < 4_000_000


class TestGuard:
    @pytest.mark.parametrize("text", FORMULAS)
    def test_stands_before_what_could_run(self, text: str) -> None:
        assert guard(text) == "'" + text
        assert unguard(guard(text)) == text

    @pytest.mark.parametrize("text", HARMLESS)
    def test_leaves_other_text_as_it_is(self, text: str) -> None:
        assert guard(text) == text
        assert unguard(text) == text

    @given(st.text(st.sampled_from("'=+-@ \t\r\nа\u200b\uff1dx"), max_size=8))
    def test_can_always_be_taken_off(self, text: str) -> None:
        assert unguard(guard(text)) == text
        assert not is_active(guard(text))


class TestHostileText:
    def test_keeps_its_row_and_its_characters_and_loses_its_powers(
        self, desk: Client, page: Page, export: Any
    ) -> None:
        texts = [text for text in FORMULAS if "\r" not in text] + ["#REF!", 'quote " and, comma; and\nbreak']
        import_many(page, texts)
        cells = [row[TEXT] for row in export(desk, "pending")]
        assert not [cell for cell in cells if is_active(cell)]
        assert [unguard(cell) for cell in cells] == texts

    def test_in_names_and_titles_is_guarded_too(
        self, desk: Client, say: Say, home: Page, export: Any
    ) -> None:
        page = home.add_child(instance=BlogPage(title="=1+1", slug="sum"))
        say("fine", page=page, author_name="@Wren")
        assert export(desk)[0][:2] == ["'=1+1", "'@Wren"]

    def test_is_typed_as_text_in_a_workbook(self, desk: Client, page: Page) -> None:
        import_many(page, [*FORMULAS, "#REF!", "12", "TRUE", "2026-01-01"])
        file = desk.get(desk_url("export_xlsx", "pending")).getvalue()
        sheet = load_workbook(io.BytesIO(file)).active
        assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None} == {
            "s"
        }
        xml = zipfile.ZipFile(io.BytesIO(file)).read("xl/worksheets/sheet1.xml").decode()
        assert "<f>" not in xml

    def test_that_xml_has_no_place_for_is_replaced(self, desk: Client, page: Page) -> None:
        import_many(page, ["a\x08b\uffffc"])
        assert read_xlsx(desk.get(desk_url("export_xlsx", "pending")))[1][TEXT] == "a\ufffdb\ufffdc"

    def test_of_the_shared_lists_comes_back_whole(
        self, desk: Client, page: Page, shared_data: Path, export: Any
    ) -> None:
        lines = [
            line
            for name in ("blns", "csv")
            for line in (shared_data / "hostile" / f"{name}.shared.jsonl").read_text().splitlines()
        ]
        texts = [json.loads(line)["text"] for line in lines]
        texts = [text.replace("\0", "").encode("utf-8", "ignore").decode() for text in texts]
        import_many(page, texts)
        cells = [row[TEXT] for row in export(desk, "pending")]
        assert len(cells) == len(texts)
        assert not [cell for cell in cells if is_active(cell)]
        lossy = [
            (cell, text)
            for cell, text in zip(cells, texts, strict=True)
            if unguard(cell) not in (text, exporting._NOT_IN_XML.sub("\ufffd", text))
        ]
        assert lossy == []
