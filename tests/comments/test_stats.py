"""`rebuild_comment_stats`: what is stored beside the comments is held against the comments."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.comments.counts import assert_true_counts
from wagtail_massage.comments import stats
from wagtail_massage.comments.models import CommentReport, CommentThread, VisitorComment


def run(*args: str) -> str:
    out = StringIO()
    call_command("rebuild_comment_stats", *args, stdout=out, stderr=StringIO())
    return out.getvalue()


@pytest.fixture
def thread(publish: Any, say: Any, moderator: Any, now: Any) -> CommentThread:
    root = publish()
    publish(parent=publish(parent=root))
    say(parent=root)
    CommentReport.objects.create(comment=root, reporter_key="k", reason="OTHER", created_at=now)
    VisitorComment.objects.filter(pk=root.pk).update(report_count=1)
    return CommentThread.objects.get()


class TestRebuildCommentStats:
    def test_finds_nothing_where_all_is_true(self, thread: CommentThread) -> None:
        assert "1 threads were counted; everything that is stored is true." in run("--check")

    @pytest.mark.parametrize(
        ("row", "column", "value"),
        [
            ("thread", "approved_count", 17),
            ("thread", "visible_count", 0),
            ("root", "reply_count", 5),
            ("root", "is_visible", False),
            ("root", "report_count", 0),
            ("reply", "report_count", 4),
        ],
    )
    def test_says_what_is_wrong_and_puts_it_right(
        self, row: str, column: str, value: Any, thread: CommentThread
    ) -> None:
        if row == "thread":
            CommentThread.objects.update(**{column: value})
        else:
            VisitorComment.objects.filter(depth=1 if row == "root" else 2).filter(status="APPROVED").update(
                **{column: value}
            )
        with pytest.raises(CommandError, match="without --check to put them right") as raised:
            run("--check")
        assert raised.value.returncode == 1
        assert f"{column} is {int(value)} instead of" in run()
        assert "everything that is stored is true" in run("--check")
        assert_true_counts()

    def test_checking_changes_nothing(self, thread: CommentThread) -> None:
        VisitorComment.objects.update(is_visible=False)
        before = list(VisitorComment.objects.values()), list(CommentThread.objects.values())
        with pytest.raises(CommandError):
            run("--check")
        assert (list(VisitorComment.objects.values()), list(CommentThread.objects.values())) == before

    def test_makes_readers_look_again(self, thread: CommentThread) -> None:
        VisitorComment.objects.filter(depth=1).update(is_visible=False)
        run()
        assert CommentThread.objects.get().version == thread.version + 1

    def test_stops_cleanly_on_ctrl_c(self, thread: CommentThread, monkeypatch: pytest.MonkeyPatch) -> None:
        def interrupted(*, repair: bool) -> Any:
            yield 1, []
            raise KeyboardInterrupt

        monkeypatch.setattr(stats, "walk", interrupted)
        with pytest.raises(CommandError, match="run the command again for the rest") as raised:
            run()
        assert raised.value.returncode == 130
