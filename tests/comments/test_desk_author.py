"""Beside a comment on the desk: its author, the notes of colleagues, ready-made replies."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from wagtail.models import Page

from tests.comments.desk import client_of, desk_url, html_of, make_user
from tests.projects.blog.models import BlogPage
from wagtail_massage.comments import actions
from wagtail_massage.comments.models import DeskText, ModerationNote, VisitorComment
from wagtail_massage.testing.comments import VisitorCommentFactory


@pytest.fixture
def sue(page: Page) -> Client:
    """Moderates the page, and nothing else."""
    return client_of(make_user("sue", moderates=page))


@pytest.fixture
def other(home: Page) -> Page:
    page = home.add_child(instance=BlogPage(title="Private matters", slug="private-matters"))
    return Page.objects.get(pk=page.pk)


def by(page: Page, key: str, **facts: Any) -> VisitorComment:
    """Return a comment whose author is known by `key`, nobody where that is empty."""
    comment = VisitorCommentFactory(page=page, **facts)
    VisitorComment.objects.filter(pk=comment.pk).update(author_key=key)
    comment.refresh_from_db()
    return comment


def look(client: Client, comment: VisitorComment) -> Any:
    return client.get(desk_url("inspect", comment.pk))


class TestAuthor:
    def test_is_known_by_what_became_of_earlier_comments(self, sue, say, moderator, now):
        mail = {"author_email": "ida@example.com", "author_name": "Ida"}
        approved, rejected, this = say("one", **mail), say("two", **mail), say("three", **mail)
        actions.approve(approved, by=moderator, now=now), actions.reject(rejected, by=moderator, now=now)
        author = look(sue, this).context["author"]
        assert (author.total, author.is_known) == (3, True)
        assert dict(author.counts) == {"Approved": 1, "Pending": 1, "Rejected": 1}
        assert [other.body for other in author.others] == ["two", "one"]
        listed = sue.get(author.url).context["cards"]
        assert {card.comment.body for card in listed} == {"one", "two", "three"}

    def test_shows_nothing_of_other_sections(self, sue, page, other):
        this = by(page, "ida", body="here")
        by(other, "ida", body="elsewhere")
        response = look(sue, this)
        assert response.context["author"].total == 1
        assert "elsewhere" not in html_of(response)

    def test_of_the_same_name_may_be_somebody_else(self, sue, page):
        this = by(page, "", author_name="Ida")
        by(page, "", author_name="Ida")
        by(page, "k", author_name="Ida")
        response = look(sue, this)
        assert response.context["author"].total == 2
        assert "perhaps another person" in html_of(response)

    def test_that_was_erased_is_nobody(self, sue, page, moderator, now):
        this, other = (by(page, "ida") for _number in range(2))
        actions.erase(this, by=moderator, now=now)
        assert look(sue, this).context["author"] is None
        assert look(sue, other).context["author"].total == 1

    def test_is_not_shown_to_who_only_answers_health_questions(self, page, say):
        asked = say("My left leg swells after the operation. Would a massage help me?", author_name="Ida")
        petra = client_of(make_user("petra", answers=page))
        assert look(petra, asked).context["author"] is None


class TestNotes:
    def note(self, client: Client, comment: VisitorComment, body: str) -> Any:
        return client.post(desk_url("note", comment.pk), {"body": body}, follow=True)

    def test_are_read_by_colleagues_and_nobody_else(self, sue, publish, client, page):
        comment = publish("Lovely.")
        html = html_of(self.note(sue, comment, "Rang her, she is <b>fine</b>."))
        assert "Your colleagues can read the note here." in html
        assert "Rang her, she is &lt;b&gt;fine&lt;/b&gt;." in html
        assert "Rang her" not in client.get(page.url).content.decode()
        assert "Rang her" not in client.get(f"/api/massage/v1/pages/{page.pk}/comments/").content.decode()

    @pytest.mark.parametrize("body", ["", "  \n ", "x" * 2001, "a\x00b"])
    def test_that_cannot_be_kept_come_back(self, sue, say, body):
        response = self.note(sue, say("Lovely."), body)
        assert response.status_code == 200
        assert response.context["note_form"].errors
        assert not ModerationNote.objects.exists()

    def test_are_not_for_who_only_answers_health_questions(self, page, say, sue):
        asked = say("My left leg swells after the operation. Would a massage help me?")
        self.note(sue, asked, "Among us.")
        petra = client_of(make_user("petra", answers=page))
        assert "Among us." not in html_of(look(petra, asked))
        assert petra.post(desk_url("note", asked.pk), {"body": "x"}).status_code in {302, 403, 404}
        assert ModerationNote.objects.count() == 1

    def test_go_with_the_comment_that_is_erased(self, sue, say, moderator, now):
        comment = say("Lovely.")
        self.note(sue, comment, "Among us.")
        actions.erase(comment, by=moderator, now=now)
        assert not ModerationNote.objects.exists()
        assert self.note(sue, comment, "Too late.").context["note_form"].errors
        assert not ModerationNote.objects.exists()


class TestReadyMadeReplies:
    @pytest.fixture(autouse=True)
    def _texts(self, db):
        for locale, title in (("", "Thanks"), ("en", "Opening hours"), ("de", "Danke")):
            DeskText.objects.create(kind="REPLY", locale=locale, title=title, body=f"{title}!")

    def test_are_offered_in_the_language_of_the_comment(self, sue, page):
        composer = look(sue, VisitorCommentFactory(page=page, locale="en")).context["composer"]
        assert [text.title for text in composer.starts] == ["Opening hours", "Thanks"]

    def test_go_below_what_was_written(self, sue, say):
        comment, chosen = say("Lovely."), DeskText.objects.get(title="Thanks")
        response = sue.post(
            desk_url("answer", comment.pk),
            {"body": "Dear Ida,", "start": chosen.pk, "version": comment.version},
        )
        assert response.context["composer"].form["body"].value() == "Dear Ida,\n\nThanks!"
        assert VisitorComment.objects.count() == 1

    def test_that_are_none_leave_the_draft_alone(self, sue, say):
        response = sue.post(desk_url("answer", say("Lovely.").pk), {"body": "Dear Ida,", "start": "nonsense"})
        assert response.context["composer"].form["body"].value() == "Dear Ida,"
