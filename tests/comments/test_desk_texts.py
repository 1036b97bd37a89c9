"""The texts that the desk keeps for answers and notices, as their keeper finds them in the admin."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from wagtail.models import Page

from tests.comments.desk import client_of, desk_url, html_of, make_user
from wagtail_massage.comments.models import DeskText


class TestTexts:
    @pytest.fixture
    def rita(self, home: Page) -> Client:
        return client_of(make_user("rita", moderates=home.get_parent()))

    def add(self, client: Client, **values: Any) -> Any:
        said = {"kind": "SAFETY", "locale": "", "title": "Safety", "body": "Please ring 111."} | values
        return client.post(desk_url("text_add"), said)

    def test_are_listed_added_changed_and_deleted(self, rita):
        assert self.add(rita).status_code == 302
        text = DeskText.objects.get()
        assert "Safety" in html_of(rita.get(desk_url("texts")))
        said = {"kind": "SAFETY", "locale": "", "title": "Safety", "body": "Please ring 112."}
        rita.post(desk_url("text_edit", text.pk), said)
        text.refresh_from_db()
        assert (text.body, text.version) == ("Please ring 112.", 2)
        rita.post(desk_url("text_edit", text.pk), said)
        text.refresh_from_db()
        assert text.version == 2, "nothing was changed"
        rita.post(desk_url("text_delete", text.pk))
        assert not DeskText.objects.exists()

    def test_are_one_each_where_visitors_read_them(self, rita):
        self.add(rita)
        assert "There is such a text in this language already." in html_of(self.add(rita))
        assert self.add(rita, kind="HEALTH_REPLY").status_code == 302
        assert self.add(rita, kind="HEALTH_REPLY", title="Another").status_code == 302

    def test_refuse_a_language_that_the_site_has_not(self, rita):
        assert self.add(rita, locale="xx").status_code == 200
        assert not DeskText.objects.exists()

    def test_are_kept_by_those_who_moderate_everywhere(self, page):
        sue, petra = client_of(make_user("sue", moderates=page)), client_of(make_user("petra", answers=page))
        for client in (sue, petra):
            assert client.get(desk_url("texts")).status_code == 302
            self.add(client)
        assert not DeskText.objects.exists()

    def test_stand_in_the_settings_menu(self, rita, page):
        sue = client_of(make_user("sue", moderates=page))
        assert desk_url("texts") in html_of(rita.get("/admin/"))
        assert desk_url("texts") not in html_of(sue.get("/admin/"))
