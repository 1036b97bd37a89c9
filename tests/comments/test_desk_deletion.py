"""Deleting pages never deletes comments silently: the confirmation counts them, and they stay, not public."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse
from wagtail import hooks
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.admin.views.pages.bulk_actions import DeleteBulkAction
from wagtail.models import Page

from tests.comments.desk import client_of, desk_url, make_user
from tests.projects.blog.models import BlogPage
from wagtail_massage.comments.models import VisitorComment

ONE = "1 visitor comment hangs on what you are about to delete."
THREE = "3 visitor comments hang on what you are about to delete."


@pytest.fixture
def admin(moderator: Any) -> Client:
    return client_of(moderator)


@pytest.fixture
def below(page: Page, publish: Any, say: Any) -> Page:
    """A page below `page`: one comment above, two here."""
    child = Page.objects.get(pk=page.add_child(instance=BlogPage(title="Cold feet", slug="cold-feet")).pk)
    publish("On warm stones")
    publish("On cold feet", page=child)
    say("Still waiting", page=child)
    return child


def bulk_url(*pages: Page) -> str:
    query = "&".join(f"id={page.pk}" for page in pages)
    return f"{reverse('wagtail_bulk_action', args=['wagtailcore', 'page', 'delete'])}?{query}"


def delete_url(page: Page) -> str:
    return reverse("wagtailadmin_pages:delete", args=[page.pk])


class TestConfirmation:
    def test_counts_the_comments_of_a_page(self, admin: Client, page: Page, say: Any) -> None:
        say()
        html = admin.get(delete_url(page)).content.decode()
        assert ONE in html
        assert "kept, out of public sight" in html

    def test_counts_the_comments_of_a_tree(self, admin: Client, page: Page, below: Page) -> None:
        assert THREE in admin.get(delete_url(page)).content.decode()

    def test_counts_the_comments_of_several_pages(
        self, admin: Client, home: Page, page: Page, below: Page
    ) -> None:
        other = home.add_child(instance=BlogPage(title="Other", slug="other"))
        assert THREE in admin.get(bulk_url(page, other)).content.decode()

    def test_counts_what_is_deleted_along_with_the_page(
        self, admin: Client, home: Page, page: Page, below: Page, settings: Any
    ) -> None:
        """Translations, for example: apps name them through a hook of Wagtail's."""
        settings.WAGTAIL_I18N_ENABLED = True
        other = home.add_child(instance=BlogPage(title="Other", slug="other"))
        name = "construct_translated_pages_to_cascade_actions"
        with hooks.register_temporarily(name, lambda pages, action: {pages[0]: [page]}):
            assert THREE in admin.get(delete_url(other)).content.decode()

    def test_says_nothing_where_there_are_none(self, admin: Client, home: Page, below: Page) -> None:
        other = home.add_child(instance=BlogPage(title="Other", slug="other"))
        for url in (delete_url(other), bulk_url(other)):
            assert "about to delete" not in admin.get(url).content.decode()

    def test_is_said_to_editors_too_who_moderate_nothing(self, page: Page, say: Any) -> None:
        say()
        editor = client_of(make_user("ed", edits=page.get_parent()))
        assert ONE in editor.get(delete_url(page)).content.decode()

    def test_deletes_nothing_by_being_looked_at(self, admin: Client, page: Page, below: Page) -> None:
        admin.get(delete_url(page)), admin.get(bulk_url(page))
        assert Page.objects.filter(pk__in=[page.pk, below.pk]).count() == 2


class SiteDeleteAction(DeleteBulkAction):
    """A site's own way to delete pages."""

    display_name = "Shred"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "made_by": "the site"}


class TestSiteWithAnActionOfItsOwn:
    @pytest.fixture
    def _site_action(self) -> Iterator[None]:
        with hooks.register_temporarily("register_bulk_action", SiteDeleteAction):
            bulk_action_registry.has_scanned_for_bulk_actions = False
            yield
        bulk_action_registry.has_scanned_for_bulk_actions = False

    @pytest.mark.usefixtures("_site_action")
    def test_keeps_it_and_gets_the_count(self, admin: Client, page: Page, say: Any) -> None:
        say()
        response = admin.get(bulk_url(page))
        assert response.context["made_by"] == "the site"
        assert ONE in response.content.decode()


def delete_singly(client: Client, page: Page, below: Page) -> None:
    client.post(delete_url(below))
    client.post(delete_url(page))


def delete_in_bulk(client: Client, page: Page, below: Page) -> None:
    other = page.get_parent().add_child(instance=BlogPage(title="Other", slug="other"))
    client.post(bulk_url(page, other))


def delete_by_tree(client: Client, page: Page, below: Page) -> None:
    client.post(delete_url(page))


@pytest.mark.contract
@pytest.mark.parametrize("delete", [delete_singly, delete_in_bulk, delete_by_tree])
class TestDeletedPages:
    def test_leave_their_comments_behind(self, admin: Client, page: Page, below: Page, delete: Any) -> None:
        delete(admin, page, below)
        assert not Page.objects.filter(pk__in=[page.pk, below.pk]).exists()
        rows = VisitorComment.objects.order_by("pk").values_list("body", "page", "thread__page_title")
        assert list(rows) == [
            ("On warm stones", None, "Warm stones"),
            ("On cold feet", None, "Cold feet"),
            ("Still waiting", None, "Cold feet"),
        ]

    def test_take_them_out_of_public_sight(self, admin: Client, page: Page, below: Page, delete: Any) -> None:
        url = f"/api/massage/v1/pages/{page.pk}/comments/"
        assert Client().get(url).status_code == 200
        delete(admin, page, below)
        assert Client().get(url).status_code == 404
        assert not VisitorComment.objects.public().exists()

    def test_stay_known_by_their_title_to_those_who_moderate_everywhere(
        self, admin: Client, page: Page, below: Page, delete: Any
    ) -> None:
        sue = client_of(make_user("sue", moderates=page.get_parent()))
        delete(admin, page, below)
        html = admin.get(desk_url("lane", "all")).content.decode()
        assert "On cold feet" in html
        assert "on “Cold feet”, a page that has been deleted" in html
        waiting = VisitorComment.objects.get(body="Still waiting")
        assert "Cold feet" in admin.get(desk_url("inspect", waiting.pk)).content.decode()
        assert sue.get(desk_url("inspect", waiting.pk)).status_code == 404


class TestComments:
    """Generic parts of Wagtail do not know them."""

    def test_are_no_usage_of_their_page(self, admin: Client, page: Page, publish: Any) -> None:
        publish()
        from wagtail.models import ReferenceIndex

        assert ReferenceIndex.get_references_to(page).count() == 0
        response = admin.get(reverse("wagtailadmin_pages:usage", args=[page.pk]))
        assert "Warm stones" in response.content.decode()
        assert list(response.context["object_list"]) == []

    def test_are_no_snippets_and_not_indexed_for_search(self) -> None:
        from wagtail.search.index import class_is_indexed
        from wagtail.snippets.models import get_snippet_models

        models = set(apps.get_app_config("wagtail_massage_comments").get_models())
        assert models
        assert not models & set(get_snippet_models())
        assert not any(class_is_indexed(model) for model in models)
        assert not any(hasattr(model, "api_fields") for model in models)

    def test_are_in_no_reference_index_even_after_a_rebuild(self, page: Page, publish: Any) -> None:
        from django.core.management import call_command
        from wagtail.models import ReferenceIndex

        publish()
        call_command("rebuild_references_index", verbosity=0)
        labels = set(ReferenceIndex.objects.values_list("content_type__app_label", flat=True))
        assert "wagtail_massage_comments" not in labels
