"""Links between treatments and the articles about them, as readers follow them."""

import pytest

pytestmark = pytest.mark.django_db


class TestTreatmentPage:
    @pytest.mark.contract
    def test_links_to_its_articles_and_they_link_back(self, spa, client):
        legs = spa.treatment(title="Leg massage", slug="legs")
        article = spa.article(title="3 reasons for legs", slug="three-legs", treatments=[legs])

        assert f'href="{article.get_full_url()}"' in client.get(legs.url).content.decode()
        assert f'href="{legs.get_full_url()}"' in client.get(article.url).content.decode()

    def test_does_not_link_to_drafts(self, spa, client):
        legs = spa.treatment(slug="legs")
        spa.article(title="A draft about legs", slug="draft", treatments=[legs], live=False)

        assert "A draft about legs" not in client.get(legs.url).content.decode()
