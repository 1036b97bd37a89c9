"""New article from text, as an editor meets it."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from wagtail.models import GroupPagePermission, Page

from wagtail_massage.comments.models import VisitorComment
from wagtail_massage.importers.models import ImportedArticle
from wagtail_massage.pages.models import BenefitListPage
from wagtail_massage.testing.pages import BenefitListIndexPageFactory

TEXT = """3 Reasons to Sit Down

Sitting is underrated. Here is what our guests like about it:

1. Your feet rest

They have carried you all day.

2. The kettle is near

Tea tastes better in a chair.

3. Nobody runs

It is very hard to hurry while sitting.

As you can see, a chair is a fine thing.

  1. Linnet P. on 3 May 2024 at 9:15 am

    My favourite chair is blue.
"""


@pytest.fixture
def index(db):
    return BenefitListIndexPageFactory(parent=Page.objects.get(depth=2), title="Journal")


@pytest.fixture
def url():
    return reverse("wagtail_massage_importers:article_from_text")


@pytest.fixture
def fill(index, url, admin_client):
    """Return a function that posts the form; what the last screen had in its hidden fields goes along."""
    state = {}

    def post(step="read", *, client=None, **values):
        place = f"{BenefitListPage._meta.label}:{index.pk}"
        data = {"text": TEXT, "destination": place, **state, "step": step, **values}
        response = (client or admin_client).post(
            url, {key: value for key, value in data.items() if value is not None}
        )
        if response.status_code == 200:
            state.clear()
            state.update(
                re.findall(r'<input type="hidden" name="(key|outro|lead_in)" value="([^"]*)"', response.text)
            )
        return response

    return post


def editor(name, *, on=None):
    """Make a user with admin access who may add pages below `on`."""
    group = Group.objects.create(name=name)
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    if on:
        GroupPagePermission.objects.create(
            group=group, page=on, permission=Permission.objects.get(codename="add_page")
        )
    user = get_user_model().objects.create_user(name, f"{name}@example.com", "x")
    user.groups.add(group)
    return user


class TestFirstScreen:
    def test_asks_for_the_text_and_the_place(self, index, url, admin_client):
        response = admin_client.get(url)
        assert response.status_code == 200
        assert "Journal" in response.text

    def test_is_in_the_menu(self, index, url, admin_client):
        assert url in admin_client.get(reverse("wagtailadmin_home")).text

    @pytest.mark.parametrize("text", ["", "  \n ", "a\x00b", "x" * 2_000_001])
    def test_says_what_is_wrong_with_a_text(self, fill, text):
        response = fill(text=text)
        assert response.status_code == 200
        assert "What was understood" not in response.text
        assert not ImportedArticle.objects.exists()

    def test_is_not_for_those_who_may_add_no_article(self, index, url, client):
        client.force_login(editor("ida"))
        assert client.get(url).status_code == 302
        assert client.post(url, {"text": TEXT}).status_code == 302

    def test_offers_only_places_where_the_user_may_add(self, index, url, client, fill):
        other = BenefitListIndexPageFactory(parent=Page.objects.get(depth=2), title="Elsewhere")
        client.force_login(editor("ida", on=other))
        assert "Journal" not in client.get(url).text
        assert fill("read", client=client).status_code == 200
        fill("create", client=client)
        assert not BenefitListPage.objects.exists()


class TestReview:
    def test_shows_the_parts_and_stores_nothing(self, fill):
        response = fill()
        article = response.context["article"]
        assert [item.heading for item in article.items] == [
            "Your feet rest",
            "The kettle is near",
            "Nobody runs",
        ]
        assert article.outro_paragraphs == ("As you can see, a chair is a fine thing.",)
        assert "Linnet P." in response.text
        assert not BenefitListPage.objects.exists()

    def test_moves_a_cut_and_moves_it_back(self, fill):
        fill()
        less = fill("outro_less").context["article"]
        assert (less.outro_paragraphs, len(less.items[-1].paragraphs)) == ((), 2)
        more = fill("outro_more").context["article"]
        assert (len(more.outro_paragraphs), len(more.items[-1].paragraphs)) == (1, 1)

    def test_moves_the_lead_in(self, fill):
        assert fill().context["article"].has_lead_in
        assert not fill("no_lead_in").context["article"].has_lead_in
        assert fill("lead_in").context["article"].has_lead_in

    def test_starts_anew_when_the_text_has_changed(self, fill):
        fill()
        response = fill("create", text=TEXT.replace("3. Nobody runs", "3. Nobody shouts"))
        assert response.context["article"].items[-1].heading == "Nobody shouts"
        assert not BenefitListPage.objects.exists()

    def test_survives_cuts_that_nobody_can_have_chosen(self, fill):
        fill()
        assert fill("read", outro="999").context["article"].cuts.outro == 2
        assert fill("read", outro="x").status_code == 200


class TestCreate:
    def test_makes_a_draft_and_leads_to_the_editor(self, fill, admin_client):
        fill()
        response = fill("create", title="Three reasons to sit", comments="on")
        page = BenefitListPage.objects.get()
        assert response.url == reverse("wagtailadmin_pages:edit", args=[page.pk])
        assert (page.title, page.live) == ("Three reasons to sit", False)
        assert admin_client.get(response.url).status_code == 200
        comment = VisitorComment.objects.get()
        assert (comment.author_name, comment.status, comment.is_visible) == ("Linnet P.", "PENDING", False)

    def test_leaves_the_comments_out_when_told_to(self, fill):
        fill()
        fill("create", comments=None)
        assert BenefitListPage.objects.exists()
        assert not VisitorComment.objects.exists()

    def test_makes_no_second_page_of_the_same_text(self, fill):
        fill()
        fill("create")
        fill()
        response = fill("create")
        assert response.status_code == 302
        assert BenefitListPage.objects.count() == 1

    def test_asks_again_after_the_page_was_deleted(self, fill):
        fill()
        fill("create")
        BenefitListPage.objects.get().delete()
        fill()
        assert "has been deleted since" in fill("create").text
        fill("create", again="on")
        assert BenefitListPage.objects.count() == 1

    def test_asks_again_for_another_text_under_the_same_title(self, fill):
        fill()
        fill("create")
        changed = TEXT.replace("Nobody runs", "Nobody shouts")
        fill(text=changed)
        assert "imported before, as" in fill("create", text=changed).text
        assert BenefitListPage.objects.count() == 1
