"""What the importers room adds to the Wagtail admin."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.permission_policies.pages import PagePermissionPolicy

from .views import ArticleFromTextView

NAMESPACE = "wagtail_massage_importers"


class ArticleFromTextMenuItem(MenuItem):
    """Shown to everybody who may add pages; the view itself asks where."""

    def is_shown(self, request: HttpRequest) -> bool:
        return PagePermissionPolicy().user_has_permission(request.user, "add")


@hooks.register("register_admin_urls")
def register_admin_urls() -> list[URLPattern | URLResolver]:
    patterns = [path("", ArticleFromTextView.as_view(), name="article_from_text")]
    return [path("massage-import/", include((patterns, NAMESPACE), namespace=NAMESPACE))]


@hooks.register("register_admin_menu_item")
def register_admin_menu_item() -> MenuItem:
    return ArticleFromTextMenuItem(
        _("Article from text"),
        reverse_lazy(f"{NAMESPACE}:article_from_text"),
        name="massage-article-from-text",
        icon_name="doc-empty-inverse",
        order=260,
    )
