"""The policy of a page: chosen there, above it, for the site or by the setting; in dates; as both faces tell it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from wagtail.models import Locale, Page, Site

from tests.comments.faces import API, FIELDS, comments_url, form_url
from tests.comments.policy_trees import Tree, add, choose
from tests.projects.blog.models import BlogPage
from wagtail_massage.comments import actions
from wagtail_massage.comments.drafts import Author, Draft, Origin
from wagtail_massage.comments.models import VisitorComment
from wagtail_massage.comments.policies import (
    policy_in_force,
)
from wagtail_massage.comments.states import WRITABLE, AuthorKind, Policy, Status

OPENS = datetime(2026, 5, 3, 10, tzinfo=UTC)
CLOSES = datetime(2026, 6, 3, 10, tzinfo=UTC)
A_MOMENT = timedelta(microseconds=1)


def document(client: Any, page: Page) -> dict[str, Any]:
    return client.get(f"{API}pages/{page.pk}/comment-policy/").json()


def holds(client: Any, page: Page) -> tuple[str, str, str | None]:
    """Return what the API tells of the policy and its source."""
    told = document(client, page)
    return told["policy"], told["source"]["kind"], told["source"]["title"]


class TestSource:
    def test_is_the_setting_where_nobody_chose(self, client: Any, tree: Tree, settings: Any) -> None:
        assert holds(client, tree["answer"]) == ("PRE", "SETTING", None)
        settings.WAGTAIL_MASSAGE_COMMENTS_POLICY = "POST"
        assert holds(client, tree["answer"]) == ("POST", "SETTING", None)

    def test_is_the_nearest_choice_at_every_depth(self, client: Any, tree: Tree) -> None:
        choose(tree["home"], "OPEN")
        assert holds(client, tree["answer"]) == ("OPEN", "SITE", tree["home"].title)
        choose(tree["section"], "CLOSED")
        assert holds(client, tree["answer"]) == ("CLOSED", "SECTION", "Section")
        assert holds(client, tree["other"]) == ("OPEN", "SITE", tree["home"].title)
        choose(tree["article"], "POST")
        assert holds(client, tree["answer"]) == ("POST", "SECTION", "Article")
        assert holds(client, tree["article"]) == ("POST", "PAGE", "Article")
        choose(tree["answer"], "READ_ONLY")
        assert holds(client, tree["answer"]) == ("READ_ONLY", "PAGE", "Answer")

    def test_goes_up_again_as_choices_are_taken_back(self, client: Any, tree: Tree) -> None:
        for name in ("section", "article", "answer"):
            choose(tree[name], "CLOSED")
        for name, source in (("answer", "Article"), ("article", "Section"), ("section", None)):
            choose(tree[name], None)
            assert holds(client, tree["answer"])[2] == source

    def test_is_no_title_of_a_page_that_is_not_live(self, client: Any, tree: Tree) -> None:
        choose(tree["section"], "CLOSED")
        tree["section"].specific.unpublish()
        assert holds(client, tree["answer"]) == ("CLOSED", "SECTION", None)

    def test_changes_when_the_page_moves(self, client: Any, tree: Tree) -> None:
        choose(tree["section"], "CLOSED")
        choose(tree["other"], "OPEN")
        Page.objects.get(pk=tree["article"].pk).move(tree["other"], pos="last-child")
        for name in ("article", "answer"):
            assert holds(client, tree[name]) == ("OPEN", "SECTION", "Other")

    def test_is_gone_with_the_section(self, client: Any, tree: Tree) -> None:
        choose(tree["section"], "CLOSED")
        Page.objects.get(pk=tree["article"].pk).move(tree["other"], pos="last-child")
        Page.objects.get(pk=tree["section"].pk).delete()
        assert holds(client, tree["article"]) == ("PRE", "SETTING", None)

    def test_of_an_alias_is_that_of_its_source(self, client: Any, tree: Tree) -> None:
        choose(tree["section"], "CLOSED")
        choose(tree["other"], "OPEN")
        alias = tree["article"].specific.create_alias(parent=tree["other"], update_slug="again")
        assert holds(client, alias) == ("CLOSED", "SECTION", "Section")

    def test_of_a_translation_is_that_of_its_own_tree(self, client: Any, tree: Tree, settings: Any) -> None:
        settings.WAGTAIL_I18N_ENABLED = True
        settings.WAGTAIL_CONTENT_LANGUAGES = [("en", "English"), ("fr", "French")]
        french = Locale.objects.create(language_code="fr")
        home = tree["home"].specific.copy_for_translation(french)
        translated = add(home, "autre")
        home.save_revision().publish()
        choose(tree["home"], "CLOSED")
        assert holds(client, translated) == ("PRE", "SETTING", None)
        choose(home, "OPEN")
        assert holds(client, translated) == ("OPEN", "SITE", home.title)
        assert holds(client, tree["other"])[0] == "CLOSED"

    def test_does_not_reach_another_site(self, client: Any, tree: Tree) -> None:
        root = add(tree["home"].get_parent(), "second")
        Site.objects.create(hostname="second.example.com", root_page=root)
        page = add(root, "elsewhere")
        choose(tree["home"], "CLOSED")
        choose(root, "OPEN")
        told = client.get(f"{API}pages/{page.pk}/comment-policy/?site=second.example.com").json()
        assert (told["policy"], told["source"]) == ("OPEN", {"kind": "SITE", "title": "Second"})
        assert holds(client, tree["other"])[0] == "CLOSED"


class TestDates:
    @pytest.fixture
    def published(self, page: Page) -> Page:
        Page.objects.filter(pk=page.pk).update(first_published_at=OPENS)
        return Page.objects.get(pk=page.pk)

    @pytest.mark.parametrize("policy", Policy.values)
    @pytest.mark.parametrize(
        ("now", "is_within"),
        [
            (OPENS - A_MOMENT, False),
            (OPENS, True),
            (CLOSES - A_MOMENT, True),
            (CLOSES, False),
        ],
    )
    def test_close_what_visitors_could_write(
        self, page: Page, policy: str, now: datetime, is_within: bool
    ) -> None:
        choose(page, policy, opens_at=OPENS, closes_at=CLOSES)
        expected = policy if is_within or policy not in WRITABLE else "CLOSED"
        terms = policy_in_force(page, now=now)
        assert (terms.policy, terms.chosen) == (expected, policy)
        assert terms.is_open == (is_within and policy in WRITABLE)

    @pytest.mark.parametrize("days", [1, 30])
    def test_close_a_page_so_many_days_after_its_first_publication(self, published: Page, days: int) -> None:
        choose(published, "POST", close_after_days=days)
        end = OPENS + timedelta(days=days)
        assert policy_in_force(published, now=end - A_MOMENT).policy == "POST"
        assert policy_in_force(published, now=end).policy == "CLOSED"
        assert policy_in_force(published, now=end).closes_at == end

    def test_close_by_the_setting_unless_a_choice_says_never(
        self, published: Page, home: Page, settings: Any
    ) -> None:
        settings.WAGTAIL_MASSAGE_COMMENTS_CLOSE_AFTER_DAYS = 30
        later = OPENS + timedelta(days=31)
        assert policy_in_force(published, now=later).policy == "CLOSED"
        choose(home, "PRE")
        assert policy_in_force(published, now=later).policy == "CLOSED"
        choose(home, "PRE", close_after_days=0)
        assert policy_in_force(published, now=later).policy == "PRE"

    def test_close_at_the_earlier_of_the_two(self, published: Page) -> None:
        choose(published, "PRE", close_after_days=10, closes_at=OPENS + timedelta(days=5))
        assert policy_in_force(published, now=OPENS).closes_at == OPENS + timedelta(days=5)
        choose(published, "PRE", close_after_days=3, closes_at=OPENS + timedelta(days=5))
        assert policy_in_force(published, now=OPENS).closes_at == OPENS + timedelta(days=3)

    def test_never_close_a_page_that_was_never_published(self, home: Page) -> None:
        draft = home.add_child(instance=BlogPage(title="Draft", slug="draft", live=False))
        choose(draft, "PRE", close_after_days=1)
        assert policy_in_force(draft, now=datetime(2199, 1, 1, tzinfo=UTC)).policy == "PRE"

    def test_of_an_alias_count_from_its_source(self, client: Any, page: Page, home: Page) -> None:
        Page.objects.filter(pk=page.pk).update(first_published_at=timezone.now() - timedelta(days=9))
        alias = page.specific.create_alias(parent=home, update_slug="again")
        choose(page, "PRE", close_after_days=8)
        Page.objects.filter(pk=alias.pk).update(first_published_at=timezone.now())
        assert document(client, alias)["policy"] == "CLOSED"

    def test_are_told_with_the_zone(self, client: Any, page: Page) -> None:
        choose(page, "PRE", opens_at=datetime(2199, 5, 3, 10, tzinfo=UTC), closes_at=None)
        told = document(client, page)
        assert datetime.fromisoformat(told["opens_at"]) == datetime(2199, 5, 3, 10, tzinfo=UTC)
        assert (told["closes_at"], told["policy"], told["open"], told["form_token"]) == (
            None,
            "CLOSED",
            False,
            None,
        )


def _notice(client: Any, page: Page) -> str:
    """Return the notice, which the page shows in the same words."""
    notice = document(client, page)["notice"]
    assert notice in client.get(page.url).content.decode()
    return notice


class TestNotice:
    @pytest.mark.parametrize(
        ("policy", "notice"),
        [
            ("OPEN", "Your comment appears at once, unless it has to be looked at first."),
            ("POST", "Your comment appears at once, unless it has to be looked at first."),
            ("PRE", "A moderator reads every comment before it appears here."),
            (
                "MEMBERS",
                "Only people who are signed in may comment on this page. "
                "A moderator reads every comment before it appears here.",
            ),
            ("READ_ONLY", "Visitors can read the comments on this page, but not write any."),
            ("CLOSED", "Comments on this page are closed."),
        ],
    )
    def test_tells_the_policy(self, client: Any, page: Page, policy: str, notice: str) -> None:
        choose(page, policy)
        assert _notice(client, page) == notice

    def test_tells_when_comments_open(self, client: Any, page: Page) -> None:
        choose(page, "POST", opens_at=datetime(2199, 5, 3, 10, tzinfo=UTC))
        assert _notice(client, page) == "Comments on this page open on May 3, 2199."

    def test_promises_no_opening_that_never_comes(self, client: Any, page: Page) -> None:
        opens_at = datetime(2199, 5, 3, 10, tzinfo=UTC)
        choose(page, "POST", opens_at=opens_at, closes_at=datetime(2020, 1, 1, tzinfo=UTC))
        assert _notice(client, page) == "Comments on this page are closed."
        choose(page, "CLOSED", opens_at=opens_at)
        assert _notice(client, page) == "Comments on this page are closed."

    def test_tells_when_comments_close(self, client: Any, page: Page) -> None:
        choose(page, "PRE", closes_at=datetime(2199, 5, 3, 22, 59, tzinfo=UTC))
        assert _notice(client, page) == (
            "A moderator reads every comment before it appears here. Comments on this page close on May 3, 2199."
        )

    def test_is_the_editors_where_comments_are_closed(self, client: Any, page: Page, home: Page) -> None:
        choose(home, "CLOSED", closed_notice="Ask at the desk.")
        assert _notice(client, page) == "Ask at the desk."
        choose(home, "PRE", closed_notice="Ask at the desk.")
        assert _notice(client, page) == "A moderator reads every comment before it appears here."

    def test_is_shown_as_text(self, client: Any, page: Page) -> None:
        words = "<script>alert(1)</script>\nAsk & see."
        choose(page, "CLOSED", closed_notice=words)
        assert document(client, page)["notice"] == words
        shown = client.get(page.url).content.decode()
        assert "&lt;script&gt;alert(1)&lt;/script&gt;<br>Ask &amp; see." in shown
        assert "<script>alert" not in shown


class TestRefusal:
    @pytest.mark.parametrize("policy", ["READ_ONLY", "CLOSED"])
    def test_carries_the_notice_and_keeps_the_text(
        self, client: Any, face: Any, page: Page, policy: str
    ) -> None:
        choose(page, policy, closed_notice="Ask at the desk.")
        response = face.post(page)
        assert response.status_code == 403
        if face.name == "JSON":
            assert response.json()["type"] == "urn:wagtail-massage:problem:comments-closed"
            assert response.json()["detail"] == "Ask at the desk."
        else:
            assert "Ask at the desk." in response.content.decode()
            assert FIELDS["body"] in response.content.decode()
        assert not VisitorComment.objects.exists()

    def test_sends_guests_to_sign_in_where_only_members_write(
        self, client: Any, face: Any, page: Page
    ) -> None:
        choose(page, "MEMBERS")
        response = face.post(page)
        assert response.status_code == 403
        if face.name == "JSON":
            assert response.json()["type"] == "urn:wagtail-massage:problem:members-only"
        else:
            assert f'href="{form_url(page.pk)}member/"' in response.content.decode()
            assert FIELDS["body"] in response.content.decode()
        assert not VisitorComment.objects.exists()

    def test_takes_effect_at_once(self, face: Any, page: Page, home: Page) -> None:
        assert face.post(page).status_code in face.accepted
        choose(home, "CLOSED")
        assert face.post(page, body="One more.").status_code == 403
        choose(home, None)
        assert face.post(page, body="One more.").status_code in face.accepted


class TestMembers:
    def test_write_and_are_read_first(self, page: Page, moderator: Any, now: datetime) -> None:
        choose(page, "MEMBERS")
        author = Author(kind=AuthorKind.USER, identity="7", name="Rowan", user=moderator)
        draft = Draft(body="Thank you.", author_name="")
        done = actions.submit(page=page, draft=draft, origin=Origin(author=author), now=now)
        assert done.comment.status == Status.PENDING

    def test_are_led_to_their_form_and_guests_get_none(
        self, client: Any, page: Page, publish: Callable[..., VisitorComment]
    ) -> None:
        comment = publish()
        choose(page, "MEMBERS")
        html = client.get(page.url).content.decode()
        assert "<form" not in html
        assert f'<a class="massage-comments__more" href="{form_url(page.pk)}member/">' in html
        assert f'href="{form_url(page.pk)}member/?reply={comment.uuid}"' in html
        assert document(client, page)["members_only"] is True


class TestOff:
    def test_hides_all_there_is(
        self, client: Any, page: Page, home: Page, publish: Callable[..., VisitorComment]
    ) -> None:
        comment = publish("Nobody reads this now.")
        other = add(home, "other")
        choose(home, "OFF")
        choose(other, "OPEN")
        assert "massage-comments" not in client.get(page.url).content.decode()
        base = form_url(page.pk)
        for url in (
            comments_url(page.pk),
            f"{API}pages/{page.pk}/comment-policy/",
            f"{API}comments/{comment.uuid}/",
            f"{API}comments/{comment.uuid}/replies/",
            base,
            f"{base}feed/",
            f"{base}reply/{comment.uuid}/",
            f"{base}replies/{comment.uuid}/",
            f"{base}comment/{comment.uuid}/",
            f"{base}report/{comment.uuid}/",
        ):
            assert client.get(url).status_code == 404, url
        counts = client.get(f"{API}comment-counts/?page={page.pk}&page={other.pk}").json()["counts"]
        assert counts == {str(other.pk): 0}

    def test_takes_no_comments(self, face: Any, page: Page, home: Page) -> None:
        choose(home, "OFF")
        assert face.post(page).status_code == 404
        assert not VisitorComment.objects.exists()

    def test_shows_everything_again_afterwards(
        self, client: Any, page: Page, publish: Callable[..., VisitorComment]
    ) -> None:
        publish("Still here.")
        choose(page, "OFF")
        choose(page, "CLOSED")
        assert "Still here." in client.get(page.url).content.decode()


class TestTeam:
    @pytest.mark.parametrize(("policy", "may"), [("READ_ONLY", True), ("CLOSED", False), ("OFF", False)])
    def test_answers_where_visitors_only_read(
        self,
        page: Page,
        moderator: Any,
        now: datetime,
        publish: Callable[..., VisitorComment],
        policy: str,
        may: bool,
    ) -> None:
        question = publish()
        choose(page, policy)
        if may:
            answer = actions.answer(question, body="Yes, on Mondays.", by=moderator, now=now)
            assert answer.status == Status.APPROVED
        else:
            with pytest.raises(actions.Closed):
                actions.answer(question, body="Yes, on Mondays.", by=moderator, now=now)


class TestEmailRule:
    @pytest.mark.parametrize("rule", ["REQUIRED", "CONFIRMED"])
    def test_asks_guests_for_an_address(self, client: Any, face: Any, page: Page, rule: str) -> None:
        choose(page, "PRE", email_rule=rule)
        assert document(client, page)["email"] == rule.lower()
        response = face.post(page)
        assert response.status_code == 422
        assert face.wrong_fields(response) == {"author_email"}
        assert not VisitorComment.objects.exists()
        assert face.post(page, author_email="rowan@example.com").status_code in face.accepted

    def test_says_so_in_the_form(self, client: Any, page: Page) -> None:
        assert "E-mail address (optional)" in client.get(page.url).content.decode()
        choose(page, "PRE", email_rule="CONFIRMED")
        html = client.get(page.url).content.decode()
        assert "E-mail address (optional)" not in html
        assert "We send a link to it, so that you can confirm that it is yours." in html

    def test_comes_from_the_setting_where_nobody_chose(self, client: Any, page: Page, settings: Any) -> None:
        settings.WAGTAIL_MASSAGE_COMMENTS_EMAIL = "REQUIRED"
        assert document(client, page)["email"] == "required"
        choose(page, "PRE", email_rule="OPTIONAL")
        assert document(client, page)["email"] == "optional"
