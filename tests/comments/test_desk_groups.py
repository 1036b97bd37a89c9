"""Settings > Groups: whose comments a group moderates, and whose health questions it answers."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from tests.comments.desk import client_of, desk_url, make_user
from tests.projects.blog.models import BlogPage
from wagtail_massage.comments.models import GroupCommentPermission

PREFIX = "comment_permissions"


@pytest.fixture
def admin(moderator: Any) -> Client:
    return client_of(moderator)


@pytest.fixture
def group(db: None) -> Group:
    return Group.objects.create(name="Moderators of the blog")


def posted(
    name: str, *pages: Any, initial: int = 0, deleted: tuple[int, ...] = (), permissions: Any = None
) -> dict[str, Any]:
    """Return what the group form posts; the panels of other apps stay empty."""
    permissions = permissions or {}
    data = {"name": name, "permissions": [Permission.objects.get(codename="access_admin").pk]}
    for prefix in (
        "page_permissions",
        "collection_permissions",
        "document_permissions",
        "image_permissions",
    ):
        data |= {f"{prefix}-TOTAL_FORMS": 0, f"{prefix}-INITIAL_FORMS": 0}
    data |= {f"{PREFIX}-TOTAL_FORMS": len(pages), f"{PREFIX}-INITIAL_FORMS": initial}
    for number, page in enumerate(pages):
        data[f"{PREFIX}-{number}-page"] = getattr(page, "pk", page)
        data[f"{PREFIX}-{number}-permissions"] = permissions.get(number, ["MODERATE"])
        data[f"{PREFIX}-{number}-DELETE"] = "1" if number in deleted else ""
    return data


def granted(group: Group) -> set[tuple[int, str]]:
    return set(group.massage_comment_permissions.values_list("page_id", "permission"))


def edit(client: Client, group: Group, data: dict[str, Any]) -> Any:
    return client.post(reverse("wagtailusers_groups:edit", args=[group.pk]), data)


class TestGroupPanel:
    def test_stands_in_the_group_form_and_says_what_else_is_needed(self, admin: Client, group: Group) -> None:
        html = admin.get(reverse("wagtailusers_groups:edit", args=[group.pk])).content.decode()
        assert "Visitor comments" in html
        assert "Answer health questions" in html
        assert "but they need “Can access Wagtail admin” above." in html

    def test_grants_a_page_to_a_new_group(self, admin: Client, page: Page) -> None:
        response = admin.post(reverse("wagtailusers_groups:add"), posted("New", page))
        assert response.status_code == 302
        assert granted(Group.objects.get(name="New")) == {(page.pk, "MODERATE")}

    def test_grants_takes_and_keeps(self, admin: Client, group: Group, home: Page, page: Page) -> None:
        other = home.add_child(instance=BlogPage(title="Other", slug="other"))
        edit(admin, group, posted(group.name, page))
        edit(admin, group, posted(group.name, page, other, initial=1))
        assert granted(group) == {(page.pk, "MODERATE"), (other.pk, "MODERATE")}
        edit(admin, group, posted(group.name, page, other, initial=2, deleted=(0,)))
        assert granted(group) == {(other.pk, "MODERATE")}

    def test_can_exchange_one_page_for_another(
        self, admin: Client, group: Group, home: Page, page: Page
    ) -> None:
        other = home.add_child(instance=BlogPage(title="Other", slug="other"))
        edit(admin, group, posted(group.name, page))
        edit(admin, group, posted(group.name, other, initial=1))
        assert granted(group) == {(other.pk, "MODERATE")}

    def test_grants_each_right_for_itself(self, admin: Client, group: Group, page: Page) -> None:
        both = ["MODERATE", "ANSWER_HEALTH"]
        edit(admin, group, posted(group.name, page, permissions={0: both}))
        assert granted(group) == {(page.pk, "MODERATE"), (page.pk, "ANSWER_HEALTH")}
        edit(admin, group, posted(group.name, page, initial=1, permissions={0: ["ANSWER_HEALTH"]}))
        assert granted(group) == {(page.pk, "ANSWER_HEALTH")}
        edit(admin, group, posted(group.name, page, initial=1, deleted=(0,)))
        assert granted(group) == set()

    def test_shows_a_page_with_two_rights_once(self, admin: Client, group: Group, page: Page) -> None:
        for right in ("MODERATE", "ANSWER_HEALTH"):
            GroupCommentPermission.objects.create(group=group, page=page, permission=right)
        html = admin.get(reverse("wagtailusers_groups:edit", args=[group.pk])).content.decode()
        assert f'name="{PREFIX}-INITIAL_FORMS" value="1"' in html
        assert f'name="{PREFIX}-0-permissions" value="ANSWER_HEALTH"' in html

    def test_refuses_a_page_without_a_right(self, admin: Client, group: Group, page: Page) -> None:
        response = edit(admin, group, posted(group.name, page, permissions={0: []}))
        assert "Choose what the group may do there." in response.content.decode()
        assert granted(group) == set()

    def test_refuses_a_right_that_there_is_not(self, admin: Client, group: Group, page: Page) -> None:
        assert edit(admin, group, posted(group.name, page, permissions={0: ["OWN"]})).status_code == 200
        assert granted(group) == set()

    def test_refuses_the_same_page_twice(self, admin: Client, group: Group, page: Page) -> None:
        response = edit(admin, group, posted(group.name, page, page))
        assert "You cannot choose the same page twice." in response.content.decode()
        assert granted(group) == set()

    def test_refuses_a_page_that_is_not_there(self, admin: Client, group: Group) -> None:
        assert edit(admin, group, posted(group.name, 999999)).status_code == 200
        assert granted(group) == set()

    def test_can_grant_everything_by_the_root(self, admin: Client, group: Group) -> None:
        root = Page.get_first_root_node()
        edit(admin, group, posted(group.name, root))
        assert granted(group) == {(root.pk, "MODERATE")}

    def test_opens_the_desk_to_members_without_a_right_to_the_page(
        self, admin: Client, group: Group, page: Page, say: Any
    ) -> None:
        say("Only for moderators")
        nora = make_user("nora", admin=False)
        nora.groups.set([group])
        assert client_of(nora).get(desk_url("index")).status_code == 302
        edit(admin, group, posted(group.name, page))
        assert "Only for moderators" in client_of(nora).get(desk_url("index")).content.decode()
        assert client_of(nora).get(f"/admin/pages/{page.pk}/edit/").status_code == 302

    def test_offers_no_model_permissions_on_comments(self, admin: Client, group: Group) -> None:
        """Ticks such as "Can add visitor comment" would promise what nothing honours."""
        form = admin.get(reverse("wagtailusers_groups:edit", args=[group.pk])).context["form"]
        labels = {permission.content_type.app_label for permission in form.registered_permissions}
        assert "wagtail_massage_comments" not in labels
