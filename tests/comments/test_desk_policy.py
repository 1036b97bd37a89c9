"""Comments on one page: the policy, changed at once from the page's header or the desk."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import Page, PageLogEntry

from tests.comments.desk import client_of, desk_url, make_user
from tests.projects.blog.models import BlogPage, PlainPage
from wagtail_massage.comments import actions
from wagtail_massage.comments.desk.policy import page_header_buttons
from wagtail_massage.comments.models import CommentThread
from wagtail_massage.comments.policies import PolicyTerms, policy_in_force, terms_of
from wagtail_massage.comments.states import Policy

LOGGED = "wagtail_massage_comments.set_policy"


@pytest.fixture
def sue(page: Page) -> Client:
    """Moderates the page and what is below it; may edit nothing."""
    return client_of(make_user("sue", moderates=page))


@pytest.fixture
def section(home: Page) -> Page:
    """A page whose own type takes no comments, with one below it that does."""
    section = home.add_child(instance=PlainPage(title="Treatments", slug="treatments"))
    section.add_child(instance=BlogPage(title="Foot bath", slug="foot-bath"))
    return Page.objects.get(pk=section.pk)


@pytest.fixture
def leaf(home: Page, monkeypatch: pytest.MonkeyPatch) -> Page:
    """A page that takes no comments and has none below it either."""
    monkeypatch.setattr(PlainPage, "allowed_subpage_models", classmethod(lambda cls: []))
    return home.add_child(instance=PlainPage(title="Imprint", slug="imprint"))


def choose(page: Page, policy: str, **terms: Any) -> None:
    actions.set_policy(
        page=page, policy=Policy(policy), by=None, now=timezone.now(), terms=PolicyTerms(**terms)
    )


def read(client: Client, page: Page) -> str:
    return client.get(desk_url("policy", page.pk)).content.decode()


class TestPolicyView:
    @pytest.mark.parametrize("policy", Policy.values)
    def test_changes_the_policy_at_once(self, sue: Client, page: Page, policy: str) -> None:
        response = sue.post(desk_url("policy", page.pk), {"policy": policy})
        assert response.status_code == 302
        assert policy_in_force(page, now=timezone.now()).chosen == policy

    def test_is_open_to_whoever_moderates_above(self, sue: Client, page: Page) -> None:
        child = page.add_child(instance=BlogPage(title="Below", slug="below"))
        assert sue.get(desk_url("policy", child.pk)).status_code == 200

    def test_does_not_know_pages_out_of_scope(self, sue: Client, home: Page, section: Page) -> None:
        other = home.add_child(instance=BlogPage(title="Other", slug="other"))
        for stranger in (other, section, home, home.get_parent()):
            assert sue.get(desk_url("policy", stranger.pk)).status_code == 404
            assert sue.post(desk_url("policy", stranger.pk), {"policy": "OFF"}).status_code == 404
        assert not CommentThread.objects.exists()

    def test_does_not_know_pages_without_comments_there_and_below(self, moderator: Any, leaf: Page) -> None:
        desk = client_of(moderator)
        assert desk.get(desk_url("policy", leaf.pk)).status_code == 404
        assert desk.post(desk_url("policy", leaf.pk), {"policy": "OFF"}).status_code == 404

    def test_does_not_know_the_root_of_all_sites(self, moderator: Any, home: Page) -> None:
        assert client_of(moderator).get(desk_url("policy", home.get_parent().pk)).status_code == 404

    def test_opens_no_thread_by_being_looked_at(self, sue: Client, page: Page) -> None:
        html = read(sue, page)
        assert (
            "Nobody has chosen on this page or above it, so the settings of the installation decide." in html
        )
        assert not CommentThread.objects.exists()

    def test_refuses_a_policy_that_does_not_exist(self, sue: Client, page: Page) -> None:
        response = sue.post(desk_url("policy", page.pk), {"policy": "BANANA"})
        assert "BANANA is not one of the available choices" in response.content.decode()
        assert not CommentThread.objects.exists()

    def test_counts_and_leads_to_the_desk(self, sue: Client, page: Page, say: Any, publish: Any) -> None:
        say(), say(), publish()
        response = sue.get(desk_url("policy", page.pk))
        counts = {str(lane["label"]): lane["count"] for lane in response.context["lanes"]}
        assert (counts["Pending"], counts["Approved"], counts["Unread"]) == (2, 1, 0)
        assert f'href="{desk_url("lane", "pending")}?page={page.pk}"' in response.content.decode()

    def test_counts_what_is_below_as_the_desk_does(self, moderator: Any, home: Page, say: Any) -> None:
        say()
        response = client_of(moderator).get(desk_url("policy", home.pk))
        counts = {str(lane["label"]): lane["count"] for lane in response.context["lanes"]}
        assert counts["Pending"] == 1

    def test_of_an_alias_is_that_of_its_source(self, moderator: Any, page: Page, home: Page) -> None:
        alias = page.specific.create_alias(parent=home, update_slug="warm-stones-again")
        client_of(moderator).post(desk_url("policy", alias.pk), {"policy": "CLOSED"})
        assert policy_in_force(page, now=timezone.now()).chosen == "CLOSED"


class TestChoice:
    def test_keeps_all_that_goes_with_it(self, sue: Client, page: Page) -> None:
        values = {
            "policy": "PRE",
            "opens_at": "2199-05-03 10:00",
            "closes_at": "2199-07-03 10:00",
            "close_after_days": "30",
            "closed_notice": "Ask at the desk.",
            "email_rule": "CONFIRMED",
        }
        sue.post(desk_url("policy", page.pk), values)
        assert terms_of(CommentThread.objects.get()) == PolicyTerms(
            opens_at=datetime(2199, 5, 3, 9, tzinfo=UTC),  # the site's clock is London's
            closes_at=datetime(2199, 7, 3, 9, tzinfo=UTC),
            close_after_days=30,
            closed_notice="Ask at the desk.",
            email_rule="CONFIRMED",
        )
        form = sue.get(desk_url("policy", page.pk)).context["form"]
        assert {name: str(form[name].value()) for name in values if not name.endswith("_at")} == {
            name: value for name, value in values.items() if not name.endswith("_at")
        }
        assert 'value="2199-05-03 10:00"' in str(form["opens_at"])

    def test_tells_zero_days_from_none(self, sue: Client, page: Page, settings: Any) -> None:
        settings.WAGTAIL_MASSAGE_COMMENTS_CLOSE_AFTER_DAYS = 1
        page.first_published_at = timezone.now() - timedelta(days=9)
        sue.post(desk_url("policy", page.pk), {"policy": "PRE", "close_after_days": "0"})
        assert policy_in_force(page, now=timezone.now()).policy == "PRE"
        sue.post(desk_url("policy", page.pk), {"policy": "PRE", "close_after_days": ""})
        assert policy_in_force(page, now=timezone.now()).policy == "CLOSED"

    def test_is_taken_back_with_all_that_went_with_it(self, sue: Client, page: Page, home: Page) -> None:
        choose(home, "POST")
        choose(page, "CLOSED", closed_notice="Ask at the desk.")
        sue.post(desk_url("policy", page.pk), {"policy": "", "closed_notice": "Ask at the desk."})
        holds = policy_in_force(page, now=timezone.now())
        assert (holds.policy, holds.source, holds.closed_notice) == ("POST", "SITE", "")

    @pytest.mark.parametrize(
        ("field", "value", "sentence"),
        [
            (
                "closes_at",
                "2199-05-02 10:00",
                "Comments would close before they open (May 3, 2199, 10 a.m.).",
            ),
            (
                "closes_at",
                "2199-05-03 10:00",
                "Comments would close before they open (May 3, 2199, 10 a.m.).",
            ),
            ("closes_at", "2001-05-02 10:00", "This moment is over already."),
            ("closes_at", "0001-01-01 00:00", "The year 1 is hardly meant. Write one from 2000 to 2200."),
            ("opens_at", "9999-12-31 23:59", "The year 9999 is hardly meant. Write one from 2000 to 2200."),
            ("opens_at", "soon", "Enter a valid date/time."),
            ("close_after_days", "-1", "Ensure this value is greater than or equal to 0."),
            ("close_after_days", "36501", "Ensure this value is less than or equal to 36500."),
            ("close_after_days", "9" * 400, "Ensure this value is less than or equal to 36500."),
            ("closed_notice", "x" * 501, "Ensure this value has at most 500 characters (it has 501)."),
            ("closed_notice", "a\x00b", "Null characters are not allowed."),
            ("email_rule", "NEVER", "NEVER is not one of the available choices"),
            ("policy", "CLOSED", "“closed” does not open by itself."),
        ],
    )
    def test_names_what_is_wrong_and_stores_nothing(
        self, sue: Client, page: Page, field: str, value: str, sentence: str
    ) -> None:
        good = {"policy": "PRE", "opens_at": "2199-05-03 10:00"}
        response = sue.post(desk_url("policy", page.pk), good | {field: value})
        assert response.status_code == 200
        assert sentence in response.content.decode()
        assert not CommentThread.objects.exists()

    def test_can_be_saved_again_when_its_date_is_over(self, sue: Client, page: Page) -> None:
        choose(page, "PRE", closes_at=datetime(2020, 1, 1, 12, 30, 15, tzinfo=UTC))
        values = {"policy": "POST", "closes_at": "2020-01-01 12:30"}
        assert sue.post(desk_url("policy", page.pk), values).status_code == 302


class TestWhatHolds:
    def test_names_the_section_and_leads_there(self, moderator: Any, section: Page) -> None:
        choose(section, "CLOSED")
        response = client_of(moderator).get(desk_url("policy", section.get_children().get().pk))
        html = response.content.decode()
        assert "This was chosen for a section above this page." in html
        assert f'<a href="{desk_url("policy", section.pk)}">Treatments</a>' in html
        assert "As above: closed, from section Treatments" in html

    def test_does_not_lead_to_a_section_out_of_scope(self, section: Page) -> None:
        choose(section, "CLOSED")
        child = section.get_children().get()
        html = read(client_of(make_user("sue", moderates=child)), child)
        assert "from section Treatments" in html
        assert desk_url("policy", section.pk) not in html

    def test_does_not_name_a_section_that_is_neither_public_nor_in_scope(self, section: Page) -> None:
        choose(section, "CLOSED")
        child = section.get_children().get()
        Page.objects.filter(pk=section.pk).update(live=False)
        html = read(client_of(make_user("sue", moderates=child)), child)
        assert "As above: closed, from a section above" in html
        assert "Treatments" not in html

    def test_names_what_would_hold_without_the_page_own_choice(
        self, moderator: Any, page: Page, home: Page
    ) -> None:
        choose(home, "POST")
        choose(page, "OFF")
        html = read(client_of(moderator), page)
        assert "As above: open, read afterwards, from the site" in html
        assert "This was chosen on this page." in html

    def test_tells_when_it_opens_and_closes(self, sue: Client, page: Page) -> None:
        dates = {"opens_at": datetime(2199, 5, 3, 9, tzinfo=UTC)}
        choose(page, "POST", **dates, email_rule="REQUIRED")
        html = read(sue, page)
        assert "Nobody can write yet. From May 3, 2199, 10 a.m. on it is “open, read afterwards”." in html
        assert "E-mail address of guests: Must be given" in html
        choose(page, "POST", closes_at=dates["opens_at"], close_after_days=7)
        html = read(sue, page)
        assert "Nobody can write from May 3, 2199, 10 a.m. on." in html
        assert "Every page closes 7 days after it was first published." in html
        choose(page, "POST", closes_at=datetime(2020, 5, 3, 9, tzinfo=UTC))
        assert "It was “open, read afterwards” until May 3, 2020, 10 a.m." in read(sue, page)

    def test_of_a_section_speaks_of_the_pages_below(self, moderator: Any, section: Page) -> None:
        Page.objects.filter(pk=section.pk).update(first_published_at=datetime(2020, 1, 1, tzinfo=UTC))
        choose(section, "PRE", close_after_days=7)
        html = read(client_of(moderator), section)
        assert "This page takes no comments itself. What is chosen here holds for the pages below it." in html
        assert "It was “" not in html

    def test_counts_and_lists_the_choices_below(self, moderator: Any, section: Page) -> None:
        for number in range(12):
            child = section.add_child(instance=BlogPage(title=f"Bath {number:02}", slug=f"bath-{number}"))
            choose(child, "CLOSED")
        html = read(client_of(moderator), section)
        assert "12 pages below have a choice of their own" in html
        assert "Bath 09" in html
        assert "Bath 10" not in html
        assert "Only the first ones are listed." in html
        assert "have a choice" not in read(client_of(moderator), child)

    def test_costs_the_same_whatever_is_below(
        self,
        moderator: Any,
        section: Page,
        django_assert_num_queries: Any,
        django_assert_max_num_queries: Any,
    ) -> None:
        desk = client_of(moderator)
        children = [
            section.add_child(instance=BlogPage(title=f"Bath {number}", slug=f"bath-{number}"))
            for number in range(4)
        ]
        choose(children[0], "CLOSED")
        read(desk, section)
        with django_assert_max_num_queries(20) as few:
            read(desk, section)
        for child in children[1:]:
            choose(child, "OFF")
        with django_assert_num_queries(len(few)):
            read(desk, section)


class TestAudit:
    def test_stands_in_the_history_of_the_page_and_the_site(
        self, sue: Client, page: Page, moderator: Any
    ) -> None:
        values = {"policy": "CLOSED", "closed_notice": "Ask <b>us</b>.", "close_after_days": "30"}
        sue.post(desk_url("policy", page.pk), values)
        entry = PageLogEntry.objects.get(action=LOGGED)
        assert entry.user.get_username() == "sue"
        assert entry.data == {
            "from": "PRE",
            "to": "CLOSED",
            "closed_notice": {"old": "", "new": "Ask <b>us</b>."},
            "close_after_days": {"old": None, "new": 30},
        }
        for url in ("/admin/reports/site-history/", f"/admin/pages/{page.pk}/history/"):
            html = client_of(moderator).get(url).content.decode()
            assert "Comment policy changed from “open, read first” to “closed”" in html
            assert "words for readers when closed: “Ask &lt;b&gt;us&lt;/b&gt;.”" in html
            assert "closes after: 30 days" in html

    def test_tells_of_dates_and_of_a_choice_taken_back(self, sue: Client, page: Page, moderator: Any) -> None:
        sue.post(desk_url("policy", page.pk), {"policy": "PRE", "opens_at": "2199-05-03 10:00"})
        sue.post(desk_url("policy", page.pk), {"policy": ""})
        html = client_of(moderator).get("/admin/reports/site-history/").content.decode()
        assert "Comment policy: “open, read first” as before; opens: May 3, 2199, 10 a.m." in html
        assert "Comment policy: own choice taken back, was “open, read first”; opens: nothing" in html

    def test_is_silent_when_nothing_changes(self, sue: Client, page: Page) -> None:
        for _time in range(2):
            sue.post(desk_url("policy", page.pk), {"policy": "CLOSED", "closed_notice": "Ask us."})
        assert PageLogEntry.objects.filter(action=LOGGED).count() == 1

    def test_reads_the_lines_of_earlier_versions(self, page: Page, moderator: Any) -> None:
        PageLogEntry.objects.log_action(page, LOGGED, user=moderator, data={"from": "PRE", "to": "GONE"})
        html = client_of(moderator).get("/admin/reports/site-history/").content.decode()
        assert "Comment policy changed from “open, read first” to “GONE”" in html


class TestPageHeader:
    @pytest.mark.parametrize("url", ["/admin/pages/{}/edit/", "/admin/pages/{}/"])
    def test_leads_moderators_to_the_policy(self, moderator: Any, page: Page, url: str) -> None:
        html = client_of(moderator).get(url.format(page.pk)).content.decode()
        assert f'href="{desk_url("policy", page.pk)}"' in html
        assert "Visitor comments: open, read first, from the settings" in html

    def test_tells_what_holds_and_whence(self, moderator: Any, section: Page, home: Page) -> None:
        desk, child = client_of(moderator), section.get_children().get()
        for chosen_on, end in [
            (home, "closed, from the site"),
            (section, "closed, from section Treatments"),
            (child, "closed, chosen here"),
        ]:
            choose(chosen_on, "CLOSED")
            html = desk.get(f"/admin/pages/{child.pk}/edit/").content.decode()
            assert f"Visitor comments: {end}" in html

    def test_is_there_for_sections_too(self, moderator: Any, section: Page) -> None:
        html = client_of(moderator).get(f"/admin/pages/{section.pk}/").content.decode()
        assert f'href="{desk_url("policy", section.pk)}"' in html

    def test_offers_nothing_where_no_comments_are_possible(self, moderator: Any, leaf: Page) -> None:
        html = client_of(moderator).get(f"/admin/pages/{leaf.pk}/edit/").content.decode()
        assert "Visitor comments:" not in html
        assert "massage-beside" not in html

    def test_offers_nothing_at_the_root_of_all_sites(self, moderator: Any, home: Page) -> None:
        assert list(page_header_buttons(home.get_parent(), moderator, "index")) == []

    def test_offers_nothing_to_editors_who_do_not_moderate(self, page: Page) -> None:
        html = client_of(make_user("ed", edits=page)).get(f"/admin/pages/{page.pk}/edit/").content.decode()
        assert "data-edit-form" in html
        assert desk_url("policy", page.pk) not in html


class TestSiteHistory:
    def test_names_decisions_in_words_and_links_to_the_comment(self, moderator: Any, publish: Any) -> None:
        comment = publish("Something personal", author_name="Tilda")
        html = client_of(moderator).get("/admin/reports/site-history/").content.decode()
        assert "Comment approved" in html
        assert f'href="{desk_url("inspect", comment.pk)}"' in html
        assert "Something personal" not in html
        assert "Tilda" not in html
