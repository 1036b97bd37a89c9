"""The title's number among Wagtail's content checks: what axe is told, in the editor and in the user bar."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from django.urls import reverse
from wagtail import hooks
from wagtail.admin.userbar import ContentCheckerItem, Userbar

from tests.projects.blog.models import BlogPage

from .samples import entry

RULE = "massage-title-count"
SCRIPT = "wagtail_massage/title-check.js"


@pytest.fixture
def page(home: Any) -> Any:
    body = [{"type": "benefit_list", "value": {"benefits": [entry("One"), entry("Two")]}}]
    return home.add_child(instance=BlogPage(title="3 reasons", slug="three", body=body))


def configuration(html: str) -> dict[str, Any]:
    found = re.search(r'<script id="checker-axe-configuration"[^>]*>(.*?)</script>', html, flags=re.DOTALL)
    return json.loads(found[1])


def user_bar(page: Any) -> str:
    request = RequestFactory().get("/", headers={"host": "cms.example.com"})
    request.user, request.in_preview_panel = AnonymousUser(), True
    return Userbar(object=page).render_html({"request": request})


def options(found: dict[str, Any]) -> dict[str, Any]:
    [check] = [check for check in found["spec"]["checks"] if check["id"] == RULE]
    return check["options"]


@pytest.mark.contract
class TestTheUserBar:
    def test_says_whether_the_draft_in_memory_fits(self, page):
        assert options(configuration(user_bar(page))) == {"fits": False}
        page.title = "2 reasons"
        assert options(configuration(user_bar(page))) == {"fits": True}

    def test_runs_the_rule_and_names_what_is_wrong(self, page):
        found = configuration(user_bar(page))
        assert RULE in found["options"]["runOnly"]
        assert RULE in [rule["id"] for rule in found["spec"]["rules"]]
        assert found["messages"][RULE]["help_text"] == "The title says 3, but the list has 2 entries."

    def test_keeps_what_wagtail_checks(self, page):
        found = configuration(user_bar(page))
        assert "empty-heading" in found["options"]["runOnly"]
        assert "check-image-alt-text" in [check["id"] for check in found["spec"]["checks"]]
        assert "empty-heading" in found["messages"]

    def test_brings_the_script_with_the_host_of_the_cms(self, page):
        assert re.search(rf'src="//cms\.example\.com/static/{SCRIPT}', user_bar(page))

    def test_has_nothing_to_say_of_a_page_without_lists_or_of_no_page(self, home):
        assert options(configuration(user_bar(home))) == {"fits": True}
        assert options(configuration(user_bar(None))) == {"fits": True}

    def test_has_nothing_to_say_of_what_is_no_page(self, home):
        assert options(configuration(user_bar(home.locale))) == {"fits": True}
        assert options(configuration(user_bar(object()))) == {"fits": True}


@pytest.mark.contract
class TestTheEditor:
    def test_knows_the_rule_whatever_is_saved(self, page, admin_client):
        html = admin_client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
        found = configuration(html)
        assert RULE in found["options"]["runOnly"]
        assert "The warning at the title offers it." in found["messages"][RULE]["help_text"]
        assert "allowedOrigins" not in found["spec"]

    def test_listens_to_the_front_end_that_shows_drafts_and_answers_it(self, page, admin_client, settings):
        settings.WAGTAIL_MASSAGE_API_PREVIEW_URL = "https://www.example.com/preview?draft=1"
        settings.WAGTAILADMIN_BASE_URL = "https://admin.example.com/cms"
        html = admin_client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
        assert configuration(html)["spec"]["allowedOrigins"] == ["<same_origin>", "https://www.example.com"]
        assert configuration(user_bar(page))["spec"]["allowedOrigins"] == [
            "<same_origin>",
            "http://cms.example.com",
            "https://admin.example.com",
        ]


class Strict(ContentCheckerItem):
    """Another package's checker."""

    class Media:
        js = ("strict.js",)

    def __init__(self, *args: Any, threshold: int = 3, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.threshold = threshold

    def get_axe_run_only(self, request: Any) -> Any:
        return None

    def get_axe_rules(self, request: Any) -> dict[str, Any]:
        return {"link-name": {"enabled": self.threshold > 3}}

    def get_axe_spec(self, request: Any) -> dict[str, Any]:
        return {**super().get_axe_spec(request), "allowedOrigins": ["https://other.example.com"]}


def use_strict(request: Any, items: list[Any], page: Any) -> None:
    items[:] = [
        Strict(in_editor=item.in_editor, threshold=4) if isinstance(item, ContentCheckerItem) else item
        for item in items
    ]


class Plain(ContentCheckerItem):
    """A site's checker that is made in its own way."""

    def __init__(self) -> None:
        super().__init__(in_editor=False)


def use_plain(request: Any, items: list[Any], page: Any) -> None:
    items[:] = [Plain() if isinstance(item, ContentCheckerItem) else item for item in items]


class TestAnotherChecker:
    def test_is_not_made_a_second_time(self, page):
        with hooks.register_temporarily("construct_wagtail_userbar", use_plain):
            assert options(configuration(user_bar(page))) == {"fits": False}

    def test_keeps_its_state_its_rules_its_script_and_its_origins(self, page, settings):
        settings.WAGTAIL_MASSAGE_API_PREVIEW_URL = "https://www.example.com/preview"
        with hooks.register_temporarily("construct_wagtail_userbar", use_strict):
            html = user_bar(page)
        found = configuration(html)
        assert found["options"] == {"rules": {"link-name": {"enabled": True}}}  # all rules, so ours too
        assert options(found) == {"fits": False}
        assert "strict.js" in html and SCRIPT in html
        assert found["spec"]["allowedOrigins"][0] == "https://other.example.com"
