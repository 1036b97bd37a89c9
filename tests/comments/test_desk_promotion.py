"""A draft page is made of a health question: by whom, where, and without a word of who asked. All invented."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission, Page

from tests.comments.desk import client_of, desk_url, make_user
from tests.spa import Spa
from wagtail_massage import slots
from wagtail_massage.comments import actions
from wagtail_massage.comments.models import VisitorComment
from wagtail_massage.comments.states import HealthChoice
from wagtail_massage.treatments.abstract import BenefitListMixin
from wagtail_massage.treatments.discovery import page_models

QUESTION = (
    "I had two veins taken out and my leg still swells. Would a massage help?\n\nThank you, Holly Wexcombe."
)
ANSWER = "Dear Holly, please ask the surgeon first."


@pytest.fixture
def spa(db: None) -> Spa:
    return Spa()


@pytest.fixture
def article(spa: Spa) -> Page:
    return Page.objects.get(pk=spa.article(title="Legs", slug="legs").pk)


@pytest.fixture
def answered(article: Page, say: Any, moderator: Any) -> VisitorComment:
    comment = say(QUESTION, author_name="Holly Wexcombe", author_email="holly@example.com", page=article)
    assert comment.is_health
    actions.answer_question(comment, body=ANSWER, by=moderator, now=timezone.now())
    actions.choose(comment, choice=HealthChoice.NAMELESS, consent_version="built-in", now=timezone.now())
    return comment


@pytest.fixture
def drafts() -> Any:
    [model] = page_models(BenefitListMixin)
    return model.objects.filter(live=False)


def editor(article: Page, *, adds_to: Page | None) -> Any:
    """Somebody who answers health questions on the article, and may add pages below `adds_to`."""
    user = make_user("edda", answers=article)
    if adds_to is not None:
        group = Group.objects.create(name="Those who add pages")
        add = Permission.objects.get(codename="add_page", content_type__app_label="wagtailcore")
        GroupPagePermission.objects.create(group=group, page=adds_to, permission=add)
        user.groups.add(group)
    return client_of(user)


def page_of(client: Any, comment: VisitorComment) -> str:
    return client.get(desk_url("inspect", comment.pk)).content.decode()


def promote(client: Any, comment: VisitorComment) -> Any:
    return client.post(desk_url("health_draft", comment.pk))


class TestDraftPage:
    def test_opens_in_the_editor_beside_the_article(self, spa, article, answered, drafts):
        client = editor(article, adds_to=spa.journal)
        assert "Make a draft page of it" in page_of(client, answered)
        response = promote(client, answered)
        draft = drafts.get()
        assert response.url == reverse("wagtailadmin_pages:edit", args=[draft.pk])
        assert draft.get_parent().pk == spa.journal.pk
        assert draft.latest_revision is not None
        assert client.get(response.url).status_code == 200

    def test_says_what_was_asked_and_answered_but_not_by_whom(self, spa, article, answered, drafts):
        promote(editor(article, adds_to=spa.journal), answered)
        draft = drafts.get()
        text = f"{draft.title} {draft.slug} {draft.body.render_as_block()}"
        assert "my leg still swells" in text
        assert "please ask the surgeon first" in text
        for trace in ("Holly", "Wexcombe", "holly@example.com", str(answered.uuid)):
            assert trace not in text
        assert str(answered.uuid) not in str(draft.latest_revision.content)

    def test_is_not_offered_to_who_may_add_no_page_there(self, spa, article, answered, drafts):
        client = editor(article, adds_to=spa.treatments)
        assert "Make a draft page of it" not in page_of(client, answered)
        promote(client, answered)
        assert not drafts.exists()

    @pytest.mark.parametrize("choice", [HealthChoice.NONE, HealthChoice.PRIVATE])
    def test_is_not_made_of_what_its_author_wants_private(self, spa, article, answered, drafts, choice):
        actions.choose(answered, choice=choice, consent_version="built-in", now=timezone.now())
        client = editor(article, adds_to=spa.journal)
        assert "Make a draft page of it" not in page_of(client, answered)
        promote(client, answered)
        assert not drafts.exists()

    def test_is_not_offered_where_no_room_makes_pages(self, spa, article, answered, drafts, monkeypatch):
        monkeypatch.setattr(slots, "_promotions", [])
        client = editor(article, adds_to=spa.journal)
        assert "Make a draft page of it" not in page_of(client, answered)
        promote(client, answered)
        assert not drafts.exists()
