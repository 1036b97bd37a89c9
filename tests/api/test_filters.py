"""Narrowing and ordering lists, by what is on a list of allowed names and nothing else."""

from __future__ import annotations

import pytest

from wagtail_massage.testing.treatments import BodyAreaFactory

API = "/api/massage/v1"


def titles(client, address: str) -> list[str]:
    response = client.get(f"{API}/{address}")
    assert response.status_code == 200, response.content
    answer = response.json()
    assert answer["count"] == len(answer["items"])
    return sorted(card["title"] for card in answer["items"])


def option(minutes: int, price: str | None, **kwargs) -> dict:
    return {"label": "x", "minutes": minutes, "price": price, **kwargs}


@pytest.mark.contract
class TestTreatments:
    @pytest.fixture(autouse=True)
    def _pages(self, spa):
        legs = BodyAreaFactory(name="Legs", slug="legs")
        spa.treatment(
            title="Legs",
            tags=["walkers"],
            relations={"body_areas": [legs]},
            options=[option(30, "36"), option(60, "70")],
        )
        spa.treatment(title="Back", tags=["desk"], options=[option(60, "80"), option(90, None)])
        spa.treatment(title="Feet", tags=["walkers"], options=[option(20, "20", active=False)])

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("", ["Back", "Feet", "Legs"]),
            ("tag=walkers", ["Feet", "Legs"]),
            ("tag=none", []),
            ("body_area=legs", ["Legs"]),
            ("max_minutes=30", ["Legs"]),  # what is not offered does not count
            ("min_minutes=60", ["Back", "Legs"]),
            ("min_minutes=61", ["Back"]),
            ("max_price=70", ["Legs"]),
            ("min_price=71", ["Back"]),
            ("min_minutes=60&max_price=70", ["Legs"]),
            ("min_minutes=90&max_price=80", []),  # two options that fit a half each are none that fits
            ("tag=walkers&body_area=legs", ["Legs"]),
        ],
    )
    def test_are_narrowed(self, client, query, found):
        assert titles(client, f"treatments/?{query}") == found

    @pytest.mark.parametrize(
        "query",
        [
            "min_minutes=0", "max_minutes=x", "max_price=-1", "max_price=NaN", "include=everything", "order=path",
            "subject=1", "title=Legs", "options__price=1",
        ],
    )  # fmt: skip
    def test_refuse_what_is_not_on_the_list(self, client, query):
        response = client.get(f"{API}/treatments/?{query}")
        assert response.status_code == 400
        assert query.partition("=")[0] in response.json()["detail"]


@pytest.mark.contract
class TestArticles:
    def test_are_narrowed_by_subject_and_tag(self, spa, client):
        legs, back = spa.treatment(), spa.treatment()
        spa.article(title="Legs", treatments=[legs], tags=["a"])
        spa.article(title="Both", treatments=[legs, back], tags=["b"])

        assert titles(client, f"benefit-lists/?subject={legs.pk}") == ["Both", "Legs"]
        assert titles(client, f"benefit-lists/?subject={back.pk}") == ["Both"]
        assert titles(client, f"benefit-lists/?subject={legs.pk}&tag=a") == ["Legs"]

    def test_bring_their_bodies_where_asked(self, spa, client):
        page = spa.article()
        [card] = client.get(f"{API}/benefit-lists/?include=body").json()["items"]

        assert card["body"] == client.get(f"{API}/benefit-lists/{page.pk}/").json()["body"]
        assert "body" not in client.get(f"{API}/benefit-lists/").json()["items"][0]
