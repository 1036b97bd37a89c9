"""The warning in the editor when title and list differ."""

import pytest
from django.urls import reverse

from tests.projects.blog.models import BlogPage, PlainPage
from wagtail_massage.benefits.panels import TitleCountPanel
from wagtail_massage.benefits.title_mismatch import count_entries, find_mismatch

from .samples import entry, stream_of

URL = "wagtail_massage_title_count"


class TestFindMismatch:
    @pytest.mark.parametrize(
        ("title", "counts"),
        [
            ("6 reasons", [6]),
            ("Six reasons", [6]),
            ("10 reasons", [6, 4]),
            ("6 reasons", [6, 4]),
            ("6 reasons", [0]),
            ("6 reasons", []),
            ("Why we rest", [3]),
            ("A 60 minute facial", [3]),
        ],
    )
    def test_is_content(self, title, counts):
        assert find_mismatch(title, counts) is None

    def test_offers_the_title_that_fits(self):
        mismatch = find_mismatch("Six Reasons to rest", [5])

        assert mismatch.message == "The title says 6, but the list has 5 entries."
        assert mismatch.button == "Change the title to “Five Reasons to rest”"

    def test_counts_one_entry_in_the_singular(self):
        assert find_mismatch("6 reasons", [1]).message == "The title says 6, but the list has 1 entry."


class TestCountEntries:
    def test_counts_every_list_without_asking_the_database(self):
        picture = {"image": 1, "alt_text": "", "decorative": True}
        stream = stream_of({"benefits": [entry("One", image=picture), entry("Two")]}, {"benefits": []})

        assert count_entries(stream) == [2, 0]


class TestTitleCountView:
    def ask(self, client, **data):
        return client.get(reverse(URL), data).json()

    def test_tells_what_is_wrong(self, admin_client):
        answer = self.ask(admin_client, title="6 reasons", counts="5")

        assert answer["mended"] == "5 reasons"
        assert answer["message"] == "The title says 6, but the list has 5 entries."

    @pytest.mark.parametrize("counts", ["6", "", ",", "x", "-5", "5٥", "9" * 500])
    def test_says_nothing_when_nothing_is_wrong_or_readable(self, admin_client, counts):
        answer = self.ask(admin_client, title="6 reasons", counts=counts)

        assert answer == {"message": "", "button": "", "mended": "6 reasons"}

    def test_is_for_people_who_may_use_the_admin(self, client, db):
        assert client.get(reverse(URL)).status_code == 302

    def test_only_reads(self, admin_client):
        assert admin_client.post(reverse(URL)).status_code == 405


def bound(page, admin_user, rf):
    panel = TitleCountPanel().bind_to_model(type(page))
    request = rf.get("/")
    request.user = admin_user
    form = type(page).get_edit_handler().get_form_class()(instance=page, for_user=admin_user)
    return panel.get_bound_panel(instance=page, request=request, form=form)


class TestTitleCountPanel:
    def test_warns_in_a_polite_status(self, home, admin_user, rf):
        body = [{"type": "benefit_list", "value": {"benefits": [entry("One"), entry("Two")]}}]
        page = home.add_child(instance=BlogPage(title="3 reasons <b>", slug="three", body=body))

        html = bound(page, admin_user, rf).render_html()

        assert '<p role="status" data-message>The title says 3, but the list has 2 entries.</p>' in html
        assert "2 reasons &lt;b&gt;" in html
        assert 'data-title-id="id_title"' in html

    def test_hides_when_all_is_well(self, home, admin_user, rf):
        page = home.add_child(instance=BlogPage(title="Rest", slug="rest"))

        assert "data-fits data-warning" in bound(page, admin_user, rf).render_html()

    def test_works_on_a_page_without_streams(self, home, admin_user, rf):
        page = home.add_child(instance=PlainPage(title="3 reasons", slug="three"))

        assert "data-fits data-warning" in bound(page, admin_user, rf).render_html()

    def test_brings_its_script_and_style(self, home, admin_user, rf):
        page = home.add_child(instance=PlainPage(title="Rest", slug="rest"))

        media = str(bound(page, admin_user, rf).media)

        assert "wagtail_massage/title-count.js" in media
        assert "wagtail_massage/title-count.css" in media
