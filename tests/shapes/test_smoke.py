"""What every install shape must do: answer at its front door, its back door and its APIs.

`make shapes` runs these in each shape; the ordinary test run does so in `everything`. A test asks which rooms
are installed, so it says the same in all of them.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.apps import apps
from django.template import engines
from django.urls import reverse
from wagtail.models import Site

pytestmark = [pytest.mark.contract, pytest.mark.django_db]

API = "/api/massage/v1/"
ROOMS = {"treatments": ["treatments", "benefit-lists"], "comments": ["comments", "comment-counts"]}


def is_installed(room):
    return apps.is_installed(f"wagtail_massage.{room}")


@pytest.fixture
def front_page():
    return Site.objects.get(is_default_site=True).root_page


class TestSite:
    def test_has_a_front_page_that_answers(self, client):
        assert client.get("/").status_code == 200

    def test_answers_an_unknown_address_with_404(self, client):
        assert client.get("/there-is-no-such-page/").status_code == 404


class TestAdmin:
    def test_shows_the_login_page(self, client):
        assert client.get(reverse("wagtailadmin_login")).status_code == 200

    def test_shows_its_front_page_to_an_administrator(self, admin_client):
        assert admin_client.get(reverse("wagtailadmin_home")).status_code == 200

    def test_opens_the_form_of_every_page_type(self, admin_client, front_page):
        for model in front_page.specific_class.creatable_subpage_models():
            options = model._meta
            address = reverse(
                "wagtailadmin_pages:add", args=[options.app_label, options.model_name, front_page.pk]
            )
            assert admin_client.get(address).status_code == 200, options.label

    def test_opens_the_group_form(self, admin_client):
        response = admin_client.get(reverse("wagtailusers_groups:add"))
        assert response.status_code == 200


class TestApis:
    def test_describes_the_rooms_that_are_installed_and_no_others(self, client):
        response = client.get(f"{API}openapi.json")
        assert response.status_code == 200
        described = "\n".join(response.json()["paths"])
        for room, names in ROOMS.items():
            for name in names:
                assert (f"/{name}" in described) is is_installed(room), name

    def test_shows_the_documentation(self, client):
        assert client.get(f"{API}docs/").status_code == 200

    def test_lists_pages_on_wagtails_own_api(self, client):
        response = client.get("/api/v2/pages/")
        assert response.status_code == 200
        assert response.json()["meta"]["total_count"] >= 1


@pytest.mark.skipif(not is_installed("webhooks"), reason="this shape has no webhooks")
class TestWebhooks:
    def test_are_told_of_a_page_that_is_published_and_moved(self, front_page):
        from wagtail_massage.testing.webhooks import WebhookEndpointFactory
        from wagtail_massage.webhooks.models import WebhookEvent

        WebhookEndpointFactory()
        model = next(iter(front_page.specific_class.creatable_subpage_models()))
        shelf, page = (
            front_page.add_child(instance=model(title=slug, slug=slug)) for slug in ("shelf", "page")
        )
        page.move(shelf, pos="last-child")
        bodies = [json.loads(body) for body in WebhookEvent.objects.values_list("body", flat=True)]
        assert [(body["type"], body["paths"]) for body in bodies] == [
            ("page.published", ["/shelf/"]),
            ("page.published", ["/page/"]),
            ("page.moved", ["/page/", "/shelf/page/"]),
        ]
        has_comments = f"massage-comments-{page.pk}" in bodies[-1]["tags"]
        assert has_comments is is_installed("comments")

    def test_are_edited_in_the_admin(self, admin_client):
        assert admin_client.get(reverse("wagtail_massage_webhooks:index")).status_code == 200


class TestTemplates:
    @pytest.mark.parametrize(
        "app",
        [config for config in apps.get_app_configs() if config.name.startswith("wagtail_massage")],
        ids=str,
    )
    def test_compile_with_the_tag_libraries_of_this_shape(self, app):
        folder = Path(app.path, "templates")
        for path in sorted(folder.rglob("*.html")):
            assert engines["django"].get_template(str(path.relative_to(folder)))
