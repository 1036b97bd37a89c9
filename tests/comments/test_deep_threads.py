"""A thread in which each comment answers the one before, hundreds deep: no door runs out of stack."""

from __future__ import annotations

import sys
from datetime import timedelta
from typing import Any

import pytest

from tests.comments.conftest import NOW
from tests.comments.desk import client_of, desk_url
from tests.comments.test_reading import API
from wagtail_massage.comments import actions
from wagtail_massage.comments.drafts import Draft
from wagtail_massage.comments.models import CommentThread, VisitorComment
from wagtail_massage.comments.paths import MAX_DEPTH
from wagtail_massage.comments.states import Status

SIZE = 600


@pytest.fixture
def chain(page: Any) -> list[VisitorComment]:
    comments: list[VisitorComment] = []
    for number in range(SIZE):
        submission = actions.import_comment(
            page=page,
            draft=Draft(body=f"Number {number}", author_name="Wren"),
            status=Status.APPROVED,
            source_key=f"deep:{number}",
            created_at=NOW + timedelta(seconds=number),
            by=None,
            now=NOW,
            parent=comments[-1] if comments else None,
        )
        comments.append(submission.comment)
    return comments


@pytest.fixture
def _shallow_stack() -> Any:
    """What needs a frame for each level would not get through."""
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(500)
    yield
    sys.setrecursionlimit(limit)


def replies_to(client: Any, root: VisitorComment) -> list[dict[str, Any]]:
    found, cursor = [], ""
    while cursor is not None:
        url = f"{API}comments/{root.uuid}/replies/"
        part = client.get(url, {"limit": 100, "cursor": cursor}).json()
        found += part["items"]
        cursor = part["next"]
    return found


class TestAThreadSixHundredDeep:
    @pytest.mark.usefixtures("_shallow_stack")
    def test_is_imported_flattened_read_through_every_door_and_deleted(
        self, client, page, chain, moderator, settings
    ):
        settings.WAGTAIL_MASSAGE_COMMENTS_PAGE_SIZE = 100
        assert [comment.depth for comment in chain[: MAX_DEPTH + 2]] == [*range(1, MAX_DEPTH + 1), 8, 8]
        thread = CommentThread.objects.get()
        assert thread.visible_count == thread.approved_count == SIZE
        assert VisitorComment.objects.get(depth=1).reply_count == SIZE - 1

        root, last = chain[0], chain[-1]
        assert [found["id"] for found in replies_to(client, root)] == [str(c.uuid) for c in chain[1:]]
        assert client.get(f"{API}comments/{last.uuid}/").json()["in_reply_to"] == str(chain[-2].uuid)

        doors = [f"/massage/comments/{page.pk}/", f"/massage/comments/{page.pk}/replies/{root.uuid}/"]
        doors += [f"/massage/comments/{page.pk}/comment/{last.uuid}/", f"/massage/comments/{page.pk}/feed/"]
        doors += [f"{API}comments/{root.uuid}/", f"{API}comments/{last.uuid}/"]
        assert [client.get(door).status_code for door in doors] == [200] * len(doors)
        assert client_of(moderator).get(desk_url("inspect", last.pk)).status_code == 200

        actions.hide(VisitorComment.objects.get(pk=root.pk), by=moderator, now=NOW)
        assert not VisitorComment.objects.public().exists()
        actions.approve(VisitorComment.objects.get(pk=root.pk), by=moderator, now=NOW)
        assert VisitorComment.objects.counted().count() == SIZE

        page.specific.delete()
        assert not VisitorComment.objects.public().exists()
        assert VisitorComment.objects.filter(page=None).count() == SIZE
