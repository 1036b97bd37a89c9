"""The two faces of the room behind one handle, so that a promise is tested once and kept twice."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from wagtail_massage.comments.threads import home_of
from wagtail_massage.comments.tokens import make_form_token

API = "/api/massage/v1/"
FIELDS = {"author_name": "Rowan", "body": "My shoulders thank you."}


def good_token(page: Any, *, seconds_ago: int = 60) -> str:
    """Return a token as a form that was read for a minute sends it back."""
    return make_form_token(page_id=home_of(page).pk, now=timezone.now() - timedelta(seconds=seconds_ago))


def comments_url(page_id: int) -> str:
    return f"{API}pages/{page_id}/comments/"


def form_url(page_id: int) -> str:
    return f"/massage/comments/{page_id}/"


def post_json(client: Client, url: str, values: Any, **extra: Any) -> Any:
    return client.post(url, json.dumps(values), content_type="application/json", **extra)


class JsonFace:
    name = "JSON"
    accepted = {201, 202}

    def __init__(self, client: Client) -> None:
        self.client = client

    def read(self, page: Any) -> Any:
        return self.client.get(comments_url(page.pk))

    def read_id(self, page_id: int) -> Any:
        return self.client.get(comments_url(page_id))

    def post(self, page: Any, **values: Any) -> Any:
        return self.post_id(page.pk, form_token=good_token(page), **values)

    def post_id(self, page_id: int, **values: Any) -> Any:
        return post_json(self.client, comments_url(page_id), FIELDS | values)

    def wrong_fields(self, response: Any) -> set[str]:
        return {error["loc"][1] for error in response.json()["errors"]}


class HtmlFace:
    name = "HTML"
    accepted = {303}

    def __init__(self, client: Client) -> None:
        self.client = client

    def read(self, page: Any) -> Any:
        return self.client.get(page.url)

    def read_id(self, page_id: int) -> Any:
        return self.client.get(form_url(page_id))

    def post(self, page: Any, **values: Any) -> Any:
        return self.post_id(page.pk, form_token=good_token(page), **values)

    def post_id(self, page_id: int, **values: Any) -> Any:
        return self.client.post(form_url(page_id), FIELDS | values)

    def wrong_fields(self, response: Any) -> set[str]:
        return set(response.context["form"].errors)
