"""Screening lists in the admin."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils import timezone

from tests.comments.desk import client_of, desk_url, make_user
from wagtail_massage.comments.models import ScreeningEntry
from wagtail_massage.comments.states import Status


@pytest.fixture
def rita(home):
    """Somebody who moderates from the root of the page tree, and may do nothing else."""
    return make_user("rita", moderates=home.get_parent())


@pytest.fixture
def desk(rita):
    return client_of(rita)


@pytest.fixture
def entry(db):
    return ScreeningEntry.objects.create(kind="BANNED_WORDS", value="casino*", note="Spring wave")


class TestTheList:
    def test_shows_entries_with_what_they_do(self, desk, entry):
        html = desk.get(desk_url("entries")).content.decode()
        for text in ("casino*", "Banned word or phrase", "Spring wave", desk_url("entry_edit", entry.pk)):
            assert text in html

    def test_leads_to_a_new_entry(self, desk):
        assert desk_url("entry_add") in desk.get(desk_url("entries")).content.decode()

    @pytest.mark.parametrize(
        ("query", "is_shown"),
        [("kind=BANNED_WORDS", True), ("kind=RESERVED_NAME", False), ("q=casi", True), ("q=nothing", False)],
    )
    def test_can_be_narrowed(self, desk, entry, query, is_shown):
        html = desk.get(f"{desk_url('entries_results')}?{query}").content.decode()
        assert ("casino*" in html) == is_shown

    def test_is_in_the_settings_menu_of_those_who_may(self, desk, page):
        url = desk_url("entries")
        assert url in desk.get(reverse("wagtailadmin_home")).content.decode()
        sue = client_of(make_user("sue", moderates=page))
        assert url not in sue.get(reverse("wagtailadmin_home")).content.decode()


class TestAnEntry:
    FIELDS = {"kind": "BLOCKED_EMAIL", "value": "Kai+x@Example.com", "note": "", "expires_at": ""}

    def test_is_added_as_it_is_compared(self, desk, rita):
        response = desk.post(desk_url("entry_add"), self.FIELDS, follow=True)
        entry = ScreeningEntry.objects.get()
        assert (entry.value, entry.created_by) == ("kai@example.com", rita)
        assert "“kai@example.com” is on the list now." in response.content.decode()

    @pytest.mark.parametrize(
        ("values", "message"),
        [
            ({"kind": "BLOCKED_NETWORK"}, "is no network"),
            ({"kind": "BLOCKED_NETWORK", "value": "0.0.0.0/0"}, "holds too many visitors"),
            ({"kind": "BANNED_WORDS", "value": "…"}, "holds no letters or digits"),
            ({"kind": "NOTHING"}, "is not one of the available choices"),
            ({"value": ""}, "This field is required"),
            ({"value": "x" * 201}, "at most 200 characters"),
        ],
    )
    def test_is_refused_with_a_reason(self, desk, values, message):
        response = desk.post(desk_url("entry_add"), {**self.FIELDS, **values})
        assert response.status_code == 200
        assert message in response.content.decode()
        assert not ScreeningEntry.objects.exists()

    def test_cannot_end_before_it_begins(self, desk):
        past = timezone.localtime() - timedelta(days=1)
        response = desk.post(desk_url("entry_add"), {**self.FIELDS, "expires_at": f"{past:%Y-%m-%d %H:%M}"})
        assert "This moment is past." in response.content.decode()

    def test_stands_on_a_list_once(self, desk):
        desk.post(desk_url("entry_add"), self.FIELDS)
        response = desk.post(desk_url("entry_add"), {**self.FIELDS, "value": "KAI@example.com"})
        assert "This entry is on the list already." in response.content.decode()
        assert ScreeningEntry.objects.count() == 1

    def test_is_changed(self, desk, entry):
        assert "casino*" in desk.get(desk_url("entry_edit", entry.pk)).content.decode()
        fields = {"kind": "SUSPECT_WORDS", "value": "casino", "note": "", "expires_at": ""}
        response = desk.post(desk_url("entry_edit", entry.pk), fields, follow=True)
        entry.refresh_from_db()
        assert (entry.kind, entry.value) == ("SUSPECT_WORDS", "casino")
        assert "“casino” is saved." in response.content.decode()

    def test_that_has_ended_can_still_be_edited(self, desk, entry):
        entry.expires_at = timezone.now().replace(second=0, microsecond=0) - timedelta(days=1)
        entry.save()
        local = timezone.localtime(entry.expires_at)
        fields = {"kind": "BANNED_WORDS", "value": "casino", "expires_at": f"{local:%Y-%m-%d %H:%M}"}
        assert desk.post(desk_url("entry_edit", entry.pk), fields).status_code == 302

    def test_is_deleted_after_a_question(self, desk, entry):
        assert "casino*" in desk.get(desk_url("entry_delete", entry.pk)).content.decode()
        assert ScreeningEntry.objects.exists()
        response = desk.post(desk_url("entry_delete", entry.pk), follow=True)
        assert not ScreeningEntry.objects.exists()
        assert "“casino*” is no longer on the list." in response.content.decode()

    def test_counts_from_the_next_comment_on(self, desk, say):
        assert say("Casino?").status == Status.PENDING
        desk.post(desk_url("entry_add"), {"kind": "BANNED_WORDS", "value": "casino"})
        assert say("Casino!").status == Status.SPAM
        desk.post(desk_url("entry_delete", ScreeningEntry.objects.get().pk))
        assert say("Casino.").status == Status.PENDING

    def test_leaves_no_address_in_the_audit_log(self, desk):
        desk.post(desk_url("entry_add"), self.FIELDS)
        entry = ScreeningEntry.objects.get()
        desk.post(desk_url("entry_edit", entry.pk), {**self.FIELDS, "value": "mo@example.com"})
        desk.post(desk_url("entry_delete", entry.pk))
        rows = list(
            apps.get_model("wagtailcore", "ModelLogEntry").objects.values_list("action", "label", "data")
        )
        assert [action for action, _label, _data in rows]
        assert "example.com" not in repr(rows)
