"""What both public faces promise, each test run against the JSON API and against the HTML pages."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction, Site

from tests.comments.faces import good_token
from tests.projects.blog.models import BlogPage, PlainPage
from wagtail_massage.comments import actions
from wagtail_massage.comments.models import VisitorComment
from wagtail_massage.comments.states import Policy, Status
from wagtail_massage.testing.comments import CommentThreadFactory, VisitorCommentFactory

pytestmark = pytest.mark.contract


def text_of(response):
    return response.content.decode()


class TestPosting:
    def test_stores_a_comment_that_waits(self, face, page):
        response = face.post(page, body="Warm and unhurried.")
        stored = VisitorComment.objects.get()
        assert response.status_code in face.accepted
        assert (stored.body, stored.author_name, stored.status) == ("Warm and unhurried.", "Rowan", "PENDING")

    def test_shows_nothing_to_others_before_it_is_approved(self, face, page):
        face.post(page, body="Warm and unhurried.")
        assert "unhurried" not in text_of(face.read(page))

    def test_shows_it_to_everybody_once_approved(self, face, page, moderator, now):
        face.post(page, body="Warm and unhurried.")
        actions.approve(VisitorComment.objects.get(), by=moderator, now=now)
        assert "unhurried" in text_of(face.read(page))

    def test_publishes_at_once_where_the_policy_says_so(self, face, page):
        CommentThreadFactory(page=page, policy=Policy.POST)
        face.post(page, body="Warm and unhurried.")
        assert "unhurried" in text_of(face.read(page))

    def test_answers_a_comment(self, face, page):
        question = VisitorCommentFactory(page=page)
        face.post(page, parent=str(question.uuid))
        assert VisitorComment.objects.get(status="PENDING").parent == question

    def test_twice_stores_once(self, face, page):
        token = good_token(page)
        answers = [face.post_id(page.pk, form_token=token) for _ in range(2)]
        assert VisitorComment.objects.count() == 1
        assert [answer.status_code for answer in answers] == [answers[0].status_code] * 2

    def test_never_tells_the_e_mail_address(self, face, page, moderator, now):
        response = face.post(page, author_email="rowan@example.com")
        assert VisitorComment.objects.get().author_email == "rowan@example.com"
        actions.approve(VisitorComment.objects.get(), by=moderator, now=now)
        assert "rowan@example.com" not in text_of(response) + text_of(face.read(page))

    def test_does_not_betray_that_it_was_taken_for_spam(self, face, page):
        links = " ".join(f"https://example.com/{number}" for number in range(9))
        spam, honest = face.post(page, body=links), face.post(page)
        assert set(VisitorComment.objects.values_list("status", flat=True)) == {"SPAM", "PENDING"}
        assert spam.status_code == honest.status_code

    def test_too_often_is_told_when_to_come_back(self, face, page, settings):
        settings.WAGTAIL_MASSAGE_COMMENTS_RATE = "1/h"
        face.post(page)
        response = face.post(page, body="And another thing.")
        assert response.status_code == 429
        assert 0 < int(response["Retry-After"]) <= 3600
        assert VisitorComment.objects.count() == 1

    def test_is_never_kept_by_a_cache(self, face, page):
        assert face.post(page)["Cache-Control"] == "private, no-store"

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("body", ""),
            ("body", " \u200b\n"),
            ("body", "x" * 20_000),
            ("body", "nul \x00 byte"),
            ("body", "bell \x07"),
            ("author_name", "\u2800"),
            ("author_name", "x" * 81),
            ("author_name", "nul \x00"),
            ("author_email", "not an address"),
            ("author_email", f"{'x' * 60}@{'example.' * 30}com"),
            ("author_email", "nul\x00@example.com"),
        ],
    )
    def test_refuses_what_cannot_be_stored_by_its_field(self, face, page, field, value):
        response = face.post(page, **{field: value})
        assert response.status_code == 422
        assert face.wrong_fields(response) == {field}
        assert not VisitorComment.objects.exists()

    def test_counts_characters_not_bytes(self, face, page, settings):
        settings.WAGTAIL_MASSAGE_COMMENTS_MAX_LENGTH = 10
        assert face.post(page, body="💆" * 10).status_code in face.accepted
        assert face.post(page, body="💆" * 11).status_code == 422


class TestParent:
    @pytest.fixture
    def other_page(self, home):
        blog = home.add_child(instance=BlogPage(title="Cold stones", slug="cold-stones"))
        return Page.objects.get(pk=blog.pk)

    @pytest.mark.parametrize(
        "status", [Status.PENDING, Status.REJECTED, Status.SPAM, Status.REMOVED, Status.ERASED]
    )
    def test_that_is_not_public_cannot_be_answered(self, face, page, status):
        parent = VisitorCommentFactory(page=page, status=status)
        assert face.post(page, parent=str(parent.uuid)).status_code == 422
        assert VisitorComment.objects.count() == 1

    def test_of_another_page_cannot_be_answered(self, face, page, other_page):
        parent = VisitorCommentFactory(page=other_page)
        assert face.post(page, parent=str(parent.uuid)).status_code == 422

    def test_that_was_made_up_cannot_be_answered(self, face, page):
        assert face.post(page, parent="6c8b1d1e-8d3c-4ab5-9d0e-0d5f4f0f4b5e").status_code == 422
        assert face.post(page, parent="nonsense").status_code == 422


def make_private(page):
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.PASSWORD, password="x")


def make_draft(page):
    Page.objects.filter(pk=page.pk).update(live=False)


def make_expired(page):
    Page.objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(minutes=1))


def make_foreign(page):
    root = Page.objects.get(depth=1)
    elsewhere = root.add_child(instance=Page(title="Elsewhere", slug="elsewhere"))
    Site.objects.create(hostname="elsewhere.example", root_page=elsewhere, port=80)
    Page.objects.get(pk=page.pk).move(elsewhere, pos="last-child")


def make_restricted_above(page):
    make_private(page.get_parent())


def make_off(page):
    CommentThreadFactory(page=page, policy=Policy.OFF)


class TestPageThatTheyMustNotSee:
    @pytest.mark.parametrize(
        "hide", [make_private, make_draft, make_expired, make_foreign, make_restricted_above, make_off]
    )
    def test_answers_like_a_page_that_does_not_exist(self, face, page, hide):
        VisitorCommentFactory(page=page)
        hide(page)
        missing, token = page.pk + 1000, good_token(page)
        shown = [face.read_id(page.pk), face.post_id(page.pk, form_token=token)]
        unknown = [face.read_id(missing), face.post_id(missing, form_token=token)]
        assert [response.status_code for response in shown + unknown] == [404] * 4
        assert [response.content for response in shown] == [response.content for response in unknown]
        assert VisitorComment.objects.count() == 1

    def test_answers_the_same_where_its_type_takes_no_comments(self, face, home):
        plain = home.add_child(instance=PlainPage(title="Plain", slug="plain"))
        responses = [face.read_id(plain.pk), face.post_id(plain.pk, form_token=good_token(plain))]
        assert [response.status_code for response in responses] == [404, 404]
        assert responses[0].content == face.read_id(plain.pk + 1000).content
        assert not VisitorComment.objects.exists()

    @pytest.mark.parametrize("page_id", [0, 2**31, 2**63, 10**30])
    def test_answers_the_same_for_numbers_that_no_page_has(self, face, page, page_id):
        assert face.read_id(page_id).status_code == 404
        assert face.post_id(page_id).status_code == 404

    def test_takes_comments_again_once_it_is_public_again(self, face, page):
        make_draft(page)
        Page.objects.filter(pk=page.pk).update(live=True)
        assert face.post(page).status_code in face.accepted

    def test_named_in_a_setting_takes_comments(self, face, home, settings):
        plain = home.add_child(instance=PlainPage(title="Plain", slug="plain"))
        settings.WAGTAIL_MASSAGE_COMMENTS_PAGE_TYPES = ["blog.PlainPage"]
        assert face.post(Page.objects.get(pk=plain.pk)).status_code in face.accepted


class TestClosedPage:
    def test_can_be_read_but_not_written(self, face, page):
        VisitorCommentFactory(page=page, body="From before.")
        CommentThreadFactory(page=page, policy=Policy.CLOSED)
        assert "From before." in text_of(face.read(page))
        assert face.post(page).status_code == 403
        assert VisitorComment.objects.count() == 1

    def test_takes_comments_again_once_reopened(self, face, page):
        CommentThreadFactory(page=page, policy=Policy.CLOSED)
        CommentThreadFactory(page=page, policy=Policy.PRE)
        assert face.post(page).status_code in face.accepted


class TestAlias:
    @pytest.fixture
    def alias(self, page, home):
        copy = page.specific.create_alias(parent=home, update_slug="stones-again")
        return Page.objects.get(pk=copy.pk)

    def test_shows_the_thread_of_its_source(self, face, page, alias):
        VisitorCommentFactory(page=page, body="Said at the source.")
        assert "Said at the source." in text_of(face.read(alias))

    def test_takes_comments_for_its_source(self, face, page, alias):
        assert face.post(alias).status_code in face.accepted
        assert VisitorComment.objects.get().page_id == page.pk

    def test_is_hidden_with_its_source(self, face, page, alias):
        make_private(page)
        assert face.read_id(alias.pk).status_code == 404
        assert face.post_id(alias.pk, form_token=good_token(page)).status_code == 404


class TestCookies:
    def test_are_neither_set_nor_asked_for(self, face, page):
        VisitorCommentFactory(page=page)
        for response in (face.read(page), face.read_id(page.pk), face.post(page), face.post_id(page.pk)):
            assert not response.cookies
            assert "Cookie" not in response.get("Vary", "")

    def test_of_somebody_signed_in_change_nothing(self, face, page, moderator):
        VisitorCommentFactory(page=page)
        before = face.read_id(page.pk).content
        face.client.force_login(moderator)
        response = face.post(page)
        assert response.status_code in face.accepted
        assert VisitorComment.objects.get(status="PENDING").author_user is None
        assert face.read_id(page.pk).content == before

    def test_are_not_needed_where_csrf_is_enforced(self, face, page):
        face.client.handler.enforce_csrf_checks = True
        assert face.post(page).status_code in face.accepted


class TestWhatTheyShow:
    def test_holds_no_markup_of_a_visitor(self, face, page):
        VisitorCommentFactory(
            page=page,
            author_name='<img src=x onerror="alert(1)">',
            body="<script>alert(1)</script>\n\n[x](javascript:alert(1)) http://example.com/\"onclick='x'",
        )
        shown = (
            text_of(face.read(page))
            if face.name == "HTML"
            else face.read(page).json()["items"][0]["body_html"]
        )
        assert "<script>alert" not in shown
        assert "<img" not in shown
        assert 'href="javascript' not in shown
        assert "onclick='x'" not in shown
