"""The privacy request in the admin: from the letter to the receipt, without a terminal."""

from __future__ import annotations

import json
import re
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from wagtail.models import Page

from tests.comments.desk import client_of, desk_url, html_of, make_user
from wagtail_massage.comments.models import VisitorComment
from wagtail_massage.comments.privacy import receipt
from wagtail_massage.comments.states import Status

EMAIL = "wren@example.com"


@pytest.fixture
def owner(home: Page) -> Client:
    """Moderates from the root of the page tree on, and is no superuser."""
    return client_of(make_user("olive", moderates=home.get_parent()))


def search(client: Client, **values: Any) -> str:
    return client.post(desk_url("privacy"), values).content.decode()


def ticked(html: str) -> set[int]:
    return {int(pk) for pk in re.findall(r'name="comments" value="(\d+)"[^>]* checked', html)}


class TestSearch:
    def test_ticks_what_surely_is_theirs_and_leaves_the_name_alone(self, owner: Client, say: Any) -> None:
        by_email = say("I have written this", author_name="Wren A.", author_email=EMAIL)
        by_name = say("Me too", author_name="Wren A.")
        html = search(owner, name="wren", email=EMAIL)
        assert ticked(html) == {by_email.pk}
        assert f'value="{by_name.pk}"' in html
        assert "same name only; somebody else may have it too" in html

    def test_lists_mentions_apart_and_without_a_box(self, owner: Client, say: Any) -> None:
        theirs = say("Wren told me about her knee", author_name="Otto")
        html = search(owner, name="Wren")
        assert "Others mention this person" in html
        assert f'name="comments" value="{theirs.pk}"' not in html
        assert desk_url("inspect", theirs.pk) in html

    @pytest.mark.parametrize("place", ["revisions", "reports", "notes"])
    def test_lists_mentions_in_what_is_kept_about_others(
        self, place: str, owner: Client, say: Any, now: Any
    ) -> None:
        words = "ÉLODIE Brun is my aunt."
        values = {
            "revisions": {"version": 0, "body": words},
            "reports": {"note": words},
            "notes": {"body": words},
        }
        comment = say("Fine towels.", author_name="Otto Other")
        getattr(comment, place).create(created_at=now, **values[place])
        html = html_of(owner.post(desk_url("privacy"), {"name": "élodie brun"}))
        assert "Others mention this person" in html
        assert "Not in this text: in an earlier one" in html
        assert "is my aunt" not in html

    def test_says_what_is_missing(self, owner: Client) -> None:
        assert "Fill in at least one field" in search(owner)
        assert "is not an e-mail address. Write it whole" in search(owner, email="wren")

    def test_answers_when_nothing_is_found(self, owner: Client) -> None:
        assert "Nothing is stored that matches." in search(owner, email=EMAIL)

    def test_is_found_in_the_reports_menu_and_on_the_desk_by_owners_alone(
        self, owner: Client, page: Page
    ) -> None:
        section = client_of(make_user("sue", moderates=page))
        for client, is_offered in ((owner, True), (section, False)):
            assert (desk_url("privacy") in client.get(desk_url("index")).content.decode()) is is_offered

    def test_escapes_what_visitors_wrote(self, owner: Client, say: Any) -> None:
        say("<script>alert(1)</script>", author_name="<b>Wren</b>", author_email=EMAIL)
        html = search(owner, email=EMAIL)
        assert "<script>alert(1)" not in html
        assert "<b>Wren</b>" not in html


class TestPreview:
    def test_shows_texts_whole_and_changes_nothing(self, owner: Client, say: Any) -> None:
        comment = say("word " * 200 + "the very end", author_email=EMAIL)
        html = owner.post(desk_url("privacy_preview"), {"comments": [comment.pk]}).content.decode()
        assert "the very end" in html
        assert "Erase this comment" in html
        assert VisitorComment.objects.get().body.endswith("the very end")

    @pytest.mark.parametrize("name", ["privacy_preview", "privacy_export", "privacy_erase"])
    @pytest.mark.parametrize("comments", [[], ["999999"], ["x", "-1", "9" * 40]])
    def test_leads_back_where_nothing_was_ticked(self, name: str, comments: list[str], owner: Client) -> None:
        response = owner.post(desk_url(name), {"comments": comments, "count": "0"})
        assert (response.status_code, response.url) == (302, desk_url("privacy"))


class TestDownload:
    def test_holds_the_own_data_and_nobody_elses(
        self, owner: Client, publish: Any, moderator: Any, say: Any
    ) -> None:
        other = publish("The other text", author_name="Otto Other", author_email="otto@example.com")
        comment = publish("My own text", parent=other, author_name="Wren A.", author_email=EMAIL)
        response = owner.post(desk_url("privacy_export"), {"comments": [comment.pk]})
        assert response["Content-Type"] == "application/json; charset=utf-8"
        assert response["Content-Disposition"].startswith('attachment; filename="personal-data-')
        assert "no-store" in response["Cache-Control"]
        text = response.content.decode()
        (exported,) = json.loads(text)["comments"]
        assert exported["text"] == "My own text"
        assert exported["author"]["email"] == EMAIL
        assert [event["verb"] for event in exported["history"]] == ["submit", "approve"]
        assert UUID(exported["in_reply_to"]) == other.uuid
        assert not re.search("The other text|Otto|mona", text)


class TestErase:
    @pytest.mark.parametrize("count", ["", "2", "yes"])
    def test_wants_the_number_typed(self, count: str, owner: Client, say: Any) -> None:
        comment = say(author_email=EMAIL)
        response = owner.post(desk_url("privacy_erase"), {"comments": [comment.pk], "count": count})
        assert "Nothing was erased. To erase, type the number of comments: 1." in response.content.decode()
        assert VisitorComment.objects.get().author_email == EMAIL

    def test_leads_to_a_receipt_that_can_be_read_again(self, owner: Client, say: Any, page: Page) -> None:
        comments = [say(text, author_email=EMAIL) for text in ("Mine", "Mine too")]
        response = owner.post(
            desk_url("privacy_erase"), {"comments": [comment.pk for comment in comments], "count": "2"}
        )
        html = owner.get(response.url).content.decode()
        for comment in comments:
            assert str(comment.uuid) in html
        assert page.title in html
        assert "olive" in html
        assert "backups of this website" in html
        assert "search engines" in html
        assert EMAIL not in html
        assert {comment.status for comment in VisitorComment.objects.all()} == {Status.ERASED}
        (line,) = receipt.recent_receipts()
        assert line.count == 2
        assert line.reference in owner.get(desk_url("privacy")).content.decode()
        assert (
            str(comments[0].uuid)
            in owner.get(desk_url("receipts"), {"reference": line.reference.lower()}).content.decode()
        )

    def test_sent_twice_erases_once(self, owner: Client, say: Any) -> None:
        comment = say(author_email=EMAIL)
        for _ in range(2):
            owner.post(desk_url("privacy_erase"), {"comments": [comment.pk], "count": "1"})
        assert len(receipt.recent_receipts()) == 1


class TestReceipts:
    def test_names_a_number_that_is_none(self, owner: Client) -> None:
        html = owner.get(desk_url("receipts"), {"reference": "E-<b>"}).content.decode()
        assert "There is no receipt “E-&lt;b&gt;”." in html
