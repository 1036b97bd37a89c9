"""What drawing a list costs: the same for 10 entries and for 40."""

import pytest
import wagtail_factories
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.projects.blog.models import BlogPage
from wagtail_massage.benefits.images import image_objects
from wagtail_massage.benefits.streams import render_stream, stream_json

from .samples import entry, text

pytestmark = [pytest.mark.django_db, pytest.mark.contract]


@pytest.fixture
def images(db):
    made = [wagtail_factories.ImageFactory(file__width=40, file__height=20) for _ in range(40)]
    image_objects(made)  # the renditions exist from the first visit on
    return made


@pytest.fixture
def pages(home):
    return [home.add_child(instance=BlogPage(title=f"Page {n}", slug=f"page-{n}")) for n in range(40)]


@pytest.fixture
def stored(images, pages):
    """Return a function that gives a page body with a number of entries, each with two images and a link."""

    def body(count: int, lists: int = 1) -> list:
        entries = []
        for n in range(count):
            picture = {"image": images[n].pk, "decorative": True, "alt_text": ""}
            link = text(f'<p>See <a linktype="page" id="{pages[n].pk}">this</a>.</p>', id=f"text-{n}")
            figure = {"type": "image", "id": f"image-{n}", "value": {"image": picture, "caption": ""}}
            entries.append(entry(f"Entry {n}", id=f"entry-{n}", image=picture, body=[link, figure]))
        return [
            {"type": "benefit_list", "id": f"list-{n}", "value": {"benefits": entries}} for n in range(lists)
        ]

    return body


def queries_of(draw, body: list) -> int:
    stream = BlogPage._meta.get_field("body").to_python(body)
    with CaptureQueriesContext(connection) as captured:
        draw(stream)
    return len(captured)


class TestQueries:
    @pytest.mark.parametrize(("draw", "cost"), [(render_stream, 5), (stream_json, 3)])
    def test_of_a_stream_do_not_grow_with_its_entries_or_lists(self, draw, cost, stored):
        draw(BlogPage._meta.get_field("body").to_python(stored(1)))  # fills the cache of site roots

        assert (
            queries_of(draw, stored(10))
            == queries_of(draw, stored(40))
            == queries_of(draw, stored(10, 3))
            == cost
        )

    def test_of_a_list_on_its_own_do_not_grow_with_its_entries(self, stored):
        def include_block(stream):
            return stream[0].render()

        queries_of(include_block, stored(1))  # fills the cache of site roots
        assert queries_of(include_block, stored(10)) == queries_of(include_block, stored(40)) == 5

    def test_of_a_page_on_wagtails_api_do_not_grow_with_its_entries(self, client, home, stored):
        def visit(count):
            page = home.add_child(instance=BlogPage(title="x", slug=f"x-{count}", body=stored(count)))
            client.get(f"/api/v2/pages/{page.pk}/")
            with CaptureQueriesContext(connection) as captured:
                assert client.get(f"/api/v2/pages/{page.pk}/").status_code == 200
            return len(captured)

        assert visit(10) == visit(40)
