"""Reading a thread: complete, each comment once, at a constant price."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from tests.comments.faces import API, comments_url
from wagtail_massage.comments import kept_parts
from wagtail_massage.comments.models import CommentThread, VisitorComment
from wagtail_massage.comments.paths import make_path
from wagtail_massage.comments.states import Status
from wagtail_massage.testing.comments import VisitorCommentFactory

pytestmark = pytest.mark.contract

BEGINNING = datetime(2026, 2, 1, tzinfo=UTC)
STATUSES = [Status.APPROVED] * 4 + [Status.REMOVED, Status.PENDING, Status.SPAM, Status.ERASED]

# Each comment: which earlier one it answers (none when there are not so many), its status, seconds since the last.
FORESTS = st.lists(
    st.tuples(st.integers(0, 14), st.sampled_from(STATUSES), st.integers(0, 1)), min_size=1, max_size=24
)


def plant(page: Any, forest: list[tuple[int, str, int]]) -> None:
    planted: list[VisitorComment] = []
    moment = BEGINNING
    for answered, status, seconds in forest:
        moment += timedelta(seconds=seconds)
        parent = planted[answered] if answered < len(planted) else None
        planted.append(VisitorCommentFactory(page=page, parent=parent, status=status, created_at=moment))


def walk(client: Any, url: str, **parameters: Any) -> list[dict[str, Any]]:
    """Follow `next` to the end of a list, and of the replies of each comment in it."""
    found, cursor = [], None
    while True:
        part = client.get(url, parameters | ({"cursor": cursor} if cursor else {})).json()
        for comment in part["items"]:
            found.append(comment)
            found.extend(replies_of(client, comment))
        cursor = part["next"]
        if cursor is None:
            return found


def replies_of(client: Any, comment: dict[str, Any]) -> list[dict[str, Any]]:
    replies = comment["replies"]
    if replies is None:
        return []
    if replies["next"] is None:
        return replies["items"]
    url = f"{API}comments/{comment['id']}/replies/"
    rest = walk(client, url, limit=2, cursor=replies["next"])
    return replies["items"] + rest


def fill(page: Any, *, roots: int, replies: int) -> None:
    """Store many public comments at once; `actions` would take minutes."""
    thread = CommentThread.objects.create(page_id=page.pk, visible_count=roots * (1 + replies))
    common = {
        "thread": thread, "page_id": page.pk, "status": "APPROVED", "is_visible": True,
        "author_name": "Wren", "body": "Well said.",
    }  # fmt: skip
    first = VisitorComment.objects.bulk_create(
        VisitorComment(**common, created_at=moment, path=make_path("", moment), depth=1, reply_count=replies)
        for moment in (BEGINNING + timedelta(minutes=number) for number in range(roots))
    )
    first = list(VisitorComment.objects.filter(page=page.pk)) if first[0].pk is None else first
    VisitorComment.objects.bulk_create(
        VisitorComment(
            **common, created_at=moment, path=make_path(root.path, moment), depth=2,
            parent=root, root=root, in_reply_to=root,
        )
        for root in first
        for moment in (root.created_at + timedelta(days=1, minutes=number) for number in range(replies))
    )  # fmt: skip


def queries_of(client: Any, url: str) -> int:
    client.get(url)  # content types and site roots are cached by the first visit
    kept_parts.forget()
    with CaptureQueriesContext(
        connection,
    ) as captured:
        response = client.get(url)
    assert response.status_code == 200
    return len(captured)


class TestWalk:
    @hypothesis_settings(
        max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
    )
    @given(forest=FORESTS, sort=st.sampled_from(["oldest", "newest"]))
    def test_meets_every_public_comment_exactly_once(self, client, page, settings, forest, sort):
        settings.WAGTAIL_MASSAGE_COMMENTS_REPLIES_SHOWN = 2
        kept_parts.forget()  # a thread that was rolled back leaves its versions to the next
        with transaction.atomic():
            plant(page, forest)
            url = comments_url(page.pk)
            met = [comment["id"] for comment in walk(client, url, limit=2, sort=sort)]
            public = [str(found) for found in VisitorComment.objects.public().values_list("uuid", flat=True)]
            count = client.get(url).json()["count"]
            counted = VisitorComment.objects.counted().count()
            transaction.set_rollback(True)
        assert sorted(met) == sorted(public)
        assert count == counted

    def test_tells_the_newest_first_when_asked(self, client, page):
        first, second, third = [VisitorCommentFactory(page=page) for _ in range(3)]
        met = walk(client, comments_url(page.pk), limit=1, sort="newest")
        assert [comment["id"] for comment in met] == [str(c.uuid) for c in (third, second, first)]

    def test_goes_on_where_the_last_comment_shown_has_been_purged(self, client, page):
        first, second = [VisitorCommentFactory(page=page) for _ in range(2)]
        part = client.get(comments_url(page.pk), {"limit": 1}).json()
        first.events.all()._raw_delete(using=first.events.db)
        VisitorComment.objects.filter(pk=first.pk)._raw_delete(using="default")
        rest = client.get(comments_url(page.pk), {"limit": 1, "cursor": part["next"]}).json()
        assert [comment["id"] for comment in rest["items"]] == [str(second.uuid)]


class TestReplies:
    def test_come_in_reading_order_with_their_place(self, client, page):
        question = VisitorCommentFactory(page=page)
        answer = VisitorCommentFactory(page=page, parent=question)
        later = VisitorCommentFactory(page=page, parent=question)
        thanks = VisitorCommentFactory(page=page, parent=answer)
        replies = client.get(comments_url(page.pk)).json()["items"][0]["replies"]
        places = [(reply["id"], reply["depth"], reply["parent"]) for reply in replies["items"]]
        assert places == [
            (str(answer.uuid), 2, str(question.uuid)),
            (str(thanks.uuid), 3, str(answer.uuid)),
            (str(later.uuid), 2, str(question.uuid)),
        ]
        assert (replies["next"], replies["count"]) == (None, 3)

    def test_are_null_for_a_reply(self, client, page):
        question = VisitorCommentFactory(page=page)
        answer = VisitorCommentFactory(page=page, parent=question)
        assert client.get(f"{API}comments/{answer.uuid}/").json()["replies"] is None

    def test_of_a_reply_are_what_stands_below_it(self, client, page):
        question = VisitorCommentFactory(page=page)
        answer = VisitorCommentFactory(page=page, parent=question)
        thanks = VisitorCommentFactory(page=page, parent=answer)
        VisitorCommentFactory(page=page, parent=question)
        part = client.get(f"{API}comments/{answer.uuid}/replies/").json()
        assert [reply["id"] for reply in part["items"]] == [str(thanks.uuid)]
        assert part["count"] == 1

    def test_can_be_left_for_their_own_address(self, client, page, settings):
        settings.WAGTAIL_MASSAGE_COMMENTS_REPLIES_SHOWN = 0
        question = VisitorCommentFactory(page=page)
        answer = VisitorCommentFactory(page=page, parent=question)
        shown = client.get(comments_url(page.pk)).json()["items"][0]
        assert shown["replies"]["items"] == []
        assert [reply["id"] for reply in replies_of(client, shown)] == [str(answer.uuid)]

    def test_too_deep_name_the_comment_they_answer(self, client, page):
        chain = [VisitorCommentFactory(page=page)]
        for _ in range(8):
            chain.append(VisitorCommentFactory(page=page, parent=chain[-1]))
        deepest = client.get(f"{API}comments/{chain[-1].uuid}/").json()
        assert deepest["depth"] == 8
        assert deepest["in_reply_to"] == str(chain[-2].uuid)
        assert deepest["parent"] == str(chain[-3].uuid)


class TestTombstone:
    def test_is_listed_without_text_name_and_date_of_edit(self, client, page):
        removed = VisitorCommentFactory(page=page, status=Status.REMOVED, body="Secret", author_name="Ash")
        VisitorCommentFactory(page=page, parent=removed)
        VisitorComment.objects.filter(pk=removed.pk).update(edited_at=BEGINNING, badge="STAFF")
        shown = client.get(comments_url(page.pk)).json()["items"][0]
        assert shown["state"] == "REMOVED"
        assert shown["author"] == {"name": "", "badge": None}
        assert (shown["body"], shown["body_html"], shown["edited_at"]) == ("", "", None)

    def test_is_not_counted(self, client, page):
        removed = VisitorCommentFactory(page=page, status=Status.REMOVED)
        VisitorCommentFactory(page=page, parent=removed)
        assert client.get(comments_url(page.pk)).json()["count"] == 1

    def test_looks_the_same_whether_removed_or_erased(self, client, page):
        for status in (Status.REMOVED, Status.ERASED):
            VisitorCommentFactory(page=page, parent=VisitorCommentFactory(page=page, status=status))
        removed, erased = client.get(comments_url(page.pk)).json()["items"]
        assert removed["state"] == erased["state"] == "REMOVED"


class TestPrice:
    @pytest.mark.parametrize(("roots", "replies"), [(10, 0), (1000, 0)])
    def test_of_a_flat_list_is_two_queries(self, client, page, roots, replies):
        fill(page, roots=roots, replies=replies)
        assert queries_of(client, comments_url(page.pk)) == 2

    @pytest.mark.parametrize(("roots", "replies"), [(3, 2), (300, 12)])
    def test_of_a_list_with_replies_is_three_queries(self, client, page, roots, replies):
        fill(page, roots=roots, replies=replies)
        assert queries_of(client, comments_url(page.pk)) == 3

    def test_of_the_same_part_again_is_one_query(self, client, page, django_assert_num_queries):
        fill(page, roots=3, replies=2)
        first = client.get(comments_url(page.pk))
        with django_assert_num_queries(1):
            again = client.get(comments_url(page.pk))
        assert again.content == first.content

    @pytest.mark.parametrize("roots", [10, 1000])
    def test_of_the_last_part_is_that_of_the_first(self, client, page, roots):
        fill(page, roots=roots, replies=0)
        url, cursor = comments_url(page.pk), ""
        while following := client.get(url, {"limit": 100 if roots > 100 else 4, "cursor": cursor}).json()[
            "next"
        ]:
            cursor = following
        assert queries_of(client, f"{url}?cursor={cursor}") == 2

    @pytest.mark.parametrize("replies", [2, 200])
    def test_of_one_conversation_is_three_queries(self, client, page, replies):
        fill(page, roots=1, replies=replies)
        root = VisitorComment.objects.get(depth=1)
        assert queries_of(client, f"{API}comments/{root.uuid}/") == 3
        assert queries_of(client, f"{API}comments/{root.uuid}/replies/") == 3

    def test_of_counting_two_hundred_pages_is_one_query(self, client, page, home):
        fill(page, roots=2, replies=0)
        ids = "&".join(f"page={number}" for number in range(page.pk, page.pk + 200))
        assert queries_of(client, f"{API}comment-counts/?{ids}") == 1
