"""Holds what is stored beside comments against the definition."""

from __future__ import annotations

from wagtail_massage.comments.counting import derive, tree_rows, trees
from wagtail_massage.comments.models import CommentThread, VisitorComment
from wagtail_massage.comments.states import TOMBSTONES, Status


def assert_true_counts() -> None:
    """Hold what is stored of all threads against the definition."""
    for tree in trees(tree_rows(VisitorComment.objects.all())):
        assert derive(tree) == tree
    for thread in CommentThread.objects.all():
        for status in Status.values:
            assert getattr(thread, f"{status.lower()}_count") == thread.comments.filter(status=status).count()
        shown = thread.comments.filter(is_visible=True).exclude(status__in=TOMBSTONES)
        assert thread.visible_count == shown.count()
