"""What the importers room adds to the Wagtail admin."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse, reverse_lazy
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button

from .destinations import may_import, models_below
from .views import ArticleFromTextView

NAMESPACE = "wagtail_massage_importers"


class ArticleFromTextMenuItem(MenuItem):
    """Shown to everybody who may make an article somewhere."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_import(request.user)


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


@hooks.register("register_page_header_buttons")
def page_header_buttons(
    page: Any, user: Any, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    """Offer the import in the header of an index of articles."""
    if page.pk and models_below(page, user):
        address = reverse(f"{NAMESPACE}:article_from_text")
        yield Button(
            _("New article from text"),
            url=f"{address}?{urlencode({'parent': page.pk})}",
            icon_name="doc-empty-inverse",
            priority=16,
        )
