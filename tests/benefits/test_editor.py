"""Saving lists through the page editor."""

import json

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from tests.projects.blog.models import BlogPage

pytestmark = pytest.mark.django_db


def benefit(heading: str, **value: str) -> tuple[str, dict]:
    body = streamfield([("text", {"rich_text": rich_text("<p>Words.</p>")})])
    image = {"image": "", "alt_text": ""}
    stored = {"summary": "", "anchor": "", "anchor_history": "", **value}
    return "benefit", {"heading": heading, "body": body, "image": image, **stored}


def form_of(*benefits: tuple[str, dict], ids: tuple[str, ...] = (), action: str = "action-publish") -> dict:
    value = {
        "lead_in": "Why:",
        "heading": "",
        "kind": "REASONS",
        "numbering": "ASCENDING",
        "start": "1",
        "heading_level": "H2",
        "benefits": streamfield(benefits),
    }
    data = nested_form_data(
        {
            "title": "Rest",
            "slug": "rest",
            "body": streamfield([("benefit_list", value)]),
            "comments-TOTAL_FORMS": 0,
            "comments-INITIAL_FORMS": 0,
        }
    )
    for index, id in enumerate(ids):
        data[f"body-0-value-benefits-{index}-id"] = id
    return {**data, action: "1"}


class TestPageEditor:
    @pytest.fixture
    def page(self, home) -> BlogPage:
        return home.add_child(instance=BlogPage(title="Rest", slug="rest", live=False))

    def save(self, client, page, data: dict) -> list[dict]:
        response = client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data)
        assert response.status_code == 302, response.context["form"].errors
        page.refresh_from_db()
        [block] = json.loads(page.get_latest_revision().content["body"])
        return [{"id": child["id"], **child["value"]} for child in block["value"]["benefits"]]

    def test_shows_lists_with_script_and_style(self, admin_client, page):
        response = admin_client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))

        assert "wagtail_massage/benefit-list-editor.js" in response.text
        assert "wagtail_massage/benefit-list-editor.css" in response.text

    def test_stores_anchors_and_gives_a_duplicate_its_own(self, admin_client, page):
        first = self.save(admin_client, page, form_of(benefit("Rest"), ids=("a",)))
        copied = benefit("Rest", anchor=first[0]["anchor"], anchor_history=first[0]["anchor_history"])

        second = self.save(admin_client, page, form_of(copied, copied, ids=("a", "b")))

        assert [(item["id"], item["anchor"], item["anchor_history"]) for item in second] == [
            ("a", "rest", "rest"),
            ("b", "rest-2", "rest-2"),
        ]

    def test_keeps_anchors_through_reordering_and_renaming(self, admin_client, page):
        self.save(admin_client, page, form_of(benefit("One"), benefit("Two"), ids=("a", "b")))
        moved = (
            benefit("Second, once", anchor="two", anchor_history="two"),
            benefit("One", anchor="one", anchor_history="one"),
        )

        stored = self.save(admin_client, page, form_of(*moved, ids=("b", "a")))

        assert [(item["id"], item["anchor"]) for item in stored] == [("b", "two"), ("a", "one")]

    def test_saves_an_unfinished_draft(self, admin_client, page):
        [stored] = self.save(admin_client, page, form_of(benefit(""), ids=("a",), action="action-save"))

        assert (stored["heading"], stored["anchor"]) == ("", "item-a")

    def test_shows_an_error_at_the_field_when_publishing(self, admin_client, page):
        response = admin_client.post(
            reverse("wagtailadmin_pages:edit", args=[page.pk]), form_of(benefit(""), ids=("a",))
        )

        assert response.status_code == 200
        assert "body" in response.context["form"].errors
