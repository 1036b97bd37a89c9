"""New article from text, as an editor meets it."""

from __future__ import annotations

import re
from html import unescape
from string import Formatter

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse
from wagtail.models import GroupPagePermission, Page, PageLogEntry

from wagtail_massage.comments.models import VisitorComment
from wagtail_massage.importers.models import ImportedArticle
from wagtail_massage.importers.notes import CHANGES, WARNINGS
from wagtail_massage.importers.words import SENTENCES
from wagtail_massage.pages.models import BenefitListPage
from wagtail_massage.testing.pages import BenefitListIndexPageFactory, TreatmentIndexPageFactory

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
    """Return a function that posts the form; what the last screen had in its fields goes along."""
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
                (name, unescape(value))
                for name, value in re.findall(
                    r'name="(shown_key|outro|lead_in|title)" value="([^"]*)"', response.text
                )
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

    def test_offers_what_is_named_in_the_address(self, index, url, admin_client):
        factory = BenefitListIndexPageFactory(parent=Page.objects.get(depth=2), title="Elsewhere")
        html = admin_client.get(url, {"parent": factory.pk}).text
        assert re.search(rf'<option value="[^"]*:{factory.pk}" selected>', html)
        assert admin_client.get(url, {"parent": "9" * 40}).status_code == 200

    def test_is_offered_on_an_index_of_articles_alone(self, index, url, admin_client):
        explorer = reverse("wagtailadmin_explore", args=[index.pk])
        assert f"{url}?parent={index.pk}" in admin_client.get(explorer).text
        home = reverse("wagtailadmin_explore", args=[index.get_parent().pk])
        assert f"{url}?parent" not in admin_client.get(home).text

    def test_is_hidden_from_those_who_may_add_no_article(self, index, url, client):
        treatments = TreatmentIndexPageFactory(parent=Page.objects.get(depth=2))
        client.force_login(editor("ida", on=treatments))
        assert f'href="{url}"' not in client.get(reverse("wagtailadmin_home")).text
        assert client.get(url).status_code == 302

    def test_tells_what_to_do_with_more_than_can_be_sent(self, index, url, admin_client, settings):
        settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
        response = admin_client.post(url, {"text": "x" * 1001})
        assert response.status_code == 413
        assert "Go back in your browser" in response.text

    def test_does_not_tell_others_about_limits(self, index, url, client, settings):
        settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
        client.force_login(editor("ida"))
        assert client.post(url, {"text": "x" * 1001}).status_code == 302

    def test_asks_for_a_token_against_forged_requests(self, index, url, admin_user):
        strict = Client(enforce_csrf_checks=True)
        strict.force_login(admin_user)
        assert strict.post(url, {"text": TEXT, "step": "read"}).status_code == 403


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

    def test_says_that_it_has_read_a_changed_text_anew(self, fill):
        assert "The text has changed" not in fill().text
        assert "The text has changed" in fill(text=TEXT + "\nMore.").text

    def test_keeps_the_title_and_the_text_while_cuts_move(self, fill):
        fill()
        html = fill("outro_less", title="Sit & rest").text
        assert 'value="Sit &amp; rest"' in html
        assert "The kettle is near" in html[: html.index("What was understood")]

    def test_names_changes_and_warnings(self, fill):
        html = fill(
            text=TEXT.replace("3 Reasons", "5 Reasons").replace("Nobody runs", "Nobody runs " * 15)
        ).text
        assert "Entries promised by the title: 5. Entries found: 3." in html
        assert "Numbers dropped from headings: 3." in html
        assert "The heading of entry 3 is longer than 150 characters" in html
        assert "Line ends" not in html

    def test_escapes_what_was_pasted(self, fill):
        html = fill(text=TEXT.replace("Tea tastes", "<script>alert(1)</script>")).text
        assert "<script>alert(1)" not in html

    def test_shows_a_text_without_a_list(self, fill):
        response = fill(text="A note\n\nJust a paragraph.")
        assert "No entries were found" in response.text and "Create the draft" in response.text

    def test_changes_nothing_on_get(self, fill, url, admin_client):
        fill()
        admin_client.get(url, {"step": "create", "text": TEXT})
        assert not BenefitListPage.objects.exists() and not ImportedArticle.objects.exists()


class TestWords:
    def test_say_everything_that_a_reader_reports(self):
        assert set(SENTENCES) == {*CHANGES, *WARNINGS}

    @pytest.mark.parametrize("code", [*CHANGES, *WARNINGS])
    def test_use_the_same_parameters(self, code):
        fields = {name for _, name, _, _ in Formatter().parse(CHANGES.get(code) or WARNINGS[code]) if name}
        assert set(re.findall(r"%\((\w+)\)s", str(SENTENCES[code]))) == fields


class TestCreate:
    def test_needs_a_title(self, fill):
        fill()
        response = fill("create", title="  ")
        assert "Give the article a title." in response.text
        assert "Give the article a title." not in fill("read", title="Sit").text
        assert not BenefitListPage.objects.exists()

    def test_is_in_the_audit_log_once(self, fill, admin_user):
        fill()
        fill("create")
        page = BenefitListPage.objects.get()
        [entry] = PageLogEntry.objects.filter(page=page.pk, action="wagtail.create")
        assert entry.user == page.owner == admin_user

    def test_publishes_nothing(self, fill, client):
        fill()
        fill("create", comments="on")
        page = BenefitListPage.objects.get()
        assert not page.live and page.has_unpublished_changes
        assert client.get(f"{page.get_parent().url}{page.slug}/").status_code == 404

    def test_takes_the_cuts_that_are_shown(self, fill):
        fill()
        fill("outro_less")
        fill("create")
        body = BenefitListPage.objects.get().body
        assert [child.block_type for child in body] == ["benefit_list"]
        last = body[0].value["benefits"][2].value["body"][0].value["rich_text"].source
        assert last.endswith("<p>As you can see, a chair is a fine thing.</p>")

    def test_does_not_touch_a_page_that_the_user_may_not_edit(self, index, fill, client):
        fill()
        fill("create", comments=None)
        other = BenefitListIndexPageFactory(parent=Page.objects.get(depth=2), title="Elsewhere")
        client.force_login(editor("ida", on=other))
        place = f"{BenefitListPage._meta.label}:{other.pk}"
        fill(client=client, destination=place)
        response = fill("create", client=client, destination=place, comments="on")
        assert "to a page that you cannot edit" in response.text
        assert BenefitListPage.objects.count() == 1 and not VisitorComment.objects.exists()

    def test_says_why_there_can_be_no_page(self, fill, monkeypatch):
        block = BenefitListPage._meta.get_field("body").stream_block
        fill()
        monkeypatch.setattr(block, "child_blocks", {"text": block.child_blocks["text"]})
        html = fill("create").text
        assert "no block named benefit_list" in html and "The kettle is near" in html
        assert not BenefitListPage.objects.exists() and not ImportedArticle.objects.exists()

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
        assert "with another text" in fill("create", text=changed).text
        assert BenefitListPage.objects.count() == 1
        fill("create", text=changed, again="on")
        assert BenefitListPage.objects.count() == 2
