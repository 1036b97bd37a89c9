"""What the front room adds to Wagtail's admin."""

from django.urls import path
from wagtail import hooks

from .benefits import views


@hooks.register("register_admin_urls")
def register_title_count_url() -> list:
    return [path("massage/title-count/", views.title_count, name="wagtail_massage_title_count")]
