"""A lane in JSON, for a moderator's own tool."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import Page

from tests.comments.desk import client_of, decision, desk_url, make_user
from tests.comments.test_queries import cost
from tests.projects.blog.models import BlogPage
from wagtail_massage.comments import actions
from wagtail_massage.comments.desk.cards import CardsView
from wagtail_massage.comments.models import VisitorComment

pytestmark = pytest.mark.contract

Say = Callable[..., VisitorComment]


@pytest.fixture
def desk(moderator: Any) -> Client:
    return client_of(moderator)


def cards(client: Client, lane: str = "pending", **query: Any) -> list[dict[str, Any]]:
    return client.get(desk_url("cards", lane), query).json()["items"]


def bodies(*args: Any, **query: Any) -> list[str]:
    return [card["body"] for card in cards(*args, **query)]


class TestACard:
    def test_holds_what_a_decision_needs(self, desk: Client, page: Page, say: Say) -> None:
        comment = say("x", author_name="Wren A.", author_email="wren@example.com")
        assert cards(desk) == [
            {
                "pk": comment.pk,
                "id": str(comment.uuid),
                "status": "PENDING",
                "version": 1,
                "is_visible": False,
                "is_health": False,
                "author": {"name": "Wren A.", "kind": "GUEST", "badge": None},
                "body": "x",
                "locale": comment.locale,
                "depth": 1,
                "parent": None,
                "page": {"id": page.pk, "title": "Warm stones"},
                "created_at": comment.created_at.isoformat(),
                "edited_at": None,
                "was_screened": True,
                "reasons": ["too_short"],
                "reports": {},
                "verbs": ["approve", "reject", "mark_spam", "remove"],
            }
        ]

    def test_counts_the_reports_that_wait(self, desk: Client, publish: Say, moderator: Any, now: Any) -> None:
        comment = publish("Hm")
        for key, reason in (("a", "SPAM"), ("b", "SPAM"), ("c", "OTHER")):
            comment.reports.create(reporter_key=key, reason=reason, created_at=now)
        comment.reports.create(reporter_key="d", reason="SPAM", created_at=now, handled_at=now)
        VisitorComment.objects.update(report_count=3)
        (card,) = cards(desk, "reported")
        assert card["reports"] == {"SPAM": 2, "OTHER": 1}
        assert card["verbs"][0] == "dismiss_reports"

    def test_keeps_the_title_of_a_page_that_is_gone(self, desk: Client, page: Page, say: Say) -> None:
        say("Still here")
        page.delete()
        assert cards(desk)[0]["page"] == {"id": None, "title": "Warm stones"}

    def test_of_a_health_question_has_no_verbs(self, desk: Client, say: Say) -> None:
        say("My leg swells since the veins were taken. Is a massage safe for me?")
        (card,) = cards(desk, "health")
        assert (card["is_health"], card["verbs"]) == (True, [])

    def test_tells_which_comment_is_pinned(
        self, desk: Client, publish: Say, moderator: Any, now: Any
    ) -> None:
        actions.pin(publish("Look here"), by=moderator, now=now)
        assert "unpin" in cards(desk, "approved")[0]["verbs"]

    def test_is_all_that_the_buttons_address_wants(self, desk: Client, say: Say) -> None:
        comment = say("Please publish me")
        answer = desk.get(desk_url("cards", "pending")).json()
        (card,) = answer["items"]
        url = answer["addresses"]["decide"].format(pk=card["pk"])
        assert url == desk_url("decide", comment.pk)
        desk.post(url, {"verb": card["verbs"][0], "status": card["status"], "version": card["version"]})
        assert bodies(desk, "approved") == ["Please publish me"]


class TestCards:
    def test_come_in_the_order_of_the_lane(self, desk: Client, say: Say) -> None:
        say("First"), say("Second")
        assert bodies(desk) == ["First", "Second"]
        assert bodies(desk, "all") == ["Second", "First"]

    def test_obey_the_filters_of_the_list(self, desk: Client, home: Page, page: Page, say: Say) -> None:
        other = home.add_child(instance=BlogPage(title="Other", slug="other"))
        say("About the knee"), say("Elsewhere", page=other)
        assert bodies(desk, page=page.pk) == ["About the knee"]
        assert bodies(desk, q="elsewhere") == ["Elsewhere"]
        assert bodies(desk, age="day") == []
        VisitorComment.objects.update(created_at=timezone.now() - timedelta(hours=1))
        assert len(bodies(desk, age="day")) == 2

    def test_come_page_by_page(self, desk: Client, say: Say, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(CardsView, "paginate_by", 2)
        for number in range(5):
            say(f"Number {number} of five")
        url: str | None = desk_url("cards", "pending") + "?q=five"
        pages = []
        while url:
            answer = desk.get(url).json()
            pages.append([card["body"][7] for card in answer["items"]])
            url = answer["next"]
        assert pages == [["0", "1"], ["2", "3"], ["4"]]

    @pytest.mark.parametrize("number", ["0", "-1", "x", "\x00", "٣", "9" * 40])
    def test_begin_anew_for_what_is_no_number(self, desk: Client, say: Say, number: str) -> None:
        say("Still here")
        assert bodies(desk, p=number) == ["Still here"]

    def test_end_somewhere(self, desk: Client, say: Say) -> None:
        say()
        assert desk.get(desk_url("cards", "pending"), {"p": "999999999"}).json()["items"] == []

    def test_are_those_in_scope(self, home: Page, page: Page, say: Say) -> None:
        other = home.add_child(instance=BlogPage(title="Other", slug="other"))
        say("Mine", page=page), say("Not mine", page=other)
        client = client_of(make_user("sue", moderates=page))
        assert bodies(client) == ["Mine"]
        assert bodies(client, page=other.pk) == ["Mine"]

    def test_of_health_are_shown_to_those_who_answer(self, page: Page, say: Say) -> None:
        say("My leg swells since the veins were taken. Is a massage safe for me?")
        client = client_of(make_user("petra", answers=page))
        assert len(bodies(client, "health")) == 1
        assert client.get(desk_url("cards", "pending")).status_code == 302

    def test_are_kept_by_nobody(self, desk: Client) -> None:
        assert set(desk.get(desk_url("cards", "pending"))["Cache-Control"].split(", ")) >= {
            "private",
            "no-store",
        }

    def test_only_read(self, desk: Client, say: Say) -> None:
        comment = say()
        answer = desk.post(desk_url("cards", "pending"), decision(comment, "approve"))
        assert answer.status_code == 405

    def test_do_not_exist_of_other_lanes(self, desk: Client) -> None:
        assert desk.get(desk_url("cards", "banana")).status_code == 404

    def test_cost_no_more_for_many(self, desk: Client, say: Say) -> None:
        say()
        few = cost(lambda: desk.get(desk_url("cards", "pending")))
        for _number in range(20):
            say()
        assert cost(lambda: desk.get(desk_url("cards", "pending"))) == few <= 8


def test_the_address_is_beside_the_lane() -> None:
    assert desk_url("cards", "spam") == desk_url("lane", "spam") + "cards.json"
