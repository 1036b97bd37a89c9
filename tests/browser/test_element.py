"""`<massage-comments>` as visitors meet it: writing, what becomes of it, and what goes wrong on the way."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.utils import timezone

from tests.browser.element import BUILT, eventually, focused, open_with_element, stored, taken_over, watch
from wagtail_massage.comments import actions
from wagtail_massage.comments.models import CommentReport, VisitorComment
from wagtail_massage.comments.states import Policy, Status
from wagtail_massage.testing.comments import VisitorCommentFactory


@pytest.fixture(autouse=True)
def with_element(settings: Any) -> None:
    settings.WAGTAIL_MASSAGE_COMMENTS_ELEMENT = True
    settings.WAGTAIL_MASSAGE_COMMENTS_MIN_SECONDS = 0
    settings.WAGTAIL_MASSAGE_COMMENTS_RATE = "1000/s"


def write(element: Any, body: str, name: str = "Wren") -> None:
    element.get_by_label("Comment", exact=True).fill(body)
    element.get_by_label("Name").fill(name)
    element.get_by_role("button", name="Send comment").click()


def serve_without_form(route: Any) -> None:
    """Answer as the site does, with an element that has nothing to fall back on."""
    answer = route.fetch()
    body = re.sub(
        r"(<massage-comments[^>]*>).*?(</massage-comments>)", r"\1\2", answer.text(), flags=re.DOTALL
    )
    assert body != answer.text()
    route.fulfill(response=answer, body=body)


def set_policy(page: Any, policy: Policy) -> None:
    actions.set_policy(page=page, policy=policy, by=None, now=timezone.now())


class TestPost:
    def test_is_shown_as_waiting_also_after_a_reload_and_then_as_public(self, visit, page, moderator):
        visitor = visit()
        element = open_with_element(visitor, page)
        write(element, "My shoulders thank you.")
        mine = element.get_by_role("article", name="Wren")
        mine.get_by_text("A moderator reads it before it appears on the page.").wait_for()
        comment = VisitorComment.objects.get()
        assert focused(visitor) == f"comment-{comment.uuid}"
        assert element.get_by_label("Comment", exact=True).input_value() == ""

        visitor.reload()
        mine.get_by_text("A moderator reads it before it appears on the page.").wait_for()
        assert "shoulders" not in visit().request.get(page.url).text()

        actions.approve(comment, by=moderator, now=timezone.now())
        visitor.reload()
        mine.get_by_text("My shoulders thank you.").wait_for()
        assert mine.count() == 1
        assert not mine.get_by_text("A moderator reads it").is_visible()
        assert mine.get_by_role("button", name="Withdraw").is_visible()
        assert not visitor.evaluate("refused.length")

    def test_is_public_at_once_where_the_page_is_open(self, visit, page):
        set_policy(page, Policy.OPEN)
        element = open_with_element(visit(), page)
        write(element, "My shoulders thank you.")
        element.get_by_role("status").get_by_text("It is public now.").wait_for()
        assert element.get_by_role("heading", name="Comments 1").is_visible()

    def test_is_shown_before_the_answer_comes_and_taken_back_if_it_is_refused(self, visit, page):
        visitor = visit()
        element = open_with_element(visitor, page)
        held = []
        visitor.route("**/api/massage/v1/pages/*/comments/", lambda route: held.append(route))
        write(element, "My shoulders thank you.")
        element.get_by_role("article").get_by_text("Sending …").wait_for()
        eventually(lambda: held)
        held.pop().abort()
        element.get_by_role("alert").get_by_text("The site cannot be reached.").wait_for()
        assert element.get_by_role("article").count() == 0
        assert element.get_by_label("Comment", exact=True).input_value() == "My shoulders thank you."

    def test_that_came_too_soon_is_sent_again_without_a_word(self, visit, page, settings):
        settings.WAGTAIL_MASSAGE_COMMENTS_MIN_SECONDS = 2
        element = open_with_element(visit(), page)
        write(element, "My shoulders thank you.")
        element.get_by_text("A moderator reads it before it appears on the page.").first.wait_for()
        assert VisitorComment.objects.get().verdicts.get(check_name="form_token").outcome == 0  # passed

    def test_carries_no_cookie(self, visit, page, moderator):
        visitor = visit(moderator)
        asked = []
        visitor.on("request", lambda request: asked.append(request) if "/api/" in request.url else None)
        element = open_with_element(visitor, page)
        write(element, "My shoulders thank you.")
        element.get_by_text("A moderator reads it before it appears on the page.").first.wait_for()
        assert len(asked) >= 3
        assert not [request.url for request in asked if "cookie" in request.all_headers()]


class TestTrouble:
    def test_offline_keeps_the_text_and_trying_again_stores_it_once(self, visit, page):
        visitor = visit()
        element = open_with_element(visitor, page)
        keys = []

        def lose_the_answer(route: Any) -> None:
            keys.append(route.request.headers["idempotency-key"])
            if len(keys) == 1:
                route.fetch()  # the comment arrives, its answer does not
                route.abort()
            else:
                route.continue_()

        visitor.route("**/api/massage/v1/pages/*/comments/", lose_the_answer)
        write(element, "My shoulders thank you.")
        element.get_by_text("Nothing was sent. Your text is still here.").wait_for()
        element.get_by_role("button", name="Send comment").click()
        element.get_by_text("A moderator reads it before it appears on the page.").first.wait_for()
        assert len(keys) == 2 and keys[0] == keys[1]
        assert VisitorComment.objects.count() == 1

    def test_of_the_text_is_said_beside_the_field_which_has_the_focus(self, visit, page, settings):
        settings.WAGTAIL_MASSAGE_COMMENTS_MAX_LENGTH = 30
        visitor = visit()
        element = open_with_element(visitor, page)
        write(element, "word " * 20)
        field = element.get_by_label("Comment", exact=True)
        element.get_by_role("alert").wait_for()
        assert field.get_attribute("aria-invalid") == "true"
        assert focused(visitor) == field.get_attribute("id")
        assert field.input_value() == "word " * 20
        assert not VisitorComment.objects.exists()
        field.fill("My shoulders thank you.")
        element.get_by_role("button", name="Send comment").click()
        element.get_by_text("A moderator reads it before it appears on the page.").first.wait_for()
        assert field.get_attribute("aria-invalid") is None

    def test_of_too_many_is_said_in_the_words_of_the_site(self, visit, page, settings):
        settings.WAGTAIL_MASSAGE_COMMENTS_RATE = "1/h"
        element = open_with_element(visit(), page)
        write(element, "My shoulders thank you.")
        element.get_by_text("A moderator reads it before it appears on the page.").first.wait_for()
        write(element, "And my neck.")
        element.get_by_role("alert").get_by_text("Too many").wait_for()
        assert element.get_by_label("Comment", exact=True).input_value() == "And my neck."

    def test_with_the_script_leaves_the_plain_form(self, visit, page):
        visitor = visit()
        visitor.route(BUILT, lambda route: route.abort())
        visitor.goto(page.url)
        visitor.get_by_label("Name").fill("Wren")
        visitor.get_by_label("Comment", exact=True).fill("My shoulders thank you.")
        visitor.get_by_role("button", name="Send comment").click()
        visitor.get_by_text("A moderator reads it before it appears on the page.").wait_for()
        assert VisitorComment.objects.count() == 1

    def test_with_the_api_leaves_the_plain_form(self, visit, page):
        visitor = visit()
        visitor.route("**/api/massage/v1/**", lambda route: route.abort())
        visitor.add_init_script(
            "document.addEventListener('massage-comments:error', () => { window.failed = true; })"
        )
        visitor.goto(page.url)
        eventually(lambda: visitor.evaluate("window.failed"))
        assert visitor.evaluate("document.querySelector('massage-comments').shadowRoot") is None
        assert visitor.get_by_role("button", name="Send comment").is_visible()

    def test_without_a_plain_form_is_said_and_can_be_tried_again(self, visit, page):
        visitor = visit()
        visitor.route("**/api/massage/v1/**", lambda route: route.abort())
        visitor.route(f"**{page.url}", serve_without_form)
        visitor.goto(page.url)
        element = visitor.locator("massage-comments")
        element.get_by_text("The site cannot be reached.").wait_for()
        visitor.unroute("**/api/massage/v1/**")
        element.get_by_role("button", name="Try again").click()
        element.get_by_text("No comments yet.").wait_for()


class TestDraft:
    def test_survives_a_reload(self, visit, page):
        visitor = visit()
        element = open_with_element(visitor, page)
        element.get_by_label("Comment", exact=True).fill("Half a thou")
        visitor.reload()
        eventually(lambda: element.get_by_label("Comment", exact=True).input_value() == "Half a thou")

    def test_that_was_typed_before_the_element_came_goes_on(self, visit, page):
        visitor = visit()
        held = []
        visitor.route(BUILT, lambda route: held.append(route))
        visitor.goto(page.url, wait_until="commit")
        visitor.get_by_label("Comment", exact=True).fill("Half a thou")
        eventually(lambda: held).pop().continue_()
        field = taken_over(visitor).get_by_label("Comment", exact=True)
        assert field.input_value() == "Half a thou"


class TestOwnComment:
    @pytest.fixture
    def mine(self, visit, page):
        element = open_with_element(visit(), page)
        write(element, "My shoulders thank you.")
        mine = element.get_by_role("article", name="Wren")
        mine.get_by_role("button", name="Edit").wait_for()
        return mine

    def test_is_changed(self, mine):
        mine.get_by_role("button", name="Edit").click()
        form = mine.locator("xpath=..").get_by_role("form", name="Edit")
        form.get_by_label("Comment").fill("My back thanks you.")
        form.get_by_label("Comment").press("Control+Enter")
        mine.get_by_text("My back thanks you.").wait_for()
        assert VisitorComment.objects.get().body == "My back thanks you."

    def test_is_not_changed_over_somebody_elses_change(self, mine, moderator):
        mine.get_by_role("button", name="Edit").click()
        actions.edit(VisitorComment.objects.get(), body="My arms.", by=moderator, now=timezone.now())
        form = mine.locator("xpath=..").get_by_role("form", name="Edit")
        form.get_by_label("Comment").fill("My back thanks you.")
        form.get_by_role("button", name="Save").click()
        form.get_by_role("alert").get_by_text("has changed").wait_for()
        assert form.get_by_label("Comment").input_value() == "My back thanks you."
        form.get_by_role("button", name="Save").click()
        mine.get_by_text("My back thanks you.").wait_for()

    def test_is_withdrawn_after_a_question(self, mine):
        mine.get_by_role("button", name="Withdraw").click()
        form = mine.locator("xpath=..").get_by_role("form", name="Withdraw")
        form.get_by_text("This cannot be undone.").wait_for()
        form.get_by_role("button", name="Withdraw").click()
        mine.wait_for(state="detached")
        assert VisitorComment.objects.get().status == Status.REMOVED
        assert mine.page.evaluate("localStorage[Object.keys(localStorage)[0]]") == "{}"

    def test_that_was_rejected_says_why_until_it_is_dismissed(self, mine, moderator):
        actions.reject(VisitorComment.objects.get(), by=moderator, reason="ADVERTISING", now=timezone.now())
        mine.page.reload()
        mine.get_by_text("It advertises something").wait_for()
        mine.get_by_role("button", name="Dismiss").click()
        mine.wait_for(state="detached")
        mine.page.reload()
        mine.page.locator("massage-comments").get_by_text("No comments yet.").last.wait_for()
        assert mine.count() == 0


class TestReport:
    def test_is_sent_with_a_reason_and_leads_back(self, visit, page):
        VisitorCommentFactory(page=page, author_name="Pip")
        visitor = visit()
        element = open_with_element(visitor, page)
        element.get_by_role("button", name="Report: Pip").click()
        form = element.get_by_role("form", name="Report: Pip")
        form.get_by_label("Advertising or spam").check()
        form.get_by_label("In your words (optional)").fill("A shop.")
        form.get_by_role("button", name="Report").click()
        element.get_by_role("status").get_by_text("Thank you.").wait_for()
        assert CommentReport.objects.get().note == "A shop."
        assert focused(visitor) == "Report"


class TestEvents:
    def test_tell_the_page_what_happens(self, visit, page):
        visitor = visit()
        visitor.add_init_script(
            "window.told = []; for (const name of ['loaded', 'posted', 'changed', 'error'])"
            " addEventListener(`massage-comments:${name}`, ({ detail }) => told.push([name, detail]))"
        )
        element = open_with_element(visitor, page)
        write(element, "My shoulders thank you.")
        element.get_by_role("button", name="Withdraw").click()
        element.get_by_role("form", name="Withdraw").get_by_role("button", name="Withdraw").click()
        eventually(lambda: len(visitor.evaluate("told")) == 3)
        uuid = str(VisitorComment.objects.get().uuid)
        assert visitor.evaluate("told") == [
            ["loaded", {"count": 0}],
            ["posted", {"id": uuid, "state": "PENDING"}],
            ["changed", {"id": uuid, "state": "REMOVED"}],
        ]


class TestPolicy:
    @pytest.mark.parametrize(
        ("policy", "words"),
        [
            (Policy.CLOSED, "Comments on this page are closed."),
            (Policy.READ_ONLY, "Visitors can read the comments on this page, but not write any."),
        ],
    )
    def test_that_lets_nobody_write_says_so(self, visit, page, policy, words):
        VisitorCommentFactory(page=page, author_name="Pip")
        set_policy(page, policy)
        element = open_with_element(visit(), page)
        element.locator("[part=write]").get_by_text(words).wait_for()
        assert element.locator("[part=write] form").count() == 0
        assert element.get_by_role("button", name="Reply").count() == 0

    def test_for_members_leads_to_signing_in(self, visit, page):
        set_policy(page, Policy.MEMBERS)
        element = open_with_element(visit(), page)
        link = element.locator("[part=write]").get_by_role("link", name="Sign in to write a comment")
        assert link.get_attribute("href") == f"/massage/comments/{page.pk}/member/"

    def test_that_is_off_says_that_there_are_none(self, visit, page):
        set_policy(page, Policy.OFF)
        visitor = visit()
        watch(visitor, page)
        visitor.goto(page.url)
        assert visitor.locator("massage-comments").count() == 0
        visitor.evaluate(
            "async (id) => { await import('/static/wagtail_massage_comments/element/massage-comments.min.js');"
            " const made = document.createElement('massage-comments'); made.setAttribute('page', id);"
            " document.body.append(made); }",
            page.pk,
        )
        visitor.get_by_text("There are no comments on this page.").wait_for()


class TestMember:
    def test_writes_with_the_token_of_the_site(self, visit, page, moderator):
        set_policy(page, Policy.MEMBERS)
        visitor = visit(moderator)
        element = open_with_element(visitor, page)
        visitor.evaluate(
            "(() => { const element = document.querySelector('massage-comments');"
            " element.authorToken = async () =>"
            " (await (await fetch('/massage/comments/identity/')).json()).author_token;"
            " return element.reload(); })()"
        )
        element.get_by_label("Comment", exact=True).fill("As a member.")
        assert element.get_by_label("Name").count() == 0
        element.get_by_role("button", name="Send comment").click()
        element.get_by_role("article", name="Mona").wait_for()
        assert VisitorComment.objects.get().author_kind == "USER"


def test_the_words_of_the_other_language_come_from_the_site(visit, page):
    visitor = visit()
    watch(visitor, page)
    words = {"words": {"Name": "Ihr Name", "Send comment": "Abschicken"}}
    visitor.route(
        "**/comment-words/?locale=de-AT",
        lambda route: route.fulfill(body=json.dumps(words), content_type="application/json"),
    )
    visitor.goto(page.url)
    visitor.evaluate(
        "(() => { const element = document.querySelector('massage-comments'); element.lang = 'de-AT';"
        """ element.setAttribute('words', '{"Name": "Rufname"}'); return element.reload(); })()"""
    )
    element = visitor.locator("massage-comments")
    assert element.get_by_label("Rufname").is_visible()
    assert element.get_by_role("button", name="Abschicken").is_visible()
    assert stored(visitor) == "[{},{}]"
