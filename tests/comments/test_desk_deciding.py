"""Decisions on the desk: one comment, one POST, the version that was read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from wagtail.models import Page

from tests.comments.desk import client_of, decision, desk_url, make_user
from wagtail_massage.comments import actions
from wagtail_massage.comments.actions.deciding import legal_verbs
from wagtail_massage.comments.desk import deciding, words
from wagtail_massage.comments.drafts import Draft
from wagtail_massage.comments.models import ModerationEvent, VisitorComment
from wagtail_massage.comments.states import Status

Say = Callable[..., VisitorComment]


@pytest.fixture
def desk(moderator: Any) -> Client:
    return client_of(moderator)


def press(client: Client, comment: VisitorComment, verb: str, **values: Any) -> Any:
    return client.post(desk_url("decide", comment.pk), decision(comment, verb, **values), follow=True)


def status_of(comment: VisitorComment) -> str:
    return VisitorComment.objects.get(pk=comment.pk).status


class TestButtons:
    @pytest.mark.parametrize(
        ("verb", "status"),
        [("approve", "APPROVED"), ("reject", "REJECTED"), ("mark_spam", "SPAM"), ("remove", "REMOVED")],
    )
    def test_decide_on_what_waits(self, desk: Client, say: Say, verb: str, status: str) -> None:
        comment = say("Decide on me")
        press(desk, comment, verb)
        assert status_of(comment) == status

    def test_hide_what_is_public(self, desk: Client, publish: Say) -> None:
        comment = publish()
        press(desk, comment, "hide")
        comment.refresh_from_db()
        assert (comment.status, comment.is_visible) == ("PENDING", False)

    @pytest.mark.parametrize("verb", ["reject", "mark_spam", "remove"])
    def test_take_a_decision_back(self, desk: Client, say: Say, verb: str) -> None:
        comment = say()
        press(desk, comment, verb)
        comment.refresh_from_db()
        press(desk, comment, "restore")
        assert status_of(comment) == "PENDING"

    def test_restore_what_an_importer_found_removed(self, desk: Client, page: Page, now: datetime) -> None:
        draft = Draft(body="Removed long ago", author_name="Ida")
        imported = {"page": page, "draft": draft, "source_key": "old:1", "created_at": now, "by": None}
        comment = actions.import_comment(status=Status.REMOVED, now=now, **imported).comment
        press(desk, comment, "restore")
        assert status_of(comment) == "PENDING"

    def test_leave_the_moderator_in_the_history(self, desk: Client, say: Say, moderator: Any) -> None:
        comment = say()
        press(desk, comment, "approve")
        event = ModerationEvent.objects.filter(comment=comment).latest("pk")
        assert (event.verb, event.actor, event.actor_kind) == ("approve", moderator, "HUMAN")

    def test_are_there_for_each_legal_verb_and_no_other(self, desk: Client, say: Say) -> None:
        comment = say()
        html = desk.get(desk_url("inspect", comment.pk)).content.decode()
        offered = {verb for verb in words.VERBS if f'name="verb" value="{verb}"' in html}
        assert offered == set(legal_verbs(comment.status))

    def test_have_words_for_every_verb(self) -> None:
        of_public_ones = {"acknowledge", "dismiss_reports", "pin", "unpin"}
        assert {verb for status in Status for verb in legal_verbs(status)} | of_public_ones == set(
            words.VERBS
        )

    def test_name_the_comment_they_belong_to(self, desk: Client, say: Say) -> None:
        say(author_name="Tilda"), say(author_name="Ida")
        html = desk.get(desk_url("index")).content.decode()
        assert 'aria-label="Approve the comment by Tilda"' in html
        assert 'aria-label="Approve the comment by Ida"' in html


class TestAfterwards:
    def test_the_moderator_is_back_in_the_lane_with_its_filters(
        self, desk: Client, page: Page, say: Say
    ) -> None:
        comment = say()
        lane = f"{desk_url('lane', 'pending')}?page={page.pk}&p=1"
        response = press(desk, comment, "approve", next=lane)
        assert response.redirect_chain == [(lane, 302)]

    def test_a_message_leads_back_to_the_comment(self, desk: Client, say: Say) -> None:
        comment = say(author_name="Tilda")
        html = press(desk, comment, "approve").content.decode()
        assert "The comment by Tilda is approved." in html
        assert f'href="{desk_url("inspect", comment.pk)}?next=' in html

    @pytest.mark.parametrize(
        "wanted",
        [
            "https://bad.example/",
            "//bad.example/",
            "/\\bad.example/",
            "javascript:alert(1)",
            "/admin/logout/",
            "/admin/massage-comments/../logout/",
            "/admin/massage-comments/\r\nX: y",
            "http:///admin/massage-comments/",
        ],
    )
    def test_nobody_is_sent_away_from_the_desk(self, desk: Client, say: Say, wanted: str) -> None:
        response = press(desk, say(), "approve", next=wanted)
        assert response.redirect_chain == [(desk_url("index"), 302)]

    def test_the_way_back_in_links_is_on_the_desk_too(self, desk: Client, say: Say) -> None:
        url = desk_url("inspect", say().pk)
        assert "bad.example" not in desk.get(url, {"next": "https://bad.example/"}).content.decode()


class TestStaleDecision:
    def test_changes_nothing_and_says_who_was_faster(self, desk: Client, page: Page, say: Say) -> None:
        comment = say()
        sue = make_user("sue", moderates=page)
        press(client_of(sue), comment, "reject")
        html = press(desk, comment, "approve").content.decode()
        assert status_of(comment) == "REJECTED"
        assert "sue was faster: the comment is now “Rejected”." in html
        assert "Your decision changed nothing." in html

    def test_tells_apart_what_the_same_person_did_in_another_tab(self, desk: Client, say: Say) -> None:
        comment = say()
        press(desk, comment, "reject")
        assert (
            "You have already decided: the comment is “Rejected”."
            in press(desk, comment, "approve").content.decode()
        )
        assert status_of(comment) == "REJECTED"

    def test_says_so_when_the_author_has_changed_the_text(
        self, desk: Client, say: Say, now: datetime
    ) -> None:
        comment = say("Harmless")
        actions.edit(VisitorComment.objects.get(pk=comment.pk), body="Something else", by=None, now=now)
        html = press(desk, comment, "approve").content.decode()
        assert status_of(comment) == "PENDING"
        assert "so nothing was decided. Please read it again." in html

    def test_is_noticed_between_reading_and_writing(
        self, desk: Client, say: Say, monkeypatch: pytest.MonkeyPatch, moderator: Any, now: datetime
    ) -> None:
        """Two buttons at the same moment: the other decision lands after our view has read the comment."""
        comment = say()

        def reject_first(loser: VisitorComment, **values: Any) -> VisitorComment:
            actions.reject(VisitorComment.objects.get(pk=loser.pk), by=moderator, now=now)
            return actions.deciding.approve(loser, **values)

        monkeypatch.setattr(deciding.actions, "approve", reject_first)
        html = press(desk, comment, "approve").content.decode()
        assert status_of(comment) == "REJECTED"
        assert "You have already decided" in html


class TestForgedDecision:
    @pytest.mark.parametrize(
        "values",
        [
            {"verb": "erase"},
            {"verb": "submit"},
            {"verb": ""},
            {"verb": "StaleState"},
            {"version": "x"},
            {"version": "9" * 40},
            {"version": "-1"},
            {"status": "BANANA"},
            {"status": ""},
            {"status": "REMOVED", "verb": "restore"},
            {"verb": "restore"},
            {"verb": "hide"},
        ],
    )
    def test_changes_nothing(self, desk: Client, say: Say, values: dict[str, str]) -> None:
        comment = say()
        response = desk.post(
            desk_url("decide", comment.pk), {**decision(comment, "approve"), **values}, follow=True
        )
        assert response.status_code == 200
        assert status_of(comment) == "PENDING"

    def test_needs_the_csrf_token(self, moderator: Any, say: Say) -> None:
        client = Client(enforce_csrf_checks=True)
        client.force_login(moderator)
        comment = say()
        assert client.post(desk_url("decide", comment.pk), decision(comment, "approve")).status_code == 403
        assert status_of(comment) == "PENDING"

    def test_for_a_comment_that_never_was_is_not_found(self, desk: Client, say: Say) -> None:
        comment = say()
        for pk in (comment.pk + 1, 10**30):
            url = desk_url("decide", comment.pk).replace(str(comment.pk), str(pk))
            assert desk.post(url, decision(comment, "approve")).status_code == 404


class TestConversation:
    def test_shows_what_is_above_and_below(self, desk: Client, publish: Say, say: Say) -> None:
        top = publish("The question")
        answer = publish("The answer", parent=top)
        say("Thanks for the answer", parent=answer)
        publish("Another thread", author_name="Somebody else")
        response = desk.get(desk_url("inspect", answer.pk))
        assert [line.body for line in response.context["above"]] == ["The question"]
        assert [line.body for line in response.context["replies"]] == ["Thanks for the answer"]
        assert "Another thread" not in response.content.decode()

    def test_shows_the_address_that_lists_do_not(self, desk: Client, say: Say) -> None:
        comment = say(author_email="wren@example.com")
        assert "wren@example.com" in desk.get(desk_url("inspect", comment.pk)).content.decode()
        assert "wren@example.com" not in desk.get(desk_url("lane", "all")).content.decode()

    def test_marks_what_a_check_pointed_at(self, desk: Client, say: Say, settings: Any) -> None:
        settings.WAGTAIL_MASSAGE_COMMENTS_BLOCKED_DOMAINS = ["bad.example"]
        comment = say("Look at http://bad.example & tell")
        html = desk.get(desk_url("inspect", comment.pk)).content.decode()
        assert "Look at http://<mark>bad.example</mark> &amp; tell" in html
        assert "It leads to a blocked site." in html

    def test_names_the_checks_with_nothing_to_object_in_one_line(self, desk: Client, say: Say) -> None:
        html = desk.get(desk_url("inspect", say("x").pk)).content.decode()
        assert "<strong>Length: Hold</strong>" in html
        assert html.count("<strong>Pass:</strong>") == 1
        assert "Links, Words, Block lists" in html

    def test_tells_the_history_in_words(self, desk: Client, publish: Say) -> None:
        comment = publish()
        history = desk.get(desk_url("inspect", comment.pk)).context["history"]
        assert [(str(line.what), line.by) for line in history] == [
            ("Written", "Author"),
            ("Approved", "mona"),
        ]

    def test_costs_the_same_for_a_short_and_a_long_thread(
        self, desk: Client, publish: Say, django_assert_num_queries: Any, django_assert_max_num_queries: Any
    ) -> None:
        top = publish()
        desk.get(desk_url("inspect", top.pk))
        with django_assert_max_num_queries(18) as few:
            desk.get(desk_url("inspect", top.pk))
        for _number in range(10):
            publish(parent=top)
        with django_assert_num_queries(len(few)):
            desk.get(desk_url("inspect", top.pk))


class TestMarking:
    @pytest.mark.parametrize(
        "spans",
        [
            [],
            [(0, 4)],
            [(2, 6), (4, 9)],
            [(4, 9), (2, 6), (2, 3)],
            [(-5, 2)],
            [(8, 99)],
            [(50, 60)],
            [(5, 5)],
            [(7, 3)],
        ],
    )
    def test_loses_no_character(self, spans: list[tuple[int, int]]) -> None:
        from wagtail_massage.comments.desk.marking import segments

        body = "😀 naïve\ntext"
        assert "".join(segment.text for segment in segments(body, spans)) == body

    def test_marks_by_code_points(self) -> None:
        from wagtail_massage.comments.desk.marking import segments

        assert segments("😀😀 bad", [(3, 6)]) == [("😀😀 ", False), ("bad", True)]
