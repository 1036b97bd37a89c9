"""The factories that ship with the package."""

import pytest

from wagtail_massage.benefits.streams import stream_json
from wagtail_massage.testing.benefits import ArticleBodyBlockFactory, BenefitListBlockFactory

pytestmark = pytest.mark.django_db


class TestFactories:
    def test_make_a_list_with_the_entries_asked_for(self):
        value = BenefitListBlockFactory(benefits__0="benefit", benefits__1__benefit__heading="Sit softer")

        assert [benefit.heading for benefit in value.benefits_numbered][1] == "Sit softer"
        assert [benefit.number for benefit in value.benefits_numbered] == [1, 2]

    def test_make_a_body_of_every_block(self):
        names = ["text", "heading", "image", "quote", "callout", "benefit_list"]
        body = ArticleBodyBlockFactory(**{str(index): name for index, name in enumerate(names)})

        drawn = stream_json(body)

        assert [block["type"] for block in drawn] == names
        assert drawn[2]["value"]["image"]["alt"] == "Folded towels on a table"
