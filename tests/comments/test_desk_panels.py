"""What waits, on the admin's first page and beside a page that is edited: for each user her own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from tests.comments.desk import client_of, desk_url, html_of, make_user
from tests.comments.history import write
from tests.comments.policy_trees import add, choose
from tests.projects.blog.models import BlogPage
from wagtail_massage.comments import actions
from wagtail_massage.comments.desk.panels import WaitingPanel
from wagtail_massage.comments.desk.side_panel import HAS_EDIT_VIEWS, PageCommentsPanel
from wagtail_massage.comments.models import VisitorComment

Say = Callable[..., VisitorComment]

HEALTH = "I had a triple bypass and now my leg swells. Is a massage safe for me?"
EVIL = "<img src=x onerror=alert(1)>"
on_8 = pytest.mark.skipif(not HAS_EDIT_VIEWS, reason="Wagtail 7.4 has no side panels but its own")
on_7 = pytest.mark.skipif(HAS_EDIT_VIEWS, reason="Wagtail 8 has a side panel instead")


@pytest.fixture
def sue(page: Page) -> Client:
    """Moderates the page and what is below it."""
    return client_of(make_user("sue", moderates=page))


@pytest.fixture
def petra(page: Page) -> Client:
    """Answers health questions there, and moderates nothing."""
    return client_of(make_user("petra", answers=page))


@pytest.fixture
def other(home: Page) -> Page:
    return add(home, "other")


def first_page(client: Client) -> str:
    """Return what the panel on the admin's first page says; "" where there is none."""
    html = html_of(client.get(reverse("wagtailadmin_home")))
    _before, found, after = html.partition('<div class="massage-home">')
    return after.partition("</section>")[0] if found else ""


def editor(client: Client, page: Page, query: str = "") -> str:
    response = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]) + query)
    assert response.status_code == 200
    return html_of(response)


def beside(html: str) -> str:
    _before, found, after = html.partition('<div class="massage-beside">')
    return after.partition("</aside>")[0] if found else ""


class TestFirstPage:
    def test_tells_what_waits_and_since_when(self, sue: Client, say: Say) -> None:
        hour = timedelta(hours=1)
        for hours in (5, 3, 2, 1):
            comment = say(f"The oil was nice, {hours} h ago.")
            VisitorComment.objects.filter(pk=comment.pk).update(created_at=timezone.now() - hours * hour)
        html = first_page(sue)
        assert "Somebody has been waiting for you for 5 h." in html
        assert f'<a href="{desk_url("lane", "pending")}">Pending <strong>4</strong></a>' in html
        assert [f"{hours} h ago" in html for hours in (5, 3, 2, 1)] == [True, True, True, False]
        assert "on “Warm stones”" in html

    def test_links_to_each_comment(self, sue: Client, say: Say) -> None:
        comment = say("The oil was nice.")
        assert f'href="{desk_url("inspect", comment.pk)}"' in first_page(sue)

    def test_counts_what_is_reported(self, sue: Client, publish: Say) -> None:
        comment = publish("The oil was nice.")
        VisitorComment.objects.filter(pk=comment.pk).update(report_count=1)
        html = first_page(sue)
        assert "Reported <strong>1</strong>" in html
        assert "No new comment is waiting for you." in html

    def test_says_kindly_that_nothing_waits(self, sue: Client, page: Page) -> None:
        assert "All answered: no comment is waiting for you." in first_page(sue)

    def test_says_how_long_the_oldest_had_to_wait(self, sue: Client, say: Say, moderator: Any) -> None:
        comment = say("The oil was nice.")
        now = timezone.now()
        write(
            comment.page,
            "The stones were warm.",
            at=now - timedelta(hours=5),
            verb="approve",
            by=moderator,
            after=timedelta(hours=3),
        )
        assert "All answered" not in first_page(sue)
        actions.remove(comment, by=moderator, now=comment.created_at)
        assert "The oldest of the last 24 hours waited 3 h." in first_page(sue)

    def test_shows_health_questions_to_whoever_answers_them_without_name_or_text(
        self, petra: Client, sue: Client, say: Say
    ) -> None:
        question = say(HEALTH, author_name="Ina Beck")
        html = first_page(petra)
        assert "Health questions <strong>1</strong>" in html
        assert f'href="{desk_url("inspect", question.pk)}"' in html
        assert "Red flag" in html
        for private in ("bypass", "Ina"):
            assert private not in html
        assert "All answered" in first_page(sue)

    def test_shows_red_flags_first(self, petra: Client, say: Say) -> None:
        for number in range(3):
            say(f"My knees hurt when I kneel, visit {number}. Which massage would help me?")
        urgent = say(HEALTH)
        html = first_page(petra).partition("<ol")[2]
        assert html.count("<li>") == 3
        assert desk_url("inspect", urgent.pk) in html.partition("</li>")[0]

    def test_shows_nothing_else_to_whoever_only_answers(self, petra: Client, say: Say) -> None:
        say("The oil was nice.")
        html = first_page(petra)
        assert "All answered" in html
        assert "oil" not in html
        assert desk_url("report") not in html

    def test_shows_nothing_of_other_sections(self, other: Page, say: Say) -> None:
        say("The oil was nice.")
        say(HEALTH)
        html = first_page(client_of(make_user("otto", moderates=other, answers=other)))
        assert "All answered" in html
        assert "Warm stones" not in html

    def test_is_not_there_for_anybody_else(self, page: Page, say: Say) -> None:
        say("The oil was nice.")
        assert first_page(client_of(make_user("ed", edits=page))) == ""

    def test_runs_nothing_that_a_visitor_wrote(self, sue: Client, say: Say, page: Page) -> None:
        Page.objects.filter(pk=page.pk).update(draft_title=EVIL)
        say(f"{EVIL} The oil was nice.", author_name=EVIL)
        html = first_page(sue)
        assert EVIL not in html
        assert html.count("&lt;img src=x") == 3

    def test_asks_four_times_at_most_however_much_waits(
        self, moderator: Any, say: Say, rf: RequestFactory, django_assert_max_num_queries: Any
    ) -> None:
        for count in (0, 1, 4):
            for number in range(count):
                say(f"The oil was nice, visit {count} {number}.")
            request = rf.get("/admin/")
            request.user = moderator
            with django_assert_max_num_queries(4):
                WaitingPanel().render_html({"request": request})
            with django_assert_max_num_queries(3):  # the menu has asked for the counts
                WaitingPanel().render_html({"request": request})


@on_8
class TestSidePanel:
    def test_tells_the_page_s_comments_and_who_may_write(
        self, moderator: Any, page: Page, say: Say, publish: Say
    ) -> None:
        publish("The oil was nice.")
        say("The stones were warm.")
        say(HEALTH)
        choose(page, "MEMBERS")
        html = editor(client_of(moderator), page)
        panel = beside(html)
        for lane, label, count in (
            ("approved", "Public", 1),
            ("pending", "Pending", 1),
            ("health", "Health questions", 1),
        ):
            link = f'<a href="{desk_url("lane", lane)}?page={page.pk}">{label} <strong>{count}</strong></a>'
            assert link in panel
        assert "Members: only people who are signed in may write" in panel
        assert "This was chosen on this page." in panel
        assert f'href="{desk_url("policy", page.pk)}"' in panel
        assert 'data-side-panel-toggle="massage-comments"' in html

    def test_counts_what_the_lanes_show(self, moderator: Any, page: Page, say: Say) -> None:
        say("The stones were warm.")
        say("The oil was nice.", page=add(page, "below"))
        client = client_of(moderator)
        panel = beside(editor(client, page))
        assert "Pending <strong>2</strong>" in panel
        assert "With those of the pages below it." in panel
        found = client.get(desk_url("lane", "pending"), {"page": page.pk})
        assert len(found.context["cards"]) == 2

    def test_names_the_section_only_to_whoever_may_know_it(self, home: Page, page: Page) -> None:
        choose(home, "READ_ONLY")
        ed = make_user("ed", edits=page, moderates=page)
        panel = beside(editor(client_of(ed), page))
        assert "Read only" in panel
        assert desk_url("policy", home.pk) not in panel
        assert desk_url("policy", page.pk) in panel

    def test_shows_health_questions_only_to_whoever_only_answers(self, page: Page, say: Say) -> None:
        say("The stones were warm.")
        say(HEALTH)
        petra = client_of(make_user("petra", edits=page, answers=page))
        panel = beside(editor(petra, page))
        assert "Health questions <strong>1</strong>" in panel
        assert "Pending" not in panel
        assert desk_url("policy", page.pk) not in panel

    @pytest.mark.parametrize("rights", [{}, {"moderates": "other"}, {"answers": "other"}])
    def test_shows_nothing_to_editors_without_the_right(
        self, page: Page, other: Page, say: Say, rights: dict[str, str]
    ) -> None:
        say("The stones were warm.")
        ed = make_user("ed", edits=page, **dict.fromkeys(rights, other))
        html = editor(client_of(ed), page)
        assert "data-edit-form" in html
        assert 'data-side-panel="massage-comments"' not in html
        assert beside(html) == ""

    def test_is_not_part_of_what_is_sent_while_somebody_types(self, moderator: Any, page: Page) -> None:
        client = client_of(moderator)
        url = reverse("wagtailadmin_pages:edit", args=[page.pk])
        response = client.get(f"{url}?_w_hydrate_create_view=1")
        assert response.status_code == 200
        assert "massage-beside" not in response.content.decode()

    def test_stands_beside_an_earlier_version_too(self, moderator: Any, page: Page) -> None:
        revision = page.specific.save_revision()
        url = reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, revision.pk])
        assert beside(html_of(client_of(moderator).get(url)))

    def test_runs_nothing_that_a_title_says(self, moderator: Any, home: Page, page: Page) -> None:
        choose(home, "READ_ONLY")
        Page.objects.filter(pk=home.pk).update(title=EVIL, draft_title=EVIL)
        panel = beside(editor(client_of(moderator), page))
        assert EVIL not in panel


@on_7
class TestHeaderOn7:
    def test_tells_how_many_wait(self, moderator: Any, page: Page, say: Say) -> None:
        say("The stones were warm.")
        html = editor(client_of(moderator), page)
        assert "1 visitor comment waits" in html
        assert f"{desk_url('lane', 'pending')}?page={page.pk}" in html

    def test_tells_nothing_to_others(self, page: Page, other: Page, say: Say) -> None:
        say("The stones were warm.")
        html = editor(client_of(make_user("ed", edits=page, moderates=other)), page)
        assert "visitor comment waits" not in html


class TestPanelInTheForm:
    def bound(self, page: Page, user: Any, rf: RequestFactory) -> Any:
        request = rf.get("/admin/")
        request.user = user
        return (
            PageCommentsPanel()
            .bind_to_model(BlogPage)
            .get_bound_panel(instance=page.specific, request=request)
        )

    def test_tells_the_same(self, page: Page, moderator: Any, say: Say, rf: RequestFactory) -> None:
        say("The stones were warm.")
        panel = self.bound(page, moderator, rf)
        assert panel.is_shown()
        assert "Pending <strong>1</strong>" in panel.render_html({})
        assert "panels.css" in str(panel.media)

    def test_hides_from_others(self, page: Page, other: Page, rf: RequestFactory) -> None:
        assert not self.bound(page, make_user("otto", moderates=other), rf).is_shown()
