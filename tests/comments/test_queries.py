"""How many times a request asks the database: the budgets. Transactions and savepoints are not counted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.comments.faces import post_json
from tests.projects.blog.models import BlogPage

FIELDS = {"author_name": "Wren A.", "body": "It helped."}


def cost(act: Callable[[], Any], *, status: int = 200) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert act().status_code == status
    return sum("SAVEPOINT" not in query["sql"] for query in captured)


@pytest.fixture
def url(page: Any) -> str:
    return f"/api/massage/v1/pages/{page.pk}/comments/"


@pytest.fixture(autouse=True)
def _warm(client: Any, url: str, settings: Any) -> None:
    """The first request lets Wagtail remember where its sites are rooted, and us which there are."""
    settings.WAGTAIL_MASSAGE_COMMENTS_RATE = "1000/s"
    client.get(url)


class TestAPageOfAThread:
    def test_without_replies_costs_three(self, client, url, publish):
        for _number in range(5):
            publish()
        assert cost(lambda: client.get(url)) <= 3

    def test_with_replies_costs_four_however_many_there_are(self, client, url, publish):
        for _number in range(3):
            root = publish()
            for _reply in range(12):
                publish(parent=publish(parent=root))
        few = cost(lambda: client.get(f"{url}?limit=1"))
        assert cost(lambda: client.get(url)) == few <= 4

    def test_in_the_middle_of_a_list_costs_as_much(self, client, url, publish):
        for _number in range(5):
            publish()
        following = client.get(f"{url}?limit=2").json()["next"]
        assert cost(lambda: client.get(url, {"limit": 2, "cursor": following})) <= 3


class TestCounts:
    def test_of_twenty_pages_cost_one(self, client, home, publish):
        pages = [home.add_child(instance=BlogPage(title=f"P{n}", slug=f"p{n}")) for n in range(20)]
        publish()
        query = "&".join(f"page={page.pk}" for page in pages)
        assert cost(lambda: client.get(f"/api/massage/v1/comment-counts/?{query}")) == 1


class TestAPost:
    @pytest.mark.parametrize(("policy", "status"), [("PRE", 202), ("OPEN", 201)])
    def test_costs_nine_with_a_token_or_without(self, client, url, say, settings, policy, status):
        settings.WAGTAIL_MASSAGE_COMMENTS_POLICY = policy
        settings.WAGTAIL_MASSAGE_COMMENTS_MIN_SECONDS = 0
        say()
        token = client.get(url.replace("comments", "comment-policy")).json()["form_token"]
        assert cost(lambda: post_json(client, url, FIELDS | {"form_token": token}), status=status) <= 9
        assert cost(lambda: post_json(client, url, FIELDS | {"body": "Another."}), status=202) <= 9

    # What is public at once counts as a reply of its root, and concerns the webhooks.
    @pytest.mark.parametrize(("policy", "status", "most"), [("PRE", 202, 9), ("OPEN", 201, 10)])
    def test_that_answers_costs_nine_or_ten(self, client, url, publish, settings, policy, status, most):
        root = publish(parent=publish())
        settings.WAGTAIL_MASSAGE_COMMENTS_POLICY = policy
        settings.WAGTAIL_MASSAGE_COMMENTS_MIN_SECONDS = 0
        token = client.get(url.replace("comments", "comment-policy")).json()["form_token"]
        fields = FIELDS | {"parent": str(root.uuid), "form_token": token}
        assert cost(lambda: post_json(client, url, fields), status=status) <= most

    def test_asks_once_which_policy_was_chosen_above(self, client, url, say):
        say()
        with CaptureQueriesContext(connection) as captured:
            post_json(client, url, FIELDS)
        assert sum("SUBSTR" in query["sql"].upper() for query in captured) == 1

    def test_that_came_before_costs_three(self, client, url):
        post_json(client, url, FIELDS)
        assert cost(lambda: post_json(client, url, FIELDS), status=202) <= 3
