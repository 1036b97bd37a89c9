"""The views that edit pages on Wagtail 8, with visitor comments beside them.

They hold for page types without a viewset of their own. A site's own viewset takes the mixin into its views:

    class ArticleViewSet(PageViewSet):
        model = Article
        edit_view_class = type("ArticleEditView", (EditViewMixin, EditView), {})
"""

from __future__ import annotations

from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.views.pages.revisions import RevisionsRevertView
from wagtail.admin.viewsets.pages import PageViewSet

from .side_panel import EditViewMixin


class CommentedEditView(EditViewMixin, EditView):
    """Edits a page."""


class CommentedRevertView(EditViewMixin, RevisionsRevertView):
    """Edits a page beginning with an earlier version."""


class CommentedPageViewSet(PageViewSet):
    """Wagtail's own views of pages, but for these two."""

    edit_view_class = CommentedEditView
    revisions_revert_view_class = CommentedRevertView
