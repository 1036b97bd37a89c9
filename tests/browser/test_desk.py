"""The desk in a browser, by mouse."""

from __future__ import annotations

from tests.comments.desk import desk_url
from wagtail_massage.comments.states import Status
from wagtail_massage.testing.comments import VisitorCommentFactory


class TestLane:
    def test_shows_a_comment_and_publishes_it_by_its_button(self, desk, page):
        comment = VisitorCommentFactory(page=page, status=Status.PENDING, author_name="Wren A.")
        desk.goto(desk_url("index"))
        desk.get_by_role("button", name="Approve the comment by Wren A.").click()
        desk.get_by_text("The comment by Wren A. is approved.").wait_for()
        comment.refresh_from_db()
        assert comment.status == Status.APPROVED
