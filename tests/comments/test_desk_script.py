"""What the desk's script is told: the same decision as by the form, answered in JSON."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from wagtail.models import Page

from tests.comments.desk import client_of, decision, desk_url, make_user
from wagtail_massage.comments import actions
from wagtail_massage.comments.models import VisitorComment

Say = Callable[..., VisitorComment]


@pytest.fixture
def desk(moderator: Any) -> Client:
    return client_of(moderator)


def ask(client: Client, comment: VisitorComment, verb: str, **values: Any) -> dict[str, Any]:
    response = client.post(
        desk_url("decide", comment.pk),
        decision(comment, verb, **values),
        headers={"Accept": "application/json"},
    )
    assert "no-store" in response.headers["Cache-Control"]
    return response.json()


def undo(client: Client, said: dict[str, Any]) -> dict[str, Any]:
    values = {"version": said["undo"]["version"]}
    return client.post(said["undo"]["url"], values, headers={"Accept": "application/json"}).json()


class TestAnswer:
    def test_says_what_was_done_and_how_it_is_undone(self, desk: Client, say: Say) -> None:
        comment = say(author_name="Tilda")
        said = ask(desk, comment, "approve")
        comment.refresh_from_db()
        assert (said["done"], said["message"]) == (True, "The comment by Tilda is approved.")
        assert said["undo"] == {"url": desk_url("undo", comment.pk), "version": comment.version}
        assert comment.status == "APPROVED"

    def test_leaves_no_message_for_the_next_page(self, desk: Client, say: Say) -> None:
        ask(desk, say(author_name="Tilda"), "approve")
        assert "is approved." not in desk.get(desk_url("index")).content.decode()

    @pytest.mark.parametrize(
        ("lane", "stays"), [("pending", False), ("approved", True), ("all", True), ("spam", False)]
    )
    def test_says_whether_the_list_still_holds_the_comment(
        self, desk: Client, say: Say, lane: str, stays: bool
    ) -> None:
        said = ask(desk, say(), "approve", next=f"{desk_url('lane', lane)}?p=1")
        assert said["stays"] is stays

    @pytest.mark.parametrize("elsewhere", ["", "/", "https://bad.example/", "/admin/massage-comments/none/"])
    def test_takes_any_other_place_for_no_list_that_holds_it(
        self, desk: Client, say: Say, elsewhere: str
    ) -> None:
        assert ask(desk, say(), "approve", next=elsewhere)["stays"] is False

    def test_holds_the_card_as_it_is_now(self, desk: Client, say: Say) -> None:
        comment = say("Warm <b>stones</b> & oil", author_name="Tilda")
        card = ask(desk, comment, "approve", next=desk_url("lane", "all"))["card"]
        assert "Warm &lt;b&gt;stones&lt;/b&gt; &amp; oil" in card
        assert 'value="hide"' in card
        assert 'value="approve"' not in card

    def test_can_be_undone_in_the_same_way(self, desk: Client, say: Say) -> None:
        comment = say(author_name="Tilda")
        said = undo(desk, ask(desk, comment, "mark_spam"))
        comment.refresh_from_db()
        assert said["message"] == "Taken back: the comment by Tilda is “Pending” again."
        assert (said["done"], said["stays"], said["undo"]) == (True, True, None)
        assert comment.status == "PENDING"

    def test_offers_no_undo_where_there_is_none(self, desk: Client, publish: Say) -> None:
        assert ask(desk, publish(), "pin")["undo"] is None


class TestRefusal:
    def test_names_a_colleague_who_was_faster(self, desk: Client, page: Page, say: Say, now: Any) -> None:
        comment = say()
        actions.reject(
            VisitorComment.objects.get(pk=comment.pk), by=make_user("sue", moderates=page), now=now
        )
        said = ask(desk, comment, "approve")
        assert said["done"] is False
        assert said["message"].startswith("sue was faster: the comment is now “Rejected”.")
        assert (said["undo"], 'value="restore"' in said["card"]) == (None, True)

    def test_of_an_undo_names_what_happened_since(self, desk: Client, page: Page, say: Say, now: Any) -> None:
        comment = say()
        decided = ask(desk, comment, "approve")
        actions.hide(VisitorComment.objects.get(pk=comment.pk), by=make_user("sue", moderates=page), now=now)
        said = undo(desk, decided)
        assert (said["done"], said["message"].split(":")[0]) == (False, "sue was faster")

    def test_says_what_was_wrong_with_the_question(self, desk: Client, say: Say) -> None:
        said = ask(desk, say(), "explode")
        assert said["done"] is False
        assert said["message"].startswith("That was no complete decision.")

    def test_of_what_is_out_of_scope_is_the_same_as_of_what_does_not_exist(
        self, home: Page, page: Page, say: Say
    ) -> None:
        other = client_of(make_user("sue", moderates=Page.objects.get(pk=home.pk).add_child(title="Other")))
        comment = say()
        response = other.post(
            desk_url("decide", comment.pk),
            decision(comment, "approve"),
            headers={"Accept": "application/json"},
        )
        assert response.status_code == 404
        comment.refresh_from_db()
        assert comment.status == "PENDING"


class TestForm:
    def test_is_what_a_browser_without_a_script_sends(self, desk: Client, say: Say) -> None:
        comment = say()
        response = desk.post(
            desk_url("decide", comment.pk),
            decision(comment, "approve"),
            headers={"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"},
        )
        assert response.status_code == 302
