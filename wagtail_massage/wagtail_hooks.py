"""What the front room adds to Wagtail's admin."""

from typing import Any

from django.http import HttpRequest
from django.urls import path
from wagtail import hooks

from .benefits import views
from .benefits.content_check import add_title_check


@hooks.register("register_admin_urls")
def register_title_count_url() -> list:
    return [path("massage/title-count/", views.title_count, name="wagtail_massage_title_count")]


@hooks.register("construct_wagtail_userbar", order=900)  # after those who choose the site's own checker
def add_title_check_to_userbar(request: HttpRequest, items: list[Any], page: Any) -> None:
    add_title_check(request, items, page)
